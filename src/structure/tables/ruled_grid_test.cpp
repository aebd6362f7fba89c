#include "structure/tables/ruled_grid.hpp"

#include <gmock/gmock.h>

#include "structure/tables/test_page.hpp"

namespace medmark::structure {
namespace {

std::vector<RuledGrid> grids_of(DrawnPage& page, std::vector<base::Rect> texts = {}) {
  const RulingTolerance tolerance = ruling_tolerance(page.page().source);
  return ruled_grids(normalised_rulings(page.page().rulings, tolerance), tolerance, texts);
}

const std::vector<double> kXs{50, 150, 250, 350};
const std::vector<double> kYs{100, 120, 140, 160};

TEST(RuledGrid, FullGridHasOneCellPerPosition) {
  DrawnPage page;
  page.grid(kXs, kYs);
  const auto grids = grids_of(page);
  ASSERT_EQ(grids.size(), 1U);
  EXPECT_EQ(grids[0].row_count(), 3);
  EXPECT_EQ(grids[0].column_count(), 3);
  EXPECT_EQ(grids[0].cells.size(), 9U);
  EXPECT_NEAR(grids[0].drawn_share, 1, 1e-6);
}

TEST(RuledGrid, BordersDrawnCellByCellAreOneGrid) {
  DrawnPage page;
  for (std::size_t row = 0; row + 1 < kYs.size(); ++row) {
    for (std::size_t column = 0; column + 1 < kXs.size(); ++column) {
      page.grid({kXs[column] + 0.4, kXs[column + 1] - 0.4}, {kYs[row] + 0.4, kYs[row + 1] - 0.4});
    }
  }
  const auto grids = grids_of(page);
  ASSERT_EQ(grids.size(), 1U);
  EXPECT_EQ(grids[0].cells.size(), 9U);
}

TEST(RuledGrid, DoubleLinesAreOneBorder) {
  DrawnPage page;
  page.grid(kXs, kYs).across(98, 50, 350).across(162, 50, 350).down(48, 98, 162).down(352, 98, 162);
  const auto grids = grids_of(page);
  ASSERT_EQ(grids.size(), 1U);
  EXPECT_EQ(grids[0].cells.size(), 9U);
}

TEST(RuledGrid, MissingStretchMergesCellsAcrossAndDown) {
  DrawnPage page;
  for (const double y : {100.0, 160.0}) page.across(y, 50, 350);
  page.across(120, 150, 350).across(140, 50, 350);  // rows 0 and 1 of the first column are one
  page.down(50, 100, 160).down(350, 100, 160).down(150, 100, 160);
  page.down(250, 100, 140);  // columns 1 and 2 of the last row are one
  const auto grids = grids_of(page);
  ASSERT_EQ(grids.size(), 1U);
  const auto is = [](int row, int column, int rows, int columns) {
    return testing::AllOf(testing::Field(&GridCell::row, row), testing::Field(&GridCell::column, column),
                          testing::Field(&GridCell::row_span, rows), testing::Field(&GridCell::column_span, columns));
  };
  EXPECT_THAT(grids[0].cells, testing::ElementsAre(is(0, 0, 2, 1), is(0, 1, 1, 1), is(0, 2, 1, 1), is(1, 1, 1, 1),
                                                   is(1, 2, 1, 1), is(2, 0, 1, 1), is(2, 1, 1, 2)));
}

TEST(RuledGrid, MissingOuterBordersStandWhereTheInnerLinesEnd) {
  DrawnPage page;
  for (const double y : kYs) page.across(y, 50, 350);
  page.down(150, 100, 160).down(250, 100, 160);
  const auto grids = grids_of(page);
  ASSERT_EQ(grids.size(), 1U);
  EXPECT_THAT(grids[0].xs, testing::ElementsAre(50, 150, 250, 350));
  EXPECT_EQ(grids[0].cells.size(), 9U);
}

TEST(RuledGrid, ShapesThatAreNoRectangleAreCutByRows) {
  DrawnPage page;
  page.grid({50, 350}, {100, 160}).across(120, 150, 350).down(150, 100, 120);
  const auto grids = grids_of(page);
  ASSERT_EQ(grids.size(), 1U);
  int covered = 0;
  for (const GridCell& cell : grids[0].cells) covered += cell.row_span * cell.column_span;
  EXPECT_EQ(covered, grids[0].row_count() * grids[0].column_count());
}

TEST(RuledGrid, HalfDrawnBorderSeparatesUnlessTextCrossesIt) {
  const auto drawn = [] {
    DrawnPage page(document::TextSource::kOcr);
    page.grid({50, 150, 350}, {100, 140, 180}).down(250, 100, 152);
    return page;
  };
  DrawnPage free = drawn();
  EXPECT_EQ(grids_of(free)[0].cells.size(), 6U);
  DrawnPage crossed = drawn();
  EXPECT_EQ(grids_of(crossed, {{180, 155, 320, 165}})[0].cells.size(), 5U);
}

TEST(RuledGrid, LostLineBesideACellThatSpansRowsIsRestored) {
  DrawnPage page(document::TextSource::kOcr);
  page.grid({50, 250, 350}, {100, 120, 160}).across(140, 110, 350);
  const std::vector<base::Rect> texts{{55, 135, 85, 145}, {150, 125, 180, 135}, {150, 145, 180, 155}};
  const auto grids = grids_of(page, texts);
  ASSERT_EQ(grids.size(), 1U);
  ASSERT_EQ(grids[0].column_count(), 3);
  EXPECT_THAT(grids[0].xs[1], testing::AllOf(testing::Gt(85), testing::Lt(150)));
  EXPECT_EQ(grids[0].cells.size(), 7U);  // the head's first cell spans columns, the group's spans rows
  EXPECT_EQ(grids[0].cells[0].column_span, 2);
  EXPECT_EQ(grids[0].cells[2].row_span, 2);
}

TEST(RuledGrid, StrokesOfGlyphsInsideCellsDrawNoBorder) {
  DrawnPage page(document::TextSource::kOcr);
  page.grid(kXs, kYs).across(130, 60, 72).down(200, 124, 136).across(112, 150, 168);
  const auto grids = grids_of(page);
  ASSERT_EQ(grids.size(), 1U);
  EXPECT_EQ(grids[0].cells.size(), 9U);
}

TEST(RuledGrid, SquaredPaperIsNoGrid) {
  DrawnPage page;
  std::vector<double> xs;
  std::vector<double> ys;
  for (int i = 0; i < 100; ++i) {
    xs.push_back(40 + i * 5.0);
    ys.push_back(100 + i * 5.0);
  }
  page.grid(xs, ys);
  EXPECT_TRUE(grids_of(page).empty());
}

}  // namespace
}  // namespace medmark::structure
