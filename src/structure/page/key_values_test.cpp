#include "structure/page/key_values.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

#include "structure/page/page_builder.hpp"

namespace medmark::structure {
namespace {

using Pieces = std::vector<std::string>;

// Blocks' texts of a row whose pieces stand 4 ems apart; {"-"} where it is no row of fields.
Pieces fields_in(const Pieces& pieces, FieldContext context = FieldContext::kAlone,
                 document::TextSource source = document::TextSource::kNative) {
  PageBuilder builder(595, 842, source);
  double x = 40;
  for (const std::string& piece : pieces) {
    builder.line(x, 100, 10, piece);
    x = builder.page().lines.back().bbox.x1 + 40;
  }
  const std::vector<Fragment> fragments = fragments_of(builder.page(), std::vector<bool>(pieces.size(), false));
  std::vector<std::size_t> indices(fragments.size());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  const std::vector<Row> rows = rows_of(fragments, indices);
  const std::optional<FieldRow> row = field_row_of(fragments, rows.at(0), context);
  if (!row.has_value()) return {"-"};
  Pieces out;
  for (const KeyValue& pair : row->pairs) out.push_back(block_of(pair).text);
  for (const RunText& rest : row->rest) out.push_back("rest " + rest.text);
  return out;
}

TEST(KeyValues, PairsStandApartByGapsSpacesAndNames) {
  EXPECT_EQ(fields_in({"姓名：甲某", "性别：男"}), (Pieces{"姓名：甲某", "性别：男"}));
  EXPECT_EQ(fields_in({"姓名：甲某 性别：男 年龄：64岁"}), (Pieces{"姓名：甲某", "性别：男", "年龄：64岁"}));
  EXPECT_EQ(fields_in({"姓名：甲某性别：男年龄：64岁"}), (Pieces{"姓名：甲某", "性别：男", "年龄：64岁"}));
}

TEST(KeyValues, TimesAndRatiosAreNotSplit) {
  EXPECT_EQ(fields_in({"采样时间：2023-03-02 10:11", "标本：血清"}),
            (Pieces{"采样时间：2023-03-02 10:11", "标本：血清"}));
  EXPECT_EQ(fields_in({"稀释度 1:200"}), (Pieces{"-"}));
}

TEST(KeyValues, ValueMayBeEmptyAndADateBehindASignatureIsItsOwn) {
  EXPECT_EQ(fields_in({"检验：__ 审核：__ 2023-03-02 10:11"}),
            (Pieces{"检验：__", "审核：__", "rest 2023-03-02 10:11"}));
  EXPECT_EQ(fields_in({"医师签名：", "日期："}), (Pieces{"医师签名：", "日期："}));
}

TEST(KeyValues, SpacedKeysAreCompactAndColonsFullWidth) {
  EXPECT_EQ(fields_in({"姓 名: 甲某", "性 别: 女"}), (Pieces{"姓名：甲某", "性别：女"}));
}

TEST(KeyValues, ANameSpreadOverItsCellIsOneName) {
  EXPECT_EQ(fields_in({"姓", "名：甲某", "性别：男"}), (Pieces{"姓名：甲某", "性别：男"}));
}

TEST(KeyValues, KeysInTwoLanguagesThatNoListNamesStandApart) {
  EXPECT_EQ(fields_in({"日期 Date：2024-11-01", "签发单位 Issued by：某某中心"}),
            (Pieces{"日期Date：2024-11-01", "签发单位Issued by：某某中心"}));
}

TEST(KeyValues, ANumberOfAGridWithoutColonsHasItsOwnName) {
  EXPECT_EQ(fields_in({"姓名 甲某", "性别 男", "骨髓号 G24-0711"}),
            (Pieces{"姓名：甲某", "性别：男", "骨髓号：G24-0711"}));
}

TEST(KeyValues, TheNumberOfThePageIsNoPartOfAValue) {
  EXPECT_EQ(fields_in({"姓名：甲某", "住院号：0041711", "第 1 页"}),
            (Pieces{"姓名：甲某", "住院号：0041711", "rest 第 1 页"}));
}

TEST(KeyValues, ANameBeginsRightBehindATime) {
  EXPECT_EQ(fields_in({"就诊时间：2024-03-11 15:17初/复诊：复诊", "费别：医保"}),
            (Pieces{"就诊时间：2024-03-11 15:17", "初/复诊：复诊", "费别：医保"}));
}

TEST(KeyValues, LatinPairsKeepTheColonOfTheirScript) {
  EXPECT_EQ(fields_in({"Patient Name: Jane Doe", "Age: 45 years"}),
            (Pieces{"Patient Name: Jane Doe", "Age: 45 years"}));
  EXPECT_EQ(fields_in({"姓名: Jane Doe", "ID: 甲12"}), (Pieces{"姓名：Jane Doe", "ID：甲12"}));
}

TEST(KeyValues, NamesWithoutColonsCountBesideOtherFields) {
  EXPECT_EQ(fields_in({"姓名 甲某", "性别：男"}), (Pieces{"姓名：甲某", "性别：男"}));
  EXPECT_EQ(fields_in({"姓名", "甲某", "性别", "男"}), (Pieces{"姓名：甲某", "性别：男"}));
  EXPECT_EQ(fields_in({"科室心内科", "床号3", "病案号B101"}), (Pieces{"科室：心内科", "床号：3", "病案号：B101"}));
}

TEST(KeyValues, NamesWithAStrokeBetweenThemAreOneKey) {
  EXPECT_EQ(fields_in({"姓名：甲某 性别/年龄：男/45岁 科室/床号：消化内科/12"}),
            (Pieces{"姓名：甲某", "性别/年龄：男/45岁", "科室/床号：消化内科/12"}));
}

TEST(KeyValues, NamesInTwoLanguagesAreOneKey) {
  EXPECT_EQ(fields_in({"Name姓名: Chen XX陈某某Sex性别: F女Age年龄: 34 yrs"}),
            (Pieces{"Name姓名：Chen XX陈某某", "Sex性别：F女", "Age年龄：34 yrs"}));
  EXPECT_EQ(fields_in({"姓名 Name：王某", "性别 Sex：男"}), (Pieces{"姓名Name：王某", "性别Sex：男"}));
}

TEST(KeyValues, DateRightBehindASignatureIsItsOwn) {
  EXPECT_EQ(fields_in({"主检医师：沈某某2024-05-22"}), (Pieces{"主检医师：沈某某", "rest 2024-05-22"}));
}

TEST(KeyValues, RowsThatLostTheirGapsArePartedAtTheNamesOfFields) {
  EXPECT_EQ(fields_in({"姓名周某性别女年龄47岁住院号00871234"}),
            (Pieces{"姓名：周某", "性别：女", "年龄：47岁", "住院号：00871234"}));
  EXPECT_EQ(fields_in({"姓名周某性别女"}), (Pieces{"-"}));
  EXPECT_EQ(fields_in({"姓名周某性别女"}, FieldContext::kBesideFields), (Pieces{"姓名：周某", "性别：女"}));
  EXPECT_EQ(fields_in({"姓名性别年龄住院号"}), (Pieces{"-"}));
  EXPECT_EQ(fields_in({"姓名、性别、年龄、住院号须填写完整。"}), (Pieces{"-"}));
}

TEST(KeyValues, ProseWithColonsIsLeftAlone) {
  EXPECT_EQ(fields_in({"食管：黏膜光滑，血管纹理清晰。贲门：齿状线清晰。"}), (Pieces{"-"}));
  EXPECT_EQ(fields_in({"主诉：反复胸闷三天。"}), (Pieces{"-"}));
  EXPECT_EQ(fields_in({"诊断依据：心电图提示异常，肌钙蛋白升高，结合病史考虑；"}), (Pieces{"-"}));
}

TEST(KeyValues, SinglePairNeedsAKnownFieldOrFieldsBeside) {
  EXPECT_EQ(fields_in({"手术者签名：____"}), (Pieces{"手术者签名：____"}));
  EXPECT_EQ(fields_in({"孕产情况：2-0-1-2"}), (Pieces{"-"}));
  EXPECT_EQ(fields_in({"孕产情况：2-0-1-2"}, FieldContext::kBesideFields), (Pieces{"孕产情况：2-0-1-2"}));
}

TEST(KeyValues, BlockKnowsWhereItsKeyEndsAndItsValueStarts) {
  PageBuilder builder;
  builder.line(40, 100, 10, "年龄：64岁").line(200, 100, 10, "性别：男");
  const std::vector<Fragment> fragments = fragments_of(builder.page(), {false, false});
  const std::vector<std::size_t> indices = {0, 1};
  const auto row = field_row_of(fragments, rows_of(fragments, indices).at(0), FieldContext::kAlone);
  ASSERT_TRUE(row.has_value());
  const document::Block block = block_of(row->pairs.at(0));
  EXPECT_EQ(block.text.substr(0, block.key_size), "年龄");
  EXPECT_EQ(block.text.substr(block.value_offset), "64岁");
  ASSERT_EQ(block.runs.size(), 2U);
  EXPECT_EQ(block.text.substr(block.runs[1].begin, block.runs[1].end - block.runs[1].begin), "64岁");
  EXPECT_DOUBLE_EQ(block.runs[1].bbox.x0, 70);
}

document::Table one_row(const std::vector<std::string>& cells) {
  document::Table table{.row_count = 1, .column_count = static_cast<int>(cells.size()), .cells = {}, .parts = {}};
  for (const std::string& text : cells) {
    document::TableCell cell;
    cell.column = static_cast<int>(table.cells.size());
    cell.text = text;
    table.cells.push_back(cell);
  }
  return table;
}

TEST(KeyValues, GridWithNamesAndValuesInOneCellIsNoTable) {
  EXPECT_TRUE(is_field_grid(one_row({"姓名甲某", "性别：男", "年龄32岁"})));
  EXPECT_FALSE(is_field_grid(one_row({"姓名", "甲某", "性别", "男"})));
  EXPECT_FALSE(is_field_grid(one_row({"白细胞", "5.2", "3.5-9.5"})));
}

TEST(KeyValues, WrappedValueGoesToThePairAboveIt) {
  PageBuilder builder;
  builder.line(40, 100, 10, "住院号码：ZY01").line(200, 100, 10, "出院日期：2023-12-20").line(90, 114, 10, "9274");
  const std::vector<Fragment> fragments = fragments_of(builder.page(), {false, false, false});
  const std::vector<std::size_t> indices = {0, 1, 2};
  const std::vector<Row> rows = rows_of(fragments, indices);
  ASSERT_EQ(rows.size(), 2U);
  auto row = field_row_of(fragments, rows[0], FieldContext::kAlone);
  ASSERT_TRUE(row.has_value());
  EXPECT_TRUE(append_wrapped_values(*row, rows[0], rows[1], fragments));
  EXPECT_EQ(block_of(row->pairs[1]).text, "出院日期：2023-12-20");
  EXPECT_EQ(base::without_spaces(block_of(row->pairs[0]).text), "住院号码：ZY019274");
}

// Of two pairs, and a piece below that stands `gap` ems lower under the second one's value.
std::string with_piece_below(std::string_view piece, double gap) {
  PageBuilder builder;
  builder.line(40, 100, 10, "床号：37床").line(200, 100, 10, "住院号：98234").line(243, 110 + 10 * gap, 10, piece);
  const std::vector<Fragment> fragments = fragments_of(builder.page(), {false, false, false});
  const std::vector<std::size_t> indices = {0, 1, 2};
  const std::vector<Row> rows = rows_of(fragments, indices);
  auto row = field_row_of(fragments, rows.at(0), FieldContext::kAlone);
  const bool is_joined = append_wrapped_values(*row, rows.at(0), rows.at(1), fragments);
  return is_joined ? block_of(row->pairs.at(1)).text : "";
}

TEST(KeyValues, RestOfANumberIsTakenFromFurtherBelowThanWordsAre) {
  EXPECT_EQ(with_piece_below("5", 1.3), "住院号：982345");
  EXPECT_EQ(with_piece_below("5", 2), "");
  EXPECT_EQ(with_piece_below("转科", 1.3), "");
}

}  // namespace
}  // namespace medmark::structure
