#include "input/page_kind.hpp"

#include <gtest/gtest.h>

namespace medmark::input {
namespace {

PageFacts typeset_page() { return {.width = 595, .height = 842, .trusted_characters = 500, .draws_anything = true}; }

TEST(PageKind, TypesetPageIsNative) { EXPECT_EQ(judge_page(typeset_page()).kind, PageKind::kNative); }

TEST(PageKind, EmptyPageIsNativeAndAPageOfPixelsIsScanned) {
  EXPECT_EQ(judge_page({.width = 595, .height = 842}).kind, PageKind::kNative);
  EXPECT_EQ(judge_page({.width = 595, .height = 842, .draws_anything = true, .picture_cover = 0.3}).kind,
            PageKind::kScanned);
}

TEST(PageKind, ScanIsScannedEvenWithAStamp) {
  PageFacts facts{.width = 595, .height = 842, .draws_anything = true, .picture_cover = 1};
  EXPECT_EQ(judge_page(facts).kind, PageKind::kScanned);
  facts.trusted_characters = 20;  // a scanning app's footer
  EXPECT_EQ(judge_page(facts).kind, PageKind::kScanned);
}

TEST(PageKind, TextOverAPictureGroundStaysNativeUnlessTheGroundHoldsText) {
  PageFacts facts = typeset_page();
  facts.picture_cover = 1;
  EXPECT_EQ(judge_page(facts).kind, PageKind::kNative);
  facts.text_pictures = {{0, 0, 595, 842}};
  EXPECT_EQ(judge_page(facts).kind, PageKind::kScanned);
}

TEST(PageKind, MostlyLyingTextIsScannedAndAFewLyingLinesAreRecognised) {
  PageFacts facts = typeset_page();
  facts.distrusted_characters = 400;
  facts.distrusted_lines = {{50, 100, 300, 112}};
  EXPECT_EQ(judge_page(facts).kind, PageKind::kScanned);
  facts.distrusted_characters = 20;
  const PageVerdict verdict = judge_page(facts);
  EXPECT_EQ(verdict.kind, PageKind::kMixed);
  ASSERT_EQ(verdict.recognise.size(), 1U);
  EXPECT_TRUE(verdict.recognise[0].contains({299, 111}));
}

TEST(PageKind, OutlinedTextIsScanned) {
  PageFacts facts{
      .width = 595, .height = 842, .trusted_characters = 12, .glyph_like_shapes = 300, .draws_anything = true};
  EXPECT_EQ(judge_page(facts).kind, PageKind::kScanned);
}

TEST(PageKind, PastedScanBesideTextIsMixed) {
  PageFacts facts = typeset_page();
  facts.text_pictures = {{100, 500, 500, 700}};
  const PageVerdict verdict = judge_page(facts);
  EXPECT_EQ(verdict.kind, PageKind::kMixed);
  EXPECT_EQ(verdict.recognise, facts.text_pictures);
}

}  // namespace
}  // namespace medmark::input
