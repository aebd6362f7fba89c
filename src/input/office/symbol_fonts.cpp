#include "input/office/symbol_fonts.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.hpp"

namespace medmark::input::office {
namespace {

struct SymbolGlyph {
  std::string_view font;
  char32_t code;
  char32_t character;
};

constexpr SymbolGlyph kGlyphs[] = {
#define SYMBOL_GLYPH(font, code, character) {font, code, character},
#include "input/office/symbol_fonts.def"
#undef SYMBOL_GLYPH
};

constexpr char32_t kPrivateUse = 0xF000;
constexpr std::string_view kFallbackFont = "wingdings";
// The last three have no table here.
constexpr std::array<std::string_view, 7> kSymbolFonts = {"wingdings", "wingdings 2", "wingdings 3", "symbol",
                                                          "webdings",  "marlett",     "zapfdingbats"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  return out;
}

bool is_private(char32_t code) { return code >= kPrivateUse + 0x20 && code <= kPrivateUse + 0xFF; }

char32_t looked_up(std::string_view font, char32_t code) {
  const char32_t wanted = is_private(code) ? code - kPrivateUse : code;
  for (const SymbolGlyph& glyph : kGlyphs) {
    if (glyph.font == font && glyph.code == wanted) return glyph.character;
  }
  return U'\uFFFD';
}

}  // namespace

bool is_symbol_font(std::string_view font) {
  if (font.empty()) return false;
  return std::find(kSymbolFonts.begin(), kSymbolFonts.end(), lower(font)) != kSymbolFonts.end();
}

char32_t symbol_character(std::string_view font, char32_t code) {
  if (!is_symbol_font(font)) return is_private(code) ? looked_up(kFallbackFont, code) : code;
  return code == U' ' ? code : looked_up(lower(font), code);
}

std::string text_in_font(std::string_view text, std::string_view font) {
  const bool is_symbols = is_symbol_font(font);
  const std::u32string codes = base::decode_utf8(text);
  if (!is_symbols && std::none_of(codes.begin(), codes.end(), is_private)) return std::string(text);
  std::string out;
  for (const char32_t code : codes) {
    // Text of another script in a run of a symbol font is shown in a font that has it.
    const bool is_sign = is_private(code) || (is_symbols && code > 0x20 && code <= 0xFF);
    base::append_utf8(out, is_sign ? symbol_character(font, code) : code);
  }
  return out;
}

}  // namespace medmark::input::office
