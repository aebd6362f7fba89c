#include <gtest/gtest.h>

#include "input/office/office_source.hpp"
#include "input/testing/office_builder.hpp"

namespace medmark::input::office {
namespace {

using document::OfficeItem;
using document::OfficeItemKind;
using document::OfficePage;
using testing::OfficeBuilder;

std::string box(int x, int y, int width, int height, const std::string& name = "a:xfrm") {
  const auto emus = [](int points) { return std::to_string(points * 12700); };
  return "<" + name + "><a:off x=\"" + emus(x) + "\" y=\"" + emus(y) + "\"/><a:ext cx=\"" + emus(width) + "\" cy=\"" +
         emus(height) + "\"/></" + name + ">";
}
std::string words(const std::string& text, const std::string& properties = "") {
  return "<a:p><a:pPr>" + properties + "</a:pPr><a:r><a:t>" + text + "</a:t></a:r></a:p>";
}
std::string shape(const std::string& place, const std::string& body, const std::string& placeholder = "") {
  return "<p:sp><p:nvSpPr><p:nvPr>" + placeholder + "</p:nvPr></p:nvSpPr><p:spPr>" + place + "</p:spPr><p:txBody>" +
         body + "</p:txBody></p:sp>";
}

// Slides in the order of the presentation's list, which is the reverse of their parts' names.
std::vector<OfficePage> pages_of(const std::vector<std::string>& slides) {
  OfficeBuilder builder;
  builder.main("ppt/presentation.xml");
  std::string list;
  std::vector<OfficeBuilder::Relation> relations;
  for (std::size_t i = 0; i < slides.size(); ++i) {
    const std::string name = "slides/slide" + std::to_string(slides.size() - i) + ".xml";
    const std::string id = "r" + std::to_string(i);
    list += "<p:sldId id=\"256\" r:id=\"" + id + "\"/>";
    relations.push_back({id, "slide", name});
    builder.part("ppt/" + name, "<p:sld><p:cSld><p:spTree>" + slides[i] + "</p:spTree></p:cSld></p:sld>");
  }
  builder.part("ppt/presentation.xml", "<p:presentation><p:sldIdLst>" + list + "</p:sldIdLst></p:presentation>");
  builder.part("ppt/_rels/presentation.xml.rels", OfficeBuilder::relationships(relations));
  const auto bytes = builder.build();
  const auto source = open_office(bytes, {});
  std::vector<OfficePage> pages;
  for (int i = 0; source && i < (*source)->page_count(); ++i) pages.push_back(*(*source)->office_page(i));
  return pages;
}

std::string text_of(const OfficeItem& frame, std::size_t i = 0) {
  const document::OfficeParagraph& paragraph = frame.items.at(i).paragraph;
  return paragraph.label + (paragraph.runs.empty() ? "" : paragraph.runs.front().text);
}

TEST(Pptx, ReadsSlidesInTheirOrderWithTitlesAndPlaces) {
  const auto pages = pages_of({shape(box(10, 20, 300, 40), words("first"), "<p:ph type=\"title\"/>"),
                               shape(box(10, 20, 300, 40), words("second"))});
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_TRUE(pages[0].is_slide);
  EXPECT_EQ(text_of(pages[0].items[0]), "first");
  EXPECT_TRUE(pages[0].items[0].items[0].paragraph.is_title);
  EXPECT_EQ(pages[0].items[0].bbox, (base::Rect{10, 20, 310, 60}));
  EXPECT_EQ(text_of(pages[1].items[0]), "second");
}

TEST(Pptx, PlacesShapesOfGroupsOnTheSlide) {
  const std::string group =
      "<p:grpSp><p:grpSpPr><a:xfrm><a:off x=\"1270000\" y=\"1270000\"/><a:ext cx=\"2540000\" cy=\"2540000\"/>"
      "<a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"1270000\" cy=\"1270000\"/></a:xfrm></p:grpSpPr>" +
      shape(box(10, 10, 20, 20), words("inside")) + "</p:grpSp>";
  const auto pages = pages_of({group});
  ASSERT_EQ(pages[0].items.size(), 1U);
  EXPECT_EQ(pages[0].items[0].bbox, (base::Rect{120, 120, 160, 160}));
}

TEST(Pptx, PrintsBulletsAndAutomaticNumbers) {
  const auto pages = pages_of({shape(
      box(0, 0, 100, 100), words("a", "<a:buChar char=\"•\"/>") + words("b", "<a:buAutoNum type=\"arabicPeriod\"/>") +
                               words("c", "<a:buAutoNum type=\"arabicPeriod\"/>") + words("d", "<a:buNone/>"))});
  const OfficeItem& frame = pages[0].items[0];
  EXPECT_EQ(text_of(frame, 0), "• a");
  EXPECT_EQ(text_of(frame, 1), "1. b");
  EXPECT_EQ(text_of(frame, 2), "2. c");
  EXPECT_EQ(text_of(frame, 3), "d");
}

TEST(Pptx, ReadsTablesWithMergedCells) {
  const auto cell = [](const std::string& text, const std::string& attributes = "") {
    return "<a:tc " + attributes + "><a:txBody>" + words(text) + "</a:txBody></a:tc>";
  };
  const auto pages =
      pages_of({"<p:graphicFrame>" + box(0, 0, 100, 50, "p:xfrm") + "<a:graphic><a:graphicData><a:tbl><a:tr>" +
                cell("wide", "gridSpan=\"2\"") + cell("", "hMerge=\"1\"") + "</a:tr><a:tr>" + cell("1") + cell("2") +
                "</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"});
  const document::OfficeTable& table = pages[0].items[0].table;
  EXPECT_EQ(table.column_count, 2);
  EXPECT_EQ(table.cells[0].column_span, 2);
  EXPECT_EQ(table.cells.size(), 3U);
}

TEST(Pptx, ReadsTheDataOfCharts) {
  OfficeBuilder builder;
  builder.main("ppt/presentation.xml");
  builder.part("ppt/presentation.xml",
               "<p:presentation><p:sldIdLst><p:sldId r:id=\"r\"/></p:sldIdLst></p:presentation>");
  builder.part("ppt/_rels/presentation.xml.rels", OfficeBuilder::relationships({{"r", "slide", "slides/s.xml"}}));
  builder.part("ppt/slides/s.xml", "<p:sld><p:cSld><p:spTree><p:graphicFrame>" + box(0, 0, 100, 50, "p:xfrm") +
                                       "<a:graphic><a:graphicData><c:chart r:id=\"c\"/></a:graphicData></a:graphic>"
                                       "</p:graphicFrame></p:spTree></p:cSld></p:sld>");
  builder.part("ppt/slides/_rels/s.xml.rels", OfficeBuilder::relationships({{"c", "chart", "../charts/c.xml"}}));
  const auto cache = [](const std::string& format, const std::string& value) {
    return "<c:numRef><c:numCache><c:formatCode>" + format + "</c:formatCode><c:pt idx=\"0\"><c:v>" + value +
           "</c:v></c:pt></c:numCache></c:numRef>";
  };
  builder.part("ppt/charts/c.xml",
               "<c:chartSpace><c:chart><c:plotArea><c:lineChart><c:ser><c:tx><c:v>WBC</c:v></c:tx><c:cat>" +
                   cache("yyyy/m/d", "45423") + "</c:cat><c:val>" + cache("General", "4.4000000000000004") +
                   "</c:val></c:ser></c:lineChart></c:plotArea></c:chart></c:chartSpace>");
  const auto bytes = builder.build();
  const auto source = open_office(bytes, {});
  ASSERT_TRUE(source);
  const auto page = (*source)->office_page(0);
  const document::OfficeTable& table = page->items.at(0).table;
  ASSERT_EQ(table.cells.size(), 4U);
  EXPECT_EQ(table.cells[1].items[0].paragraph.runs[0].text, "WBC");
  EXPECT_EQ(table.cells[2].items[0].paragraph.runs[0].text, "2024-05-11");
  EXPECT_EQ(table.cells[3].items[0].paragraph.runs[0].text, "4.4");
}

// A slide with a layout and a master; `showing` are attributes of the slide.
OfficePage page_with_master(const std::string& showing) {
  OfficeBuilder builder;
  builder.main("ppt/presentation.xml");
  builder.part("ppt/presentation.xml",
               "<p:presentation><p:sldIdLst><p:sldId id=\"256\" r:id=\"r\"/></p:sldIdLst></p:presentation>");
  builder.part("ppt/_rels/presentation.xml.rels", OfficeBuilder::relationships({{"r", "slide", "slides/s.xml"}}));
  const auto tree = [](const std::string& shapes) { return "<p:cSld><p:spTree>" + shapes + "</p:spTree></p:cSld>"; };
  builder.part("ppt/slides/s.xml",
               "<p:sld " + showing + ">" + tree(shape(box(10, 90, 300, 40), words("own"))) + "</p:sld>");
  builder.part("ppt/slides/_rels/s.xml.rels",
               OfficeBuilder::relationships({{"l", "slideLayout", "../slideLayouts/l.xml"}}));
  builder.part("ppt/slideLayouts/l.xml",
               "<p:sldLayout>" + tree(shape(box(10, 500, 300, 20), words("of the layout"))) + "</p:sldLayout>");
  builder.part("ppt/slideLayouts/_rels/l.xml.rels",
               OfficeBuilder::relationships({{"m", "slideMaster", "../slideMasters/m.xml"}}));
  builder.part("ppt/slideMasters/m.xml",
               "<p:sldMaster>" +
                   tree(shape(box(10, 10, 300, 20), words("of the master")) +
                        shape(box(10, 90, 300, 40), words("Click to add"), "<p:ph type=\"body\"/>")) +
                   "</p:sldMaster>");
  const auto bytes = builder.build();
  const auto source = open_office(bytes, {});
  return source ? *(*source)->office_page(0) : OfficePage{};
}

TEST(Pptx, ShowsTheWordsOfMasterAndLayoutAsHeadersAndFooters) {
  const OfficePage page = page_with_master("");
  ASSERT_EQ(page.items.size(), 3U);
  EXPECT_EQ(text_of(page.items[0]), "of the master");
  EXPECT_EQ(page.items[0].place, document::OfficePlace::kHeader);
  EXPECT_EQ(text_of(page.items[1]), "of the layout");
  EXPECT_EQ(page.items[1].place, document::OfficePlace::kFooter);
  EXPECT_EQ(text_of(page.items[2]), "own");
}

TEST(Pptx, HidesThemWhereTheSlideDoes) { EXPECT_EQ(page_with_master("showMasterSp=\"0\"").items.size(), 1U); }

TEST(Pptx, KeepsTheOtherSlidesWhereOneIsBroken) {
  const auto pages = pages_of({"<broken", shape(box(0, 0, 10, 10), words("whole"))});
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_EQ(pages[0].errors.size(), 1U);
  EXPECT_EQ(text_of(pages[1].items[0]), "whole");
}

}  // namespace
}  // namespace medmark::input::office
