#include "input/office/number_format.hpp"

#include <array>
#include <utility>

#include "base/text.hpp"

namespace medmark::input::office {
namespace {

std::string one_of(std::u32string_view characters, int number) {
  std::string out;
  if (number >= 1 && static_cast<std::size_t>(number) <= characters.size()) {
    base::append_utf8(out, characters[static_cast<std::size_t>(number) - 1]);
  } else {
    out = std::to_string(number);
  }
  return out;
}

// A, B, ... Z, AA, BB, ... as word processors count.
std::string letters(int number, char first) {
  if (number < 1 || number > 26 * 30) return std::to_string(number);
  return std::string(static_cast<std::size_t>((number - 1) / 26 + 1), static_cast<char>(first + (number - 1) % 26));
}

std::string roman(int number, bool is_upper) {
  if (number < 1 || number > 3999) return std::to_string(number);
  constexpr std::array<std::pair<int, std::string_view>, 13> kDigits = {{{1000, "m"},
                                                                         {900, "cm"},
                                                                         {500, "d"},
                                                                         {400, "cd"},
                                                                         {100, "c"},
                                                                         {90, "xc"},
                                                                         {50, "l"},
                                                                         {40, "xl"},
                                                                         {10, "x"},
                                                                         {9, "ix"},
                                                                         {5, "v"},
                                                                         {4, "iv"},
                                                                         {1, "i"}}};
  std::string out;
  for (const auto& [value, digits] : kDigits) {
    for (; number >= value; number -= value) out += digits;
  }
  if (is_upper) {
    for (char& c : out) c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

// 一百二十三; 十一 without a leading 一 where `skips_leading_one`.
std::string chinese(int number, std::u32string_view digits, std::u32string_view tens, bool skips_leading_one) {
  if (number < 0 || number > 9999) return std::to_string(number);
  if (number == 0) return base::encode_utf8(digits.substr(0, 1));
  std::u32string out;
  bool is_gap = false;
  constexpr std::array<int, 4> kUnits = {1000, 100, 10, 1};
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    const int digit = number / kUnits[i] % 10;
    if (digit == 0) {
      is_gap = !out.empty();
      continue;
    }
    if (is_gap) out += digits[0];
    is_gap = false;
    const bool is_leading_ten = out.empty() && kUnits[i] == 10 && digit == 1 && skips_leading_one;
    if (!is_leading_ten) out += digits[static_cast<std::size_t>(digit)];
    if (kUnits[i] > 1) out += tens[2 - i];
  }
  return base::encode_utf8(out);
}

constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
constexpr std::u32string_view kDigitsWithZero = U"零一二三四五六七八九";
constexpr std::u32string_view kTens = U"十百千";
constexpr std::u32string_view kLegalDigits = U"零壹贰叁肆伍陆柒捌玖";
constexpr std::u32string_view kLegalTens = U"拾佰仟";

std::string digit_by_digit(int number, std::u32string_view digits) {
  std::string out;
  for (const char c : std::to_string(number)) {
    if (c >= '0' && c <= '9') {
      base::append_utf8(out, digits[static_cast<std::size_t>(c - '0')]);
    } else {
      out += c;
    }
  }
  return out;
}

// A run of characters from `first` on, for numbers up to `last`.
std::string enclosed(int number, char32_t first, int last) {
  std::string out;
  if (number < 1 || number > last) return std::to_string(number);
  base::append_utf8(out, first + static_cast<char32_t>(number - 1));
  return out;
}

}  // namespace

std::string formatted_number(int number, std::string_view format) {
  if (format == "none") return "";
  if (format == "upperRoman") return roman(number, true);
  if (format == "lowerRoman") return roman(number, false);
  if (format == "upperLetter") return letters(number, 'A');
  if (format == "lowerLetter") return letters(number, 'a');
  if (format == "decimalZero") return (number >= 0 && number < 10 ? "0" : "") + std::to_string(number);
  if (format == "chineseCounting" || format == "chineseCountingThousand" || format == "japaneseCounting" ||
      format == "taiwaneseCounting" || format == "taiwaneseCountingThousand") {
    return chinese(number, kDigitsWithZero, kTens, true);
  }
  if (format == "chineseLegalSimplified") return chinese(number, kLegalDigits, kLegalTens, false);
  if (format == "ideographDigital" || format == "taiwaneseDigital" || format == "japaneseDigitalTenThousand") {
    return digit_by_digit(number, kDigits);
  }
  if (format == "decimalFullWidth" || format == "decimalFullWidth2")
    return digit_by_digit(number, U"０１２３４５６７８９");
  if (format == "ideographTraditional") return one_of(U"甲乙丙丁戊己庚辛壬癸", number);
  if (format == "ideographZodiac") return one_of(U"子丑寅卯辰巳午未申酉戌亥", number);
  if (format == "decimalEnclosedCircle" || format == "decimalEnclosedCircleChinese") return enclosed(number, U'①', 20);
  if (format == "decimalEnclosedParen") return enclosed(number, U'⑴', 20);
  if (format == "decimalEnclosedFullstop") return enclosed(number, U'⒈', 20);
  if (format == "ideographEnclosedCircle") return enclosed(number, U'㊀', 10);
  if (format == "numberInDash") return "- " + std::to_string(number) + " -";
  if (format == "ordinal") {
    const int tens = number % 100;
    const std::string_view ending = tens >= 11 && tens <= 13 ? "th"
                                    : number % 10 == 1       ? "st"
                                    : number % 10 == 2       ? "nd"
                                    : number % 10 == 3       ? "rd"
                                                             : "th";
    return std::to_string(number) + std::string(ending);
  }
  return std::to_string(number);
}

std::string slide_number(int number, std::string_view scheme) {
  const auto starts = [&](std::string_view prefix) { return scheme.starts_with(prefix); };
  std::string digits = std::to_string(number);
  if (starts("alphaLc")) digits = letters(number, 'a');
  if (starts("alphaUc")) digits = letters(number, 'A');
  if (starts("romanLc")) digits = roman(number, false);
  if (starts("romanUc")) digits = roman(number, true);
  if (starts("circleNum")) return enclosed(number, U'①', 20);
  if (starts("ea1Chs") || starts("ea1Cht") || starts("ea1Jpn")) digits = formatted_number(number, "chineseCounting");
  if (scheme.ends_with("ParenBoth")) return "(" + digits + ")";
  if (scheme.ends_with("ParenR")) return digits + ")";
  if (scheme.ends_with("Period")) return digits + ".";
  return digits;
}

}  // namespace medmark::input::office
