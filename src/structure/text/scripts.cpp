#include "structure/text/scripts.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <string_view>

#include "base/median.hpp"
#include "base/text.hpp"

namespace medmark::structure {
namespace {

using document::Character;

// Shares of the size of the text that the script belongs to. Browsers raise by 0.33 and lower by 0.2, word processors
// by 0.33 and 0.08 to 0.14; rounding of positions stays under 0.03.
struct ScriptLimits {
  double size = 0.9;      // scripts are set at 0.55 to 0.83
  double raised = 0.14;   // least distance above the baseline
  double lowered = 0.05;  // least distance below it
};
constexpr ScriptLimits kLimits;
constexpr double kDescent = 0.14;

double baseline_of(const Character& c) { return c.bbox.y1 - kDescent * c.font_size; }

// The size that most characters have, and the baseline of those.
struct TextBase {
  double size = 0;
  double baseline = 0;
};

TextBase text_base(std::span<const Character> characters) {
  std::map<long, std::vector<double>> baselines;  // by size in tenths of a point
  for (const Character& c : characters) {
    if (c.font_size > 0 && c.code != U' ') baselines[std::lround(c.font_size * 10)].push_back(baseline_of(c));
  }
  TextBase base;
  std::size_t most = 0;
  for (auto& [size, values] : baselines) {
    if (values.size() < most) continue;  // of equally frequent sizes the larger is the text
    most = values.size();
    base = {static_cast<double>(size) / 10, base::median(values)};
  }
  return base;
}

// "Ca2+" may hold as many small characters as large ones; a line of small text with one large letter has no scripts:
// the larger neighbour in front of a character decides, where there is one.
TextBase base_before(std::span<const Character> characters, std::size_t index, const TextBase& line) {
  const double size = characters[index].font_size;
  for (std::size_t i = index; i-- > 0 && index - i <= 8;) {
    if (characters[i].code == U' ') continue;
    if (size < kLimits.size * characters[i].font_size) return {characters[i].font_size, baseline_of(characters[i])};
  }
  return line;
}

constexpr std::u32string_view kPlain = U"0123456789+-−=()";
constexpr std::u32string_view kRaised = U"⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾";
constexpr std::u32string_view kLowered = U"₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎";

void append_tag(std::vector<Glyph>& out, std::u32string_view tag, double x) {
  for (const char32_t code : tag) out.push_back({code, x, x});
}

void append_script(std::vector<Glyph>& out, std::span<const Character> run, Script script) {
  const std::u32string_view letters = script == Script::kSuper ? kRaised : kLowered;
  const bool in_unicode = std::all_of(
      run.begin(), run.end(), [](const Character& c) { return kPlain.find(c.code) != std::u32string_view::npos; });
  if (!in_unicode) append_tag(out, script == Script::kSuper ? U"<sup>" : U"<sub>", run.front().bbox.x0);
  for (const Character& c : run) {
    out.push_back({in_unicode ? letters[kPlain.find(c.code)] : c.code, c.bbox.x0, c.bbox.x1});
  }
  if (!in_unicode) append_tag(out, script == Script::kSuper ? U"</sup>" : U"</sub>", run.back().bbox.x1);
}

}  // namespace

std::vector<Script> scripts_of(std::span<const Character> characters) {
  std::vector<Script> scripts(characters.size(), Script::kBase);
  const TextBase line = text_base(characters);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const Character& c = characters[i];
    if (c.font_size <= 0 || c.code == U' ') continue;
    const TextBase base = base_before(characters, i, line);
    if (c.font_size >= kLimits.size * base.size) continue;
    const double raised = (base.baseline - baseline_of(c)) / base.size;
    if (raised > kLimits.raised) scripts[i] = Script::kSuper;
    if (raised < -kLimits.lowered) scripts[i] = Script::kSub;
  }
  return scripts;
}

std::u32string written_script(std::u32string_view text, Script script) {
  const auto first = std::find_if_not(text.begin(), text.end(), base::is_space);
  const auto last = std::find_if_not(text.rbegin(), std::make_reverse_iterator(first), base::is_space).base();
  const std::u32string_view words(first, last);
  if (script == Script::kBase || words.empty()) return std::u32string(text);
  const std::u32string_view letters = script == Script::kSuper ? kRaised : kLowered;
  std::u32string out(text.begin(), first);
  if (words.find_first_not_of(kPlain) == std::u32string_view::npos) {
    for (const char32_t code : words) out += letters[kPlain.find(code)];
  } else {
    out += script == Script::kSuper ? U"<sup>" : U"<sub>";
    out += words;
    out += script == Script::kSuper ? U"</sup>" : U"</sub>";
  }
  return out.append(last, text.end());
}

std::vector<Glyph> with_scripts_written(std::span<const Character> characters) {
  const std::vector<Script> scripts = scripts_of(characters);
  std::vector<Glyph> out;
  out.reserve(characters.size());
  for (std::size_t i = 0; i < characters.size();) {
    if (scripts[i] == Script::kBase) {
      out.push_back({characters[i].code, characters[i].bbox.x0, characters[i].bbox.x1});
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < characters.size() && scripts[end] == scripts[i]) ++end;
    append_script(out, characters.subspan(i, end - i), scripts[i]);
    i = end;
  }
  return out;
}

}  // namespace medmark::structure
