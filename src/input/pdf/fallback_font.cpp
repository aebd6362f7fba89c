#include "input/pdf/fallback_font.hpp"

#include <fpdf_sysfontinfo.h>
#include <fpdfview.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace medmark::input::pdf {
namespace {

// PDFium's interface is C: the structure it knows stands first, ours behind it.
struct FallbackFontInfo {
  FPDF_SYSFONTINFO interface {};
  std::span<const std::uint8_t> font;
};

const FallbackFontInfo& info_of(FPDF_SYSFONTINFO* self) { return *reinterpret_cast<const FallbackFontInfo*>(self); }

bool is_east_asian(int charset) {
  return charset == FXFONT_GB2312_CHARSET || charset == FXFONT_CHINESEBIG5_CHARSET ||
         charset == FXFONT_SHIFTJIS_CHARSET || charset == FXFONT_HANGEUL_CHARSET;
}

// Whether a face's name is one of the Chinese fonts that reports name without embedding them: by its Pinyin or English
// name, or in Chinese (any byte above ASCII).
bool is_chinese_face(std::string_view face) {
  constexpr std::string_view kNames[] = {"Sim",      "Song",     "Hei",           "Kai",        "FangSong",
                                         "MingLiU",  "YaHei",    "DengXian",      "STXihei",    "FZ",
                                         "Hiragino", "PingFang", "Noto Sans CJK", "Source Han", "WenQuanYi"};
  if (std::any_of(face.begin(), face.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return true;
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [&](std::string_view name) { return face.find(name) != std::string_view::npos; });
}

void* map_font(FPDF_SYSFONTINFO* self, int, FPDF_BOOL, int charset, int, const char* face, FPDF_BOOL*) {
  if (info_of(self).font.empty()) return nullptr;
  return is_east_asian(charset) || (face != nullptr && is_chinese_face(face)) ? self : nullptr;
}

void* get_font(FPDF_SYSFONTINFO*, const char*) { return nullptr; }

std::uint32_t big_endian(std::span<const std::uint8_t> bytes, std::size_t at) {
  if (at + 4 > bytes.size()) return 0;
  return static_cast<std::uint32_t>(bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3]);
}

// A table of the (first) font of the file, by its tag; the whole file for tag 0.
std::span<const std::uint8_t> font_table(std::span<const std::uint8_t> font, std::uint32_t tag) {
  constexpr std::uint32_t kCollectionTag = 0x74746366;  // "ttcf"
  if (tag == 0) return font;
  if (tag == kCollectionTag) return {};  // FreeType opens the collection's first face from the whole file
  const std::size_t start = big_endian(font, 0) == kCollectionTag ? big_endian(font, 12) : 0;
  const std::uint32_t tables = big_endian(font, start + 4) >> 16;
  for (std::uint32_t i = 0; i < tables; ++i) {
    const std::size_t entry = start + 12 + 16 * std::size_t{i};
    if (big_endian(font, entry) != tag) continue;
    const std::size_t offset = big_endian(font, entry + 8);
    const std::size_t length = big_endian(font, entry + 12);
    return offset <= font.size() && length <= font.size() - offset ? font.subspan(offset, length)
                                                                   : std::span<const std::uint8_t>{};
  }
  return {};
}

unsigned long get_font_data(FPDF_SYSFONTINFO* self, void*, unsigned int table, unsigned char* buffer,
                            unsigned long size) {
  const std::span<const std::uint8_t> data = font_table(info_of(self).font, table);
  if (buffer != nullptr && size >= data.size() && !data.empty()) std::memcpy(buffer, data.data(), data.size());
  return data.size();
}

unsigned long get_face_name(FPDF_SYSFONTINFO*, void*, char* buffer, unsigned long size) {
  constexpr char kName[] = "Fallback";
  if (buffer != nullptr && size >= sizeof kName) std::memcpy(buffer, kName, sizeof kName);
  return sizeof kName;
}

int get_font_charset(FPDF_SYSFONTINFO*, void*) { return FXFONT_GB2312_CHARSET; }

void delete_font(FPDF_SYSFONTINFO*, void*) {}

}  // namespace

void start_pdfium(std::span<const std::uint8_t> font) {
  static FallbackFontInfo info;
  static const bool started = [&] {
    FPDF_LIBRARY_CONFIG config{};
    config.version = 2;
    FPDF_InitLibraryWithConfig(&config);
    info.font = font;
    info.interface = {.version = 2,
                      .Release = nullptr,
                      .EnumFonts = nullptr,
                      .MapFont = map_font,
                      .GetFont = get_font,
                      .GetFontData = get_font_data,
                      .GetFaceName = get_face_name,
                      .GetFontCharset = get_font_charset,
                      .DeleteFont = delete_font};
    FPDF_SetSystemFontInfo(&info.interface);
    return true;
  }();
  static_cast<void>(started);
}

}  // namespace medmark::input::pdf
