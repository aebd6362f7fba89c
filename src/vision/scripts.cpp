#include "vision/scripts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <span>

#include "base/text.hpp"
#include "vision/glyphs.hpp"

namespace medmark::vision {
namespace {

// All as shares of the cap height H, measured on four Chinese faces at 9 to 12 points: HTML and Word scripts are 0.58
// to 0.68 H high and stand 0.33 to 0.5 H off the baseline; the Unicode characters themselves are 0.42 to 0.6 H high.
struct ScriptGeometry {
  double least_height = 0.30;
  double largest_height = 0.82;
  double raised_bottom = 0.26;   // at least this far above the baseline
  double raised_top = 0.5;       // at most this far above the capitals
  double lowered_top = 0.28;     // at least this far below the top of the capitals
  double lowered_bottom = 0.05;  // at least this far below the baseline
  double lowered_depth = 0.75;   // at most
  // A digit on the baseline after a letter counts as lowered when it is this small.
  double small_height = 0.68;
  // Signs: a dash is flat, and a raised one has its centre at least this far above the baseline.
  double sign_width = 0.18;
  double raised_sign = 0.64;
  // A dash that is a minus whatever it is read as. Hyphens set as charges: 0.18 to 0.27 wide, 2 to 3 times their
  // height.
  double minus_width = 0.18;
  double minus_aspect = 1.8;
  double gap = 0.30;    // between parts of one cluster, and to the character it belongs to
  double reach = 0.45;  // from a character's centre to ink that can be its own
};

constexpr std::u32string_view kScriptAlphabet = U"0123456789+-⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉";
// What the recogniser makes of scripts; anything else that stands raised is a character of its own.
constexpr std::u32string_view kMisreadings = U"%‰°º˚oO'’‘\"*^_{}—–−=~,.:;⁺⁻⁴⁵⁶⁷⁸⁹⁰¹²³₀₁₂₃₄₅₆₇₈₉+-";
constexpr std::u32string_view kDescending = U"gjpqyQ,;()[]{}/|_";
constexpr std::u32string_view kShort = U"acemnorsuvwxz";

bool is_in(std::u32string_view set, char32_t code) { return set.find(code) != std::u32string_view::npos; }

bool may_be_script(char32_t code) { return base::is_digit(code) || is_in(kMisreadings, code); }

bool may_bear_script(char32_t code) {
  return base::is_digit(code) || (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z') || code == U')' ||
         code == U'μ';
}

char32_t plain(char32_t code) {
  if (const char32_t raised = base::plain_of_raised(code); raised != 0) return raised;
  if (const char32_t lowered = base::plain_of_lowered(code); lowered != 0) return lowered;
  return is_in(U"—–−", code) ? U'-' : code;
}

char32_t as_script(char32_t code, ScriptLevel level) {
  const bool is_raised = level == ScriptLevel::kRaised;
  const char32_t script = is_raised ? base::raised_of_plain(plain(code)) : base::lowered_of_plain(plain(code));
  return script == 0 ? code : script;
}

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

std::optional<ScriptLevel> level_of(const cv::Rect& box, const LineMetrics& metrics) {
  const ScriptGeometry g;
  const double h = metrics.cap_height;
  const double top = (metrics.baseline - box.y) / h;  // above the baseline, in H
  const double bottom = (metrics.baseline - (box.y + box.height)) / h;
  const double height = box.height / h;
  if (height < g.least_height) {
    const bool is_sign = box.width >= g.sign_width * h && box.width >= 1.5 * box.height;
    if (is_sign && (top + bottom) / 2 >= g.raised_sign) return ScriptLevel::kRaised;
    return std::nullopt;
  }
  if (height > g.largest_height || box.width > h) return std::nullopt;
  if (bottom >= g.raised_bottom && top <= 1 + g.raised_top && top >= 0.75) return ScriptLevel::kRaised;
  if (top <= 1 - g.lowered_top && -bottom <= g.lowered_depth) {
    if (-bottom >= g.lowered_bottom) return ScriptLevel::kLowered;
    if (height <= g.small_height && std::abs(bottom) < g.lowered_bottom) return ScriptLevel::kLowered;
  }
  return std::nullopt;
}

bool is_brace(char32_t code) { return is_in(U"_^{}", code); }

bool is_minus(const cv::Rect& box, const LineMetrics& metrics) {
  const ScriptGeometry g;
  return box.width >= g.minus_width * metrics.cap_height && box.width >= g.minus_aspect * box.height &&
         box.height < g.least_height * metrics.cap_height;
}

// A sign over a lowered digit (HCO₃⁻ as formulas set it), which glyphs_of joins into one glyph: the rows of each, or
// nothing where the glyph is no such pair.
std::optional<std::pair<cv::Rect, cv::Rect>> sign_over_digit(const cv::Mat& ink, const cv::Rect& glyph,
                                                             const LineMetrics& metrics) {
  std::vector<Span> rows = inked_rows(ink(glyph), 1);
  if (rows.size() != 2) return std::nullopt;
  const auto tight = [&](const Span& span) {
    const cv::Rect band(glyph.x, glyph.y + span.begin, glyph.width, span.length());
    const std::vector<Span> columns = inked_columns(ink(band), glyph.width);
    return cv::Rect(band.x + columns.front().begin, band.y, columns.back().end - columns.front().begin, band.height);
  };
  const cv::Rect upper = tight(rows[0]);
  const cv::Rect lower = tight(rows[1]);
  if (!is_minus(upper, metrics) || level_of(upper, metrics) != ScriptLevel::kRaised ||
      level_of(lower, metrics) != ScriptLevel::kLowered) {
    return std::nullopt;
  }
  return std::pair(upper, lower);
}

// Whether the characters before `end` are an ion that bears a charge.
bool ends_in_ion(const std::vector<RecognisedCharacter>& characters, std::size_t end) {
  constexpr std::u32string_view kIons[] = {U"Cl", U"Na",  U"K",    U"Ca",  U"Mg",  U"Fe",  U"Li", U"Zn",   U"Cu",
                                           U"H",  U"NH4", U"HCO3", U"CO3", U"SO4", U"PO4", U"OH", U"HPO4", U"NO3"};
  std::u32string before;
  for (std::size_t i = 0; i < end && i < characters.size(); ++i) {
    if (!is_brace(characters[i].code) && characters[i].code != U' ') before.push_back(plain(characters[i].code));
  }
  return std::any_of(std::begin(kIons), std::end(kIons), [&](std::u32string_view ion) {
    if (!before.ends_with(ion)) return false;
    if (before.size() == ion.size()) return true;
    const char32_t preceding = before[before.size() - ion.size() - 1];
    return !base::is_latin_letter(preceding);
  });
}

// Whether the characters [first, last) stand behind a 10 of a power of ten: a sign of multiplication before it, or the
// slash or letter of a unit behind. "109" alone is a number.
bool is_power_of_ten(const std::vector<RecognisedCharacter>& characters, std::size_t first, std::size_t last) {
  if (first < 2 || characters[first - 1].code != U'0' || characters[first - 2].code != U'1') return false;
  const bool is_multiplied = first >= 3 && is_in(U"×xX*·^", characters[first - 3].code);
  const bool has_unit =
      last < characters.size() && (characters[last].code == U'/' || base::is_latin_letter(characters[last].code));
  return is_multiplied || has_unit;
}

// Whether a number that is just 10 ends before `first`.
bool ends_in_ten(const std::vector<RecognisedCharacter>& characters, std::size_t first) {
  if (first < 2 || characters[first - 1].code != U'0' || characters[first - 2].code != U'1') return false;
  return first == 2 || !(base::is_digit(characters[first - 3].code) || characters[first - 3].code == U'.');
}

// Finds the characters of a cluster; false where it is not a script of the character before it.
// `before`: the script kept last, or null; what follows its decimal point belongs to the same number.
bool attach(ScriptCluster& cluster, const ScriptCluster* before, const std::vector<RecognisedCharacter>& characters,
            std::span<const cv::Rect> glyphs, std::span<const std::size_t> owner) {
  const auto stands_before = [&](std::size_t i) {
    if (owner[i] == kNoGlyph) return characters[i].center < cluster.box.x;
    return glyphs[owner[i]].x < cluster.box.x;
  };
  const auto stands_inside = [&](std::size_t i) {
    if (is_brace(characters[i].code)) return true;
    return owner[i] != kNoGlyph && (glyphs[owner[i]] & cluster.box) == glyphs[owner[i]];
  };
  std::size_t first = 0;
  while (first < characters.size() && stands_before(first)) ++first;
  // Braces are what the recogniser writes for a step up or down; they have no ink.
  while (first > 0 && is_brace(characters[first - 1].code)) --first;
  std::size_t last = first;
  std::size_t count = 0;
  for (; last < characters.size() && stands_inside(last); ++last) {
    if (characters[last].code == U' ') break;  // written where the recogniser passed over the sign
    if (!may_be_script(characters[last].code)) return false;
    if (!is_brace(characters[last].code)) ++count;
  }
  if (first == 0) return false;
  const bool is_fraction = before != nullptr && before->level == cluster.level && before->last + 1 == first &&
                           characters[first - 1].code == U'.' && count > 0;
  if (is_fraction) {
    cluster.first = first;
    cluster.last = last;
    return true;
  }
  const char32_t bearer = plain(characters[first - 1].code);
  if (!may_bear_script(bearer)) return false;
  if (cluster.level == ScriptLevel::kLowered && base::is_digit(bearer)) return false;
  const bool is_power = cluster.level == ScriptLevel::kRaised && is_power_of_ten(characters, first, last);
  // A digit raises no other digit but the exponent of a power of ten: what stands high in a number is a part of it.
  const bool holds_digit = std::any_of(characters.begin() + static_cast<std::ptrdiff_t>(first),
                                       characters.begin() + static_cast<std::ptrdiff_t>(last),
                                       [](const RecognisedCharacter& c) { return base::is_digit(c.code); });
  if (base::is_digit(characters[first - 1].code) && holds_digit && !is_power) {
    const bool continues_exponent = before != nullptr && before->is_exponent_of_ten && before->last == first;
    const bool ends_number =
        last == characters.size() || !(base::is_digit(characters[last].code) || is_in(U".,%", characters[last].code));
    if (cluster.level != ScriptLevel::kRaised || !ends_number ||
        !(continues_exponent || ends_in_ten(characters, first)))
      return false;
    cluster.is_after_ten = true;
  }
  const bool is_before_percent = last < characters.size() && is_in(U"%‰％℃°", characters[last].code);
  if (count == 0 && (cluster.level == ScriptLevel::kLowered || is_before_percent)) return false;
  // A degree ring after anything but a power of ten is a degree.
  const bool is_ring = std::any_of(characters.begin() + static_cast<std::ptrdiff_t>(first),
                                   characters.begin() + static_cast<std::ptrdiff_t>(last),
                                   [](const RecognisedCharacter& c) { return is_in(U"°º˚%‰", c.code); });
  if (is_ring && !is_power) return false;
  cluster.first = first;
  cluster.last = last;
  cluster.is_exponent_of_ten = is_power;
  return true;
}

// Whether what was read only the second time stands: an exponent of ten, or the sign of a charge. A zero is the ring of
// a degree or of a percent sign.
bool is_believed(const ScriptCluster& cluster, const Reading& second) {
  constexpr double kLeastOfExponent = 0.5;
  constexpr double kLeastOfSign = 0.8;
  if (cluster.is_flat && cluster.is_charge) return true;
  const auto& characters = second.characters;
  if (characters.empty()) return false;
  const bool is_sign = characters.size() == 1 && !base::is_digit(plain(characters[0].code));
  if (is_sign) return second.mean_confidence() >= kLeastOfSign;
  return cluster.is_exponent_of_ten && plain(characters[0].code) != U'0' &&
         second.mean_confidence() >= kLeastOfExponent;
}

std::vector<double> centers_of(const std::vector<RecognisedCharacter>& characters) {
  std::vector<double> centers;
  for (const RecognisedCharacter& character : characters) centers.push_back(character.center);
  return centers;
}

}  // namespace

std::u32string_view script_alphabet() { return kScriptAlphabet; }

std::optional<LineMetrics> measure_line(const std::vector<RecognisedCharacter>& characters,
                                        const std::vector<CharacterPlace>& places) {
  std::vector<double> bottoms;
  std::vector<double> tall;
  std::vector<double> small;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const char32_t code = characters[i].code;
    if (places[i].ink_rows.length() <= 0) continue;
    const bool is_tall = base::is_digit(code) || (code >= U'A' && code <= U'Z') || is_in(U"bdfhkl", code);
    const bool is_small = is_in(kShort, code);
    if (is_tall) tall.push_back(places[i].ink_rows.length());
    if (is_small) small.push_back(places[i].ink_rows.length());
    if ((is_tall || is_small) && !is_in(kDescending, code)) bottoms.push_back(places[i].ink_rows.end);
  }
  if (bottoms.empty()) return std::nullopt;
  LineMetrics metrics;
  constexpr double kShortShare = 0.70;  // of the capitals' height
  if (!tall.empty()) metrics.cap_height = quantile(tall, 0.7);
  if (!small.empty()) metrics.cap_height = std::max(metrics.cap_height, quantile(small, 0.5) / kShortShare);
  // Raised digits lift the mean, lowered ones sink it; most of a line stands on the baseline.
  metrics.baseline = quantile(bottoms, 0.5);
  if (metrics.cap_height < 8) return std::nullopt;
  return metrics;
}

std::vector<ScriptCluster> find_scripts(const cv::Mat& ink, const Reading& reading, const LineMetrics& metrics) {
  const ScriptGeometry g;
  std::vector<cv::Rect> glyphs = glyphs_of(ink);
  std::vector<ScriptCluster> clusters;
  std::vector<std::pair<cv::Rect, cv::Rect>> pairs;  // a sign, and the lowered digit below it
  for (cv::Rect& glyph : glyphs) {
    if (const auto pair = sign_over_digit(ink, glyph, metrics)) {
      pairs.push_back(*pair);
      glyph = pair->second;
    }
    const std::optional<ScriptLevel> level = level_of(glyph, metrics);
    if (!level) continue;
    const bool is_close = !clusters.empty() && clusters.back().level == *level &&
                          glyph.x - (clusters.back().box.x + clusters.back().box.width) < g.gap * metrics.cap_height;
    if (is_close) {
      clusters.back().box |= glyph;
    } else {
      clusters.push_back({.level = *level, .box = glyph, .least_height = 0.55 * metrics.cap_height});
    }
  }
  if (clusters.empty()) return clusters;

  const std::vector<std::size_t> owner = assign_glyphs(glyphs, centers_of(reading.characters));
  std::vector<ScriptCluster> kept;
  for (ScriptCluster& cluster : clusters) {
    const ScriptCluster* before = kept.empty() ? nullptr : &kept.back();
    if (!attach(cluster, before, reading.characters, glyphs, owner)) continue;
    cluster.is_flat = is_minus(cluster.box, metrics);
    cluster.is_charge = ends_in_ion(reading.characters, cluster.first);
    kept.push_back(cluster);
    const auto pair = std::find_if(pairs.begin(), pairs.end(), [&](const auto& p) { return p.second == cluster.box; });
    if (pair == pairs.end()) continue;
    ScriptCluster sign{.box = pair->first,
                       .least_height = cluster.least_height,
                       .first = cluster.last,
                       .last = cluster.last,
                       .is_flat = true};
    sign.is_charge = ends_in_ion(reading.characters, cluster.last);
    if (sign.is_charge) kept.push_back(sign);
  }
  return kept;
}

TextStrip cut_script(const cv::Mat& page, const TextStrip& strip, const cv::Mat& ink, const ScriptCluster& cluster) {
  return cut_alone(page, strip, ink, cluster.box, cluster.least_height);
}

namespace {

// The raised or lowered digits and signs that the network is sure of in a cluster; none where it sees anything else.
std::vector<RecognisedCharacter> surely_seen(const ScriptCluster& cluster, std::span<const SeenMark> seen) {
  constexpr double kSure = 0.9;
  const bool is_raised = cluster.level == ScriptLevel::kRaised;
  std::vector<RecognisedCharacter> characters;
  for (const SeenMark& mark : seen) {
    const char32_t named = is_raised ? base::plain_of_raised(mark.code) : base::plain_of_lowered(mark.code);
    if (named == 0 || mark.belief < kSure) return {};
    characters.push_back({mark.code, kDoubtful, 0, 0, 0});
  }
  return characters;
}

bool are_alike(std::span<const RecognisedCharacter> a, std::span<const RecognisedCharacter> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return plain(x.code) == plain(y.code); });
}

void leave_in_doubt(std::span<RecognisedCharacter> characters) {
  for (RecognisedCharacter& character : characters) character.confidence = std::min(character.confidence, kDoubtful);
}

// What two readings make of a cluster; empty where it is none by them. `read`: the characters of the first.
struct TwiceRead {
  std::vector<RecognisedCharacter> chosen;
  bool is_same = false;
};

TwiceRead read_twice(const ScriptCluster& cluster, std::span<const RecognisedCharacter> read, const Reading& second) {
  std::vector<RecognisedCharacter> first_reading;
  std::copy_if(read.begin(), read.end(), std::back_inserter(first_reading), [](const RecognisedCharacter& c) {
    return as_script(c.code, ScriptLevel::kRaised) != c.code || plain(c.code) != c.code;
  });
  std::vector<RecognisedCharacter> second_reading = second.characters;
  // Ink as flat as that is no plus and no digit.
  const bool was_minus = second_reading.size() == 1 && plain(second_reading[0].code) == U'-';
  const bool is_settled = cluster.is_flat && cluster.is_charge && !was_minus;
  if (is_settled) second_reading = {{U'-', kDoubtful, 0, 0, 0}};
  const auto braces = std::count_if(read.begin(), read.end(), [](const auto& c) { return is_brace(c.code); });
  const bool has_stranger = first_reading.size() + static_cast<std::size_t>(braces) < read.size();
  TwiceRead both;
  both.is_same = are_alike(first_reading, second_reading);
  const bool second_wins =
      !second_reading.empty() && (is_settled || both.is_same || has_stranger || first_reading.empty() ||
                                  second.mean_confidence() > Reading{first_reading}.mean_confidence());
  both.chosen = second_wins ? second_reading : first_reading;
  if ((has_stranger || first_reading.empty()) && !is_believed(cluster, second)) return {};
  for (std::size_t i = 0; i < both.chosen.size(); ++i) {
    double& confidence = both.chosen[i].confidence;
    if (both.is_same && i < first_reading.size()) {
      confidence = std::max(confidence, first_reading[i].confidence);
    } else if (!first_reading.empty() && !has_stranger) {
      confidence = std::min(confidence, kDoubtful);
    }
  }
  return both;
}

}  // namespace

void write_scripts(Reading& reading, const std::vector<ScriptCluster>& clusters,
                   const std::vector<Reading>& second_readings, std::span<const std::vector<SeenMark>> seen) {
  auto& characters = reading.characters;
  // From the right, so that the places of the clusters before stay valid.
  for (std::size_t k = clusters.size(); k-- > 0;) {
    const ScriptCluster& cluster = clusters[k];
    const std::span<RecognisedCharacter> read(characters.data() + cluster.first, cluster.last - cluster.first);
    TwiceRead both = read_twice(cluster, read, second_readings[k]);
    const auto witnessed = seen.empty() ? std::vector<RecognisedCharacter>{} : surely_seen(cluster, seen[k]);
    std::vector<RecognisedCharacter>& chosen = both.chosen;
    if (cluster.is_after_ten) {
      // 106 may be a number: a power where all three name the same digit, else in doubt where the network sees a
      // script.
      const bool is_power = both.is_same && are_alike(chosen, witnessed);
      if (!witnessed.empty()) leave_in_doubt(is_power ? std::span(chosen) : read);
      if (!is_power) continue;
    } else if (chosen.empty() && !(cluster.is_exponent_of_ten || cluster.is_charge)) {
      continue;  // nothing was read there twice: m² whose ² was read a little off would get a second one
    } else if (witnessed.size() == std::max<std::size_t>(chosen.size(), 1) && !are_alike(chosen, witnessed)) {
      // Only where it sees as many characters: one blurred sign may look like two of it side by side.
      if (both.is_same) {
        leave_in_doubt(chosen);
      } else {
        chosen = witnessed;
      }
    }
    if (chosen.empty()) continue;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      chosen[i].code = as_script(chosen[i].code, cluster.level);
      chosen[i].center =
          cluster.box.x + cluster.box.width * (static_cast<double>(i) + 0.5) / static_cast<double>(chosen.size());
    }
    const auto begin = characters.begin() + static_cast<std::ptrdiff_t>(cluster.first);
    const auto at = characters.erase(begin, begin + static_cast<std::ptrdiff_t>(read.size()));
    characters.insert(at, chosen.begin(), chosen.end());
  }
}

}  // namespace medmark::vision
