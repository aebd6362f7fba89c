#include "structure/page/furniture.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"
#include "structure/page/key_values.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::BlockType;

struct FurnitureLimits {
  double rule_width = 0.45;    // of the page's width: rules of headers and footers go across the text
  double rule_distance = 2.2;  // ems between the rule and the line at it
  double small_text = 0.94;    // of the body's size
  double header_zone = 0.12;   // of the page's height
  double footer_zone = 0.88;
  std::size_t rows_at_edge = 3;
};
constexpr FurnitureLimits kLimits;

bool is_number(std::u32string_view text) {
  return !text.empty() && text.size() <= 4 && std::all_of(text.begin(), text.end(), base::is_digit);
}

std::u32string only(std::u32string_view text, std::u32string_view kept) {
  std::u32string out;
  for (const char32_t c : text) {
    if (kept.find(c) != std::u32string_view::npos) out.push_back(c);
  }
  return out;
}

bool carries_content(std::u32string_view text) {
  const std::u32string key = folded_key(text);
  const std::size_t colon = key.find(U':');
  if (colon != std::u32string::npos && field_name_at_end(std::u32string_view(key).substr(0, colon)) > 0) return true;
  std::size_t digits = 0;
  for (const char32_t c : key) digits += base::is_digit(c) ? 1 : 0;
  return digits >= 8 && key.size() <= 22;  // a date, a number of the report
}

bool row_carries_content(std::span<const Fragment> fragments, const Row& row) {
  const bool any = std::any_of(row.fragments.begin(), row.fragments.end(),
                               [&](std::size_t i) { return carries_content(fragments[i].text); });
  return any || field_row_of(fragments, row, FieldContext::kAlone).has_value();
}

std::u32string text_of(std::span<const Fragment> fragments, const Row& row) {
  return base::decode_utf8(row_text(fragments, row).text);
}

// Rules across the page that are no part of a table or a picture.
std::vector<double> free_rules(const document::PageEvidence& page, std::span<const Rect> obstacles) {
  std::vector<double> rules;
  for (const document::RulingLine& line : page.rulings) {
    if (!line.is_horizontal() || line.b.x - line.a.x < kLimits.rule_width * page.width) continue;
    const double y = (line.a.y + line.b.y) / 2;
    const bool in_obstacle = std::any_of(obstacles.begin(), obstacles.end(),
                                         [&](const Rect& box) { return y > box.y0 - 2.5 && y < box.y1 + 2.5; });
    if (!in_obstacle) rules.push_back(y);
  }
  return rules;
}

bool rule_between(const std::vector<double>& rules, double top, double bottom) {
  return std::any_of(rules.begin(), rules.end(), [&](double y) { return y >= top && y <= bottom; });
}

class PageEdges {
 public:
  PageEdges(const document::PageEvidence& page, std::span<const Fragment> fragments, std::span<const Rect> obstacles,
            double em)
      : page_(page),
        fragments_(fragments),
        obstacles_(obstacles),
        em_(em),
        rules_(free_rules(page, obstacles)),
        types_(fragments.size()) {
    std::vector<std::size_t> all(fragments.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    rows_ = rows_of(fragments, all);
  }

  std::vector<std::optional<BlockType>> types() {
    mark_bottom();
    mark_top();
    return types_;
  }

 private:
  void mark(const Row& row, BlockType type) {
    for (const std::size_t index : row.fragments) types_[index] = type;
  }

  // Marks the page numbers among a row's fragments; true where nothing else is in the row.
  bool mark_page_numbers(const Row& row, bool outermost) {
    std::size_t found = 0;
    for (const std::size_t index : row.fragments) {
      const std::u32string& text = fragments_[index].text;
      const bool at_paper_edge =
          row.bbox.y0 > kLimits.footer_zone * page_.height || row.bbox.y1 < (1 - kLimits.footer_zone) * page_.height;
      if (!is_page_number(text) &&
          !(outermost && at_paper_edge && row.fragments.size() == 1 && is_number(folded_key(text)))) {
        continue;
      }
      types_[index] = BlockType::kPageNumber;
      ++found;
    }
    return found == row.fragments.size();
  }

  bool obstacle_below(double y) const {
    return std::any_of(obstacles_.begin(), obstacles_.end(), [&](const Rect& box) { return box.center_y() > y; });
  }
  bool obstacle_above(double y) const {
    return std::any_of(obstacles_.begin(), obstacles_.end(), [&](const Rect& box) { return box.center_y() < y; });
  }

  void mark_bottom() {
    std::size_t seen = 0;
    for (std::size_t i = rows_.size(); i-- > 1 && seen < kLimits.rows_at_edge; ++seen) {
      const Row& row = rows_[i];
      if (obstacle_below(row.bbox.y1)) return;
      if (mark_page_numbers(row, seen == 0)) continue;
      if (row_carries_content(fragments_, row)) continue;
      if (is_footer(row, rows_[i - 1])) {
        mark(row, BlockType::kFooter);
      } else {
        return;
      }
    }
  }

  bool is_footer(const Row& row, const Row& above) const {
    const std::u32string text = text_of(fragments_, row);
    const bool below_rule = rule_between(
        rules_, std::max(above.bbox.center_y(), row.bbox.y0 - kLimits.rule_distance * em_), row.bbox.center_y());
    const bool small = row.size < kLimits.small_text * em_;
    const bool low = row.bbox.y0 > kLimits.footer_zone * page_.height;
    if (text.back() == U'。' && text.size() > 45) return false;
    if (has_furniture_phrase(text)) return below_rule || low;
    return below_rule && small && text.size() <= 60;
  }

  void mark_top() {
    for (std::size_t i = 0; i + 1 < rows_.size() && i < kLimits.rows_at_edge; ++i) {
      const Row& row = rows_[i];
      if (obstacle_above(row.bbox.y0)) return;
      if (mark_page_numbers(row, i == 0)) continue;
      if (row_carries_content(fragments_, row) || !is_header(i)) return;
      for (std::size_t above = 0; above <= i; ++above) {
        for (const std::size_t index : rows_[above].fragments) {
          if (!types_[index].has_value()) types_[index] = BlockType::kHeader;
        }
      }
    }
  }

  bool is_header(std::size_t index) const {
    const Row& row = rows_[index];
    const Row& next = rows_[index + 1];
    if (row.bbox.y0 > 2 * kLimits.header_zone * page_.height || row.size > 1.05 * em_) return false;
    const bool above_rule = rule_between(rules_, row.bbox.center_y(),
                                         std::min(next.bbox.center_y(), row.bbox.y1 + kLimits.rule_distance * em_));
    const bool smaller_than_next = row.size < 0.8 * next.size;
    const bool small = row.size < kLimits.small_text * em_;
    if (above_rule) return small || smaller_than_next;
    return small && row.bbox.y1 < kLimits.header_zone * page_.height &&
           (smaller_than_next || next.bbox.y0 - row.bbox.y1 > em_);
  }

  const document::PageEvidence& page_;
  std::span<const Fragment> fragments_;
  std::span<const Rect> obstacles_;
  double em_;
  std::vector<double> rules_;
  std::vector<Row> rows_;
  std::vector<std::optional<BlockType>> types_;
};

}  // namespace

bool is_page_number(std::u32string_view text) {
  const std::u32string key = folded_key(text);
  if (key.size() < 2 || key.size() > 24) return false;
  std::u32string digits = only(key, U"0123456789");
  if (digits.empty() || digits.size() > 8) return false;
  const std::u32string frame = only(key, U"第页共/-—–·|,总ofpage:");
  if (frame.size() + digits.size() < key.size()) return false;  // other words in it
  const std::size_t slash = key.find(U'/');
  const bool pages = key.find(U'页') != std::u32string::npos || key.rfind(U"page", 0) == 0;
  if (pages) return true;
  if (slash != std::u32string::npos) {
    const std::u32string page = key.substr(0, slash);
    const std::u32string count = key.substr(slash + 1);
    return is_number(page) && is_number(count) && page.size() <= 3 && count.size() <= 3 &&
           std::stoi(base::encode_utf8(page)) <= std::stoi(base::encode_utf8(count)) && page != U"0";
  }
  const auto dash = [](char32_t c) { return c == U'-' || c == U'—' || c == U'–' || c == U'·'; };
  return key.size() >= 3 && dash(key.front()) && dash(key.back()) && is_number(digits);
}

std::vector<std::optional<BlockType>> furniture_of(const document::PageEvidence& page,
                                                   std::span<const Fragment> fragments, std::span<const Rect> obstacles,
                                                   double em) {
  return PageEdges(page, fragments, obstacles, em).types();
}

}  // namespace medmark::structure
