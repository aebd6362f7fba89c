#include <algorithm>
#include <numeric>

#include "structure/tables/false_rulings.hpp"
#include "structure/tables/placed_entries.hpp"
#include "structure/tables/table_finder.hpp"

namespace medmark::structure {
namespace {

constexpr double kWholePage = 0.85;  // share of the page: a picture as large is the page's own scan

}  // namespace

TableSearch::TableSearch(const document::PageEvidence& evidence)
    : page(evidence),
      words(words_of(evidence)),
      tolerance(ruling_tolerance(evidence.source)),
      taken(words.size(), false) {
  rulings = normalised_rulings(rulings_of_tables(evidence), tolerance);
}

std::vector<std::size_t> TableSearch::free_words_in(const base::Rect& box) const {
  std::vector<std::size_t> inside;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!taken[i] && covered_share(page.lines[words[i].line].bbox, box) >= 0.5) inside.push_back(i);
  }
  return inside;
}

std::vector<std::size_t> TableSearch::free_words() const {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!taken[i]) indices.push_back(i);
  }
  return indices;
}

double TableSearch::pictured_share(const base::Rect& box) const {
  double share = 0;
  const double page_area = page.width * page.height;
  for (const document::Region& region : page.regions) {
    if (region.kind != document::RegionKind::kPicture || region.bbox.area() >= kWholePage * page_area) continue;
    share += covered_share(box, region.bbox);
  }
  return std::min(share, 1.0);
}

double TableSearch::layout_support(const base::Rect& box) const {
  double support = 0;
  for (const document::LayoutRegion& region : page.layout) {
    if (region.type != document::BlockType::kTable) continue;
    if (covered_share(box, region.bbox) >= 0.5) support = std::max(support, region.confidence);
  }
  return support;
}

void TableSearch::take(const TablePlan& plan) {
  std::vector<bool> lines(page.lines.size(), false);
  for (const PlannedCell& cell : plan.cells) {
    for (const Word& word : cell.words) lines[word.line] = true;
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (lines[words[i].line]) taken[i] = true;
  }
  taken_boxes.push_back(plan.bbox);
}

std::u32string text_of(const TableSearch& search, const Entry& entry) {
  std::vector<Word> words;
  for (const std::size_t index : entry.words) words.push_back(search.words[index]);
  return text_of(search.page, words);
}

}  // namespace medmark::structure
