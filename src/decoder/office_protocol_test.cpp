#include "decoder/office_protocol.hpp"

#include <gtest/gtest.h>

#include "decoder/decoder.hpp"
#include "input/testing/office_builder.hpp"

namespace medmark::decoder {
namespace {

using base::ErrorCode;
using document::OfficeItem;
using document::OfficeItemKind;
using document::OfficePage;

OfficePage page_with_table() {
  OfficeItem inner;
  inner.paragraph.runs.push_back({.text = "5.6", .script = document::OfficeScript::kBase, .is_bold = true});
  OfficeItem table;
  table.kind = OfficeItemKind::kTable;
  table.table.row_count = 1;
  table.table.column_count = 2;
  table.table.cells = {{0, 0, 3, 1, {inner}}, {0, 1, 1, 1, {}}};
  OfficePage page;
  page.items = {table};
  page.errors = {{ErrorCode::kTooLarge, "left out"}};
  return page;
}

TEST(OfficeProtocol, HandsPagesOverWhole) {
  const auto page = decode_office_page(encode_office_page(page_with_table()));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->items.at(0).table.cells.at(0).items.at(0).paragraph.runs.at(0).text, "5.6");
  EXPECT_EQ(page->items[0].table.cells[0].row_span, 3);
  EXPECT_EQ(page->errors.at(0).message, "left out");
}

TEST(OfficeProtocol, RefusesEveryCutMessage) {
  const auto bytes = encode_office_page(page_with_table());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_office_page(std::span(bytes).first(size)));
  }
}

TEST(OfficeProtocol, RefusesCellsOutsideOfTheGridOrOverEachOther) {
  OfficePage page = page_with_table();
  page.items[0].table.cells[1].column = 2;
  EXPECT_EQ(decode_office_page(encode_office_page(page)).error().code, ErrorCode::kWorkerCrashed);
  page.items[0].table.cells[1].column = 0;
  EXPECT_FALSE(decode_office_page(encode_office_page(page)));
}

TEST(OfficeProtocol, RefusesNestingThatNoReaderMakes) {
  OfficeItem item;
  for (int depth = 0; depth < 40; ++depth) {
    OfficeItem frame;
    frame.kind = OfficeItemKind::kFrame;
    frame.items = {item};
    item = frame;
  }
  OfficePage page;
  page.items = {item};
  EXPECT_FALSE(decode_office_page(encode_office_page(page)));
}

TEST(Decoder, ReadsOfficeFilesInTheSandbox) {
  const auto bytes = input::testing::OfficeBuilder::docx("<w:p><w:r><w:t>血红蛋白 135 g/L</w:t></w:r></w:p>").build();
  const auto decoder = Decoder::open(bytes, {});
  ASSERT_TRUE(decoder) << decoder.error().message;
  EXPECT_TRUE((*decoder)->document().is_office);
  const auto page = (*decoder)->office_page(0);
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->items.at(0).paragraph.runs.at(0).text, "血红蛋白 135 g/L");
  EXPECT_EQ((*decoder)->office_page(1).error().code, ErrorCode::kNotFound);
  EXPECT_EQ((*decoder)->render_office_picture(0, 100).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace medmark::decoder
