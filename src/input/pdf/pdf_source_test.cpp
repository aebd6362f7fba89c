#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "input/source.hpp"
#include "input/testing/pdf_builder.hpp"

namespace medmark::input {
namespace {

using base::ErrorCode;
using ::testing::ElementsAre;
using testing::PdfBuilder;
using testing::show_text;

struct Opened {
  std::vector<std::uint8_t> bytes;
  std::unique_ptr<Source> source;
};

// PDFium keeps its font for the process, so every test starts it with the same one.
std::span<const std::uint8_t> fallback_font() {
  static const std::vector<char> font = [] {
    std::ifstream in("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", std::ios::binary);
    return std::vector<char>{std::istreambuf_iterator<char>(in), {}};
  }();
  return {reinterpret_cast<const std::uint8_t*>(font.data()), font.size()};
}

Opened open(std::vector<std::uint8_t> bytes, SourceOptions options = {}) {
  Opened opened{std::move(bytes), nullptr};
  options.fallback_font = fallback_font();
  auto source = open_source(opened.bytes, options);
  EXPECT_TRUE(source) << source.error().message;
  if (source) opened.source = std::move(*source);
  return opened;
}

NativePage first_page(PdfBuilder& pdf) {
  const Opened opened = open(pdf.build());
  const auto page = opened.source->page(0);
  EXPECT_TRUE(page) << page.error().message;
  return page.value_or(NativePage{});
}

std::vector<std::string> texts(const NativePage& page) {
  std::vector<std::string> result;
  for (const auto& line : page.lines) result.push_back(line.text());
  return result;
}

struct Rendered {
  RenderedSize size;
  std::vector<std::uint8_t> bgr;

  [[nodiscard]] int tone(double x, double y) const {
    const auto column = static_cast<std::size_t>(x * size.dpi / 72);
    const auto row = static_cast<std::size_t>(y * size.dpi / 72);
    return bgr[(row * static_cast<std::size_t>(size.width) + column) * 3];
  }
};

Rendered render(Source& source, double dpi) {
  Rendered rendered;
  const auto size = source.render(0, dpi, [&](std::size_t bytes) {
    rendered.bgr.resize(bytes);
    return std::span(rendered.bgr);
  });
  EXPECT_TRUE(size) << size.error().message;
  rendered.size = size.value_or(RenderedSize{});
  return rendered;
}

// A square of 20 points drawn at (100, 700) of the page's own space, and text beside it.
std::string marked_content() { return "100 700 20 20 re f\n" + show_text(130, 700, 12, "abc"); }

class PdfRotation : public ::testing::TestWithParam<std::tuple<int, double, double>> {};

TEST_P(PdfRotation, CoordinatesAreThoseOfThePageAsDisplayed) {
  const auto [angle, x, y] = GetParam();
  PdfBuilder pdf;
  pdf.add_page(marked_content(), "/MediaBox [0 0 595 842] /CropBox [50 100 550 800] /Rotate " + std::to_string(angle));
  const Opened opened = open(pdf.build());
  const auto page = opened.source->page(0);
  ASSERT_TRUE(page);
  const bool is_turned = angle % 180 != 0;
  EXPECT_DOUBLE_EQ(page->width, is_turned ? 700 : 500);
  EXPECT_DOUBLE_EQ(page->height, is_turned ? 500 : 700);
  // What the text's first character says and where the square is painted agree with the rendering.
  EXPECT_LT(render(*opened.source, 72).tone(x, y), 50);
  ASSERT_EQ(page->lines.size(), 1U);
  const base::Rect box = page->lines[0].characters[0].bbox;
  EXPECT_LT(std::hypot(box.center_x() - x, box.center_y() - y), 35);
  EXPECT_EQ(page->lines[0].is_vertical, is_turned);
}

// The square's centre (110, 710) in the crop box, turned by hand.
INSTANTIATE_TEST_SUITE_P(Quarters, PdfRotation,
                         ::testing::Values(std::tuple(0, 60.0, 90.0), std::tuple(90, 610.0, 60.0),
                                           std::tuple(180, 440.0, 610.0), std::tuple(270, 90.0, 440.0)));

TEST(PdfSource, RulingsComeFromStrokesThinBarsAndForms) {
  PdfBuilder pdf;
  const int form = pdf.add_stream("/Type /XObject /Subtype /Form /BBox [0 0 1000 1000] /Matrix [2 0 0 2 0 0]",
                                  "0.5 w 50 100 m 100 100 l S");
  pdf.add_page(
      "1 w 100 700 m 300 700 l S\n"                // a stroke
      "100 600 200 0.8 re f\n"                     // a thin bar
      "100 500 120 60 re S\n"                      // a box: four edges
      "1 1 1 RG 100 450 m 300 450 l S\n"           // white, not seen
      "0 0 0 RG q 0.5 0 0 0.5 0 0 cm /Fm1 Do Q\n"  // a form's stroke, at twice half its size
      "100 400 m 102 400 l S",                     // too short
      "/MediaBox [0 0 595 842]", "/Fm1 " + std::to_string(form) + " 0 R");
  const NativePage page = first_page(pdf);
  std::vector<std::string> lines;
  for (const auto& r : page.rulings) {
    lines.push_back(std::to_string(std::lround(r.a.x)) + "," + std::to_string(std::lround(r.a.y)) + " " +
                    std::to_string(std::lround(r.b.x)) + "," + std::to_string(std::lround(r.b.y)));
  }
  EXPECT_THAT(
      lines, ::testing::UnorderedElementsAre("100,142 300,142", "100,242 300,242", "100,282 220,282", "100,342 220,342",
                                             "100,282 100,342", "220,282 220,342", "50,742 100,742"));
}

TEST(PdfSource, PictureBoxesLieWhereThePicturesAre) {
  PdfBuilder pdf;
  const int picture = pdf.add_picture(4, 4, 100);
  pdf.add_page("q 200 0 0 100 72 600 cm /Im1 Do Q\n" + show_text(72, 500, 12, "caption"), "/MediaBox [0 0 595 842]",
               "/Im1 " + std::to_string(picture) + " 0 R");
  const NativePage page = first_page(pdf);
  ASSERT_EQ(page.pictures.size(), 1U);
  EXPECT_NEAR(page.pictures[0].x0, 72, 0.01);
  EXPECT_NEAR(page.pictures[0].y0, 142, 0.01);
  EXPECT_NEAR(page.pictures[0].x1, 272, 0.01);
  EXPECT_NEAR(page.pictures[0].y1, 242, 0.01);
  EXPECT_EQ(page.kind, PageKind::kNative);
}

TEST(PdfSource, HiddenTextUnderAScanIsNotTakenAndTheScanIs) {
  PdfBuilder pdf;
  const int picture = pdf.add_picture(596, 842, 100);
  pdf.add_page("q 595 0 0 842 0 0 cm /Im1 Do Q BT 3 Tr /F1 12 Tf 72 700 Td (hidden layer) Tj ET",
               "/MediaBox [0 0 595 842]", "/Im1 " + std::to_string(picture) + " 0 R");
  const NativePage page = first_page(pdf);
  EXPECT_EQ(page.kind, PageKind::kScanned);
  EXPECT_TRUE(page.lines.empty());
  EXPECT_NEAR(page.source_dpi, 72, 0.5);
}

TEST(PdfSource, ChineseWithoutAnEmbeddedFontIsReadAndDrawn) {
  if (fallback_font().empty()) GTEST_SKIP() << "the fallback font is not installed";
  PdfBuilder pdf;
  pdf.add_page("BT /F2 40 Tf 72 700 Td <8840 5E38 89C4> Tj ET");
  const Opened opened = open(pdf.build());
  EXPECT_THAT(texts(*opened.source->page(0)), ElementsAre("血常规"));
  const Rendered rendered = render(*opened.source, 72);
  EXPECT_GT(std::count_if(rendered.bgr.begin(), rendered.bgr.end(), [](std::uint8_t v) { return v < 128; }), 1000);
}

TEST(PdfSource, AnnotationsAndFormFieldsAreText) {
  PdfBuilder pdf;
  const int looks = pdf.add_stream(
      "/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 "
      "/BaseFont /Helvetica >> >> >>",
      "BT /F1 12 Tf 2 5 Td (stamped note) Tj ET");
  const int note =
      pdf.add("<< /Type /Annot /Subtype /FreeText /Rect [72 500 272 520] /Contents (stamped note) /AP << /N " +
              std::to_string(looks) + " 0 R >> >>");
  const int field = pdf.add(
      "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (field value) /Rect [72 600 272 620] /F 4 /DA (/Helv 12 "
      "Tf 0 g) "
      ">>");
  pdf.set_catalog_entries("/AcroForm << /NeedAppearances true /Fields [ " + std::to_string(field) +
                          " 0 R ] /DA (/Helv 12 Tf 0 g) /DR << /Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont "
                          "/Helvetica >> >> >> >>");
  pdf.add_page(show_text(72, 700, 12, "page text"), "/MediaBox [0 0 595 842] /Annots [ " + std::to_string(note) +
                                                        " 0 R " + std::to_string(field) + " 0 R ]");
  EXPECT_THAT(texts(first_page(pdf)), ElementsAre("page text", "field value", "stamped note"));
}

TEST(PdfSource, TextOutsideTheCropBoxIsNotOnThePage) {
  PdfBuilder pdf;
  pdf.add_page(show_text(72, 700, 12, "inside") + show_text(72, 20, 12, "outside"),
               "/MediaBox [0 0 595 842] /CropBox [0 100 595 842]");
  EXPECT_THAT(texts(first_page(pdf)), ElementsAre("inside"));
}

TEST(PdfSource, LyingCharactersAreLeftToRecognition) {
  PdfBuilder pdf;
  const int map = pdf.add_stream("",
                                 "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 "
                                 "begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <41> <5A> <E041> "
                                 "endbfrange endcmap end end");
  const int font =
      pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode " + std::to_string(map) + " 0 R >>");
  const int form = pdf.add_stream("/Type /XObject /Subtype /Form /BBox [0 0 600 850] /Resources << /Font << /F9 " +
                                      std::to_string(font) + " 0 R >> >>",
                                  "BT /F9 12 Tf 72 600 Td (ABCD) Tj ET");
  pdf.add_page(show_text(72, 700, 12, "a line of text that can be believed") + "/Fm1 Do", "/MediaBox [0 0 595 842]",
               "/Fm1 " + std::to_string(form) + " 0 R");
  const NativePage page = first_page(pdf);
  EXPECT_EQ(page.kind, PageKind::kMixed);
  EXPECT_THAT(texts(page), ElementsAre("a line of text that can be believed"));
  ASSERT_EQ(page.recognise.size(), 1U);
  EXPECT_TRUE(page.recognise[0].contains({80, 842 - 604}));
}

TEST(PdfSource, OutlineGivesTitlesLevelsAndPages) {
  PdfBuilder pdf;
  const int page = pdf.add_page(show_text(72, 700, 12, "x"));
  const std::string destination = " /Dest [ " + std::to_string(page) + " 0 R /Fit ]";
  const int root = page + 1;
  pdf.add("<< /Type /Outlines /First " + std::to_string(root + 1) + " 0 R /Last " + std::to_string(root + 1) +
          " 0 R /Count 2 >>");
  pdf.add("<< /Title <FEFF75C553F2> /Parent " + std::to_string(root) + " 0 R /First " + std::to_string(root + 2) +
          " 0 R /Last " + std::to_string(root + 2) + " 0 R" + destination + " >>");
  pdf.add("<< /Title (1.1 inner) /Parent " + std::to_string(root + 1) + " 0 R" + destination + " /Next " +
          std::to_string(root + 2) + " 0 R >>");  // names itself as the next one
  pdf.set_catalog_entries("/Outlines " + std::to_string(root) + " 0 R");
  const Opened opened = open(pdf.build());
  const auto outline = opened.source->outline();
  ASSERT_EQ(outline.size(), 2U);
  EXPECT_EQ(outline[0].title, "病史");
  EXPECT_EQ(outline[0].level, 1);
  EXPECT_EQ(outline[1].title, "1.1 inner");
  EXPECT_EQ(outline[1].level, 2);
  EXPECT_EQ(outline[1].page, 0);
}

TEST(PdfSource, PasswordIsAskedForCheckedAndUsed) {
  std::ifstream in(std::string(MEDMARK_SOURCE_DIR) + "/src/input/testdata/encrypted.pdf", std::ios::binary);
  const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(in), {}};
  ASSERT_FALSE(bytes.empty());
  SourceOptions options;
  options.fallback_font = fallback_font();
  EXPECT_EQ(open_source(bytes, options).error().code, ErrorCode::kPasswordRequired);
  options.password = "not it";
  EXPECT_EQ(open_source(bytes, options).error().code, ErrorCode::kWrongPassword);
  options.password = "open sesame";
  const Opened opened = open(bytes, options);
  EXPECT_THAT(texts(*opened.source->page(0)), ElementsAre("behind the password"));
}

TEST(PdfSource, DamagedPageFailsAloneAndTruncatedFileIsRepaired) {
  PdfBuilder pdf;
  pdf.add_page(show_text(72, 700, 12, "first"));
  pdf.add_page(show_text(72, 700, 12, "second"), "/MediaBox [0 0 0 0]");
  pdf.add_page(show_text(72, 700, 12, "third"));
  std::vector<std::uint8_t> bytes = pdf.build();
  {
    const Opened opened = open(bytes);
    EXPECT_THAT(texts(*opened.source->page(0)), ElementsAre("first"));
    EXPECT_THAT(texts(*opened.source->page(2)), ElementsAre("third"));
    EXPECT_EQ(opened.source->page(3).error().code, ErrorCode::kNotFound);
  }
  bytes.erase(bytes.end() - 200, bytes.end());  // table, trailer and end are gone
  const Opened opened = open(bytes);
  ASSERT_TRUE(opened.source);
  EXPECT_EQ(opened.source->page_count(), 3);
  EXPECT_THAT(texts(*opened.source->page(0)), ElementsAre("first"));
}

// The document is opened anew now and then (its pages would pile up in memory); no page may notice.
TEST(PdfSource, ManyPagesReadOnWithWholeAndRepairedFiles) {
  PdfBuilder pdf;
  pdf.add_page(show_text(72, 700, 12, "first"));
  pdf.add_page(show_text(72, 700, 12, "second"));
  std::vector<std::uint8_t> whole = pdf.build();
  std::vector<std::uint8_t> cut_off = whole;
  cut_off.erase(cut_off.end() - 200, cut_off.end());
  for (const auto& bytes : {whole, cut_off}) {
    const Opened opened = open(bytes);
    ASSERT_TRUE(opened.source);
    for (int read = 0; read < 250; ++read) {
      const auto page = opened.source->page(read % 2);
      ASSERT_TRUE(page) << page.error().message << " at page " << read;
      ASSERT_THAT(texts(*page), ElementsAre(read % 2 == 0 ? "first" : "second")) << read;
      if (read % 50 == 0) {
        EXPECT_GT(render(*opened.source, 36).size.width, 0);
      }
    }
  }
}

}  // namespace
}  // namespace medmark::input
