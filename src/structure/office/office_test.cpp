#include "structure/office/office.hpp"

#include <gtest/gtest.h>

#include "structure/office/page_items.hpp"

namespace medmark::structure {
namespace {

using document::Block;
using document::BlockType;
using document::OfficeCell;
using document::OfficeItem;
using document::OfficeItemKind;
using document::OfficePage;
using document::OfficePlace;
using document::OfficeScript;

OfficeItem words(const std::string& text, int heading = 0, double size = 10.5) {
  OfficeItem item;
  item.paragraph.runs.push_back({.text = text, .font_size = size});
  item.paragraph.heading_level = heading;
  return item;
}

OfficeItem table(const std::vector<std::vector<std::string>>& rows) {
  OfficeItem item;
  item.kind = OfficeItemKind::kTable;
  item.table.row_count = static_cast<int>(rows.size());
  item.table.column_count = static_cast<int>(rows.front().size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      item.table.cells.push_back({static_cast<int>(r), static_cast<int>(c), 1, 1, {words(rows[r][c])}});
    }
  }
  return item;
}

OfficeItem picture(int index) {
  OfficeItem item;
  item.kind = OfficeItemKind::kPicture;
  item.picture.index = index;
  item.picture.width = 200;
  item.picture.height = 100;
  return item;
}

OfficePage page_of(std::vector<OfficeItem> items, int index = 0) {
  OfficePage page;
  page.index = index;
  page.text_area = {72, 72, 523, 770};
  page.items = std::move(items);
  return page;
}

std::vector<Block> document_of(const std::vector<OfficePage>& pages) {
  std::vector<PageBlocks> blocks;
  for (const OfficePage& page : pages) blocks.push_back(analyse_office_page(page).page);
  return assemble(std::move(blocks), {});
}

TEST(OfficePage, TellsFieldsHeadingsListsAndText) {
  OfficeItem entry = words("高血压病");
  entry.paragraph.label = "1. ";
  const auto blocks = document_of({page_of({words("某医院检验报告单", 1), words("姓名：张某某  性别：女\t年龄：30岁"),
                                            words("出院诊断", 2), entry, words("患者一般情况好，无不适。")})});
  ASSERT_EQ(blocks.size(), 7U);
  EXPECT_EQ(blocks[0].level, 1);
  EXPECT_EQ(blocks[1].type, BlockType::kKeyValue);
  EXPECT_EQ(blocks[3].text, "年龄：30岁");
  EXPECT_EQ(blocks[4].level, 2);
  EXPECT_EQ(blocks[5].type, BlockType::kListItem);
  EXPECT_EQ(blocks[5].text, "1. 高血压病");
  EXPECT_EQ(blocks[6].type, BlockType::kParagraph);
  EXPECT_EQ(blocks[6].source, document::TextSource::kOffice);
}

TEST(OfficePage, WritesScriptsAsTheFileStatesThem) {
  OfficeItem item = words("白细胞 5.6×10");
  item.paragraph.runs.push_back({.text = "9", .script = OfficeScript::kSuper});
  item.paragraph.runs.push_back({.text = "/L，肌酐清除率 mL/min", .script = OfficeScript::kBase});
  item.paragraph.runs.push_back({.text = "calc", .script = OfficeScript::kSub});
  const auto blocks = document_of({page_of({item})});
  EXPECT_EQ(blocks.at(0).text, "白细胞 5.6×10⁹/L，肌酐清除率 mL/min<sub>calc</sub>");
}

TEST(OfficePage, FindsHeadingsThatAreMerelyBold) {
  OfficeItem heading = words("检查所见");
  heading.paragraph.runs[0].is_bold = true;
  const auto blocks = document_of(
      {page_of({words("胃镜检查报告", 1, 16), heading, words("食管黏膜光滑，血管纹理清晰，未见异常。贲门开闭好。")})});
  EXPECT_EQ(blocks.at(1).type, BlockType::kTitle);
  EXPECT_EQ(blocks.at(1).level, 2);
}

TEST(OfficePage, TiesCaptionsToPicturesAndTables) {
  const auto blocks = document_of({page_of({picture(0), picture(1), words("图1：胃体"), words("图2：胃窦"),
                                            words("表1 测量值"), table({{"项目", "值"}, {"EF", "60%"}})})});
  ASSERT_EQ(blocks.size(), 6U);
  EXPECT_EQ(blocks[0].caption, "图1：胃体");
  EXPECT_EQ(blocks[1].caption, "图2：胃窦");
  EXPECT_EQ(blocks[2].caption_of, blocks[0].id);
  EXPECT_EQ(blocks[5].caption, "表1 测量值");
}

TEST(OfficePage, CoversEveryPlaceOfATable) {
  OfficeItem item = table({{"a", "b"}, {"c", "d"}});
  item.table.cells.pop_back();
  const auto blocks = document_of({page_of({item})});
  ASSERT_EQ(blocks.at(0).table->cells.size(), 4U);
  EXPECT_EQ(blocks[0].table->cells[3].text, "");
}

TEST(OfficePage, KeepsBoxesOnThePage) {
  std::vector<OfficeItem> items;
  for (int i = 0; i < 200; ++i) items.push_back(words("第" + std::to_string(i) + "段：病情平稳，继续治疗。"));
  const OfficePage page = page_of(items);
  double above = 0;
  for (const Block& block : document_of({page})) {
    EXPECT_LE(block.bbox.y1, page.height);
    EXPECT_GE(block.bbox.y0, above);
    above = block.bbox.y0;
  }
}

TEST(OfficeDocument, JoinsTablesThatGoOnOnTheNextPage) {
  OfficeItem first = table({{"项目", "结果"}, {"WBC", "5.6"}});
  first.table.cells[2].row_span = 2;  // reaches over the break
  OfficeItem rest = table({{"", "6.1"}, {"HGB", "130"}});
  rest.table.is_continued = true;
  const auto blocks = document_of({page_of({first}), page_of({rest, words("完")}, 1)});
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[0].table->row_count, 4);
  EXPECT_EQ(blocks[0].table->parts.size(), 2U);
  EXPECT_EQ(blocks[0].table->cells.size(), 7U);
  EXPECT_EQ(blocks[0].table->cells.back().text, "130");
}

TEST(OfficeDocument, KeepsTablesApartWhosePagesDoNotFollowEachOther) {
  OfficeItem rest = table({{"HGB", "130"}});
  rest.table.is_continued = true;
  std::vector<PageBlocks> pages = {analyse_office_page(page_of({table({{"WBC", "5.6"}})})).page,
                                   analyse_office_page(page_of({rest}, 1)).page};
  pages[1].page_in_file = 2;  // the page between was not asked for
  EXPECT_EQ(assemble(std::move(pages), {}).size(), 2U);
}

TEST(OfficeDocument, CutsMergedCellsWhereTheOtherPageIsNotRead) {
  OfficeItem first = table({{"项目", "结果"}, {"WBC", "5.6"}});
  first.table.cells[2].row_span = 5;
  EXPECT_EQ(document_of({page_of({first})}).at(0).table->cells[2].row_span, 1);
}

TEST(OfficeDocument, PrintsFieldsOfHeadersOnceAndKeepsTheRestOutOfTheText) {
  const auto page = [](int index) {
    OfficeItem fields = words("姓名：张某某  住院号：12345");
    fields.place = OfficePlace::kHeader;
    OfficeItem name = words("某市人民医院");
    name.place = OfficePlace::kHeader;
    OfficeItem foot = words("审核者：李某  2024-05-11 09:20");
    foot.place = OfficePlace::kFooter;
    return page_of({name, fields, words("病程记录内容" + std::to_string(index) + "，患者病情平稳。"), foot}, index);
  };
  std::vector<std::string> printed;
  for (const Block& block : document_of({page(0), page(1)})) {
    if (block.type != BlockType::kHeader && block.type != BlockType::kFooter) printed.push_back(block.text);
  }
  EXPECT_EQ(printed, (std::vector<std::string>{"姓名：张某某", "住院号：12345", "病程记录内容0，患者病情平稳。",
                                               "病程记录内容1，患者病情平稳。", "审核者：李某", "2024-05-11 09:20"}));
}

TEST(OfficeDocument, LevelsHeadingsUnderTheTitle) {
  OfficeItem title = words("某大学附属医院", 0, 22);
  title.paragraph.is_title = true;
  OfficeItem second = words("出院记录", 0, 18);
  second.paragraph.is_title = true;
  const auto blocks = document_of({page_of({title, second, words("入院情况", 1), words("体格检查", 2)})});
  EXPECT_EQ(blocks[0].level, 1);
  EXPECT_EQ(blocks[1].level, 2);
  EXPECT_EQ(blocks[2].level, 3);
  EXPECT_EQ(blocks[3].level, 4);
}

TEST(OfficeDocument, TakesTheFirstSlidesTitleForTheDocuments) {
  const auto slide = [](const std::string& title, int index) {
    OfficeItem frame;
    frame.kind = OfficeItemKind::kFrame;
    frame.bbox = {20, 20, 600, 80};
    frame.items = {words(title, 0, 32)};
    frame.items[0].paragraph.is_title = true;
    OfficePage page = page_of({frame}, index);
    page.is_slide = true;
    return page;
  };
  const auto blocks = document_of({slide("胃镜检查报告", 0), slide("检查所见", 1)});
  EXPECT_EQ(blocks.at(0).level, 1);
  EXPECT_EQ(blocks.at(1).level, 2);
  EXPECT_EQ(document_of({slide("检查所见", 1)}).at(0).level, 2);  // of a selection of pages
}

TEST(OfficeItems, TakeLayoutTablesApart) {
  OfficeItem grid = table({{"", ""}, {"胃体", "胃窦"}, {"姓名", "张某某"}});
  grid.table.cells[0].items = {picture(0)};
  grid.table.cells[1].items = {picture(1)};
  const auto blocks = document_of({page_of({grid})});
  ASSERT_EQ(blocks.size(), 5U);
  EXPECT_EQ(blocks[0].caption, "胃体");
  EXPECT_EQ(blocks[2].caption, "胃窦");
  EXPECT_EQ(blocks[4].table->row_count, 1);
}

TEST(OfficeItems, ReadColumnsOfASlideBeforeTheNextBand) {
  const std::vector<base::Rect> boxes = {{0, 0, 700, 50},       // a title over both columns
                                         {400, 100, 700, 140},  // right column
                                         {0, 100, 300, 140},    // left column
                                         {0, 145, 300, 300},
                                         {400, 145, 700, 300}};
  EXPECT_EQ(reading_order_of(boxes), (std::vector<std::size_t>{0, 2, 3, 1, 4}));
}

TEST(PictureText, StandsInThePlaceOfItsPicture) {
  OfficeItem scan = picture(0);
  scan.picture.shows_text = true;
  auto page = analyse_office_page(page_of({words("前文，患者病情平稳。"), scan, words("后文，继续治疗。")}));
  PageBlocks read;
  read.width = 400;
  read.height = 200;
  Block block;
  block.type = BlockType::kParagraph;
  block.text = "扫描件里的一段文字，足够长。";
  block.bbox = {40, 20, 200, 40};
  read.blocks = {block};
  read.font_sizes = {12};
  const base::Rect figure = page.page.blocks[1].bbox;
  ASSERT_TRUE(place_picture_text(page, 0, read));
  ASSERT_EQ(page.page.blocks.size(), 3U);
  EXPECT_EQ(page.page.blocks[1].text, block.text);
  EXPECT_DOUBLE_EQ(page.page.blocks[1].bbox.x0, figure.x0 + 20);
  EXPECT_TRUE(page.figures.empty());
}

TEST(PictureText, OfAFigureWithLabelsIsLeftInIt) {
  auto page = analyse_office_page(page_of({picture(0)}));
  PageBlocks read;
  read.width = 400;
  read.height = 200;
  Block block;
  for (int i = 0; i < 59; ++i) block.text += "字";
  read.blocks = {block};
  EXPECT_FALSE(place_picture_text(page, 0, read));
  read.blocks[0].text += "字";
  EXPECT_TRUE(place_picture_text(page, 0, read));
}

TEST(PictureText, OfALogoIsLeftOut) {
  auto page = analyse_office_page(page_of({picture(0), words("正文，患者病情平稳。")}));
  PageBlocks read;
  read.width = 400;
  read.height = 200;
  Block block;
  block.text = "LOGO";
  read.blocks = {block};
  EXPECT_FALSE(place_picture_text(page, 0, read));
  EXPECT_EQ(page.page.blocks.front().type, BlockType::kFigure);
}

}  // namespace
}  // namespace medmark::structure
