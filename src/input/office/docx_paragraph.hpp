// One paragraph of a Word file and what stands in its runs. Part of DocxContent.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "input/office/docx_content.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {

// Text of an attribute or element without its line breaks.
[[nodiscard]] std::string single_line(std::string_view text);

class DocxContent::ParagraphReader {
 public:
  ParagraphReader(DocxContent& content, const std::string& part, int depth)
      : content_(content), part_(part), depth_(depth) {}

  // `carried` is text of the paragraph before that goes on in this one.
  [[nodiscard]] DocxBlock read(pugi::xml_node paragraph, std::vector<document::OfficeRun> carried);
  // Display formulas of an oMathPara or oMath.
  void add_formulas(pugi::xml_node math, std::vector<document::OfficeItem>& items) const;

 private:
  // What a field prints is its result; its instruction is not.
  struct Field {
    bool is_in_result = false;
    bool has_result = false;
    std::string instruction;
  };

  void read_properties(pugi::xml_node paragraph);
  void number(const ParagraphProperties& properties, std::string_view style);
  void add_children(pugi::xml_node container);
  void add_run(pugi::xml_node run);
  void add_run_child(pugi::xml_node node, const RunProperties& properties);
  void add_break(pugi::xml_node node, const RunProperties& properties);
  void add_rendered_break();
  void add_field_mark(pugi::xml_node mark, const RunProperties& properties);
  void end_field(const RunProperties& properties);
  // The formula of an EQ field; its text as it stands where it is not understood.
  void add_eq_field(const std::string& instruction, const RunProperties& properties);
  void add_form_field(pugi::xml_node data, const RunProperties& properties);
  void add_note_reference(pugi::xml_node node, bool is_endnote, const RunProperties& properties);
  void add_drawing(pugi::xml_node drawing);
  void add_graphic(pugi::xml_node node, double width, double height);
  void add_vml(pugi::xml_node container);
  void add_text_box(pugi::xml_node content);
  void add_math(pugi::xml_node math);
  void add_text(std::string text, const RunProperties& properties);
  void add_symbol(pugi::xml_node node, const RunProperties& properties);
  [[nodiscard]] bool is_printing() const;
  [[nodiscard]] bool has_text() const;
  // Ends the text so far: what follows is an item of its own.
  void flush();

  DocxContent& content_;
  const std::string& part_;
  int depth_;
  DocxBlock block_;
  document::OfficeItem item_;  // the paragraph being read
  RunProperties base_run_;
  std::vector<Field> fields_;
  std::vector<pugi::xml_node> formulas_;             // in the text so far
  std::vector<std::unique_ptr<XmlPart>> eq_fields_;  // what those of them that are no Office Math stand in
  bool has_words_ = false;                           // besides them
  std::vector<document::OfficeItem> behind_;         // pictures and boxes met within the text: they stand behind it
};

}  // namespace medmark::input::office
