#include "clinical/text/folded_text.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace medmark::clinical {
namespace {

std::size_t utf8_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

char32_t folded_digit(char32_t c) {
  switch (c) {
    case U'¹':
      return U'1';
    case U'²':
      return U'2';
    case U'³':
      return U'3';
    case U'⁻':
    case U'₋':
      return U'-';
    case U'⁺':
    case U'₊':
      return U'+';
    default:
      break;
  }
  if (c == U'⁰' || (c >= U'⁴' && c <= U'⁹')) return U'0' + (c - U'⁰');
  if (c >= U'₀' && c <= U'₉') return U'0' + (c - U'₀');
  return c;
}

// Traditional characters of the labels of reports, as they are printed there or misread for the simplified ones.
char32_t folded_traditional(char32_t c) {
  constexpr std::u32string_view kTraditional = U"別齡號門診斷檢驗報醫師術現個體經過單種類時間採樣處療區員發產複";
  constexpr std::u32string_view kSimplified = U"别龄号门诊断检验报医师术现个体经过单种类时间采样处疗区员发产复";
  static_assert(kTraditional.size() == kSimplified.size());
  const std::size_t place = kTraditional.find(c);
  return place == std::u32string_view::npos ? c : kSimplified[place];
}

char32_t folded_punctuation(char32_t c) {
  switch (c) {
    case U'【':
    case U'〔':
    case U'〖':
    case U'「':
      return U'[';
    case U'】':
    case U'〕':
    case U'〗':
    case U'」':
      return U']';
    case U'∶':
    case U'﹕':
    case U'︰':
      return U':';
    case U'～':
    case U'〜':
    case U'∼':
      return U'~';
    case U'—':
    case U'–':
    case U'−':
    case U'‐':
    case U'‑':
    case U'―':
    case U'─':
      return U'-';
    case U'µ':
      return U'μ';
    case U'﹤':
    case U'〈':
      return U'<';
    case U'﹥':
    case U'〉':
      return U'>';
    case U'≦':
    case U'⩽':
      return U'≤';
    case U'≧':
    case U'⩾':
      return U'≥';
    case U'•':
    case U'‧':
    case U'・':
      return U'·';
    case U'×':
    case U'✕':
      return U'x';
    default:
      return c;
  }
}

}  // namespace

std::size_t number_limit(const FoldedText& text, std::size_t from) {
  for (std::size_t i = from + 1; i < text.size(); ++i) {
    const bool apart = text.gap[i] > 0 && base::is_digit(text.characters[i]);
    if (apart && (base::is_digit(text.characters[i - 1]) || text.characters[i - 1] == U'.')) return i;
  }
  return text.size();
}

char32_t folded_character(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c >= U'A' && c <= U'Z') return c + 32;
  return folded_traditional(folded_punctuation(folded_digit(c)));
}

FoldedText fold(std::string_view utf8) {
  FoldedText out;
  out.source_size = utf8.size();
  const std::u32string points = base::decode_utf8(utf8);
  std::size_t byte = 0;
  unsigned spaces = 0;
  bool new_line = false;
  for (const char32_t c : points) {
    const std::size_t length = utf8_length(static_cast<unsigned char>(utf8[std::min(byte, utf8.size() - 1)]));
    if (base::is_space(c)) {
      ++spaces;
      new_line = new_line || c == U'\n';
    } else {
      out.characters.push_back(folded_character(c));
      out.begin.push_back(byte);
      out.end.push_back(std::min(byte + length, utf8.size()));
      out.gap.push_back(static_cast<unsigned char>(std::min(spaces, 255U)));
      out.new_line.push_back(new_line ? 1 : 0);
      spaces = 0;
      new_line = false;
    }
    byte += length;
  }
  return out;
}

std::u32string folded_key(std::string_view utf8) { return fold(utf8).characters; }

std::string folded_utf8(std::string_view utf8) { return base::encode_utf8(folded_key(utf8)); }

}  // namespace medmark::clinical
