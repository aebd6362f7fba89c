#include "structure/page/reading_order.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

#include "structure/lexicon/lexicon.hpp"
#include "structure/page/captions.hpp"
#include "structure/page/furniture.hpp"
#include "structure/page/headings.hpp"
#include "structure/page/page_builder.hpp"
#include "structure/page/paragraphs.hpp"

namespace medmark::structure {
namespace {

// The first characters of the fragments of every flow: "ab|cd".
std::string flows_in(const PageBuilder& builder, const std::vector<Obstacle>& obstacles = {}) {
  const std::vector<Fragment> fragments =
      fragments_of(builder.page(), std::vector<bool>(builder.page().lines.size(), false));
  std::vector<std::size_t> indices(fragments.size());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  std::string out;
  for (const Flow& flow :
       flows_of(fragments, indices, obstacles, frames_of(builder.page().rulings, document::TextSource::kNative),
                builder.page().width, 10)) {
    if (!out.empty()) out += '|';
    for (const std::size_t index : flow.fragments) base::append_utf8(out, fragments[index].text.front());
    out += std::string(flow.obstacles.size(), '#');
  }
  return out;
}

std::string prose(char first) { return first + std::string("某综合征是以某种病变为基础的一组临床综合征"); }

TEST(ReadingOrder, TitleAcrossTheColumnsComesFirst) {
  PageBuilder page;
  page.line(200, 40, 18, "T标题跨过两栏的中缝处");
  for (int i = 0; i < 3; ++i) page.line(50, 80 + 15 * i, 10, prose('l')).line(310, 80 + 15 * i, 10, prose('r'));
  EXPECT_EQ(flows_in(page), "T|lll|rrr");
}

TEST(ReadingOrder, WideTableEndsTheColumnsAboveIt) {
  PageBuilder page;
  for (int i = 0; i < 3; ++i) page.line(50, 80 + 15 * i, 10, prose('l')).line(310, 80 + 15 * i, 10, prose('r'));
  for (int i = 0; i < 3; ++i) page.line(50, 300 + 15 * i, 10, prose('m')).line(310, 300 + 15 * i, 10, prose('s'));
  EXPECT_EQ(flows_in(page, {{{50, 140, 545, 280}, false}}), "lll|rrr|#|mmm|sss");
}

TEST(ReadingOrder, BoxesSideBySideAreReadOneAfterTheOther) {
  PageBuilder page;
  page.line(50, 40, 10, "a上方");
  for (const double x : {40.0, 300.0}) {
    page.rule(x, 60, x + 250).rule(x, 130, x + 250);
    for (const double side : {x, x + 250}) page.page().rulings.push_back({{side, 60}, {side, 130}, 0.8});
  }
  page.line(50, 70, 10, "b入院情况").line(310, 70, 10, "d诊疗经过");
  page.line(50, 90, 10, "c胸痛").line(310, 90, 10, "e造影").line(50, 150, 10, "f下方");
  EXPECT_EQ(flows_in(page), "a|bc|de|f");
}

TEST(ReadingOrder, TextBesideAStackOfPicturesIsAColumn) {
  PageBuilder page;
  page.line(50, 40, 10, "a页面上方的一行文字").line(330, 100, 10, "b右侧所见").line(330, 160, 10, "c右侧诊断");
  EXPECT_EQ(flows_in(page, {{{50, 80, 300, 150}, true}, {{50, 160, 300, 230}, true}}), "a|##|bc");
}

TEST(ReadingOrder, ShortPiecesSideBySideStayOneFlow) {
  PageBuilder page;
  for (int i = 0; i < 4; ++i) page.line(50, 80 + 15 * i, 10, "白细胞").line(310, 80 + 15 * i, 10, "红细胞");
  EXPECT_EQ(flows_in(page).find('|'), std::string::npos);
}

TEST(ReadingOrder, EnglishFieldsSideBySideAboveShortLinesAreNoColumns) {
  PageBuilder page;
  page.line(50, 80, 10, "Attending Physician: Hastings, Helen").line(310, 81, 10, "Outpatient Number: ZY0925291");
  page.line(50, 98, 10, "Admission Date: 2021-04-08 10:12").line(310, 99, 10, "Discharge Date: 2021-04-20 09:30");
  page.line(50, 115, 10, "Chief Complaint").line(50, 130, 10, "Productive cough and fever for 5 days.");
  page.line(50, 146, 10, "History of Present Illness of the child");
  EXPECT_EQ(flows_in(page).find('|'), std::string::npos);
}

TEST(Captions, LabelsAreToldFromSentencesThatMentionThem) {
  EXPECT_EQ(caption_label(U"图1：胃体"), CaptionKind::kFigure);
  EXPECT_EQ(caption_label(U"表 2 两组比较"), CaptionKind::kTable);
  EXPECT_EQ(caption_label(U"Fig. 3 Flow chart"), CaptionKind::kFigure);
  EXPECT_FALSE(caption_label(U"图1示左室扩大").has_value());
  EXPECT_FALSE(caption_label(U"表面光滑").has_value());
}

TEST(Furniture, PageNumbersInTheirForms) {
  for (const char32_t* text : {U"第 1 页 / 共 3 页", U"- 57 -", U"1 / 2", U"Page 3 of 4", U"第2页"}) {
    EXPECT_TRUE(is_page_number(text));
  }
  for (const char32_t* text : {U"120/80", U"2023-03-02", U"第1次复查", U"57"}) EXPECT_FALSE(is_page_number(text));
}

TEST(Headings, SectionWordAloneIsOneAndASentenceIsNot) {
  HeadingSigns signs;
  signs.text = U"检查所见";
  signs.is_followed = true;
  EXPECT_GE(heading_score(signs), 1);
  signs.text = U"未见明显异常。";
  signs.size_ratio = 1.4;
  EXPECT_LT(heading_score(signs), 1);
}

TEST(Headings, SectionWordsCountInTwoLanguagesSideBySide) {
  for (const std::u32string_view text :
       {U"Chief Complaint 主诉", U"主诉 Chief Complaint", U"Hospital Course诊疗经过："})
    EXPECT_TRUE(is_section_word(text));
  for (const std::u32string_view text : {U"CT主诉", U"Chief Complaint 主诉不详", U"Chief Complaint 12"})
    EXPECT_FALSE(is_section_word(text));
}

TEST(Headings, NumberedDiagnosesInAListAreNone) {
  HeadingSigns signs;
  signs.text = U"1、冠心病";
  signs.is_followed = true;
  signs.in_list = true;
  EXPECT_LT(heading_score(signs), 1);
}

ProseLine line_at(double x0, double x1, double y, const std::u32string& text) {
  return {{x0, y, x1, y + 10}, 10, text, true};
}

TEST(Paragraphs, FullLineGoesOnAndAnIndentBeginsAnother) {
  const ProseColumn column{50, 545, 10, 5};
  const std::vector<ProseLine> first = {line_at(70, 544, 100, U"患者反复咳嗽")};
  EXPECT_TRUE(goes_on(first, line_at(50, 200, 115, U"伴发热"), column));
  EXPECT_FALSE(goes_on(first, line_at(70, 200, 115, U"伴发热"), column) &&
               goes_on(std::vector{line_at(70, 544, 100, U"患者咳嗽。")}, line_at(70, 200, 115, U"次日"), column));
}

TEST(Paragraphs, ShortLineEndsItsParagraph) {
  const ProseColumn column{50, 545, 10, 5};
  EXPECT_FALSE(goes_on(std::vector{line_at(50, 300, 100, U"心律齐")}, line_at(50, 300, 115, U"腹软"), column));
}

TEST(Paragraphs, ShortLinesThatHappenToEndAlikeAreNotSetToAnEdge) {
  const std::vector<ProseLine> orders = {line_at(50, 280, 100, U"Prednisone 40mg OD"),
                                         line_at(50, 300, 115, U"Inhaler QID"), line_at(50, 304, 130, U"Inhaler TDS"),
                                         line_at(50, 240, 145, U"Theophylline BD"),
                                         line_at(50, 245, 160, U"Spirometry 4w")};
  const ProseColumn column = column_of(orders, 50, 545, 10);
  EXPECT_FALSE(goes_on(std::span(orders).first(2), orders[2], column));
  EXPECT_FALSE(goes_on(std::span(orders).first(3), orders[3], column));
}

TEST(Paragraphs, BracketsThatCouldNotBePartedLeaveALineFull) {
  const ProseColumn column{50, 545, 10, 5};
  EXPECT_TRUE(goes_on(std::vector{line_at(50, 515, 100, U"闭孔内肌试验")}, line_at(50, 90, 115, U"（-）。"), column));
}

}  // namespace
}  // namespace medmark::structure
