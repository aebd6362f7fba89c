#include "clinical/medications/order_line.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "clinical/labs/result.hpp"

namespace medmark::clinical {
namespace {

constexpr std::size_t kLongestPrefix = 8;  // "注射用", "复方", salts before the generic name
constexpr std::size_t kLongestDetails = 80;

struct Reader {
  const TextUnit& unit;
  const FoldedText& text;
  const MedicationLexicon& lexicon;
  std::size_t limit;

  [[nodiscard]] char32_t at(std::size_t i) const { return i < limit ? text.characters[i] : U'\0'; }
  [[nodiscard]] std::u32string_view view() const { return std::u32string_view(text.characters).substr(0, limit); }

  // Letters of a Latin word must end with it: "qd" is not in "qdx".
  std::optional<PhraseMatch> word(const PhraseIndex& index, std::size_t i) const {
    auto match = index.longest_at(view(), i);
    if (!match) return std::nullopt;
    const std::size_t end = i + match->length;
    const bool latin = base::is_latin_letter(at(i)) || base::is_latin_letter(at(end - 1));
    const bool times = at(end) == U'x' && base::is_digit(at(end + 1));  // "tid po×3天"
    if (latin && base::is_latin_letter(at(end - 1)) && base::is_latin_letter(at(end)) && text.gap[end] == 0 && !times)
      return std::nullopt;
    if (base::is_latin_letter(at(i)) && i > 0 && base::is_latin_letter(text.characters[i - 1]) && text.gap[i] == 0) {
      return std::nullopt;
    }
    return match;
  }

  // "100mg", "0.25g×24粒", "2片", "50mg/片": where it ends, or `i`.
  std::size_t amount(std::size_t i) const {
    const auto number = read_number(view().substr(std::min(i, limit)));
    if (!number || !base::is_digit(at(i))) return i;
    std::size_t k = i + number->length;
    if (base::is_one_of(at(k), U"-~") && base::is_digit(at(k + 1))) {
      const auto upper = read_number(view().substr(k + 1));
      if (upper) k += 1 + upper->length;
    }
    const auto measure = lexicon.dose_units.longest_at(view(), k);
    if (!measure) return i;
    k += measure->length;
    const bool times = at(k) == U'x' && base::is_digit(at(k + 1));  // "0.25g×24粒"
    if (base::is_latin_letter(at(k - 1)) && base::is_latin_letter(at(k)) && text.gap[k] == 0 && !times) return i;
    return k;
  }

  // "(立普妥)": a trade name in brackets; where it ends, or `i`.
  std::size_t trade_name(std::size_t i) const {
    constexpr std::size_t kLongest = 12;
    if (at(i) != U'(') return i;
    std::size_t k = i + 1;
    while (base::is_han(at(k)) && k - i < kLongest) ++k;
    return k > i + 2 && at(k) == U')' ? k + 1 : i;
  }

  // "0.1 qd": a number without its unit before a frequency or route; where it ends, or `i`.
  std::size_t bare_number(std::size_t i) const {
    const auto number = read_number(view().substr(std::min(i, limit)));
    if (!number || !base::is_digit(at(i))) return i;
    const std::size_t k = i + number->length;
    const bool apart = k < limit && text.gap[k] > 0;
    return apart && (word(lexicon.routes, k) || word(lexicon.frequencies, k)) ? k : i;
  }

  // "早8u 中8u 晚6u": an amount for each part of the day; where they end, or `i`.
  std::size_t amounts_by_day(std::size_t i) const {
    std::size_t end = i;
    while (base::is_one_of(at(end), U"早中午晚晨") && amount(end + 1) > end + 1) {
      end = amount(end + 1);
      while (base::is_one_of(at(end), U",、;") && base::is_one_of(at(end + 1), U"早中午晚晨")) ++end;
    }
    return end;
  }

  // What is handed out: "×2盒", or any number behind a × that stands apart (" × 1支"); where it ends, or `i`.
  std::size_t quantity(std::size_t i) const {
    if (!base::is_one_of(at(i), U"x*")) return i;
    const std::size_t end = amount(i + 1);
    if (end == i + 1) return i;
    return base::is_one_of(at(end - 1), U"盒瓶板罐") || text.gap[i] > 0 ? end : i;
  }

  // The rest of a strength: "×24粒", "*7片/盒", ":0.25g", "/片".
  std::size_t pack(std::size_t k) const {
    while (base::is_one_of(at(k), U"x*:/") && quantity(k) == k) {
      std::size_t next = amount(k + 1);
      if (next == k + 1) {
        const auto measure = lexicon.dose_units.longest_at(view(), k + 1);
        if (!measure) return k;
        next = k + 1 + measure->length;
      }
      k = next;
    }
    return k;
  }
};

// "0.9%" before "氯化钠注射液": where it begins, or `at`. The number of a list is none of it ("3.0.9%…"), and where it
// might be one ("1.5%…" at the start of a line) nothing is said.
std::size_t percent_before(const FoldedText& text, std::size_t at) {
  if (at < 2 || text.characters[at - 1] != U'%') return at;
  std::size_t i = at - 1;
  std::size_t dot = 0;
  while (i > 0 && (i == at - 1 || (text.gap[i] == 0 && text.new_line[i] == 0))) {
    const char32_t c = text.characters[i - 1];
    if (!base::is_digit(c) && (c != U'.' || dot > 0)) break;
    if (c == U'.') dot = i - 1;
    --i;
  }
  const bool is_number = i < at - 1 && base::is_digit(text.characters[i]);
  const bool opens_line = i == 0 || text.new_line[i] != 0;
  const bool may_be_numbered = opens_line && dot > 0 && text.characters[i] != U'0';
  return is_number && !may_be_numbered ? i : at;
}

void set(std::string& place, const TextUnit& unit, std::size_t begin, std::size_t end) {
  if (place.empty()) place = unit.printed(begin, end);
}

}  // namespace

std::size_t read_details(const TextUnit& unit, std::size_t begin, std::size_t end, const MedicationLexicon& lexicon,
                         document::Medication& medication) {
  const Reader r{unit, unit.folded, lexicon, end};
  std::size_t details_end = begin;
  for (std::size_t i = begin; i < end;) {
    if (const auto frequency = r.word(lexicon.frequencies, i)) {
      set(medication.frequency, unit, i, i + frequency->length);
      i = details_end = i + frequency->length;
      continue;
    }
    if (const auto route = r.word(lexicon.routes, i)) {
      set(medication.route, unit, i, i + route->length);
      i = details_end = i + route->length;
      continue;
    }
    if (const std::size_t by_day = r.amounts_by_day(i); by_day > i) {
      set(medication.dose, unit, i, by_day);
      i = details_end = by_day;
      continue;
    }
    if (const std::size_t behind = r.trade_name(i); i == begin && behind > i) {
      i = behind;
      continue;
    }
    if (const std::size_t number = r.bare_number(i); number > i && r.amount(i) == i) {
      set(medication.dose, unit, i, number);
      i = details_end = number;
      continue;
    }
    if (const std::size_t behind = r.quantity(i); behind > i) {
      i = details_end = behind;
      continue;
    }
    const std::size_t amount = r.amount(i);
    if (amount > i) {
      const std::size_t pack = r.pack(amount);
      const bool bracketed = i > 0 && unit.folded.characters[i - 1] == U'(';
      // What is handed out ("1盒") says nothing of a dose.
      const bool quantity = base::is_one_of(unit.folded.characters[amount - 1], U"盒瓶板罐");
      if (quantity) {
        i = details_end = pack;
        continue;
      }
      if (pack > amount || bracketed) {
        set(medication.strength, unit, i, pack);
      } else {
        set(medication.dose, unit, i, amount);
      }
      i = details_end = pack;
      continue;
    }
    // Words that may stand between: "每次", "用法：", brackets, commas. Anything else ends the order.
    constexpr std::u32string_view kBetween = U"(),:每次一次用法量服各口sig.规格剂型、/餐饭前后半小时";
    if (!base::is_one_of(unit.folded.characters[i], kBetween)) break;
    ++i;
  }
  return details_end;
}

std::optional<OrderMatch> read_order(const TextUnit& unit, std::size_t at, std::size_t limit,
                                     const MedicationLexicon& lexicon) {
  const Reader r{unit, unit.folded, lexicon, limit};
  std::size_t name_end = at;
  if (const auto drug = r.word(lexicon.drugs, at)) name_end = at + drug->length;
  if (name_end == at) return std::nullopt;
  // what belongs to the name behind the generic one: the salt ("奥美拉唑钠"), the form ("肠溶片")
  while (base::is_one_of(r.at(name_end), U"钠钾钙镁锌铋酯") && unit.folded.gap[name_end] == 0) ++name_end;
  std::size_t k = name_end;
  for (std::size_t i = name_end; i < std::min(limit, name_end + kLongestPrefix); ++i) {
    const auto form = r.lexicon.forms.longest_at(r.view(), i);
    if (form) {
      k = i + form->length;
      break;
    }
    if (!base::is_han(r.at(i)) || unit.folded.gap[i] > 0) break;
    if (r.word(lexicon.routes, i) || r.word(lexicon.frequencies, i)) break;
  }
  OrderMatch match;
  match.begin = at;
  for (const std::u32string_view prefix :
       {U"人", U"注射用", U"复方", U"盐酸", U"硫酸", U"酒石酸", U"富马酸", U"苯磺酸", U"马来酸", U"枸橼酸", U"醋酸",
        U"琥珀酸", U"重组人", U"小儿", U"重酒石酸", U"甲磺酸", U"氢溴酸"}) {
    if (at >= prefix.size() &&
        std::u32string_view(unit.folded.characters).substr(at - prefix.size(), prefix.size()) == prefix) {
      match.begin = at - prefix.size();
    }
  }
  match.medication.name = unit.printed(match.begin, k);
  const std::size_t details_limit = std::min(limit, k + kLongestDetails);
  match.end = read_details(unit, k, details_limit, lexicon, match.medication);
  match.has_details = match.end > k;
  match.end = std::max(match.end, k);
  const std::size_t solution = percent_before(unit.folded, match.begin);
  if (solution < match.begin && match.medication.strength.empty()) {
    match.medication.strength = unit.printed(solution, match.begin);
    match.begin = solution;
  }
  match.medication.text = unit.printed(match.begin, match.end);
  return match;
}

namespace {

constexpr std::size_t kShortestStrange = 3;
constexpr std::size_t kLongestStrange = 24;

// Where the name that opens an entry ends: behind its form ("复方甘草片"), or, without one, where white space parts it
// from its dose. `at` itself where the entry does not open with a name.
std::size_t strange_name_end(const Reader& r, std::size_t at, bool& has_form) {
  std::size_t i = at;
  while (i < r.limit && i - at < kLongestStrange && (i == at || r.text.gap[i] == 0)) {
    const auto form = r.lexicon.forms.longest_at(r.view(), i);
    if (form && i > at) {
      const std::size_t end = i + form->length;
      const bool ends = end >= r.limit || r.text.gap[end] > 0 || base::is_digit(r.at(end)) || r.at(end) == U'(';
      has_form = has_form || ends;
      if (ends) return end;
    }
    const char32_t c = r.at(i);
    if (!base::is_han(c) && !base::is_latin_letter(c) && c != U'-' && c != U'α') break;
    ++i;
  }
  const bool parted = i < r.limit && r.text.gap[i] > 0 && base::is_digit(r.at(i));
  return parted && i - at >= kShortestStrange ? i : at;
}

}  // namespace

std::optional<OrderMatch> read_strange_order(const TextUnit& unit, std::size_t at, std::size_t limit,
                                             const MedicationLexicon& lexicon) {
  const Reader r{unit, unit.folded, lexicon, limit};
  if (!base::is_han(r.at(at))) return std::nullopt;
  OrderMatch match;
  const std::size_t name_end = strange_name_end(r, at, match.has_form);
  if (name_end - at < kShortestStrange) return std::nullopt;
  match.begin = at;
  match.medication.name = unit.printed(at, name_end);
  match.end = read_details(unit, name_end, std::min(limit, name_end + kLongestDetails), lexicon, match.medication);
  match.name_end = name_end;
  match.has_details = !(match.medication.dose.empty() && match.medication.strength.empty()) &&
                      !(match.medication.frequency.empty() && match.medication.route.empty());
  if (!match.has_details) return std::nullopt;
  match.medication.text = unit.printed(match.begin, match.end);
  return match;
}

}  // namespace medmark::clinical
