#include "input/pdf/characters.hpp"

#include <fpdf_edit.h>
#include <fpdf_text.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <string>

#include "base/text.hpp"
#include "input/pdf/handles.hpp"
#include "input/text_trust.hpp"

namespace medmark::input::pdf {
namespace {

using base::Point;
using base::Rect;

constexpr int kForceBoldFlag = 1 << 18;  // PDF 32000-1, table 123

struct FontTraits {
  std::string name;
  bool is_bold = false;
};

// What a text object's characters share.
struct ObjectTraits {
  FPDF_FONT font = nullptr;
  bool is_invisible = false;
  bool is_stroked_bold = false;
  int number = -1;
};

// Bold by the font's name or flag. PDFium's weight is a guess from /StemV, which font subsetters fill with anything.
FontTraits read_font(FPDF_FONT font) {
  FontTraits traits;
  std::string name(128, '\0');
  const std::size_t size = FPDFFont_GetBaseFontName(font, name.data(), name.size());
  name.resize(size > 0 && size <= name.size() ? size - 1 : 0);
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const char* word : {"bold", "heavy", "black", "demi"}) {
    if (lower.find(word) != std::string::npos) traits.is_bold = true;
  }
  const int flags = FPDFFont_GetFlags(font);
  if (flags > 0 && (flags & kForceBoldFlag) != 0) traits.is_bold = true;
  traits.name = std::move(name);
  return traits;
}

class CharacterReader {
 public:
  CharacterReader(FPDF_TEXTPAGE text, const PageGeometry& geometry) : text_(text), geometry_(geometry) {}

  std::vector<PlacedCharacter> read() {
    const int count = std::min(FPDFText_CountChars(text_), static_cast<int>(kMaxCharacters));
    for (int i = 0; i < count; ++i) i = read_one(i, count);
    return classify();
  }

 private:
  struct Raw {
    PlacedCharacter character;
    FPDF_FONT font = nullptr;
    bool is_distrusted = false;
  };

  const FontTraits& font_traits(FPDF_FONT font) {
    const auto [it, is_new] = fonts_.try_emplace(font);
    if (is_new && font != nullptr) it->second = read_font(font);
    return it->second;
  }

  const ObjectTraits& object_traits(FPDF_PAGEOBJECT object) {
    const auto [it, is_new] = objects_.try_emplace(object);
    ObjectTraits& traits = it->second;
    if (!is_new || object == nullptr) return traits;
    traits.number = static_cast<int>(objects_.size());
    traits.font = FPDFTextObj_GetFont(object);
    const FPDF_TEXT_RENDERMODE mode = FPDFTextObj_GetTextRenderMode(object);
    traits.is_invisible = mode == FPDF_TEXTRENDERMODE_INVISIBLE || mode == FPDF_TEXTRENDERMODE_CLIP;
    if (mode == FPDF_TEXTRENDERMODE_FILL_STROKE) {
      float stroke = 0;
      traits.is_stroked_bold = FPDFPageObj_GetStrokeWidth(object, &stroke) != 0 && stroke > 0;
    }
    return traits;
  }

  // The code point at `index`; `last` becomes the index of its second half where it is a pair of surrogates.
  char32_t code_point(int index, int count, int& last) const {
    const char32_t code = FPDFText_GetUnicode(text_, index);
    if (code >= 0xD800 && code < 0xDC00 && index + 1 < count) {
      const char32_t low = FPDFText_GetUnicode(text_, index + 1);
      if (low >= 0xDC00 && low < 0xE000) {
        last = index + 1;
        return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      }
    }
    return code;
  }

  void place(int index, PlacedCharacter& character) const {
    double left = 0, right = 0, bottom = 0, top = 0;
    if (FPDFText_GetCharBox(text_, index, &left, &right, &bottom, &top) != 0 && right > left && top > bottom) {
      character.ink = mapped(geometry_.to_display, {left, bottom, right, top});
    }
    FS_RECTF loose{};
    if (FPDFText_GetLooseCharBox(text_, index, &loose) != 0) {
      character.cell =
          mapped(geometry_.to_display, {std::min(loose.left, loose.right), std::min(loose.bottom, loose.top),
                                        std::max(loose.left, loose.right), std::max(loose.bottom, loose.top)});
    }
    double x = left, y = bottom;
    FPDFText_GetCharOrigin(text_, index, &x, &y);
    character.origin = geometry_.to_display.apply({x, y});
    FS_MATRIX fs{1, 0, 0, 1, 0, 0};
    FPDFText_GetMatrix(text_, index, &fs);
    const Matrix matrix = matrix_of(fs).then(
        {geometry_.to_display.a, geometry_.to_display.b, geometry_.to_display.c, geometry_.to_display.d, 0, 0});
    character.font_size = FPDFText_GetFontSize(text_, index) * std::hypot(matrix.c, matrix.d);
    character.angle = std::atan2(matrix.b, matrix.a) * 180 / std::numbers::pi;
  }

  // Reads the character at `index` and returns the index of the last one it took.
  int read_one(int index, int count) {
    int last = index;
    if (FPDFText_IsGenerated(text_, index) == 1) return last;  // PDFium's own spaces and line ends; ours come from gaps
    Raw raw;
    raw.character.code = code_point(index, count, last);
    const FPDF_PAGEOBJECT object = FPDFText_GetTextObject(text_, index);
    const ObjectTraits& traits = object_traits(object);
    if (traits.is_invisible) return last;
    const FontTraits& font = font_traits(traits.font);
    raw.font = traits.font;
    raw.character.text_object = traits.number;
    raw.character.is_bold = traits.is_stroked_bold || font.is_bold;
    if (FPDFText_IsHyphen(text_, index) == 1) raw.character.code = U'-';
    if (const auto symbol = symbol_font_character(raw.character.code, font.name)) {
      raw.character.code = *symbol;
    } else {
      raw.is_distrusted = is_untrustworthy(raw.character.code) || FPDFText_HasUnicodeMapError(text_, index) == 1;
    }
    if (raw.character.code == U'\r' || raw.character.code == U'\n') return last;
    if (raw.character.code == 0x00AD || raw.character.code == 0x200B || raw.character.code == 0xFEFF) return last;
    place(index, raw.character);
    if (std::isfinite(raw.character.font_size) && raw.character.font_size > 0.1 &&
        std::isfinite(raw.character.origin.x) && std::isfinite(raw.character.origin.y)) {
      raws_.push_back(raw);
    }
    return last;
  }

  struct FontVerdict {
    bool lies = false;
    double size_factor = 1;  // from the size a file names to the one it draws
  };

  // Judges each font by all of its characters on the page.
  std::map<FPDF_FONT, FontVerdict> judge_fonts() const {
    std::map<FPDF_FONT, std::vector<FontSample>> samples;
    for (const Raw& raw : raws_) {
      const PlacedCharacter& c = raw.character;
      if (base::is_space(c.code)) continue;
      const bool is_upright = std::abs(std::sin(c.angle * std::numbers::pi / 180)) < 0.5;
      samples[raw.font].push_back({.code = c.code,
                                   .advance = (is_upright ? c.cell.width() : c.cell.height()) / c.font_size,
                                   .ink_height = (is_upright ? c.ink.height() : c.ink.width()) / c.font_size});
    }
    std::map<FPDF_FONT, FontVerdict> verdicts;
    for (const auto& [font, list] : samples) verdicts[font] = {maps_full_width_to_latin(list), size_factor(list)};
    return verdicts;
  }

  std::vector<PlacedCharacter> classify() {
    const std::map<FPDF_FONT, FontVerdict> fonts = judge_fonts();
    std::vector<PlacedCharacter> result;
    const Rect visible = base::inflated(geometry_.bounds(), 1, 1);
    for (Raw& raw : raws_) {
      const Rect& box = raw.character.ink.empty() ? raw.character.cell : raw.character.ink;
      if (!visible.contains(Point{box.center_x(), box.center_y()})) continue;  // outside the crop box
      if (!base::is_space(raw.character.code)) {
        const FontVerdict& font = fonts.at(raw.font);
        raw.character.font_size *= font.size_factor;
        // A glyph without ink is a space whatever its code says.
        if (raw.is_distrusted || font.lies) raw.character.code = raw.character.ink.empty() ? U' ' : kDistrusted;
      }
      result.push_back(raw.character);
    }
    return result;
  }

  FPDF_TEXTPAGE text_;
  const PageGeometry& geometry_;
  std::map<FPDF_FONT, FontTraits> fonts_;
  std::map<FPDF_PAGEOBJECT, ObjectTraits> objects_;
  std::vector<Raw> raws_;
};

}  // namespace

std::vector<PlacedCharacter> read_characters(FPDF_PAGE page, const PageGeometry& geometry) {
  const TextPageHandle text(FPDFText_LoadPage(page));
  if (!text) return {};
  return CharacterReader(text.get(), geometry).read();
}

}  // namespace medmark::input::pdf
