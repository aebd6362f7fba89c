#include "structure/text/line_text.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

document::TextLine line_of(const std::string& text, document::TextSource source = document::TextSource::kNative) {
  document::TextLine line;
  line.source = source;
  double x = 0;
  for (const char32_t code : base::decode_utf8(text)) {
    line.characters.push_back({.code = code, .bbox = {x, 0, x + 10, 10}, .confidence = 0.9});
    x += 10;
  }
  line.bbox = {0, 0, x, 10};
  return line;
}

std::string joined(const std::string& first, const std::string& second) {
  RunText out;
  append_line(out, line_of(first), 0);
  append_line(out, line_of(second), 0);
  return out.text;
}

std::string recognised(const std::string& text) { return line_text(line_of(text, document::TextSource::kOcr)); }

TEST(LineText, JoinsChineseLinesWithoutASpaceAndLatinWordsWithOne) {
  EXPECT_EQ(joined("双下肢凹", "陷性水肿"), "双下肢凹陷性水肿");
  EXPECT_EQ(joined("left ventricular", "function"), "left ventricular function");
  EXPECT_EQ(joined("予螺内酯20mg", "qd口服"), "予螺内酯20mg qd口服");
}

TEST(LineText, UndoesABrokenWordAndKeepsACompound) {
  EXPECT_EQ(joined("pulmonary hyper-", "tension is"), "pulmonary hypertension is");
  EXPECT_EQ(joined("with non-", "ST elevation"), "with non-ST elevation");
  EXPECT_EQ(joined("2021-", "05-06"), "2021-05-06");
}

TEST(LineText, RunsCoverTheirTextAndKeepTheEdges) {
  RunText out;
  append_line(out, line_of("甲A"), 3);
  append_line(out, line_of("Bc"), 3);
  ASSERT_EQ(out.runs.size(), 2U);
  EXPECT_EQ(out.text.substr(out.runs[1].begin, out.runs[1].end - out.runs[1].begin), "Bc");
  EXPECT_EQ(out.runs[0].page, 3);
  EXPECT_EQ(out.runs[0].character_edges, (std::vector<double>{0, 10, 20}));
  EXPECT_DOUBLE_EQ(out.runs[0].confidence, 0.9);
}

TEST(LineText, AHyphenThatIsUndoneLeavesTheRunItStoodIn) {
  RunText out;
  append_line(out, line_of("hyper-"), 0);
  append_line(out, line_of("tension"), 0);
  EXPECT_EQ(out.text, "hypertension");
  EXPECT_EQ(out.runs[0].end, 5U);
  EXPECT_EQ(out.runs[0].character_edges.size(), 6U);
}

TEST(LineText, PunctuationOfRecognisedTextFollowsItsNeighbours) {
  EXPECT_EQ(recognised("无发热,咯血;"), "无发热，咯血；");
  EXPECT_EQ(recognised("时间：10：11"), "时间：10:11");
  EXPECT_EQ(recognised("心功能III级(NYHA分级）"), "心功能III级（NYHA分级）");
  EXPECT_EQ(recognised("参考值1,000"), "参考值1,000");
  EXPECT_EQ(recognised("CK-MB(U/L)"), "CK-MB(U/L)");
}

TEST(LineText, SpacesOfRecognisedTextStandBetweenWordsOnly) {
  EXPECT_EQ(recognised("患者 3年前 start aspirin  100mg qd"), "患者3年前start aspirin 100mg qd");
  EXPECT_EQ(recognised("护 理 记 录"), "护 理 记 录");
}

TEST(LineText, AFlagThatStandsApartIsNoPartOfTheValue) {
  const auto with_gap = [](const std::string& text, double gap) {
    document::TextLine line = line_of(text, document::TextSource::kOcr);
    line.characters.back().bbox.x0 += gap;
    line.characters.back().bbox.x1 += gap;
    return line_text(line);
  };
  EXPECT_EQ(with_gap("1+H", 5), "1+ H");
  EXPECT_EQ(with_gap("深黄色L", 5), "深黄色 L");
  EXPECT_EQ(with_gap("1+H", 1), "1+H");
  EXPECT_EQ(with_gap("mmol/L", 5), "mmol/L");
  EXPECT_EQ(with_gap("pH", 5), "pH");
}

TEST(LineText, NativeTextStaysAsPrinted) { EXPECT_EQ(line_text(line_of("高血压3级 极高危,")), "高血压3级 极高危,"); }

TEST(LineText, EdgesGoWhereThePageIsTurned) {
  RunText out;
  append_line(out, line_of("甲乙"), 0);
  const document::PageMapping quarter{
      .columns = 2, .rows = 2, .domain = {0, 0, 100, 100}, .nodes = {{100, 0}, {100, 100}, {0, 0}, {0, 100}}};
  map_runs(out.runs, quarter);
  EXPECT_TRUE(out.runs[0].character_edges.empty());
  EXPECT_EQ(out.runs[0].bbox, (base::Rect{90, 0, 100, 20}));
}

}  // namespace
}  // namespace medmark::structure
