#include "base/text.hpp"

namespace medmark::base {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_continuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

constexpr std::u32string_view kPlainScripts = U"0123456789+-";
constexpr std::u32string_view kRaisedScripts = U"⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
constexpr std::u32string_view kLoweredScripts = U"₀₁₂₃₄₅₆₇₈₉₊₋";

char32_t translated(char32_t c, std::u32string_view from, std::u32string_view to) {
  const std::size_t at = from.find(c);
  return at == std::u32string_view::npos ? 0 : to[at];
}

}  // namespace

std::u32string decode_utf8(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size());
  std::size_t i = 0;
  while (i < utf8.size()) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    std::size_t length = 1;
    char32_t code = lead;
    char32_t least = 0;
    if (lead >= 0xF0 && lead < 0xF8) {
      length = 4;
      code = lead & 0x07U;
      least = 0x10000;
    } else if (lead >= 0xE0 && lead < 0xF0) {
      length = 3;
      code = lead & 0x0FU;
      least = 0x800;
    } else if (lead >= 0xC2 && lead < 0xE0) {
      length = 2;
      code = lead & 0x1FU;
      least = 0x80;
    } else if (lead >= 0x80) {
      out.push_back(kReplacement);
      ++i;
      continue;
    }
    std::size_t used = 1;
    while (used < length && i + used < utf8.size() && is_continuation(static_cast<unsigned char>(utf8[i + used]))) {
      code = (code << 6U) | (static_cast<unsigned char>(utf8[i + used]) & 0x3FU);
      ++used;
    }
    const bool broken = used < length || code < least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF);
    out.push_back(broken ? kReplacement : code);
    i += used;
  }
  return out;
}

void append_utf8(std::string& out, char32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = kReplacement;
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0U | (code >> 6U)));
    out.push_back(static_cast<char>(0x80U | (code & 0x3FU)));
  } else if (code < 0x10000) {
    out.push_back(static_cast<char>(0xE0U | (code >> 12U)));
    out.push_back(static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | (code & 0x3FU)));
  } else {
    out.push_back(static_cast<char>(0xF0U | (code >> 18U)));
    out.push_back(static_cast<char>(0x80U | ((code >> 12U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)));
    out.push_back(static_cast<char>(0x80U | (code & 0x3FU)));
  }
}

std::string encode_utf8(std::u32string_view code_points) {
  std::string out;
  out.reserve(code_points.size() * 3);
  for (const char32_t code : code_points) append_utf8(out, code);
  return out;
}

bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x323AF) || c == 0x3007;
}

bool is_full_width(char32_t c) {
  return is_han(c) || (c >= 0x3000 && c <= 0x30FF) || (c >= 0xFF01 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6);
}

bool is_latin_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

char32_t plain_of_raised(char32_t c) { return translated(c, kRaisedScripts, kPlainScripts); }
char32_t plain_of_lowered(char32_t c) { return translated(c, kLoweredScripts, kPlainScripts); }
char32_t raised_of_plain(char32_t c) { return translated(c, kPlainScripts, kRaisedScripts); }
char32_t lowered_of_plain(char32_t c) { return translated(c, kPlainScripts, kLoweredScripts); }

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }

int hexadecimal_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool is_space(char32_t c) {
  return c == U' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 ||
         c == 0xFEFF;
}

std::string trimmed(std::string_view utf8) {
  const std::u32string code_points = decode_utf8(utf8);
  std::size_t begin = 0;
  std::size_t end = code_points.size();
  while (begin < end && is_space(code_points[begin])) ++begin;
  while (end > begin && is_space(code_points[end - 1])) --end;
  return encode_utf8(std::u32string_view(code_points).substr(begin, end - begin));
}

std::u32string folded_to_half_width(std::u32string_view text) {
  std::u32string out(text);
  for (char32_t& c : out) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c == 0x3000) c = U' ';
  }
  return out;
}

std::string without_spaces(std::string_view utf8) {
  std::string out;
  for (const char32_t c : decode_utf8(utf8)) {
    if (!is_space(c)) append_utf8(out, c);
  }
  return out;
}

bool joins_with_space(char32_t before, char32_t after) {
  if (is_space(before) || is_space(after)) return false;
  return !is_full_width(before) && !is_full_width(after);
}

}  // namespace medmark::base
