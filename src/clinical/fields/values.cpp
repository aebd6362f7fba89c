#include "clinical/fields/values.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "clinical/fields/identity_number.hpp"
#include "clinical/text/chinese_number.hpp"
#include "clinical/text/dates.hpp"

namespace medmark::clinical {
namespace {

struct ValueLimits {
  std::size_t longest_han_name = 4;  // without a middle dot
  std::size_t longest_name = 30;
  std::size_t longest_code = 32;
  std::size_t longest_department = 24;
  double cut = 0.95;      // a value that ended in another field's label
  double unusual = 0.85;  // a value whose form is not the usual one is for a person to look at
};
constexpr ValueLimits kLimits;

// [begin, end) without fill-in marks and separators at both ends.
struct Span {
  const FoldedText& text;
  std::size_t begin;
  std::size_t end;

  [[nodiscard]] char32_t at(std::size_t i) const { return text.characters[i]; }
  [[nodiscard]] bool empty() const { return begin >= end; }
  void trim(std::u32string_view marks) {
    while (begin < end && base::is_one_of(at(begin), marks)) ++begin;
    while (end > begin && base::is_one_of(at(end - 1), marks)) --end;
  }
  // Ends the span at the first wide gap, or line break, behind its first character.
  void cut_at_gap(unsigned least) {
    for (std::size_t i = begin + 1; i < end; ++i) {
      if (text.gap[i] >= least || text.new_line[i] != 0) end = i;
    }
  }
  [[nodiscard]] std::u32string_view view() const {
    return std::u32string_view(text.characters).substr(begin, end - begin);
  }
};

// Ends the span before a field's name that stands at its end without a value of its own ("张某性别"): a label that
// the next pair of the line lost to this one.
bool cut_label(Span& s, const LabelLexicon& lexicon) {
  for (std::size_t i = s.begin + 1; i + 1 < s.end; ++i) {
    const auto match = lexicon.index.longest_at(s.text.characters, i);
    if (!match || i + match->length != s.end) continue;
    const Label& label = lexicon.labels[static_cast<std::size_t>(match->id)];
    if (!label.is_field || label.field.empty()) continue;
    if (label.field == "ward" && s.text.gap[i] == 0) continue;  // "三病区" is a ward's whole name
    s.end = i;
    return true;
  }
  return false;
}

// Ends the span before the beginning of a label that goes on in the next line ("血清 样本编" above "号：2410").
bool cut_broken_label(Span& s, const LabelLexicon& lexicon) {
  constexpr std::size_t kShortest = 2;
  for (std::size_t i = s.end; i-- > s.begin + 1;) {
    if (s.text.gap[i] == 0) continue;
    if (s.end - i < kShortest || !lexicon.index.is_beginning(s.view().substr(i - s.begin))) return false;
    s.end = i;
    return true;
  }
  return false;
}

constexpr std::u32string_view kMarks = U"_:;,.。、/|\\-~";

std::optional<FieldValue> person(Span s, const LabelLexicon& lexicon) {
  s.trim(kMarks);
  s.cut_at_gap(2);
  if (s.empty()) return std::nullopt;
  std::size_t i = s.begin;
  const bool latin = base::is_latin_letter(s.at(i));
  bool dotted = false;
  while (i < s.end) {
    const char32_t c = s.at(i);
    const bool inside = latin ? (base::is_latin_letter(c) || base::is_one_of(c, U".,'-"))
                              : (base::is_han(c) || c == U'·' || c == U'*' || c == U'某');
    if (!inside) break;
    if (!latin && i > s.begin && s.text.gap[i] > 0 && base::is_one_of(c, U"男女")) break;
    dotted = dotted || c == U'·';
    ++i;
  }
  // "Chen Yi 陈一": the name in both scripts.
  std::size_t han_end = i;
  while (latin && han_end < s.end && base::is_han(s.at(han_end))) ++han_end;
  if (han_end == s.end && han_end >= i + 2 && han_end <= i + kLimits.longest_han_name) i = han_end;
  s.end = i;
  const bool cut = !latin && cut_label(s, lexicon);
  for (std::size_t k = s.begin + 1; k < s.end; ++k) {
    const auto title = lexicon.professional_titles.longest_at(s.text.characters, k);
    if (title && k + title->length == s.end) s.end = k;
  }
  s.trim(U".,-");
  if (s.empty() || s.view() == U"签名" || s.view() == U"签字" || s.view() == U"无") return std::nullopt;
  const std::size_t length = s.end - s.begin;
  if (length > kLimits.longest_name) return std::nullopt;
  const bool usual = latin || dotted || (length >= 2 && length <= kLimits.longest_han_name);
  if (!usual && length > kLimits.longest_han_name * 3) return std::nullopt;
  return FieldValue{s.begin, s.end, "", usual ? (cut ? kLimits.cut : 1) : kLimits.unusual};
}

std::optional<FieldValue> sex(Span s) {
  s.trim(kMarks);
  if (s.empty()) return std::nullopt;
  for (const std::u32string_view word : {U"男性", U"女性", U"男", U"女", U"female", U"male", U"未知", U"f", U"m"}) {
    if (!s.view().starts_with(word)) continue;
    const std::size_t end = s.begin + word.size();
    if (base::is_latin_letter(word.front()) && end < s.end && base::is_latin_letter(s.at(end))) continue;
    return FieldValue{s.begin, end, "", 1};
  }
  // the number of a choice: "2 1.男 2.女"
  if (base::is_digit(s.at(s.begin))) {
    for (std::size_t i = s.begin + 1; i + 2 < s.end; ++i) {
      if (s.at(i) == s.at(s.begin) && s.at(i + 1) == U'.' && base::is_one_of(s.at(i + 2), U"男女"))
        return FieldValue{i + 2, i + 3, "", 1};
    }
  }
  // a ticked box: "☑男 □女"
  for (std::size_t i = s.begin; i + 1 < s.end; ++i) {
    if (base::is_one_of(s.at(i), U"☑√✓■") && base::is_one_of(s.at(i + 1), U"男女"))
      return FieldValue{i + 1, i + 2, "", 1};
  }
  return std::nullopt;
}

// Of a number in words that a unit follows, or half a year ("半岁").
std::size_t chinese_number_length(const Span& s, std::size_t i) {
  if (s.view().substr(i - s.begin).starts_with(U"半岁")) return 1;
  const std::size_t length = read_chinese_number(s.text.characters, i).length;
  const std::size_t behind = i + length;
  return length > 0 && behind < s.end && base::is_one_of(s.at(behind), U"岁周个月天日") ? length : 0;
}

std::optional<FieldValue> age(Span s) {
  s.trim(kMarks);
  std::size_t i = s.begin;
  if (s.view().starts_with(U"新生儿")) return FieldValue{s.begin, s.begin + 3, "", 1};
  if (s.view().starts_with(U"生后") || s.view().starts_with(U"出生")) i += 2;
  std::size_t digits = 0;
  bool in_words = false;  // "三岁", "十二个月": a number only with its unit
  bool unit = false;
  while (i < s.end) {
    const char32_t c = s.at(i);
    if (base::is_digit(c)) {
      if (unit && s.text.gap[i] > 1) break;
      ++digits;
      ++i;
      continue;
    }
    const std::size_t in_words_here = digits == 0 || unit ? chinese_number_length(s, i) : 0;
    if (in_words_here > 0) {
      in_words = in_words || digits == 0;
      digits += in_words_here;
      i += in_words_here;
      continue;
    }
    if (digits == 0) return std::nullopt;
    if (c == U'.' && i + 1 < s.end && base::is_digit(s.at(i + 1))) {
      ++i;
      continue;
    }
    std::size_t step = 0;
    for (const std::u32string_view word :
         {U"years", U"year", U"yrs", U"months", U"days", U"个月", U"小时", U"月龄", U"日龄", U"周龄", U"周岁", U"岁",
          U"月",    U"天",   U"日",  U"周",     U"时",   U"分",   U"y",    U"m",    U"d",    U"+",    U"余",   U"半"}) {
      if (std::u32string_view(s.text.characters).substr(i, s.end - i).starts_with(word)) {
        step = word.size();
        break;
      }
    }
    if (step == 0) break;
    unit = true;
    i += step;
  }
  if (digits == 0 || digits > 6 || (in_words && !unit)) return std::nullopt;
  return FieldValue{s.begin, i, "", unit || digits <= 3 ? 1 : kLimits.unusual};
}

std::optional<FieldValue> date(Span s) {
  const auto found = find_date(s.text, s.begin);
  if (found && found->end <= s.end && found->begin <= s.begin + 2) {
    return FieldValue{found->begin, found->end, found->iso, 1};
  }
  s.trim(kMarks);
  const auto short_year = read_short_year_date(s.text, s.begin);
  if (!short_year || short_year->end > s.end) return std::nullopt;
  return FieldValue{short_year->begin, short_year->end, short_year->iso, 1, true, short_year->other_year};
}

std::optional<FieldValue> identity(Span s) {
  s.trim(kMarks);
  std::size_t i = s.begin;
  while (i < s.end && (base::is_digit(s.at(i)) || base::is_one_of(s.at(i), U"x*"))) ++i;
  s.end = i;
  switch (check_identity_number(s.view())) {
    case IdentityCheck::kValid:
    case IdentityCheck::kMasked:
    case IdentityCheck::kOldForm:
      return FieldValue{s.begin, s.end, "", 1};
    case IdentityCheck::kWrongCheck:
      return FieldValue{s.begin, s.end, "", kLimits.unusual * kLimits.unusual};
    case IdentityCheck::kNotOne:
      break;
  }
  if (s.end - s.begin < 6) return std::nullopt;
  return FieldValue{s.begin, s.end, "", kLimits.unusual};
}

std::optional<FieldValue> phone(Span s) {
  s.trim(U"_:;,.。|");
  std::size_t i = s.begin;
  std::size_t digits = 0;
  while (i < s.end && (base::is_digit(s.at(i)) || base::is_one_of(s.at(i), U"-+()*"))) {
    if (i > s.begin && s.text.gap[i] > 1 && digits >= 7) break;
    digits += s.at(i) == U'(' || s.at(i) == U')' || s.at(i) == U'-' || s.at(i) == U'+' ? 0 : 1;
    ++i;
  }
  while (i > s.begin && base::is_one_of(s.at(i - 1), U"-+(")) --i;
  if (digits < 5 || digits > 16) return std::nullopt;
  const bool usual = digits == 11 || digits == 7 || digits == 8 || digits == 12 || digits == 10;
  return FieldValue{s.begin, i, "", usual ? 1 : kLimits.unusual};
}

std::optional<FieldValue> code(Span s) {
  s.trim(U"_:;,。|#");
  // "住院号" cut out of "住院号码"
  if (s.begin + 1 < s.end && s.at(s.begin) == U'码') ++s.begin;
  std::size_t i = s.begin;
  bool digit = false;
  while (i < s.end) {
    const char32_t c = s.at(i);
    if (i > s.begin && s.text.gap[i] > 0) break;
    if (!base::is_digit(c) && !(base::is_latin_letter(c) && c < 0x80) && !base::is_one_of(c, U"-/.*#_")) break;
    digit = digit || base::is_digit(c);
    ++i;
  }
  // a few digits alone behind a space: the number was broken, or a mark between was lost
  const bool goes_on = i > s.begin && i < s.end && s.end - i <= 4 &&
                       std::all_of(s.text.characters.begin() + static_cast<std::ptrdiff_t>(i),
                                   s.text.characters.begin() + static_cast<std::ptrdiff_t>(s.end), base::is_digit);
  while (i > s.begin && base::is_one_of(s.at(i - 1), U"-/._")) --i;
  if (!digit || i - s.begin > kLimits.longest_code) return std::nullopt;
  return FieldValue{s.begin, i, "", goes_on ? kLimits.unusual : 1};
}

std::optional<FieldValue> bed(Span s) {
  s.trim(kMarks);
  s.cut_at_gap(2);
  std::size_t i = s.begin;
  bool digit = false;
  while (i < s.end && i - s.begin < 12) {
    const char32_t c = s.at(i);
    if (!base::is_digit(c) && !base::is_latin_letter(c) && !base::is_one_of(c, U"-+加床号室楼区病房抢救留观监护/"))
      break;
    if (digit && s.text.gap[i] > 0 && !base::is_one_of(c, U"床号")) break;
    digit = digit || base::is_digit(c);
    ++i;
  }
  if (!digit) return std::nullopt;
  return FieldValue{s.begin, i, "", 1};
}

std::optional<FieldValue> text(Span s, bool is_long, const LabelLexicon& lexicon) {
  s.trim(U"_:;,。|/-");
  if (!is_long) s.cut_at_gap(2);
  if (is_long) {
    for (std::size_t i = s.begin + 1; i < s.end; ++i) {
      if (s.text.new_line[i] != 0 || s.text.gap[i] > 3) s.end = i;
    }
  }
  s.trim(U"_:;,。|/-");
  const bool cut = !is_long && (cut_label(s, lexicon) || cut_broken_label(s, lexicon));
  s.trim(U"_:;,。|/-");
  if (s.empty() || (!is_long && s.end - s.begin > kLimits.longest_department)) return std::nullopt;
  const bool any_word = std::any_of(s.view().begin(), s.view().end(), [](char32_t c) {
    return base::is_han(c) || base::is_latin_letter(c) || base::is_digit(c);
  });
  if (!any_word) return std::nullopt;
  return FieldValue{s.begin, s.end, "", cut ? kLimits.cut : 1};
}

}  // namespace

std::optional<FieldValue> find_value(FieldKind kind, const TextUnit& unit, std::size_t begin, std::size_t end,
                                     const LabelLexicon& lexicon) {
  if (begin >= end) return std::nullopt;
  const Span s{unit.folded, begin, end};
  switch (kind) {
    case FieldKind::kPerson:
      return person(s, lexicon);
    case FieldKind::kSex:
      return sex(s);
    case FieldKind::kAge:
      return age(s);
    case FieldKind::kDate:
      return date(s);
    case FieldKind::kIdentity:
      return identity(s);
    case FieldKind::kPhone:
      return phone(s);
    case FieldKind::kCode:
      return code(s);
    case FieldKind::kBed:
      return bed(s);
    case FieldKind::kText:
    case FieldKind::kOther:
      break;
  }
  return text(s, false, lexicon);
}

}  // namespace medmark::clinical
