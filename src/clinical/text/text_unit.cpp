#include "clinical/text/text_unit.hpp"

#include <algorithm>
#include <span>

#include "base/text.hpp"

namespace medmark::clinical {
namespace {

using document::BlockType;

bool has_words(const document::Block& block) {
  return block.type != BlockType::kPageNumber && block.type != BlockType::kWatermark &&
         block.type != BlockType::kFormula;
}

bool is_fill_in(char32_t c) { return base::is_space(c) || c == U'_' || c == U'＿' || c == U'\u3000'; }

std::size_t code_points(std::string_view text, std::size_t begin, std::size_t end) {
  return base::decode_utf8(text.substr(std::min(begin, text.size()), end - begin)).size();
}

// The part of a line's box that bytes [begin, end) of its run cover.
base::Rect box_of(const document::TextRun& run, std::string_view text, std::size_t begin, std::size_t end) {
  const std::size_t from = std::clamp(begin, run.begin, run.end);
  const std::size_t to = std::clamp(end, from, run.end);
  const std::size_t before = code_points(text, run.begin, from);
  const std::size_t inside = code_points(text, from, to);
  const std::size_t all = before + inside + code_points(text, to, run.end);
  base::Rect box = run.bbox;
  if (all == 0) return box;
  if (run.character_edges.size() == all + 1) {
    box.x0 = run.character_edges[before];
    box.x1 = run.character_edges[before + inside];
  } else {
    const double step = run.bbox.width() / static_cast<double>(all);
    box.x0 = run.bbox.x0 + step * static_cast<double>(before);
    box.x1 = run.bbox.x0 + step * static_cast<double>(before + inside);
  }
  if (box.x1 < box.x0) std::swap(box.x0, box.x1);
  return box;
}

// How sure the reading of bytes [begin, end) of a run is: the least of their own characters, where those are known.
double confidence_of(const document::TextRun& run, std::string_view text, std::size_t begin, std::size_t end) {
  const std::size_t from = std::clamp(begin, run.begin, run.end);
  const std::size_t to = std::clamp(end, from, run.end);
  const std::size_t first = code_points(text, run.begin, from);
  const std::size_t count = code_points(text, from, to);
  if (count == 0 || first + count > run.character_confidences.size()) return run.confidence;
  const auto begins = run.character_confidences.begin() + static_cast<std::ptrdiff_t>(first);
  return *std::min_element(begins, begins + static_cast<std::ptrdiff_t>(count));
}

document::Evidence evidence_in(std::span<const document::TextRun> runs, std::string_view text, std::size_t begin,
                               std::size_t end, document::Evidence fallback) {
  bool found = false;
  for (const document::TextRun& run : runs) {
    if (run.end <= begin || run.begin >= end) continue;
    if (!found) {
      fallback.page = run.page;
      fallback.bbox = box_of(run, text, begin, end);
      fallback.confidence = confidence_of(run, text, begin, end);
      found = true;
    } else {
      fallback.confidence = std::min(fallback.confidence, confidence_of(run, text, begin, end));
      if (run.page == fallback.page) fallback.bbox = base::united(fallback.bbox, box_of(run, text, begin, end));
    }
  }
  return fallback;
}

}  // namespace

std::string TextUnit::printed(std::size_t from, std::size_t to) const {
  if (from >= to || from >= folded.size()) return {};
  to = std::min(to, folded.size());
  while (from < to && is_fill_in(folded.characters[from])) ++from;
  while (to > from && is_fill_in(folded.characters[to - 1])) --to;
  if (from >= to) return {};
  return base::trimmed(text.substr(folded.begin[from], folded.end[to - 1] - folded.begin[from]));
}

std::vector<TextUnit> units_of(const document::Document& document, std::size_t first_block, std::size_t last_block) {
  std::vector<TextUnit> units;
  for (std::size_t i = first_block; i < std::min(last_block, document.blocks.size()); ++i) {
    const document::Block& block = document.blocks[i];
    if (!has_words(block)) continue;
    if (block.type == BlockType::kTable && block.table.has_value()) {
      for (std::size_t c = 0; c < block.table->cells.size(); ++c) {
        const document::TableCell& cell = block.table->cells[c];
        units.push_back({&block, &cell, i, c, cell.text, fold(cell.text)});
      }
    } else if (!block.text.empty()) {
      units.push_back({&block, nullptr, i, 0, block.text, fold(block.text)});
    }
  }
  return units;
}

document::Evidence evidence_of(const TextUnit& unit, std::size_t begin, std::size_t end) {
  document::Evidence fallback{unit.block->page, unit.block->bbox, unit.block->id, unit.block->confidence, false};
  if (unit.cell == nullptr) return evidence_in(unit.block->runs, unit.text, begin, end, fallback);
  fallback.page = unit.cell->page;
  fallback.bbox = unit.cell->bbox;
  fallback.confidence = unit.cell->confidence;
  document::Evidence evidence = evidence_in(unit.cell->runs, unit.text, begin, end, fallback);
  evidence.confidence = std::min(evidence.confidence, unit.cell->confidence);
  evidence.needs_review = unit.cell->needs_review;
  return evidence;
}

double confidence_of_piece(std::span<const document::TextRun> runs, std::string_view text, std::size_t from,
                           std::size_t to, std::string_view piece, CharacterChoice counts) {
  to = std::min(to, text.size());
  const std::size_t place = piece.empty() ? std::string_view::npos : text.substr(0, to).find(piece, from);
  const std::size_t begin = place == std::string_view::npos ? from : place;
  const std::size_t end = place == std::string_view::npos ? to : place + piece.size();
  double least = 1;
  for (const document::TextRun& run : runs) {
    if (run.end <= begin || run.begin >= end || run.end > text.size()) continue;
    const std::u32string characters = base::decode_utf8(text.substr(run.begin, run.end - run.begin));
    if (characters.size() != run.character_confidences.size()) {
      least = std::min(least, run.confidence);
      continue;
    }
    std::size_t byte = run.begin;
    for (std::size_t i = 0; i < characters.size(); ++i) {
      const bool inside = byte >= begin && byte < end;
      if (inside && counts(characters[i])) least = std::min(least, double{run.character_confidences[i]});
      std::string encoded;
      base::append_utf8(encoded, characters[i]);
      byte += encoded.size();
    }
  }
  return least;
}

document::Evidence evidence_of_folded(const TextUnit& unit, std::size_t from, std::size_t to) {
  const std::size_t begin = unit.folded.byte_at(from);
  const std::size_t end = to > 0 && to <= unit.folded.size() ? unit.folded.end[to - 1] : unit.folded.source_size;
  return evidence_of(unit, begin, std::max(begin, end));
}

document::Evidence evidence_of_cell(const document::Block& block, const document::TableCell& cell) {
  const document::Evidence fallback{cell.page, cell.bbox, block.id, cell.confidence, cell.needs_review};
  document::Evidence evidence = evidence_in(cell.runs, cell.text, 0, cell.text.size(), fallback);
  evidence.confidence = std::min(evidence.confidence, cell.confidence);
  return evidence;
}

}  // namespace medmark::clinical
