#include <gtest/gtest.h>

#include <algorithm>

#include "input/office/office_source.hpp"
#include "input/testing/office_builder.hpp"

namespace medmark::input::office {
namespace {

using base::ErrorCode;
using document::OfficeItem;
using document::OfficeItemKind;
using document::OfficePage;
using document::OfficePlace;
using testing::OfficeBuilder;

std::string paragraph(const std::string& text, const std::string& properties = "") {
  return "<w:p>" + (properties.empty() ? "" : "<w:pPr>" + properties + "</w:pPr>") + "<w:r><w:t>" + text +
         "</w:t></w:r></w:p>";
}
std::string cell(const std::string& content, const std::string& properties = "") {
  return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + content + "</w:tc>";
}
std::string row(const std::string& cells, const std::string& properties = "") {
  return "<w:tr><w:trPr>" + properties + "</w:trPr>" + cells + "</w:tr>";
}

std::string text_of(const OfficeItem& item) {
  std::string text = item.paragraph.label;
  for (const document::OfficeRun& run : item.paragraph.runs) text += run.text;
  return text;
}

std::vector<std::string> texts(const OfficePage& page) {
  std::vector<std::string> out;
  for (const OfficeItem& item : page.items) {
    if (item.kind == OfficeItemKind::kParagraph) out.push_back(text_of(item));
  }
  return out;
}

class Docx : public ::testing::Test {
 protected:
  // The pages of a file; stops the test where it cannot be opened.
  const std::vector<OfficePage>& pages(const OfficeBuilder& builder) {
    bytes_ = builder.build();
    auto source = open_office(bytes_, {});
    EXPECT_TRUE(source) << (source ? "" : source.error().message);
    for (int i = 0; source && i < (*source)->page_count(); ++i) pages_.push_back(*(*source)->office_page(i));
    if (pages_.empty()) pages_.resize(1);
    return pages_;
  }
  ErrorCode refusal(const OfficeBuilder& builder, const OfficeLimits& limits = {}) {
    bytes_ = builder.build();
    const auto source = open_office(bytes_, {}, limits);
    return source ? ErrorCode::kInternal : source.error().code;
  }

 private:
  std::vector<std::uint8_t> bytes_;
  std::vector<OfficePage> pages_;
};

TEST_F(Docx, TakesHeadingsFromStylesAndOutlineLevels) {
  auto file =
      OfficeBuilder::docx(paragraph("报告", "<w:pStyle w:val=\"a1\"/>") + paragraph("题", "<w:pStyle w:val=\"T\"/>") +
                          paragraph("节", "<w:outlineLvl w:val=\"1\"/>") + paragraph("文"));
  file.document_relationships({{"s", "styles", "styles.xml"}});
  file.part("word/styles.xml",
            "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"a0\"><w:name w:val=\"heading 1\"/></w:style>"
            "<w:style w:type=\"paragraph\" w:styleId=\"a1\"><w:name w:val=\"mine\"/><w:basedOn w:val=\"a0\"/></w:style>"
            "<w:style w:type=\"paragraph\" w:styleId=\"T\"><w:name w:val=\"Title\"/></w:style></w:styles>");
  const auto& items = pages(file)[0].items;
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(items[0].paragraph.heading_level, 1);
  EXPECT_TRUE(items[1].paragraph.is_title);
  EXPECT_EQ(items[2].paragraph.heading_level, 2);
  EXPECT_EQ(items[3].paragraph.heading_level, 0);
}

TEST_F(Docx, SurvivesStylesThatAreBasedOnEachOther) {
  auto file = OfficeBuilder::docx(paragraph("文", "<w:pStyle w:val=\"a\"/>"));
  file.document_relationships({{"s", "styles", "styles.xml"}});
  file.part("word/styles.xml",
            "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"a\"><w:basedOn w:val=\"b\"/></w:style>"
            "<w:style w:type=\"paragraph\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style></w:styles>");
  EXPECT_EQ(texts(pages(file)[0]), std::vector<std::string>{"文"});
}

TEST_F(Docx, NumbersListsAsWordDoes) {
  const auto entry = [](const std::string& text, int level) {
    return paragraph(text,
                     "<w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"1\"/></w:numPr>");
  };
  auto file = OfficeBuilder::docx(entry("a", 0) + entry("b", 1) + entry("c", 1) + paragraph("between") + entry("d", 0) +
                                  entry("e", 1));
  file.document_relationships({{"n", "numbering", "numbering.xml"}});
  file.part("word/numbering.xml",
            "<w:numbering><w:abstractNum w:abstractNumId=\"0\">"
            "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText "
            "w:val=\"%1、\"/></w:lvl>"
            "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:isLgl/><w:numFmt w:val=\"decimal\"/><w:lvlText "
            "w:val=\"%1.%2\"/></w:lvl>"
            "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>");
  EXPECT_EQ(texts(pages(file)[0]), (std::vector<std::string>{"一、a", "1.1 b", "1.2 c", "between", "二、d", "2.1 e"}));
}

TEST_F(Docx, PrintsTheTextThatTrackedChangesEndIn) {
  const std::string body =
      "<w:p><w:r><w:t>血红蛋白</w:t></w:r><w:del><w:r><w:delText>120</w:delText></w:r></w:del>"
      "<w:ins><w:r><w:t>102</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>"
      "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>one </w:t></w:r></w:p>" +
      paragraph("paragraph") + "<w:tbl>" + row(cell(paragraph("kept")) + cell(paragraph("x"))) +
      row(cell(paragraph("deleted")), "<w:del/>") + "</w:tbl>";
  const auto& page = pages(OfficeBuilder::docx(body))[0];
  EXPECT_EQ(texts(page), (std::vector<std::string>{"血红蛋白102", "one paragraph"}));
  EXPECT_EQ(page.items.back().table.row_count, 1);
}

TEST_F(Docx, PutsMergedCellsTogether) {
  const auto& page = pages(OfficeBuilder::docx(
      "<w:tbl><w:tblGrid><w:gridCol w:w=\"1000\"/><w:gridCol w:w=\"1000\"/><w:gridCol w:w=\"2000\"/></w:tblGrid>" +
      row(cell(paragraph("wide"), "<w:gridSpan w:val=\"2\"/>") + cell(paragraph("c"))) +
      row(cell(paragraph("tall"), "<w:vMerge w:val=\"restart\"/>") + cell(paragraph("1")) + cell(paragraph("2"))) +
      row(cell("<w:p/>", "<w:vMerge/>") + cell(paragraph("3")) + cell(paragraph("4"))) + "</w:tbl>"))[0];
  const document::OfficeTable& table = page.items.front().table;
  EXPECT_EQ(table.row_count, 3);
  EXPECT_EQ(table.column_count, 3);
  EXPECT_EQ(table.cells[0].column_span, 2);
  EXPECT_EQ(table.cells[2].row_span, 2);
  EXPECT_EQ(table.cells.size(), 7U);
  EXPECT_DOUBLE_EQ(table.column_widths[2], 100);
}

TEST_F(Docx, LeavesOutGridLinesOnWhichNoCellBegins) {
  const auto& page = pages(OfficeBuilder::docx(
      "<w:tbl>" +
      row(cell(paragraph("a"), "<w:gridSpan w:val=\"3\"/>") + cell(paragraph("b"), "<w:gridSpan w:val=\"2\"/>")) +
      "</w:tbl>"))[0];
  EXPECT_EQ(page.items.front().table.column_count, 2);
  EXPECT_EQ(page.items.front().table.cells[0].column_span, 1);
}

TEST_F(Docx, BreaksPagesWhereTheFileSaysSoOnce) {
  const std::string explicit_break = "<w:p><w:r><w:t>one</w:t></w:r><w:r><w:br w:type=\"page\"/></w:r></w:p>";
  const std::string rendered = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>";
  const auto& all = pages(OfficeBuilder::docx(explicit_break + rendered + rendered));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(texts(all[0]), std::vector<std::string>{"one"});
  EXPECT_EQ(texts(all[1]), std::vector<std::string>{"two"});
}

TEST_F(Docx, SplitsTablesAtRenderedPageBreaks) {
  const std::string broken = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r></w:p>";
  const auto& all = pages(OfficeBuilder::docx("<w:tbl>" + row(cell(paragraph("a")) + cell(paragraph("1"))) +
                                              row(cell(broken) + cell(paragraph("2"))) + "</w:tbl>"));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].items.front().table.row_count, 1);
  EXPECT_TRUE(all[1].items.front().table.is_continued);
}

TEST_F(Docx, ReadsHeadersFootersAndNotes) {
  auto file = OfficeBuilder::docx(
      "<w:p><w:r><w:t>text</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>"
      "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"h\"/><w:footerReference w:type=\"default\" "
      "r:id=\"f\"/></w:sectPr>");
  file.document_relationships(
      {{"h", "header", "header1.xml"}, {"f", "footer", "footer1.xml"}, {"n", "footnotes", "footnotes.xml"}});
  file.part("word/header1.xml", "<w:hdr>" + paragraph("head") + "</w:hdr>");
  file.part("word/footer1.xml", "<w:ftr>" + paragraph("foot") + "</w:ftr>");
  file.part("word/footnotes.xml",
            "<w:footnotes><w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> note</w:t>"
            "</w:r></w:p></w:footnote></w:footnotes>");
  const auto& items = pages(file)[0].items;
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(items[0].place, OfficePlace::kHeader);
  EXPECT_EQ(text_of(items[1]), "text1");
  EXPECT_EQ(items[1].paragraph.runs[1].script, document::OfficeScript::kSuper);
  EXPECT_EQ(items[2].place, OfficePlace::kNote);
  EXPECT_EQ(text_of(items[2]), "1 note");
  EXPECT_EQ(items[3].place, OfficePlace::kFooter);
}

TEST_F(Docx, ReadsSignsScriptsAndFields) {
  const std::string body =
      "<w:p><w:r><w:t>5.6</w:t></w:r><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0E1\"/></w:r>"
      "<w:r><w:t>×10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>9</w:t></w:r></w:p>"
      "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
      "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2024-05-11</w:t></w:r>"
      "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
      "<w:p><w:r><w:fldChar "
      "w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>"
      "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t>男</w:t></w:r></w:p>";
  const auto& page = pages(OfficeBuilder::docx(body))[0];
  EXPECT_EQ(texts(page), (std::vector<std::string>{"5.6↑×109", "2024-05-11", "☑男"}));
  EXPECT_EQ(page.items[0].paragraph.runs.back().script, document::OfficeScript::kSuper);
}

TEST_F(Docx, ReadsTextBoxesOnce) {
  const std::string box = "<w:txbxContent>" + paragraph("in the box") + "</w:txbxContent>";
  const auto& page =
      pages(OfficeBuilder::docx("<w:p><w:r><mc:AlternateContent><mc:Choice "
                                "Requires=\"wps\"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>"
                                "<wps:txbx>" +
                                box +
                                "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
                                "<mc:Fallback><w:pict><v:shape><v:textbox>" +
                                box +
                                "</v:textbox></v:shape></w:pict></mc:Fallback>"
                                "</mc:AlternateContent></w:r></w:p>"))[0];
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.items[0].kind, OfficeItemKind::kFrame);
  EXPECT_EQ(text_of(page.items[0].items.at(0)), "in the box");
}

TEST_F(Docx, TellsOfLinkedPicturesAndFetchesNone) {
  auto file = OfficeBuilder::docx(
      "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"1270000\" cy=\"1270000\"/><a:graphic><a:graphicData><pic:pic>"
      "<pic:blipFill><a:blip "
      "r:embed=\"x\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>");
  file.document_relationships({{"x", "image", "http://example.com/a.png", true}});
  const auto& page = pages(file)[0];
  EXPECT_TRUE(page.items.empty());
  ASSERT_EQ(page.errors.size(), 1U);
  EXPECT_EQ(page.errors[0].code, ErrorCode::kUnsupportedFormat);
}

std::string field(const std::string& instruction) {
  return "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>" + instruction +
         "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
}

TEST_F(Docx, ReadsTheFormulasOfEqFields) {
  const auto& items = pages(OfficeBuilder::docx(field(" EQ \\f(a,b) ") + field(" EQ \\q(lost) ")))[0].items;
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].paragraph.latex, "\\frac{a}{b}");
  EXPECT_EQ(text_of(items[1]), "EQ \\q(lost)") << "what is not understood stays as it is written";
}

std::string picture(const std::string& relationship) {
  return "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"1270000\" cy=\"1270000\"/><a:graphic><a:graphicData><pic:pic>"
         "<pic:blipFill><a:blip r:embed=\"" +
         relationship + "\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>";
}

TEST_F(Docx, APictureThatIsNotReadLeavesALineThatSaysSo) {
  auto file = OfficeBuilder::docx(paragraph("before") + picture("x") + paragraph("behind"));
  file.document_relationships({{"x", "image", "media/image1.emf"}});
  file.part("word/media/image1.emf", std::string("\x01\0\0\0 EMF", 8));
  const auto& page = pages(file)[0];
  ASSERT_EQ(page.items.size(), 3U);
  EXPECT_NE(text_of(page.items[1]).find("EMF"), std::string::npos);
  ASSERT_EQ(page.errors.size(), 1U);
  EXPECT_EQ(page.errors[0].code, ErrorCode::kUnsupportedFormat);
}

OfficePage first_page(const OfficeBuilder& builder, const OfficeLimits& limits) {
  const auto bytes = builder.build();
  const auto source = open_office(bytes, {}, limits);
  return source ? *(*source)->office_page(0) : OfficePage{};
}

bool tells_of_loss(const OfficePage& page) {
  return page.errors.size() == 1 && page.errors[0].code == ErrorCode::kTooLarge;
}

TEST_F(Docx, TellsOfPicturesAboveItsLimit) {
  auto file = OfficeBuilder::docx(picture("x") + picture("y"));
  file.document_relationships({{"x", "image", "a.emf"}, {"y", "image", "b.emf"}});
  OfficeLimits limits;
  limits.pictures = 1;
  const OfficePage page = first_page(file, limits);
  EXPECT_TRUE(std::any_of(page.errors.begin(), page.errors.end(),
                          [](const base::Error& error) { return error.code == ErrorCode::kTooLarge; }));
  EXPECT_EQ(page.items.size(), 1U);
}

TEST_F(Docx, TellsOfTablesNestedDeeperThanItsLimit) {
  const auto nested = [](int depth) {
    std::string body = paragraph("innermost");
    for (int i = 0; i < depth; ++i) body = "<w:tbl>" + row(cell(body)) + "</w:tbl>";
    return OfficeBuilder::docx(body);
  };
  OfficeLimits limits;
  limits.table_depth = 3;
  EXPECT_TRUE(first_page(nested(3), limits).errors.empty());
  EXPECT_TRUE(tells_of_loss(first_page(nested(4), limits)));
}

TEST_F(Docx, TellsOfCellsAndColumnsAboveItsLimits) {
  const auto file = OfficeBuilder::docx("<w:tbl>" + row(cell(paragraph("a")) + cell(paragraph("b"))) +
                                        row(cell(paragraph("c")) + cell(paragraph("d"))) + "</w:tbl>");
  OfficeLimits limits;
  EXPECT_TRUE(first_page(file, limits).errors.empty());
  limits.table_cells = 3;
  const OfficePage few_cells = first_page(file, limits);
  EXPECT_TRUE(tells_of_loss(few_cells));
  EXPECT_EQ(few_cells.items.at(0).table.row_count, 1);
  limits = {};
  limits.table_columns = 1;
  const OfficePage one_column = first_page(file, limits);
  EXPECT_TRUE(tells_of_loss(one_column));
  EXPECT_EQ(one_column.items.at(0).table.column_count, 1);
}

TEST_F(Docx, FollowsStylesNoDeeperThanItsLimit) {
  auto file = OfficeBuilder::docx(paragraph("报告", "<w:pStyle w:val=\"c\"/>"));
  file.document_relationships({{"s", "styles", "styles.xml"}});
  file.part(
      "word/styles.xml",
      "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"a\"><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"c\"><w:basedOn w:val=\"b\"/></w:style></w:styles>");
  EXPECT_EQ(first_page(file, {}).items.at(0).paragraph.heading_level, 1);
  OfficeLimits limits;
  limits.style_depth = 1;
  EXPECT_EQ(first_page(file, limits).items.at(0).paragraph.heading_level, 0);
}

TEST_F(Docx, RefusesDocumentTypesAndForeignArchives) {
  OfficeBuilder with_entity;
  with_entity.main("word/document.xml");
  with_entity.part("word/document.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><w:document/>");
  EXPECT_EQ(refusal(with_entity), ErrorCode::kCorruptDocument);
  EXPECT_EQ(refusal(OfficeBuilder().part("a.txt", "text")), ErrorCode::kUnsupportedFormat);
  OfficeBuilder workbook;
  workbook.main("xl/workbook.xml");
  workbook.part("xl/workbook.xml", "<workbook/>");
  EXPECT_EQ(refusal(workbook), ErrorCode::kUnsupportedFormat);
}

TEST_F(Docx, RefusesMorePagesThanItsLimit) {
  std::string body;
  for (int i = 0; i < 3; ++i) body += "<w:p><w:r><w:t>x</w:t><w:br w:type=\"page\"/></w:r></w:p>";
  const auto bytes = OfficeBuilder::docx(body).build();  // four pages, the last one empty
  SourceOptions options;
  options.max_pages = 4;
  EXPECT_TRUE(open_office(bytes, options));
  options.max_pages = 3;
  EXPECT_EQ(open_office(bytes, options).error().code, ErrorCode::kTooManyPages);
}

}  // namespace
}  // namespace medmark::input::office
