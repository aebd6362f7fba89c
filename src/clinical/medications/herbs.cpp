#include "clinical/medications/herbs.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace medmark::clinical {
namespace {

struct HerbLimits {
  std::size_t least_herbs = 4;  // of a prescription; fewer may be anything
  std::size_t shortest_name = 2;
  std::size_t longest_name = 7;       // "炒酸枣仁", "醋制延胡索"
  std::size_t longest_treatment = 6;  // "(后下)", "(布包先煎)"
  double named = 0.95;                // a name that no lexicon holds
};
constexpr HerbLimits kLimits;

struct Herb {
  std::size_t unit = 0;
  std::size_t begin = 0;  // folded characters
  std::size_t name_end = 0;
  std::size_t dose_end = 0;
  std::size_t end = 0;
};

class HerbLine {
 public:
  explicit HerbLine(const FoldedText& text) : text_(text) {}

  // The herb at `from`; nothing where something else stands there.
  [[nodiscard]] std::optional<Herb> herb_at(std::size_t from) const {
    Herb herb;
    herb.begin = from;
    std::size_t i = from;
    while (base::is_han(at(i)) && (i == from || text_.new_line[i] == 0)) ++i;
    const std::size_t length = i - from;
    if (length < kLimits.shortest_name || length > kLimits.longest_name) return std::nullopt;
    herb.name_end = i;
    while (base::is_digit(at(i)) || (at(i) == U'.' && base::is_digit(at(i + 1)) && i > herb.name_end)) ++i;
    if (i == herb.name_end) return std::nullopt;
    const std::size_t unit = unit_at(i);
    if (unit == 0) return std::nullopt;
    herb.dose_end = herb.end = i + unit;
    const std::size_t open = behind_tag(herb.end);
    std::size_t close = open + 1;
    while (base::is_han(at(close)) && close - open <= kLimits.longest_treatment) ++close;
    if (at(open) == U'(' && at(close) == U')') herb.end = behind_tag(close + 1);
    return herb;
  }

  // All herbs of the text; none where they are not most of it. What stands between two ("后下", "<sub>") is passed
  // over.
  [[nodiscard]] std::vector<Herb> herbs() const {
    std::vector<Herb> found;
    std::size_t covered = 0;
    for (std::size_t i = 0; i < text_.size();) {
      const bool may_begin = i == 0 || text_.gap[i] > 0 || text_.new_line[i] != 0 || !base::is_han(at(i - 1)) ||
                             (!found.empty() && found.back().end == i);
      const auto herb = may_begin ? herb_at(i) : std::nullopt;
      if (herb) {
        found.push_back(*herb);
        covered += herb->end - herb->begin;
      }
      i = herb ? herb->end : i + 1;
    }
    return 2 * covered >= text_.size() ? found : std::vector<Herb>{};
  }

 private:
  [[nodiscard]] char32_t at(std::size_t i) const { return i < text_.size() ? text_.characters[i] : U'\0'; }

  // "<sub>", "</sub>": how the page prints a treatment low; where it ends, or `i`.
  [[nodiscard]] std::size_t behind_tag(std::size_t i) const {
    if (at(i) != U'<') return i;
    const std::size_t end = text_.characters.find(U'>', i);
    return end == std::u32string::npos ? i : end + 1;
  }

  // Length of what herbs are weighed and counted in.
  [[nodiscard]] std::size_t unit_at(std::size_t i) const {
    if (at(i) == U'm' && base::is_one_of(at(i + 1), U"gl")) return 2;
    if (at(i) == U'g' && base::is_latin_letter(at(i + 1))) return 0;
    return base::is_one_of(at(i), U"g克片枚条个只根粒") ? 1 : 0;
  }

  const FoldedText& text_;
};

// "水煎服，每日1剂": what one line says of all herbs.
struct Usage {
  std::string route;
  std::string frequency;
};

Usage usage_of(const Report& report) {
  constexpr std::u32string_view kDecocted = U"水煎服";
  Usage usage;
  for (const TextUnit& unit : report.units) {
    const std::u32string& text = unit.folded.characters;
    const std::size_t route = text.find(kDecocted);
    if (route == std::u32string::npos) continue;
    usage.route = unit.printed(route, route + kDecocted.size());
    for (std::size_t i = 0; i < text.size() && usage.frequency.empty(); ++i) {
      const auto frequency = report.lexicons->medications.frequencies.longest_at(text, i);
      if (frequency && base::is_han(text[i])) usage.frequency = unit.printed(i, i + frequency->length);
    }
    break;
  }
  return usage;
}

}  // namespace

void extract_herbs(const Report& report, document::Clinical& clinical) {
  std::vector<Herb> herbs;
  for (std::size_t u = 0; u < report.units.size(); ++u) {
    for (Herb& herb : HerbLine(report.units[u].folded).herbs()) {
      herb.unit = u;
      herbs.push_back(herb);
    }
  }
  if (herbs.size() < kLimits.least_herbs) return;
  const Usage usage = usage_of(report);
  for (const Herb& herb : herbs) {
    const TextUnit& unit = report.units[herb.unit];
    document::Medication medication;
    medication.name = unit.printed(herb.begin, herb.name_end);
    medication.dose = unit.printed(herb.name_end, herb.dose_end);
    medication.route = usage.route;
    medication.frequency = usage.frequency;
    medication.text = unit.printed(herb.begin, herb.end);
    put_evidence(clinical, "medications." + std::to_string(clinical.medications.size()),
                 evidence_of_folded(unit, herb.begin, herb.end), kLimits.named);
    clinical.medications.push_back(std::move(medication));
  }
}

}  // namespace medmark::clinical
