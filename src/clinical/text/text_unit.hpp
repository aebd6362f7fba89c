// The pieces of text of a document that labels and values are read from: a block's text or one cell of a table, folded
// once.
//
// A unit points into the document it was made from, which must outlive it and keep its blocks in place. Thread-safe as
// const.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clinical/text/folded_text.hpp"
#include "document/document.hpp"

namespace medmark::clinical {

struct TextUnit {
  const document::Block* block = nullptr;
  const document::TableCell* cell = nullptr;  // null for a block's own text
  std::size_t block_index = 0;
  std::size_t cell_index = 0;
  std::string_view text;  // as printed
  FoldedText folded;

  // The printed text of folded characters [from, to), trimmed of white space and of fill-in lines ("____").
  [[nodiscard]] std::string printed(std::size_t from, std::size_t to) const;
};

// Units of the blocks [first_block, last_block) in reading order; blocks without words (page numbers) have none.
[[nodiscard]] std::vector<TextUnit> units_of(const document::Document& document, std::size_t first_block,
                                             std::size_t last_block);

// Where bytes [begin, end) of a unit's text stand on the page, how sure the reading is. A range over several lines
// keeps the first line's page. The confidence is the least of the lines touched.
[[nodiscard]] document::Evidence evidence_of(const TextUnit& unit, std::size_t begin, std::size_t end);
// The same for folded characters [from, to).
[[nodiscard]] document::Evidence evidence_of_folded(const TextUnit& unit, std::size_t from, std::size_t to);
// How sure the reading of `piece` is, which stands in `text` at or behind `from` and before `to`: the least of its
// characters that `counts` chooses. Where it does not stand there (a repaired or normalised text), that of all of
// [from, to).
using CharacterChoice = bool (*)(char32_t);
[[nodiscard]] double confidence_of_piece(std::span<const document::TextRun> runs, std::string_view text,
                                         std::size_t from, std::size_t to, std::string_view piece,
                                         CharacterChoice counts);
// The same for a cell's whole text.
[[nodiscard]] document::Evidence evidence_of_cell(const document::Block& block, const document::TableCell& cell);

}  // namespace medmark::clinical
