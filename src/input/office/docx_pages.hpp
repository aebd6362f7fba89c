// Lays the blocks of a Word file's body onto its pages. Confined to one thread.
#pragma once

#include <string>
#include <vector>

#include "document/office_page.hpp"
#include "input/office/docx_content.hpp"

namespace medmark::input::office {

// What a section says of its pages, in points.
struct DocxSection {
  double width = 612;  // Word's own default, letter paper
  double height = 792;
  base::Rect text_area{72, 72, 540, 720};
  bool starts_page = true;
  bool has_title_page = false;
  // Names of parts; "" where there is none. Missing ones are those of the section before.
  struct Furniture {
    std::string usual;
    std::string first;
    std::string even;
  };
  Furniture header;
  Furniture footer;
};

class DocxPages {
 public:
  // More than `most_pages` + 1 pages are not made, whatever breaks there are.
  DocxPages(std::vector<DocxSection> sections, int most_pages)
      : sections_(std::move(sections)), most_pages_(static_cast<std::size_t>(most_pages)) {
    add_page();
  }

  void add(DocxBlock block);
  // Notes at the foot of the page that is being filled.
  void add_notes(std::vector<document::OfficeItem> notes);
  void next_section();
  [[nodiscard]] std::size_t page_count() const { return pages_.size(); }

  struct Page {
    document::OfficePage page;
    const DocxSection* section = nullptr;
    bool is_first_of_section = false;
  };
  [[nodiscard]] std::vector<Page> take();

 private:
  void add_page();
  void break_page();
  void rendered_break();
  void add_item(document::OfficeItem item);
  void add_table(document::OfficeItem item, const std::vector<RenderedBreaks>& rows);
  void end_notes();

  std::vector<DocxSection> sections_;
  std::size_t most_pages_;
  std::size_t section_ = 0;
  bool section_begins_ = true;
  bool is_fresh_ = true;  // nothing stands on the page yet
  std::vector<Page> pages_;
  std::vector<document::OfficeItem> notes_;
};

}  // namespace medmark::input::office
