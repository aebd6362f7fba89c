#include "structure/page.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "structure/page/page_builder.hpp"

namespace medmark::structure {
namespace {

using document::Block;
using document::BlockType;

// "type:text" of the assembled blocks, furniture left out; titles as "# text" by level.
std::vector<std::string> outline_of(const std::vector<const PageBuilder*>& pages) {
  std::vector<PageBlocks> analysed;
  for (const PageBuilder* builder : pages) {
    document::PageEvidence page = builder->page();
    page.index = static_cast<int>(analysed.size());
    analysed.push_back(analyse_page(page, {}));
  }
  std::vector<std::string> out;
  for (const Block& block : assemble(std::move(analysed), {})) {
    if (block.type == BlockType::kTitle) {
      out.push_back(std::string(static_cast<std::size_t>(block.level.value_or(9)), '#') + " " + block.text);
    } else if (block.type == BlockType::kFigure) {
      out.push_back("figure:" + block.caption);
    } else {
      out.push_back(std::string(document::block_type_name(block.type)) + ":" + block.text);
    }
  }
  return out;
}

std::vector<std::string> outline_of(const PageBuilder& page) { return outline_of(std::vector{&page}); }

using Outline = std::vector<std::string>;

TEST(Page, ReportWithFieldsSectionsAndParagraphs) {
  PageBuilder page;
  page.centred(50, 18, "松岭县人民医院出院记录")
      .line(50, 90, 10, "姓名：甲某")
      .line(200, 90, 10, "性别：女")
      .line(350, 90, 10, "住院号：00123")
      .line(50, 120, 12.5, "入院情况")
      .line(70, 142, 10,
            "患者因反复咳嗽三天入院，查体见双肺呼吸音粗，未闻及干湿性啰音，心律齐，各瓣膜区未闻及杂音，腹软")
      .line(50, 158, 10, "无压痛。")
      .line(50, 184, 12.5, "出院诊断")
      .line(70, 206, 10, "1、急性支气管炎")
      .line(70, 222, 10, "2、高血压病2级");
  EXPECT_EQ(
      outline_of(page),
      (Outline{"# 松岭县人民医院出院记录", "key_value:姓名：甲某", "key_value:性别：女", "key_value:住院号：00123",
               "## 入院情况",
               "paragraph:"
               "患者因反复咳嗽三天入院，查体见双肺呼吸音粗，未闻及干湿性啰音，心律齐，各瓣膜区未闻及杂音，腹软无压痛。",
               "## 出院诊断", "list_item:1、急性支气管炎", "list_item:2、高血压病2级"}));
}

TEST(Page, HospitalOnALineOfItsOwnIsLevelOneAndTheTitleTwo) {
  PageBuilder page;
  page.centred(50, 16, "松岭县人民医院")
      .centred(76, 18, "手 术 记 录")
      .line(50, 110, 12, "手术经过")
      .line(70, 130, 10, "麻醉成功后取平卧位，常规消毒铺巾，逐层切开，探查见阑尾充血水肿，予以切除，")
      .line(50, 146, 10, "术中出血约10mL。");
  const Outline outline = outline_of(page);
  ASSERT_GE(outline.size(), 3U);
  EXPECT_EQ(outline[0], "# 松岭县人民医院");
  EXPECT_EQ(outline[1], "## 手 术 记 录");
  EXPECT_EQ(outline[2], "### 手术经过");
}

const char* const kProse = "对象为某年某月至某年某月就诊的患者，均完成全部随访，资料完整，无失访，";

PageBuilder scan_of_an_article(double heading_size) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.centred(50, 18, "某病随访管理的实践").centred(76, 10, "甲某 乙某");
  double y = 110;
  for (const char* heading : {"1背景", "2对象与方法", "3效果"}) {
    page.line(50, y, heading_size, heading).line(50, y + 16, 10, kProse).line(50, y + 32, 10, "符合要求。");
    y += 54;
  }
  return page;
}

TEST(Page, NumberedSeriesOfAScanAreHeadingsWithoutTheirSpace) {
  const Outline outline = outline_of(scan_of_an_article(10.9));
  for (const char* heading : {"## 1背景", "## 2对象与方法", "## 3效果"}) {
    EXPECT_EQ(std::count(outline.begin(), outline.end(), heading), 1) << heading;
  }
  const Outline of_body_size = outline_of(scan_of_an_article(10));
  EXPECT_EQ(std::count(of_body_size.begin(), of_body_size.end(), "## 1背景"), 0);
}

TEST(Page, NumberedItemsBelowEachOtherAreNoHeadings) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.centred(50, 18, "出院小结").line(50, 100, 10, kProse).line(50, 116, 10, "符合要求。");
  page.line(50, 136, 10.9, "1急性支气管炎").line(50, 152, 10.9, "2高血压病").line(50, 168, 10.9, "3脂肪肝");
  for (const std::string& block : outline_of(page)) EXPECT_NE(block.rfind("## ", 0), 0U) << block;
}

TEST(Page, NumberBesideATitleIsAFieldOfItsOwn) {
  PageBuilder page;
  page.line(180, 60, 20, "松岭县人民医院病理科")
      .line(440, 66, 10, "病理号：2024-0881")
      .line(230, 100, 18, "病理诊断报告书")
      .line(50, 150, 10, "姓名：甲某")
      .line(200, 150, 10, "性别：女");
  EXPECT_EQ(outline_of(page), (Outline{"# 松岭县人民医院病理科", "key_value:病理号：2024-0881", "## 病理诊断报告书",
                                       "key_value:姓名：甲某", "key_value:性别：女"}));
}

TEST(Page, AuthorsBelowATitleAreNoHeading) {
  PageBuilder page;
  page.centred(50, 18, "某病随访管理的实践").centred(90, 10, "甲某 乙某").line(50, 130, 10, kProse);
  page.page().layout.push_back({document::BlockType::kTitle, {200, 86, 400, 106}, 0.3, {}});
  const Outline outline = outline_of(page);
  EXPECT_EQ(std::count(outline.begin(), outline.end(), "paragraph:甲某 乙某"), 1);
}

TEST(Page, SectionWordsOfAScanStandOnOneLevel) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.centred(50, 18, "出院记录");
  const std::vector<std::pair<const char*, double>> sections = {{"主诉", 17}, {"出院诊断", 12}, {"出院医嘱", 11.5}};
  double y = 90;
  for (const auto& [word, size] : sections) {
    page.line(50, y, size, word).line(70, y + 22, 10, kProse).line(50, y + 38, 10, "符合要求。");
    y += 64;
  }
  const Outline outline = outline_of(page);
  for (const char* heading : {"## 主诉", "## 出院诊断", "## 出院医嘱"}) {
    EXPECT_EQ(std::count(outline.begin(), outline.end(), heading), 1) << heading;
  }
}

TEST(Page, LabelsInsideParagraphsStayThere) {
  PageBuilder page;
  page.centred(50, 18, "出院小结")
      .line(70, 90, 10, "【主诉】反复腹痛两天。")
      .line(70, 106, 10, "现病史：患者两天前无明显诱因出现上腹部阵发性疼痛，伴恶心，无呕吐，无发热，")
      .line(50, 122, 10, "外院予对症治疗后无缓解。");
  EXPECT_EQ(
      outline_of(page),
      (Outline{"# 出院小结", "paragraph:【主诉】反复腹痛两天。",
               "paragraph:"
               "现病史：患者两天前无明显诱因出现上腹部阵发性疼痛，伴恶心，无呕吐，无发热，外院予对症治疗后无缓解。"}));
}

PageBuilder two_columns() {
  PageBuilder page;
  page.centred(50, 18, "慢性病管理进展");
  const std::string full = "某综合征是以某种病变为基础的一组临床综合征";
  for (int i = 0; i < 4; ++i) page.line(i == 0 ? 70 : 50, 100 + 16 * i, 10, "左" + (i == 0 ? full : full + "一二"));
  page.line(50, 164, 10, "左末。");
  for (int i = 0; i < 4; ++i) page.line(i == 0 ? 330 : 310, 100 + 16 * i, 10, "右" + (i == 0 ? full : full + "一二"));
  page.line(310, 164, 10, "右末。");
  return page;
}

TEST(Page, ColumnsOfTextAreReadOneAfterTheOther) {
  const Outline outline = outline_of(two_columns());
  ASSERT_EQ(outline.size(), 3U);
  EXPECT_EQ(outline[1].rfind("paragraph:左", 0), 0U);
  EXPECT_NE(outline[1].find("左末。"), std::string::npos);
  EXPECT_EQ(outline[2].rfind("paragraph:右", 0), 0U);
}

TEST(Page, GridOfFieldsIsReadRowByRow) {
  PageBuilder page;
  const char* keys[2][3] = {{"姓名", "性别", "年龄"}, {"科室", "床号", "住院号"}};
  for (int row = 0; row < 2; ++row) {
    for (int column = 0; column < 3; ++column) {
      page.line(50 + 170 * column, 60 + 20 * row, 10, std::string(keys[row][column]) + "：值" + std::to_string(column));
    }
  }
  EXPECT_EQ(outline_of(page), (Outline{"key_value:姓名：值0", "key_value:性别：值1", "key_value:年龄：值2",
                                       "key_value:科室：值0", "key_value:床号：值1", "key_value:住院号：值2"}));
}

TEST(Page, HeadingRightBelowAGridOfFieldsIsNoWrappedValue) {
  PageBuilder page;
  page.line(60, 100, 10, "姓名：王小明").line(230, 100, 10, "性别：男").line(400, 100, 10, "年龄：67岁");
  page.line(60, 116, 10, "籍贯：望河市").line(230, 116, 10, "职业：退休").line(400, 116, 10, "民族：汉族");
  page.line(60, 133, 11.5, "主诉", true).line(60, 150, 10, "反复胸闷3年。");
  page.line(60, 167, 11.5, "现病史", true).line(60, 184, 10, "患者3年前胸闷。");
  const Outline outline = outline_of(page);
  EXPECT_EQ(std::count(outline.begin(), outline.end(), "key_value:籍贯：望河市"), 1);
  EXPECT_EQ(std::count(outline.begin(), outline.end(), "paragraph:反复胸闷3年。"), 1);
}

TEST(Page, FiguresSideBySideKeepTheirOwnCaptionsRowByRow) {
  PageBuilder page;
  page.centred(50, 18, "内镜检查报告");
  for (int row = 0; row < 2; ++row) {
    for (int column = 0; column < 2; ++column) {
      const double x = 60 + 250 * column;
      const double y = 90 + 170 * row;
      page.picture({x, y, x + 200, y + 130});
      page.line(x + 70, y + 136, 9, "图" + std::to_string(2 * row + column + 1) + "：部位");
    }
  }
  page.line(50, 450, 12.5, "检查所见").line(70, 472, 10, "黏膜光滑，色泽正常。");
  EXPECT_EQ(outline_of(page),
            (Outline{"# 内镜检查报告", "figure:图1：部位", "figure_caption:图1：部位", "figure:图2：部位",
                     "figure_caption:图2：部位", "figure:图3：部位", "figure_caption:图3：部位", "figure:图4：部位",
                     "figure_caption:图4：部位", "## 检查所见", "paragraph:黏膜光滑，色泽正常。"}));
}

TEST(Page, CaptionsNameTheFigureTheyBelongTo) {
  PageBuilder page;
  page.picture({100, 100, 300, 250}).line(150, 256, 9, "图1：示意");
  std::vector<PageBlocks> pages = {analyse_page(page.page(), {})};
  const std::vector<Block> blocks = assemble(std::move(pages), {});
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[1].type, BlockType::kFigureCaption);
  EXPECT_EQ(blocks[1].caption_of, blocks[0].id);
}

TEST(Page, WhiteSpaceAboveACaptionOfAScanIsItsFigure) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.line(70, 60, 10, "超声心动图见附图，左室射血分数减低，室壁运动弥漫性减弱，二尖瓣轻度反流，余未见异常，")
      .line(50, 76, 10, "请结合临床。")
      .line(230, 300, 9, "图1：左室长轴切面");
  const PageBlocks blocks = analyse_page(page.page(), {});
  const auto figure = std::find_if(blocks.blocks.begin(), blocks.blocks.end(),
                                   [](const Block& block) { return block.type == BlockType::kFigure; });
  ASSERT_NE(figure, blocks.blocks.end());
  EXPECT_EQ(figure->caption, "图1：左室长轴切面");
  EXPECT_GT(figure->bbox.y0, 85);
  EXPECT_LT(figure->bbox.y1, 300);
}

TEST(Page, StampOverTheSignatureIsASealAndTheSignatureStays) {
  PageBuilder page;
  page.line(350, 700, 10, "报告医师：乙某").line(350, 720, 10, "报告时间：2023-01-02").picture({360, 660, 480, 780});
  const Outline outline = outline_of(page);
  EXPECT_EQ(outline, (Outline{"key_value:报告医师：乙某", "key_value:报告时间：2023-01-02", "seal:"}));
}

// Its colour was lost in a photograph: the name in the ring's middle was read like print.
TEST(Page, NameInsideASealBelongsToTheSealOneBesideItDoesNot) {
  PageBuilder inside;
  inside.line(70, 600, 10, "切缘未见病变累及。").line(304, 646, 9, "体检专用章").line(70, 720, 10, "检验专用章");
  inside.page().regions.push_back({document::RegionKind::kSeal, {271, 571, 371, 671}, 0.95, {}});
  EXPECT_EQ(outline_of(inside),
            (Outline{"paragraph:切缘未见病变累及。", "paragraph:检验专用章", "seal:体检专用章", "seal:"}));
}

TEST(Page, PageNumbersAndSmallLinesAtRulesAreFurniture) {
  PageBuilder page;
  page.line(50, 30, 8, "松岭县人民医院")
      .rule(50, 42, 545)
      .centred(60, 18, "出院小结")
      .line(70, 100, 10, "一般情况可，无特殊不适。")
      .rule(50, 760, 545)
      .line(50, 765, 8, "本报告仅对该标本负责")
      .centred(780, 8, "第 1 页 / 共 1 页");
  EXPECT_EQ(outline_of(page), (Outline{"header:松岭县人民医院", "# 出院小结", "paragraph:一般情况可，无特殊不适。",
                                       "footer:本报告仅对该标本负责", "page_number:第 1 页 / 共 1 页"}));
}

TEST(Page, LineWithReviewerAndTimeBelowTheRuleStaysContent) {
  PageBuilder page;
  page.centred(60, 18, "检验报告单")
      .line(70, 100, 10, "结果未见异常。")
      .rule(50, 700, 545)
      .line(180, 706, 8, "检验：__ 审核：__ 2023-03-02 10:11");
  EXPECT_EQ(outline_of(page), (Outline{"# 检验报告单", "paragraph:结果未见异常。", "key_value:检验：__",
                                       "key_value:审核：__", "paragraph:2023-03-02 10:11"}));
}

TEST(Page, ParagraphGoesOnOverAPageBreakAroundFurniture) {
  PageBuilder first;
  first.line(70, 700, 10, "患者入院后完善相关检查，予抗感染、化痰及对症支持治疗，体温逐渐恢复正常，咳嗽")
      .line(50, 716, 10, "咳痰较前明显减轻，复查血常规及炎症指标均较前下降，胸部影像学提示病灶吸收好转继续")
      .centred(800, 8, "1 / 2");
  PageBuilder second;
  second.line(50, 60, 10, "目前治疗，择日出院。").centred(800, 8, "2 / 2");
  const Outline outline = outline_of(std::vector<const PageBuilder*>{&first, &second});
  EXPECT_EQ(
      std::count_if(outline.begin(), outline.end(), [](const std::string& s) { return s.rfind("paragraph", 0) == 0; }),
      1);
  EXPECT_NE(outline[0].find("继续目前治疗"), std::string::npos);
}

PageBuilder running_page(const std::string& number, const std::string& text) {
  PageBuilder page;
  page.centred(40, 16, "松岭县人民医院检验报告单")
      .line(50, 80, 10, "姓名：甲某")
      .line(250, 80, 10, "住院号：" + number)
      .line(70, 120, 10, text);
  return page;
}

TEST(Page, TitleAndFieldsRepeatedOnTheNextPageArePrintedOnce) {
  const PageBuilder first = running_page("00123", "第一页的结果说明。");
  const PageBuilder second = running_page("00123", "次页的结果说明。");
  const Outline outline = outline_of(std::vector{&first, &second});
  EXPECT_EQ(std::count(outline.begin(), outline.end(), "# 松岭县人民医院检验报告单"), 1);
  EXPECT_EQ(std::count(outline.begin(), outline.end(), "header:姓名：甲某"), 1);
}

TEST(Page, LinesThatRepeatWithOtherNumbersAreContent) {
  const auto page_of = [](double top, const std::string& pulse, const std::string& number) {
    PageBuilder page;
    page.line(70, 60, 10, "护理记录第" + number + "天，患者神志清楚，精神可。")
        .line(70, top, 10, "脉搏" + pulse + "次/分")
        .line(70, top + 30, 10, "无不适。")
        .line(70, 810, 8, "某医院护理部印制 第" + number + "页");
    return page;
  };
  const auto shown = [](const Outline& outline, const std::string& text) {
    return std::count(outline.begin(), outline.end(), text);
  };
  // Short pages: what stands above the middle is no foot, though it is the last of its page.
  const PageBuilder short_first = page_of(100, "80", "1");
  const PageBuilder short_second = page_of(100, "81", "2");
  const Outline high = outline_of(std::vector{&short_first, &short_second});
  EXPECT_EQ(shown(high, "paragraph:无不适。"), 2);
  EXPECT_EQ(shown(high, "footer:某医院护理部印制 第1页") + shown(high, "footer:某医院护理部印制 第2页"), 2);
  // Full pages: a number that does not count the pages is a finding.
  const PageBuilder full_first = page_of(700, "80", "1");
  const PageBuilder full_second = page_of(700, "96", "2");
  const Outline low = outline_of(std::vector{&full_first, &full_second});
  EXPECT_EQ(shown(low, "paragraph:脉搏80次/分") + shown(low, "paragraph:脉搏96次/分"), 2);
}

TEST(Page, SameTitleOverAnotherPatientIsAnotherReport) {
  const PageBuilder first = running_page("00123", "第一份的结果说明。");
  const PageBuilder second = running_page("00456", "另一份的结果说明。");
  const Outline outline = outline_of(std::vector{&first, &second});
  EXPECT_EQ(std::count(outline.begin(), outline.end(), "# 松岭县人民医院检验报告单"), 2);
}

TEST(Page, BoxesAreThoseOfThePageAsDisplayed) {
  PageBuilder page;
  page.line(50, 100, 10, "一行文字。");
  page.page().flat_to_page = {
      .columns = 2, .rows = 2, .domain = {0, 0, 595, 842}, .nodes = {{10, 20}, {605, 20}, {10, 862}, {605, 862}}};
  const PageBlocks blocks = analyse_page(page.page(), {});
  ASSERT_EQ(blocks.blocks.size(), 1U);
  EXPECT_NEAR(blocks.blocks[0].bbox.x0, 60, 1e-9);
  EXPECT_NEAR(blocks.blocks[0].runs[0].bbox.y0, 120, 1e-9);
  EXPECT_NEAR(blocks.blocks[0].runs[0].character_edges.front(), 60, 1e-9);
}

TEST(Page, EmptyPageGivesNoBlocks) { EXPECT_TRUE(analyse_page(PageBuilder().page(), {}).blocks.empty()); }

}  // namespace
}  // namespace medmark::structure
