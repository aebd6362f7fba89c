// Characters of lines become text with runs: the one place where structure writes text, for blocks and for cells alike.
//
// Scripts are written as Unicode or tags, recognised text gets consistent spaces and punctuation, and every run keeps
// the place and the edges of its characters. Boxes and edges are points of the flat page, as in the evidence. Pure,
// thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "document/block.hpp"
#include "document/page_evidence.hpp"

namespace medmark::structure {

struct RunText {
  std::string text;
  std::vector<document::TextRun> runs;
};

// How a piece of text goes on behind what is there.
enum class Join {
  kLine,   // the next printed line of a paragraph: no space at full-width characters, one between words, hyphens undone
  kSpace,  // a gap on the same line: always one space
  kDirect,  // nothing between them
};

// Appends characters [begin, end) of a line as one run. Spaces at both ends are left out; nothing is appended where
// nothing else is there.
void append_characters(RunText& out, const document::TextLine& line, std::size_t begin, std::size_t end, int page,
                       Join join = Join::kLine);

// The whole line.
void append_line(RunText& out, const document::TextLine& line, int page, Join join = Join::kLine);

// Appends text with its runs.
void append_text(RunText& out, const RunText& more, Join join);

// Bytes [begin, end) of the text with the runs that fall into them, spaces at both ends left out.
[[nodiscard]] RunText slice(const RunText& text, std::size_t begin, std::size_t end);

// The line's text as append_line writes it.
[[nodiscard]] std::string line_text(const document::TextLine& line);

// Moves boxes and edges of runs to the page as displayed. Edges go where the text does not run along the displayed
// page's x axis.
void map_runs(std::vector<document::TextRun>& runs, const document::PageMapping& flat_to_page);

}  // namespace medmark::structure
