#include "structure/page/fragments.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::PageEvidence;
using document::TextLine;

struct RowLimits {
  double second_reading = 0.6;  // share of a box in another from which on both may be the same line read twice
  double shared_height = 0.5;  // overlap of neighbours in a row, of the smaller height; half a line's slant stays below
  double shared_width = 0.3;   // overlap from which on two boxes stand over each other, of the smaller width
  double script_size = 0.8;    // of the line the script stands in
  std::size_t script_characters = 3;
  double heading_size = 1.03;  // of the body's size; exact sizes only
  std::size_t heading_characters = 34;
  std::size_t prose_weight = 3;  // sentences and fields tell the body's size, headings do not
  double clear_gap = 0.5;        // ems between fragments that read as a space
  double title_share = 1.35;     // a title is this much larger than print beside it; recognised sizes are off by 8 %
  double beside_title = 1.5;     // ems of white between them
  std::size_t title_characters = 4;
};
constexpr RowLimits kLimits;

bool has_letters(const std::u32string& text) {
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return !base::is_space(c); });
}

Fragment fragment_of(const TextLine& line, std::size_t index, int page) {
  Fragment fragment;
  fragment.line = index;
  fragment.bbox = line.bbox;
  fragment.size =
      line.font_size > 0 ? line.font_size : 0.8 * (line.is_vertical ? line.bbox.width() : line.bbox.height());
  fragment.is_bold = line.is_bold;
  fragment.confidence = line.confidence;
  fragment.source = line.source;
  append_line(fragment.content, line, page);
  fragment.text = base::decode_utf8(fragment.content.text);
  return fragment;
}

// Whether `weaker` reads what `stronger` already holds: the same place, and no more characters.
bool is_second_reading(const Fragment& weaker, const Fragment& stronger) {
  if (base::covered_share(weaker.bbox, stronger.bbox) < kLimits.second_reading) return false;
  const std::u32string& part = weaker.text;
  if (stronger.text.find(part) != std::u32string::npos) return true;
  // Native characters overprint each other on purpose (a stamp over text); two readings of one place do not.
  return weaker.source != document::TextSource::kNative && stronger.text.size() >= part.size() &&
         base::covered_share(weaker.bbox, stronger.bbox) > 0.85;
}

std::vector<Fragment> without_second_readings(std::vector<Fragment> fragments) {
  std::vector<bool> drop(fragments.size(), false);
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    for (std::size_t j = 0; j < fragments.size() && !drop[i]; ++j) {
      if (i == j || drop[j]) continue;
      const auto rank = [](const Fragment& f) { return std::pair(f.text.size(), f.confidence); };
      const bool j_is_stronger =
          rank(fragments[j]) > rank(fragments[i]) || (rank(fragments[j]) == rank(fragments[i]) && j < i);
      if (j_is_stronger && is_second_reading(fragments[i], fragments[j])) drop[i] = true;
    }
  }
  std::vector<Fragment> kept;
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    if (!drop[i]) kept.push_back(std::move(fragments[i]));
  }
  return kept;
}

// Whether a line of few small characters is a script inside `text`: raised or lowered over a place in its width.
bool is_script_in(const TextLine& script, const TextLine& text) {
  if (script.source != document::TextSource::kNative || text.source != document::TextSource::kNative) return false;
  if (script.characters.size() > kLimits.script_characters || script.font_size > kLimits.script_size * text.font_size) {
    return false;
  }
  if (script.bbox.x0 < text.bbox.x0 || script.bbox.x1 > text.bbox.x1 + 0.2 * text.font_size) return false;
  const double center = script.bbox.center_y();
  return center > text.bbox.y0 - 0.1 * text.font_size && center < text.bbox.y1 + 0.1 * text.font_size;
}

void insert_script(TextLine& text, const TextLine& script) {
  const double x = script.bbox.center_x();
  const auto place = std::find_if(text.characters.begin(), text.characters.end(),
                                  [&](const document::Character& c) { return c.bbox.center_x() > x; });
  text.characters.insert(place, script.characters.begin(), script.characters.end());
}

// Native lines that hold scripts which stand as lines of their own; the scripts are marked in `used`.
std::map<std::size_t, TextLine> lines_with_their_scripts(const PageEvidence& page, std::vector<bool>& used) {
  std::map<std::size_t, TextLine> completed;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (used[i] || page.lines[i].characters.size() > kLimits.script_characters) continue;
    for (std::size_t j = 0; j < page.lines.size(); ++j) {
      if (i == j || used[j] || !is_script_in(page.lines[i], page.lines[j])) continue;
      insert_script(completed.emplace(j, page.lines[j]).first->second, page.lines[i]);
      used[i] = true;
      break;
    }
  }
  return completed;
}

bool stands_over(const Rect& a, const Rect& b) {
  return base::overlap_x(a, b) > kLimits.shared_width * std::min(a.width(), b.width());
}

// How well a fragment continues a row: the vertical overlap with its nearest member; negative where it cannot.
double fit_in_row(std::span<const Fragment> fragments, const Row& row, const Fragment& candidate) {
  const Fragment* nearest = nullptr;
  double nearest_gap = 0;
  for (const std::size_t index : row.fragments) {
    const Fragment& member = fragments[index];
    if (stands_over(member.bbox, candidate.bbox)) return -1;
    const double gap = std::max(candidate.bbox.x0 - member.bbox.x1, member.bbox.x0 - candidate.bbox.x1);
    if (nearest == nullptr || gap < nearest_gap) {
      nearest = &member;
      nearest_gap = gap;
    }
  }
  const double height = std::min(nearest->bbox.height(), candidate.bbox.height());
  const double share = base::overlap_y(nearest->bbox, candidate.bbox) / std::max(height, 1e-6);
  return share >= kLimits.shared_height ? share : -1;
}

void finish(std::span<const Fragment> fragments, Row& row) {
  std::sort(row.fragments.begin(), row.fragments.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(fragments[a].bbox.x0, a) < std::pair(fragments[b].bbox.x0, b);
  });
  std::size_t longest = 0;
  for (const std::size_t index : row.fragments) {
    const Fragment& fragment = fragments[index];
    row.bbox = base::united(row.bbox, fragment.bbox);
    if (fragment.text.size() > longest) {
      longest = fragment.text.size();
      row.size = fragment.size;
    }
  }
}

bool is_prose(const std::u32string& text) {
  constexpr std::u32string_view kMarks = U"。；，;,：:";
  return std::any_of(text.begin(), text.end(), [&](char32_t c) { return kMarks.find(c) != std::u32string_view::npos; });
}

}  // namespace

std::vector<Fragment> fragments_of(const PageEvidence& page, const std::vector<bool>& taken) {
  std::vector<bool> used = taken;
  const std::map<std::size_t, TextLine> completed = lines_with_their_scripts(page, used);
  std::vector<Fragment> fragments;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (used[i]) continue;
    const auto with_scripts = completed.find(i);
    const TextLine& line = with_scripts != completed.end() ? with_scripts->second : page.lines[i];
    Fragment fragment = fragment_of(line, i, page.index);
    if (has_letters(fragment.text)) fragments.push_back(std::move(fragment));
  }
  return without_second_readings(std::move(fragments));
}

std::vector<Row> rows_of(std::span<const Fragment> fragments, std::span<const std::size_t> indices) {
  std::vector<std::size_t> order(indices.begin(), indices.end());
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(fragments[a].bbox.center_y(), fragments[a].bbox.x0, a) <
           std::tuple(fragments[b].bbox.center_y(), fragments[b].bbox.x0, b);
  });
  std::vector<Row> rows;
  for (const std::size_t index : order) {
    Row* best = nullptr;
    double best_fit = 0;
    const std::size_t first = rows.size() > 8 ? rows.size() - 8 : 0;  // rows further up cannot reach down here
    for (std::size_t r = first; r < rows.size(); ++r) {
      const double fit = fit_in_row(fragments, rows[r], fragments[index]);
      if (fit > best_fit) {
        best_fit = fit;
        best = &rows[r];
      }
    }
    if (best == nullptr) best = &rows.emplace_back();
    best->fragments.push_back(index);
  }
  for (Row& row : rows) finish(fragments, row);
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Row& a, const Row& b) { return a.bbox.center_y() < b.bbox.center_y(); });
  return rows;
}

std::vector<Row> parted_by_size(std::span<const Fragment> fragments, Row row) {
  double largest = 0;
  for (const std::size_t index : row.fragments) largest = std::max(largest, fragments[index].size);
  Row large;
  Row small;
  for (const std::size_t index : row.fragments) {
    Row& part = fragments[index].size * kLimits.title_share > largest ? large : small;
    part.fragments.push_back(index);
  }
  std::size_t title_characters = 0;
  for (const std::size_t index : large.fragments) {
    const Fragment& title = fragments[index];
    title_characters += title.text.size();
    if (title.text.find_first_of(U"：:") != std::u32string::npos) return {std::move(row)};
    for (const std::size_t other : small.fragments) {
      const base::Rect& box = fragments[other].bbox;
      const double gap = std::max(box.x0 - title.bbox.x1, title.bbox.x0 - box.x1);
      if (gap < kLimits.beside_title * fragments[other].size) return {std::move(row)};
    }
  }
  if (small.fragments.empty() || title_characters < kLimits.title_characters) return {std::move(row)};
  finish(fragments, large);
  finish(fragments, small);
  return {std::move(large), std::move(small)};
}

RunText row_text(std::span<const Fragment> fragments, const Row& row) {
  RunText out;
  const Fragment* previous = nullptr;
  for (const std::size_t index : row.fragments) {
    const Fragment& fragment = fragments[index];
    const bool apart = previous != nullptr && fragment.bbox.x0 - previous->bbox.x1 > kLimits.clear_gap * fragment.size;
    append_text(out, fragment.content, apart ? Join::kSpace : Join::kLine);
    previous = &fragment;
  }
  return out;
}

std::vector<double> heading_sizes_of(std::span<const Fragment> fragments, double body_size) {
  std::vector<std::size_t> all(fragments.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::map<long, bool> only_headings;  // by size in tenths of a point
  for (const Row& row : rows_of(fragments, all)) {
    for (const std::size_t index : row.fragments) {
      const Fragment& fragment = fragments[index];
      if (fragment.source != document::TextSource::kNative || fragment.size < kLimits.heading_size * body_size)
        continue;
      constexpr std::u32string_view kProse = U"。；，;,：:";
      const bool short_line = fragment.text.size() <= kLimits.heading_characters &&
                              kProse.find(fragment.text.back()) == std::u32string_view::npos;
      const auto [it, added] = only_headings.emplace(std::lround(fragment.size * 10), short_line);
      if (!added) it->second = it->second && short_line;
    }
  }
  std::vector<double> sizes;
  for (const auto& [size, headings] : only_headings) {
    if (headings) sizes.push_back(static_cast<double>(size) / 10);
  }
  return sizes;
}

bool is_heading_size(std::span<const double> sizes, double size) {
  return std::any_of(sizes.begin(), sizes.end(), [&](double s) { return std::abs(s - size) < 0.06; });
}

double body_size_of(std::span<const Fragment> fragments) {
  std::vector<std::pair<double, std::size_t>> sizes;
  std::size_t characters = 0;
  for (const Fragment& fragment : fragments) {
    const std::size_t weight = fragment.text.size() * (is_prose(fragment.text) ? kLimits.prose_weight : 1);
    sizes.emplace_back(fragment.size, weight);
    characters += weight;
  }
  if (sizes.empty()) return 10;
  std::sort(sizes.begin(), sizes.end());
  std::size_t passed = 0;
  for (const auto& [size, count] : sizes) {
    passed += count;
    if (2 * passed >= characters) return size;
  }
  return sizes.back().first;
}

}  // namespace medmark::structure
