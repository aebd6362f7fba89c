#include "decoder/protocol.hpp"

#include <gtest/gtest.h>

#include <random>

namespace medmark::decoder {
namespace {

input::NativePage full_page() {
  input::NativePage page;
  page.index = 3;
  page.width = 595;
  page.height = 842;
  page.kind = input::PageKind::kMixed;
  page.source_dpi = 204;
  document::TextLine line;
  line.characters = {{.code = U'白', .bbox = {1, 2, 3, 4}, .confidence = 0.5, .font_size = 9, .is_bold = true}, {}};
  line.bbox = {1, 2, 5, 4};
  line.quad = base::quad_of(line.bbox);
  line.is_vertical = true;
  line.hint = document::BlockType::kWatermark;
  page.lines = {line, {}};
  page.rulings = {{{1, 2}, {3, 2}, 0.5}};
  page.pictures = {{1, 2, 3, 4}};
  page.recognise = {{5, 6, 7, 8}, {9, 10, 11, 12}};
  page.errors = {{base::ErrorCode::kTimeout, "late"}};
  return page;
}

TEST(Protocol, PageSurvivesTheJourney) {
  const input::NativePage page = full_page();
  const auto bytes = encode_page(page);
  const auto back = decode_page(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(encode_page(*back), bytes);
  EXPECT_EQ(back->lines[0].characters[0].code, U'白');
  EXPECT_EQ(back->lines[0].hint, document::BlockType::kWatermark);
  EXPECT_EQ(back->recognise, page.recognise);
  EXPECT_EQ(back->errors, page.errors);
}

TEST(Protocol, DocumentAndErrorSurviveTheJourney) {
  const DocumentInfo document{"application/pdf", 7, {{"第一章", 2, 1}}};
  const auto back = decode_document(encode_document(document));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->page_count, 7);
  ASSERT_EQ(back->outline.size(), 1U);
  EXPECT_EQ(back->outline[0].title, "第一章");
  const base::Error error{base::ErrorCode::kWrongPassword, "no"};
  EXPECT_EQ(decode_error(encode_error(error)), error);
}

TEST(Protocol, EveryTruncationIsNoticed) {
  const auto bytes = encode_page(full_page());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_page(std::span(bytes).first(size))) << size;
  }
  auto longer = bytes;
  longer.push_back(0);
  EXPECT_FALSE(decode_page(longer));
}

TEST(Protocol, FlippedBytesNeverDoHarm) {
  std::mt19937 random(11);
  const auto bytes = encode_page(full_page());
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    auto broken = bytes;
    broken[random() % broken.size()] = static_cast<std::uint8_t>(random());
    const auto page = decode_page(broken);
    refused += page ? 0 : 1;
    if (page) {
      EXPECT_LE(page->lines.size(), bytes.size());
    }
  }
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace medmark::decoder
