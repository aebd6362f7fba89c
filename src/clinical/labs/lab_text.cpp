#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "clinical/labs/item.hpp"
#include "clinical/labs/lab_result.hpp"
#include "clinical/labs/labs.hpp"
#include "clinical/labs/reference_range.hpp"
#include "clinical/labs/result.hpp"

namespace medmark::clinical {
namespace {

// A sentence says less clearly than a table what belongs together.
constexpr double kSentenceFactor = 0.97;
constexpr std::size_t kLongestRemark = 16;  // "(WBC)" between a name and its value, "(3.5-9.5)" behind it
constexpr std::size_t kLongestNumber = 24;

bool is_word(char32_t c) { return base::is_latin_letter(c) || base::is_digit(c); }

struct Mention {
  std::size_t name_begin = 0;
  std::size_t name_end = 0;
  std::string code;
  std::size_t value_begin = 0;
  std::size_t value_end = 0;
  std::size_t unit_end = 0;
  std::string range;
  std::string flag;
  std::size_t end = 0;
};

class Scanner {
 public:
  Scanner(const TextUnit& unit, const Lexicons& lexicons) : unit_(unit), text_(unit.folded), lexicons_(lexicons) {}

  // The result named at `i`, where its value and unit follow.
  std::optional<Mention> read(std::size_t i) const {
    const std::size_t length = name_length(i);
    if (length == 0 || !stands_alone(i, i + length)) return std::nullopt;
    Mention m{i, i + length, "", 0, 0, 0, "", "", 0};
    std::size_t at = read_code(m);
    if (read_degree(m, at)) return m;
    while (base::is_one_of(here(at), U":=为是约达测定值结果↑↓")) ++at;
    m.value_begin = at;
    if (base::is_one_of(here(at), U"<>≤≥")) ++at;
    const std::size_t limit = std::min(number_limit(text_, at), at + kLongestNumber);
    const auto number = read_number(std::u32string_view(text_.characters).substr(0, limit).substr(at));
    if (!number || !base::is_digit(here(at))) return std::nullopt;
    m.value_end = at + number->length;
    if (!read_unit(m) && !needs_no_unit(m, number->value)) return std::nullopt;
    read_remark(m);
    return m;
  }

 private:
  [[nodiscard]] char32_t here(std::size_t i) const { return i < text_.size() ? text_.characters[i] : U'\0'; }

  // "WBC", and "N" or "K" where nothing stands right before it: their unit must then be the item's own.
  std::size_t name_length(std::size_t i) const {
    if (const auto name = lexicons_.lab_items.mentions.longest_at(text_.characters, i)) return name->length;
    const bool letter = base::is_latin_letter(here(i)) && lexicons_.lab_items.by_code.contains({here(i)});
    const bool apart =
        i == 0 || text_.gap[i] > 0 || base::is_han(here(i - 1)) || base::is_one_of(here(i - 1), U",;.。:(、/");
    return letter && apart ? 1 : 0;
  }

  // "尿蛋白2+", "隐血(++)", "乙肝表面抗原阳性": a result by degree or in a word, which has no unit.
  bool read_degree(Mention& m, std::size_t at) const {
    const bool bracketed = here(m.name_end) == U'(' && at > m.name_end + 2;
    std::size_t begin = at;
    while (base::is_one_of(here(begin), U":为示呈结果")) ++begin;
    std::size_t end = begin;
    if (const std::size_t length = degree_length(begin); length > 0) {
      end = begin + length;
    } else if (bracketed && m.code.empty() && degree_length(m.name_end + 1) == at - m.name_end - 2) {
      begin = m.name_end;  // as printed, with its brackets
      end = at;
    }
    if (end == begin || base::is_han(here(end)) || base::is_digit(here(end))) return false;  // "阳性率30%"
    const auto match = find_item({unit_.printed(m.name_begin, m.name_end), m.code, "", ""}, lexicons_);
    if (!match || !match->is_certain) return false;
    m.value_begin = begin;
    m.value_end = m.unit_end = m.end = end;
    return true;
  }

  // Length of "2+", "±", "弱阳性" at `i`; a single "-", "阴" or "无" may be a part of anything and counts for nothing.
  std::size_t degree_length(std::size_t i) const {
    for (const PhraseIndex* words : {&lexicons_.results.positive, &lexicons_.results.negative}) {
      const auto word = words->longest_at(text_.characters, i);
      if (!word) continue;
      const bool sign = base::is_one_of(here(i), U"+±") || base::is_digit(here(i));
      const bool in_words =
          word->length >= 2 && base::is_han(here(i)) && base::is_one_of(here(i + word->length - 1), U"性");
      if (sign || in_words) return word->length;
    }
    return 0;
  }

  // pH, INR: items without a unit, where the number is one that they can have.
  bool needs_no_unit(Mention& m, double value) const {
    if (is_word(here(m.value_end)) || base::is_one_of(here(m.value_end), U"%/-~:")) return false;
    const auto match = find_item({unit_.printed(m.name_begin, m.name_end), m.code, "", ""}, lexicons_);
    if (!match || !match->is_certain || !match->item->units.empty()) return false;
    if (!match->item->lowest || value < *match->item->lowest || value > *match->item->highest) return false;
    m.unit_end = m.end = m.value_end;
    return true;
  }

  bool stands_alone(std::size_t begin, std::size_t end) const {
    const bool latin_start = is_word(here(begin)) && here(begin) < 0x80;
    const bool latin_end = is_word(here(end - 1)) && here(end - 1) < 0x80;
    if (latin_start && begin > 0 && is_word(here(begin - 1)) && text_.gap[begin] == 0) return false;
    return !(latin_end && base::is_latin_letter(here(end)) && text_.gap[end] == 0);
  }

  std::size_t read_code(Mention& m) const {
    std::size_t at = m.name_end;
    if (here(at) == U'(') {
      for (std::size_t k = at + 1; k < at + kLongestRemark && k < text_.size(); ++k) {
        if (here(k) != U')') continue;
        if (base::is_latin_letter(here(at + 1))) m.code = unit_.printed(at + 1, k);
        return k + 1;
      }
      return at;
    }
    // "白细胞 WBC 12.3": the code behind the name
    const auto code = lexicons_.lab_items.mentions.longest_at(text_.characters, at);
    if (code && base::is_latin_letter(here(at)) && stands_alone(at, at + code->length)) {
      m.code = unit_.printed(at, at + code->length);
      return at + code->length;
    }
    return at;
  }

  bool read_unit(Mention& m) const {
    if (m.value_end >= text_.size()) return false;
    const std::string_view rest = unit_.text.substr(text_.begin[m.value_end]);
    const std::size_t bytes = unit_length(rest, lexicons_.units);
    if (bytes == 0) return false;
    m.unit_end = m.value_end;
    while (m.unit_end < text_.size() && text_.end[m.unit_end] <= text_.begin[m.value_end] + bytes) ++m.unit_end;
    m.end = m.unit_end;
    const std::string name = unit_.printed(m.name_begin, m.name_end);
    const std::string unit = unit_.printed(m.value_end, m.unit_end);
    const auto match = find_item({name, m.code, unit, ""}, lexicons_);
    if (!match) return false;
    const auto id = lexicons_.units.find(unit);
    const auto lists = [&](const std::vector<std::string>& units) {
      return std::any_of(units.begin(), units.end(),
                         [&](const std::string& u) { return lexicons_.units.find(u) == id; });
    };
    return lists(match->item->units) || lists(match->item->other_units);
  }

  // "(3.5-9.5)", "↑", "(↑)" behind the unit.
  void read_remark(Mention& m) const {
    std::size_t at = m.unit_end;
    if (base::is_one_of(here(at), U"↑↓")) {
      m.flag = unit_.printed(at, at + 1);
      m.end = ++at;
    }
    if (here(at) != U'(') return;
    std::size_t close = at + 1;
    while (close < text_.size() && close < at + kLongestRemark + 8 && here(close) != U')') ++close;
    if (here(close) != U')') return;
    const std::string inside = unit_.printed(at + 1, close);
    if (inside == "↑" || inside == "↓") {
      m.flag = inside;
    } else if (looks_like_range(inside)) {
      m.range = inside;
    } else {
      return;
    }
    m.end = close + 1;
  }

  const TextUnit& unit_;
  const FoldedText& text_;
  const Lexicons& lexicons_;
};

void put_result(const Report& report, const TextUnit& unit, const Mention& m, document::Clinical& clinical) {
  const bool recognised =
      unit.block->source != document::TextSource::kNative && unit.block->source != document::TextSource::kOffice;
  const auto sure = [&](std::size_t begin, std::size_t end) {
    return begin < end ? evidence_of_folded(unit, begin, end).confidence * kSentenceFactor : 1.0;
  };
  PrintedRow row;
  row.name = unit.printed(m.name_begin, m.name_end);
  row.code = m.code;
  row.value = unit.printed(m.value_begin, m.value_end);
  row.unit = unit.printed(m.value_end, m.unit_end);
  row.range = m.range;
  row.flag = m.flag;
  row.has_unit_column = m.unit_end > m.value_end;
  row.is_recognised = recognised;
  const double remark = sure(m.unit_end, m.end);
  auto [result, pieces] = make_lab_result(
      row, {},
      {sure(m.name_begin, m.name_end), sure(m.value_begin, m.value_end), sure(m.value_end, m.unit_end), remark, remark},
      *report.lexicons);
  const std::string key = "lab_results." + std::to_string(clinical.lab_results.size());
  const auto put = [&](const std::string& piece, std::size_t begin, std::size_t end, double confidence) {
    document::Evidence e = evidence_of_folded(unit, begin, end);
    e.confidence = confidence;
    e.needs_review = confidence < kSureConfidence;
    clinical.evidence[key + piece] = e;
  };
  put("", m.name_begin, m.end, result.confidence);
  put(".name", m.name_begin, m.name_end, pieces.name);
  put(".value", m.value_begin, m.value_end, pieces.value);
  if (m.unit_end > m.value_end) put(".unit", m.value_end, m.unit_end, pieces.unit);
  if (!m.range.empty()) put(".reference_range", m.unit_end, m.end, pieces.range);
  if (!m.flag.empty()) put(".flag", m.unit_end, m.end, pieces.flag);
  clinical.lab_results.push_back(std::move(result));
}

}  // namespace

void extract_lab_text(const Report& report, document::Clinical& clinical) {
  using document::BlockType;
  for (const TextUnit& unit : report.units) {
    const BlockType type = unit.block->type;
    if (unit.cell != nullptr || type == BlockType::kTitle || type == BlockType::kHeader || type == BlockType::kFooter ||
        type == BlockType::kFigureCaption || type == BlockType::kTableCaption || type == BlockType::kFigure) {
      continue;
    }
    const Scanner scanner(unit, *report.lexicons);
    for (std::size_t i = 0; i < unit.folded.size();) {
      const auto mention = scanner.read(i);
      if (mention) put_result(report, unit, *mention, clinical);
      i = mention ? std::max(mention->end, i + 1) : i + 1;
    }
  }
}

}  // namespace medmark::clinical
