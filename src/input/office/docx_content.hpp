// The content of a Word file's parts (body, headers, notes, text boxes): paragraphs as they print after all tracked
// changes are accepted, tables, pictures, formulas.
//
// Confined to one thread. Recursion is bounded by the depth of the XML and OfficeLimits::table_depth.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "document/office_page.hpp"
#include "input/office/docx_numbering.hpp"
#include "input/office/docx_styles.hpp"
#include "input/office/drawing.hpp"

namespace medmark::input::office {

struct NoteReference {
  bool is_endnote = false;
  std::string id;
  std::string mark;  // as printed
};

// Where the program that saved the file broke pages in something.
struct RenderedBreaks {
  bool at_start = false;
  int inside = 0;
};

// A paragraph or a table of a container, with what it says of pages.
struct DocxBlock {
  std::vector<document::OfficeItem> items;
  std::vector<std::size_t> page_breaks;  // explicit ones: each stands before items[i], or behind the last
  bool starts_page = false;              // by its own property
  RenderedBreaks rendered;
  std::vector<RenderedBreaks> rows;  // of a table
  std::vector<NoteReference> notes;
  pugi::xml_node section;  // the properties of the section that ends with it; nothing for others
};

class DocxContent {
 public:
  DocxContent(Package& package, const StyleSheet& styles, Numbering& numbering, DrawingReader& drawings)
      : package_(package), styles_(styles), numbering_(numbering), drawings_(drawings) {}

  void set_note_formats(std::string footnotes, std::string endnotes);
  // The block-level children of a container of `part`.
  [[nodiscard]] std::vector<DocxBlock> blocks(pugi::xml_node container, const std::string& part, int depth = 0);
  // The same without what they say of pages. `own_mark` is what a note's own reference mark prints as.
  [[nodiscard]] std::vector<document::OfficeItem> items(pugi::xml_node container, const std::string& part, int depth,
                                                        const std::string& own_mark = "");

 private:
  class ParagraphReader;
  class TableReader;

  void add_blocks(pugi::xml_node container, const std::string& part, int depth, std::vector<DocxBlock>& out);
  void add_paragraph(pugi::xml_node paragraph, const std::string& part, int depth, std::vector<DocxBlock>& out);
  [[nodiscard]] std::string next_note_mark(bool is_endnote);

  Package& package_;
  const StyleSheet& styles_;
  Numbering& numbering_;
  DrawingReader& drawings_;
  std::string footnote_format_ = "decimal";
  std::string endnote_format_ = "lowerRoman";
  int footnotes_ = 0;
  int endnotes_ = 0;
  std::string own_mark_;
  std::vector<document::OfficeRun> carried_;  // of a paragraph whose end was deleted
};

}  // namespace medmark::input::office
