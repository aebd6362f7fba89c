#include "input/upright.hpp"

#include <gtest/gtest.h>

namespace medmark::input {
namespace {

// A page of 200 x 100 with one line of ten characters at (10, 20) to (60, 30), a ruling under it and a picture.
NativePage upright_page() {
  NativePage page;
  page.width = 200;
  page.height = 100;
  document::TextLine line;
  for (int i = 0; i < 10; ++i) {
    line.characters.push_back({.code = U'a', .bbox = {10.0 + 5 * i, 20, 15.0 + 5 * i, 30}});
  }
  line.bbox = {10, 20, 60, 30};
  line.quad = base::quad_of(line.bbox);
  page.lines = {line};
  page.rulings = {{{10, 32}, {60, 32}, 1}};
  page.pictures = {{100, 50, 150, 90}};
  return page;
}

TEST(Upright, TurnedPagesAreNoticedAndTurnedBack) {
  const NativePage original = upright_page();
  for (const int degrees : {0, 90, 180, 270}) {
    const NativePage sideways = turned(original, degrees);
    EXPECT_EQ(upright_rotation(sideways), (360 - degrees) % 360);
    EXPECT_EQ(sideways.lines[0].is_vertical, degrees % 180 != 0);
    const NativePage back = turned(sideways, upright_rotation(sideways));
    EXPECT_EQ(back.width, original.width);
    EXPECT_EQ(back.lines[0].bbox, original.lines[0].bbox);
    EXPECT_EQ(back.lines[0].characters[3].bbox, original.lines[0].characters[3].bbox);
    EXPECT_EQ(back.pictures, original.pictures);
    EXPECT_EQ(back.rulings[0].a, original.rulings[0].a);
    EXPECT_FALSE(back.lines[0].is_vertical);
  }
}

TEST(Upright, AQuarterTurnClockwiseBringsTheTopLeftToTheTopRight) {
  const NativePage sideways = turned(upright_page(), 90);
  EXPECT_EQ(sideways.width, 100);
  EXPECT_EQ(sideways.height, 200);
  EXPECT_EQ(sideways.lines[0].bbox, (base::Rect{70, 10, 80, 60}));
}

TEST(Upright, MappingLeadsBackToThePageAsDisplayed) {
  for (const int degrees : {90, 180, 270}) {
    const NativePage displayed = upright_page();
    const NativePage flat = turned(displayed, degrees);
    const auto mapping = mapping_of_turn(displayed.width, displayed.height, degrees);
    const base::Rect back = mapping.map(flat.lines[0].bbox);
    EXPECT_NEAR(back.x0, 10, 1e-9);
    EXPECT_NEAR(back.y1, 30, 1e-9);
  }
}

TEST(Upright, MixedDirectionsAreLeftAlone) {
  NativePage page = upright_page();
  const NativePage sideways = turned(page, 90);
  page.lines.push_back(sideways.lines[0]);
  EXPECT_EQ(upright_rotation(page), 0);
  EXPECT_EQ(upright_rotation({}), 0);
}

}  // namespace
}  // namespace medmark::input
