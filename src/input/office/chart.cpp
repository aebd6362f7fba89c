#include "input/office/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

using pugi::xml_node;
using Points = std::map<int, std::string>;  // by index

struct Series {
  std::string name;
  std::string x_name;
  Points categories;
  Points values;
  Points sizes;  // of bubbles
};

// Text of a:t elements below a node, paragraphs joined by a space.
std::string rich_text(xml_node node) {
  std::string text;
  for (const xml_node paragraph : child(node, "rich").children()) {
    if (local_name(paragraph) != "p") continue;
    if (!text.empty()) text += ' ';
    for (const xml_node run : paragraph.children()) text += child(run, "t").child_value();
  }
  return base::trimmed(text);
}

// 45383 with "yyyy/m/d" is a day counted from 1899-12-30 (https://learn.microsoft.com, "Date systems in Excel").
std::string written_date(double serial) {
  const std::chrono::sys_days day = std::chrono::sys_days(std::chrono::year(1899) / 12 / 30) +
                                    std::chrono::days(static_cast<int>(std::floor(serial)));
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

bool is_date_format(std::string_view format) {
  const bool has_day = format.find('d') != std::string_view::npos || format.find('m') != std::string_view::npos;
  return format.find("yy") != std::string_view::npos && has_day;
}

// A stored number as its format prints it, for the formats that charts of reports use; others as a spreadsheet prints
// numbers without a format, with 15 digits.
std::string written_number(const std::string& stored, std::string_view format) {
  double value = 0;
  const auto [end, error] = std::from_chars(stored.data(), stored.data() + stored.size(), value);
  const bool is_number = error == std::errc() && end == stored.data() + stored.size() && std::isfinite(value);
  if (!is_number) return stored;
  constexpr double kLatestDay = 2958465;  // 9999-12-31
  if (is_date_format(format) && value >= 1 && value <= kLatestDay) return written_date(value);
  const bool is_percent = format.ends_with('%');
  std::string_view digits = format.substr(0, format.size() - (is_percent ? 1 : 0));
  const bool is_fixed = digits == "0" || (digits.starts_with("0.") && digits.size() < 12 &&
                                          digits.find_first_not_of('0', 2) == std::string_view::npos);
  if (is_fixed) {
    const int places = digits == "0" ? 0 : static_cast<int>(digits.size()) - 2;
    return fmt::format("{:.{}f}", is_percent ? value * 100 : value, places) + (is_percent ? "%" : "");
  }
  return fmt::format("{:.15g}", value);
}

// A cache stands in strRef, numRef or multiLvlStrRef, or as a literal.
Points points_of(xml_node data, int most) {
  Points points;
  xml_node cache;
  for (const xml_node reference : data.children()) {
    const std::string_view name = local_name(reference);
    if (name == "strLit" || name == "numLit") cache = reference;
    if (name == "strRef") cache = child(reference, "strCache");
    if (name == "numRef") cache = child(reference, "numCache");
    if (name == "multiLvlStrRef") cache = child(child(reference, "multiLvlStrCache"), "lvl");
  }
  const std::string_view format = child(cache, "formatCode").child_value();
  const bool has_numbers = local_name(cache).starts_with("num");
  for (const xml_node point : cache.children()) {
    const int index = integer_attribute(point, "idx", -1);
    if (local_name(point) != "pt" || index < 0 || index >= most) continue;
    const std::string text = base::trimmed(child(point, "v").child_value());
    const std::string_view own = attribute(point, "formatCode");
    points.emplace(index, has_numbers ? written_number(text, own.empty() ? format : own) : text);
  }
  return points;
}

std::string series_name(xml_node series) {
  const xml_node text = child(series, "tx");
  if (const xml_node value = child(text, "v")) return base::trimmed(value.child_value());
  const Points points = points_of(text, 1);
  return points.empty() ? "" : points.begin()->second;
}

std::vector<Series> series_of(xml_node plot, int most) {
  std::vector<Series> all;
  for (const xml_node group : plot.children()) {
    for (const xml_node node : group.children()) {
      if (local_name(node) != "ser") continue;
      Series series;
      series.name = series_name(node);
      series.categories = points_of(child(node, child(node, "xVal") ? "xVal" : "cat"), most);
      series.values = points_of(child(node, child(node, "yVal") ? "yVal" : "val"), most);
      series.sizes = points_of(child(node, "bubbleSize"), most);
      if (!series.values.empty()) all.push_back(std::move(series));
    }
  }
  return all;
}

std::string axis_title(xml_node plot) {
  for (const xml_node axis : plot.children()) {
    const std::string_view name = local_name(axis);
    if (name == "catAx" || name == "dateAx" || name == "valAx") return rich_text(child(axis, "title", "tx"));
  }
  return "";
}

class ChartTable {
 public:
  explicit ChartTable(const OfficeLimits& limits) : limits_(limits) {}

  void add_column(std::string head, const Points& points) {
    if (columns_ >= limits_.table_columns) return;
    put(0, std::move(head));
    for (const auto& [index, text] : points) put(index + 1, text);
    ++columns_;
  }

  std::optional<document::OfficeTable> take() {
    const std::uint64_t cells = static_cast<std::uint64_t>(rows_) * static_cast<std::uint64_t>(columns_);
    if (columns_ < 1 || rows_ < 2 || cells > limits_.table_cells) return std::nullopt;
    document::OfficeTable table;
    table.row_count = rows_;
    table.column_count = columns_;
    table.header_rows = 1;
    for (auto& [place, text] : texts_) {
      document::OfficeCell cell;
      cell.row = place.first;
      cell.column = place.second;
      document::OfficeItem item;
      item.paragraph.runs.push_back({.text = std::move(text)});
      cell.items.push_back(std::move(item));
      table.cells.push_back(std::move(cell));
    }
    return table;
  }

 private:
  void put(int row, std::string text) {
    texts_.emplace(std::pair(row, columns_), std::move(text));
    rows_ = std::max(rows_, row + 1);
  }

  const OfficeLimits& limits_;
  int rows_ = 0;
  int columns_ = 0;
  std::map<std::pair<int, int>, std::string> texts_;
};

}  // namespace

std::optional<document::OfficeTable> table_of_chart(xml_node chart, const OfficeLimits& limits) {
  const xml_node plot = child(chart, "chart", "plotArea");
  const std::vector<Series> all = series_of(plot, static_cast<int>(limits.table_cells));
  if (all.empty()) return std::nullopt;
  ChartTable table(limits);
  const std::string x_name = axis_title(plot);
  const Points* categories = nullptr;
  for (const Series& series : all) {
    // Series of one set of categories share its column; a scatter's series have each their own.
    const bool is_shared = categories != nullptr && *categories == series.categories;
    if (!is_shared && !series.categories.empty()) table.add_column(x_name, series.categories);
    if (!series.categories.empty()) categories = &series.categories;
    table.add_column(series.name, series.values);
    if (!series.sizes.empty()) table.add_column("", series.sizes);
  }
  auto result = table.take();
  if (result) result->caption = rich_text(child(chart, "chart", "title", "tx"));
  return result;
}

}  // namespace medmark::input::office
