#include "input/text_trust.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/median.hpp"
#include "base/text.hpp"

namespace medmark::input {
namespace {

using SymbolTable = std::pair<char32_t, char32_t>;

// Low bytes of Adobe's Symbol encoding (PDF 32000-1, annex D.5), those that reports use.
constexpr std::array<SymbolTable, 33> kSymbol = {{
    {0x2B, U'+'}, {0x2D, U'−'}, {0x3C, U'<'}, {0x3D, U'='}, {0x3E, U'>'}, {0x44, U'Δ'}, {0x57, U'Ω'},
    {0x61, U'α'}, {0x62, U'β'}, {0x64, U'δ'}, {0x65, U'ε'}, {0x67, U'γ'}, {0x6B, U'κ'}, {0x6C, U'λ'},
    {0x6D, U'μ'}, {0x70, U'π'}, {0x73, U'σ'}, {0x77, U'ω'}, {0xA3, U'≤'}, {0xA5, U'∞'}, {0xAC, U'←'},
    {0xAD, U'↑'}, {0xAE, U'→'}, {0xAF, U'↓'}, {0xB0, U'°'}, {0xB1, U'±'}, {0xB3, U'≥'}, {0xB4, U'×'},
    {0xB7, U'•'}, {0xB8, U'÷'}, {0xB9, U'≠'}, {0xBB, U'≈'}, {0xD7, U'⋅'},
}};

// Low bytes of Wingdings, by the Unicode names of its glyphs.
constexpr std::array<SymbolTable, 26> kWingdings = {{
    {0x6C, U'●'}, {0x6E, U'■'}, {0x6F, U'□'}, {0x70, U'□'}, {0x71, U'❑'}, {0x72, U'❒'}, {0x75, U'◆'},
    {0x76, U'❖'}, {0x9F, U'•'}, {0xA1, U'○'}, {0xA7, U'▪'}, {0xA8, U'□'}, {0xD8, U'➢'}, {0xDF, U'←'},
    {0xE0, U'→'}, {0xE1, U'↑'}, {0xE2, U'↓'}, {0xE7, U'←'}, {0xE8, U'→'}, {0xE9, U'↑'}, {0xEA, U'↓'},
    {0xF1, U'⇧'}, {0xF2, U'⇩'}, {0xFB, U'✗'}, {0xFC, U'✓'}, {0xFE, U'☑'},
}};

template <std::size_t N>
std::optional<char32_t> look_up(const std::array<SymbolTable, N>& table, char32_t code) {
  for (const auto& [low_byte, symbol] : table) {
    if (low_byte == (code & 0xFF)) return symbol;
  }
  return std::nullopt;
}

// Characters that a font for Chinese may well draw in full width: quotes, dashes, ellipses, degree and multiplication
// signs.
bool may_be_full_width(char32_t code) {
  return code >= 0x2000 || code == U'°' || code == U'±' || code == U'×' || code == U'÷' || code == U'·';
}

constexpr std::size_t kMinimumSamples = 6;
constexpr double kFullWidthShare = 0.9;

// Median height of a font's inked glyphs, in ems: 0.45 to 0.9 over Latin, digits and Chinese of common fonts;
// punctuation alone goes down to 0.1.
constexpr double kUsualInkHeight = 0.7;
constexpr double kLeastInkHeight = 0.08;
constexpr double kMostInkHeight = 1.8;

}  // namespace

bool is_untrustworthy(char32_t code) {
  if (code < 0x20) return code != U'\t' && code != U'\n' && code != U'\r';
  if (code >= 0x7F && code < 0xA0) return true;
  if (code >= 0xD800 && code < 0xE000) return true;   // surrogates
  if (code >= 0xE000 && code <= 0xF8FF) return true;  // private use
  if (code >= 0xFDD0 && code <= 0xFDEF) return true;  // non-characters
  if (code == 0xFFFD || (code & 0xFFFE) == 0xFFFE) return true;
  return code >= 0xF0000;  // private-use planes and beyond
}

std::optional<char32_t> symbol_font_character(char32_t code, std::string_view font_name) {
  if (code < 0xF020 || code > 0xF0FF) return std::nullopt;
  if (font_name.find("Wingdings") != std::string_view::npos) return look_up(kWingdings, code);
  if (font_name.find("Symbol") != std::string_view::npos) return look_up(kSymbol, code);
  return std::nullopt;
}

bool maps_full_width_to_latin(const std::vector<FontSample>& samples) {
  std::size_t latin = 0;
  std::size_t wide = 0;
  std::size_t letters = 0;
  for (const FontSample& sample : samples) {
    if (may_be_full_width(sample.code)) continue;
    ++latin;
    if (base::is_latin_letter(sample.code) || base::is_digit(sample.code)) ++letters;
    if (sample.advance > 0.9 && sample.advance < 1.1) ++wide;
  }
  return letters >= kMinimumSamples && static_cast<double>(wide) >= kFullWidthShare * static_cast<double>(latin);
}

double size_factor(const std::vector<FontSample>& samples) {
  std::vector<double> heights;
  for (const FontSample& sample : samples) {
    if (sample.ink_height > 0) heights.push_back(sample.ink_height);
  }
  if (heights.empty()) return 1;
  const double middle = base::median(std::move(heights));
  const bool is_usual = middle >= kLeastInkHeight && middle <= kMostInkHeight;
  return is_usual ? 1 : middle / kUsualInkHeight;
}

}  // namespace medmark::input
