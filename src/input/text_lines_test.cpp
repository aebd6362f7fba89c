#include "input/text_lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace medmark::input {
namespace {

using document::RulingLine;
using document::TextLine;
using ::testing::ElementsAre;

// Text set at a position; full-width characters advance one em, others half.
void put(std::vector<PlacedCharacter>& page, const std::string& utf8, double x, double baseline, double size = 10,
         int object = 0) {
  for (const char32_t code : base::decode_utf8(utf8)) {
    const double advance = base::is_full_width(code) ? size : size / 2;
    PlacedCharacter c{.code = code, .origin = {x, baseline}, .font_size = size, .text_object = object};
    c.cell = {x, baseline - size, x + advance, baseline + 0.2 * size};
    if (code != U' ') c.ink = {x + 0.05 * size, baseline - 0.7 * size, x + advance - 0.05 * size, baseline};
    page.push_back(c);
    x += advance;
  }
}

std::vector<std::string> texts(const std::vector<TextLine>& lines) {
  std::vector<std::string> result;
  for (const TextLine& line : lines) result.push_back(line.text());
  return result;
}

TEST(TextLines, DoNotDependOnTheOrderOfDrawing) {
  std::vector<PlacedCharacter> page;
  put(page, "白细胞 WBC", 50, 100, 10, 0);
  put(page, "7.6", 200, 100, 10, 1);
  put(page, "10", 260, 100, 10, 2);
  put(page, "9", 270, 96, 6, 3);
  put(page, "/L", 273.2, 100, 10, 4);
  put(page, "出院小结", 50, 130, 16, 5);
  const auto expected = texts(group_into_lines(page, {}));
  EXPECT_THAT(expected, ElementsAre("109/L", "白细胞 WBC", "7.6", "出院小结"));
  std::mt19937 random(7);
  for (int i = 0; i < 20; ++i) {
    std::shuffle(page.begin(), page.end(), random);
    EXPECT_EQ(texts(group_into_lines(page, {})), expected);
  }
}

TEST(TextLines, EndAtWideGapsAndAtVerticalRulings) {
  std::vector<PlacedCharacter> page;
  put(page, "男", 50, 100);
  put(page, "78", 75, 100);    // 1.5 em away
  put(page, "科室", 86, 100);  // 0.1 em away
  const std::vector<RulingLine> cell_border = {{{85.5, 80}, {85.5, 120}, 0.5}};
  EXPECT_THAT(texts(group_into_lines(page, {})), ElementsAre("男", "78科室"));
  EXPECT_THAT(texts(group_into_lines(page, cell_border)), ElementsAre("男", "78", "科室"));
  const std::vector<RulingLine> of_another_row = {{{85.5, 101}, {85.5, 150}, 0.5}};
  EXPECT_THAT(texts(group_into_lines(page, of_another_row)), ElementsAre("男", "78科室"));
}

TEST(TextLines, HaveSpacesWhereTheGapIsOneAndNotInsideChinese) {
  std::vector<PlacedCharacter> page;
  put(page, "qd", 50, 100);
  put(page, "po", 63, 100);  // 0.3 em
  put(page, "表", 50, 120);
  put(page, "一", 62, 120);  // 0.2 em: a stretched line
  put(page, "1", 50, 140);
  put(page, "概", 60, 140);  // half an em
  put(page, "a  b", 50, 160, 4);
  EXPECT_THAT(texts(group_into_lines(page, {})), ElementsAre("qd po", "表一", "1 概", "a b"));
}

TEST(TextLines, JoinHeadingsSetWithWideEvenGapsOnly) {
  std::vector<PlacedCharacter> page;
  for (int i = 0; i < 4; ++i)
    put(page, base::encode_utf8(base::decode_utf8("出院小结").substr(static_cast<std::size_t>(i), 1)), 50 + 48 * i, 100,
        16);
  for (int i = 0; i < 3; ++i) put(page, "阴", 50 + 30 * i, 140, 10);  // cells
  put(page, "男", 50, 180, 16);
  put(page, "科", 98, 180, 16);
  put(page, "床", 126, 180, 16);
  EXPECT_THAT(texts(group_into_lines(page, {})), ElementsAre("出 院 小 结", "阴", "阴", "阴", "男", "科 床"));
}

TEST(TextLines, KeepScriptsAsCharactersOfTheirOwnSizeAndHeight) {
  std::vector<PlacedCharacter> page;
  put(page, "CO", 50, 100);
  put(page, "2", 60, 102, 6);
  put(page, "潴留", 63, 100);
  const auto lines = group_into_lines(page, {});
  ASSERT_THAT(texts(lines), ElementsAre("CO2潴留"));
  EXPECT_DOUBLE_EQ(lines[0].characters[2].font_size, 6);
  EXPECT_GT(lines[0].characters[2].bbox.y1, lines[0].characters[1].bbox.y1);
  EXPECT_DOUBLE_EQ(lines[0].font_size, 10);
}

TEST(TextLines, AScriptMayBeginInsideTheWideCellOfANarrowLetter) {
  std::vector<PlacedCharacter> page;
  put(page, "β", 50, 100);
  page.back().cell.x1 = 60;
  page.back().ink = {51, 93, 56, 100};
  put(page, "2", 56.6, 102, 6);
  put(page, "微球", 60, 100);
  EXPECT_THAT(texts(group_into_lines(page, {})), ElementsAre("β2微球"));
}

TEST(TextLines, SmallTextBelowALineIsNoScriptOfIt) {
  std::vector<PlacedCharacter> page;
  put(page, "血红蛋白测定", 50, 100);
  put(page, "(HGB)", 60, 104, 6);
  EXPECT_THAT(texts(group_into_lines(page, {})), ElementsAre("血红蛋白测定", "(HGB)"));
}

TEST(TextLines, TakeASecondPrintOfTheSameCharactersForBold) {
  std::vector<PlacedCharacter> page;
  put(page, "诊断11", 50, 100);
  put(page, "诊断11", 50.3, 100);
  put(page, "正文", 50, 120);
  const auto lines = group_into_lines(page, {});
  ASSERT_THAT(texts(lines), ElementsAre("诊断11", "正文"));
  EXPECT_TRUE(lines[0].is_bold);
  EXPECT_FALSE(lines[1].is_bold);
}

TEST(TextLines, ReadRotatedTextAlongItsOwnDirection) {
  std::vector<PlacedCharacter> page;
  double y = 300;
  for (const char32_t code : U"ABC") {  // upwards: a quarter turn against the clock
    page.push_back({.code = code,
                    .ink = {93, y - 4.5, 100, y - 0.5},
                    .cell = {90, y - 5, 102, y},
                    .origin = {100, y},
                    .font_size = 10,
                    .angle = -90});
    if (code != 0) y -= 5;
  }
  page.pop_back();  // the literal's terminator
  const auto lines = group_into_lines(page, {});
  ASSERT_THAT(texts(lines), ElementsAre("ABC"));
  EXPECT_TRUE(lines[0].is_vertical);
  EXPECT_GT(lines[0].bbox.height(), lines[0].bbox.width());
  EXPECT_GT(lines[0].quad[0].y, lines[0].quad[1].y);  // its reading direction leads upwards
}

TEST(TextLines, ReadTextThatIsWrittenDownwards) {
  std::vector<PlacedCharacter> page;
  put(page, "处", 50, 100, 10, 4);
  put(page, "方", 50, 110, 10, 4);
  put(page, "笺", 50, 120, 10, 4);
  put(page, "男", 200, 100, 10, 5);  // a column of a table, one object a row
  put(page, "女", 200, 125, 10, 6);
  const auto lines = group_into_lines(page, {});
  ASSERT_THAT(texts(lines), ElementsAre("处方笺", "男", "女"));
  EXPECT_TRUE(lines[0].is_vertical);
  EXPECT_FALSE(lines[1].is_vertical);
}

TEST(TextLines, WatermarkAcrossThePageIsALineOfItsOwn) {
  std::vector<PlacedCharacter> page;
  put(page, "检验报告", 50, 100);
  for (int i = 0; i < 4; ++i) {
    const double at = 60 + 20 * i * 0.7071;
    page.push_back({.code = base::decode_utf8("仅供参考")[static_cast<std::size_t>(i)],
                    .ink = {at, at, at + 20, at + 20},
                    .cell = {at, at, at + 20, at + 20},
                    .origin = {at, at},
                    .font_size = 20,
                    .angle = 45});
  }
  EXPECT_THAT(texts(group_into_lines(page, {})), ::testing::UnorderedElementsAre("检验报告", "仅供参考"));
}

}  // namespace
}  // namespace medmark::input
