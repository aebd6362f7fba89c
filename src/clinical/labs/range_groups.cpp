#include "clinical/labs/range_groups.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "clinical/labs/result.hpp"
#include "clinical/text/chinese_number.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

constexpr double kYear = 1;
constexpr double kMonth = 1.0 / 12;
constexpr double kWeek = 7 / 365.25;
constexpr double kDay = 1 / 365.25;

struct AgeUnit {
  std::size_t length = 0;
  double years = 0;
};

// "岁", "个月", "天" at the start of the text.
std::optional<AgeUnit> age_unit(std::u32string_view text) {
  constexpr std::array<std::pair<std::u32string_view, double>, 15> kUnits = {{{U"周岁", kYear},
                                                                              {U"岁", kYear},
                                                                              {U"years", kYear},
                                                                              {U"year", kYear},
                                                                              {U"yrs", kYear},
                                                                              {U"y", kYear},
                                                                              {U"个月", kMonth},
                                                                              {U"月龄", kMonth},
                                                                              {U"月", kMonth},
                                                                              {U"months", kMonth},
                                                                              {U"周", kWeek},
                                                                              {U"天", kDay},
                                                                              {U"日龄", kDay},
                                                                              {U"日", kDay},
                                                                              {U"days", kDay}}};
  for (const auto& [word, years] : kUnits) {
    if (text.starts_with(word)) return AgeUnit{word.size(), years};
  }
  return std::nullopt;
}

class Reader {
 public:
  Reader(std::string_view printed, const Lexicons& lexicons)
      : printed_(printed), text_(fold(printed)), lexicons_(lexicons) {}

  std::vector<GroupRange> read() {
    std::vector<GroupRange> groups;
    GroupRange group;
    while (at_ < text_.size()) {
      if (base::is_one_of(here(), U",;、:()[]/。")) {
        ++at_;
        continue;
      }
      if (take_sex(group) || take_people(group) || take_age(group)) continue;
      if (const auto bounds = read_bounds(rest())) {
        group.bounds = *bounds;
        at_ += bounds->length;
        take_unit();
        groups.push_back(group);
        group = {};
        continue;
      }
      group.is_understood = false;
      ++at_;
    }
    if (group.is_named) put_names_before(groups, group);
    if (!groups.empty() && !group.is_understood) groups.back().is_understood = false;
    return groups;
  }

 private:
  // "0-20(男) 0-15(女)": every group's name stands behind its bounds. `last` holds the name behind the last ones.
  static void put_names_before(std::vector<GroupRange>& groups, const GroupRange& last) {
    const bool behind = !groups.empty() && !groups.front().is_named;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (!behind) {
        groups[g].is_understood = false;
        continue;
      }
      const RangeBounds bounds = groups[g].bounds;
      groups[g] = g + 1 < groups.size() ? groups[g + 1] : last;
      groups[g].bounds = bounds;
    }
  }

  [[nodiscard]] char32_t here() const { return text_.characters[at_]; }
  [[nodiscard]] std::u32string_view rest() const { return std::u32string_view(text_.characters).substr(at_); }

  bool take_sex(GroupRange& group) {
    if (here() != U'男' && here() != U'女') return false;
    group.sex = here() == U'男' ? Sex::kMale : Sex::kFemale;
    group.is_named = true;
    ++at_;
    if (at_ < text_.size() && base::is_one_of(here(), U"性士")) ++at_;
    return true;
  }

  // "成人", "新生儿"
  bool take_people(GroupRange& group) {
    const auto word = lexicons_.results.people.longest_at(text_.characters, at_);
    if (!word) return false;
    const ResultLexicon::Ages& ages = lexicons_.results.ages_of_people[static_cast<std::size_t>(word->id)];
    group.from_years = ages.from_years;
    group.below_years = ages.below_years;
    group.is_named = true;
    at_ += word->length;
    return true;
  }

  // "20-59岁", "≥60岁", "3月-1岁", "18岁以上"
  bool take_age(GroupRange& group) {
    const std::u32string_view text = rest();
    std::size_t i = 0;
    const char32_t sign = is_comparator(text[0]) ? text[0] : U'\0';
    if (sign != U'\0') i = text.size() > 1 && text[1] == U'=' ? 2 : 1;
    const auto first = read_number(text.substr(i));
    if (!first || !base::is_digit(text[i])) return false;
    i += first->length;
    auto unit = age_unit(text.substr(i));
    if (unit) i += unit->length;
    std::optional<double> second;
    if (sign == U'\0' && i < text.size() && base::is_one_of(text[i], U"-~至到")) {
      const auto number = read_number(text.substr(i + 1));
      const auto second_unit = number ? age_unit(text.substr(i + 1 + number->length)) : std::nullopt;
      if (number && second_unit) {
        second = (number->value + 1) * second_unit->years;  // "59岁" lasts until 60
        i += 1 + number->length + second_unit->length;
        if (!unit) unit = second_unit;
      }
    }
    if (!unit) return false;
    const double years = first->value * unit->years;
    set_ages(group, sign, years, unit->years, second, text.substr(i), i);
    at_ += i;
    group.is_named = true;
    return true;
  }

  static void set_ages(GroupRange& group, char32_t sign, double years, double unit, std::optional<double> second,
                       std::u32string_view behind, std::size_t& length) {
    const auto skip = [&](std::u32string_view word) {
      if (!behind.starts_with(word)) return false;
      length += word.size();
      return true;
    };
    if (second) {
      group.from_years = years;
      group.below_years = second;
    } else if (sign == U'<' || sign == U'≤') {
      group.below_years = sign == U'<' ? years : years + unit;
    } else if (sign == U'>' || sign == U'≥') {
      group.from_years = years;
    } else if (skip(U"及以上") || skip(U"以上")) {
      group.from_years = years;
    } else if (skip(U"及以下") || skip(U"以下") || skip(U"以内")) {
      group.below_years = years;
    } else {
      group.from_years = years;
      group.below_years = years + unit;
    }
  }

  void take_unit() {
    if (at_ >= text_.size()) return;
    const std::size_t begin = text_.begin[at_];
    const std::size_t bytes = unit_length(printed_.substr(begin), lexicons_.units);
    while (at_ < text_.size() && text_.end[at_] <= begin + bytes) ++at_;
  }

  std::string_view printed_;
  FoldedText text_;
  const Lexicons& lexicons_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<GroupRange> read_groups(std::string_view printed, const Lexicons& lexicons) {
  return Reader(printed, lexicons).read();
}

Belongs belongs(const Subject& subject, const GroupRange& group) {
  if (group.sex != Sex::kUnknown && subject.sex != Sex::kUnknown && group.sex != subject.sex) return Belongs::kNo;
  const bool by_age = group.from_years || group.below_years;
  if (by_age && subject.years) {
    if (group.from_years && *subject.years < *group.from_years) return Belongs::kNo;
    if (group.below_years && *subject.years >= *group.below_years) return Belongs::kNo;
  }
  if (!group.is_understood) return Belongs::kUnknown;
  if (group.sex != Sex::kUnknown && subject.sex == Sex::kUnknown) return Belongs::kUnknown;
  return by_age && !subject.years ? Belongs::kUnknown : Belongs::kYes;
}

std::optional<double> years_of(std::string_view printed_age) {
  const std::u32string text = folded_key(printed_age);
  double years = 0;
  bool any = false;
  for (std::size_t i = 0; i < text.size();) {
    const ChineseNumber words = read_chinese_number(text, i);
    const auto number = words.length > 0 ? ReadNumber{static_cast<double>(words.value), words.length}
                                         : read_number(std::u32string_view(text).substr(i));
    if (!number || !(words.length > 0 || base::is_digit(text[i]))) break;
    i += number->length;
    const auto unit = age_unit(std::u32string_view(text).substr(i));
    if (!unit && (any || i < text.size())) break;
    years += number->value * (unit ? unit->years : kYear);
    any = true;
    i += unit ? unit->length : 0;
  }
  return any ? std::optional<double>(years) : std::nullopt;
}

}  // namespace medmark::clinical
