#include "structure/tables/false_rulings.hpp"

#include <gmock/gmock.h>

#include "structure/tables/tables.hpp"
#include "structure/tables/test_page.hpp"

namespace medmark::structure {
namespace {

using document::TextSource;

TEST(RulingsOfTables, StemsOfDigitsBelowEachOtherAreNone) {
  DrawnPage page(TextSource::kOcr);
  page.text(60, 100, "130").text(60, 120, "125").down(62.4, 100, 130);
  EXPECT_TRUE(rulings_of_tables(page.page()).empty());
}

TEST(RulingsOfTables, BracketsBelowEachOtherAreNone) {
  DrawnPage page(TextSource::kOcr);
  for (const double y : {100.0, 112.0, 124.0}) page.text(140, y, "[12-16]");
  page.down(140.4, 100, 134);
  EXPECT_TRUE(rulings_of_tables(page.page()).empty());
}

TEST(RulingsOfTables, ALineThatTextTouchesIsOneWhereItEndsOnOthers) {
  DrawnPage page(TextSource::kOcr);
  page.text(60, 100, "130").text(60, 120, "125").grid({50, 62.4, 200}, {95, 115, 135});
  EXPECT_EQ(rulings_of_tables(page.page()).size(), 6U);
}

TEST(RulingsOfTables, TheEdgeOfTheSheetIsNone) {
  DrawnPage page(TextSource::kOcr);
  page.across(2, 0, 590).down(592, 0, 800).across(60, 50, 540);
  ASSERT_EQ(rulings_of_tables(page.page()).size(), 1U);
  EXPECT_EQ(rulings_of_tables(page.page()).front().a.y, 60);
}

TEST(RulingsOfTables, OfANativePageAreWhatWasDrawn) {
  DrawnPage page;
  page.text(60, 100, "130").text(60, 120, "125").down(62.4, 100, 130).across(2, 0, 590);
  EXPECT_EQ(rulings_of_tables(page.page()).size(), 2U);
}

TEST(RulingsOfTables, DigitsThatLookLikeALineDoNotCutATable) {
  DrawnPage page(TextSource::kOcr);
  const std::vector<double> columns{60, 200, 280, 360};
  const std::vector<std::string> names{"Haemoglobin", "Platelets", "Albumin", "Urea"};
  page.row(columns, 100, {"Analyte", "Result", "Unit", "Reference"}).across(97, 55, 450).across(115, 55, 450);
  for (int i = 0; i < 4; ++i) {
    page.row(columns, 120 + 20.0 * i, {names[static_cast<std::size_t>(i)], "12" + std::to_string(i), "g/L", "115-150"});
    page.across(135 + 20.0 * i, 55, 450);
  }
  page.down(367.5, 120, 150);
  const auto tables = find_tables(page.page(), {});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables.front().block.table->row_count, 5);
  EXPECT_EQ(tables.front().block.table->column_count, 4);
}

}  // namespace
}  // namespace medmark::structure
