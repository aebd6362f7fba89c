#include "input/format.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace medmark::input {
namespace {

using namespace std::string_view_literals;

Format format_of(std::string_view text) {
  return detect_format({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

TEST(Format, IsToldByMagicBytes) {
  EXPECT_EQ(format_of("%PDF-1.4\n"), Format::kPdf);
  EXPECT_EQ(format_of("\x89PNG\r\n\x1a\n\0\0"sv), Format::kPng);
  EXPECT_EQ(format_of("\xff\xd8\xff\xe0"sv), Format::kJpeg);
  EXPECT_EQ(format_of("II\x2a\0\x08"sv), Format::kTiff);
  EXPECT_EQ(format_of("MM\0\x2a"sv), Format::kTiff);
  EXPECT_EQ(format_of("RIFF\x24\0\0\0WEBPVP8 "sv), Format::kWebp);
  EXPECT_EQ(format_of("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv), Format::kLegacyOffice);
  EXPECT_EQ(format_of("PK\x03\x04....word/document.xml"), Format::kDocx);
  EXPECT_EQ(format_of("PK\x03\x04....ppt/presentation.xml"), Format::kPptx);
  EXPECT_EQ(format_of("PK\x03\x04....other"), Format::kOtherZip);
}

TEST(Format, ToleratesRubbishBeforeAPdfHeaderUpToOneKilobyte) {
  EXPECT_EQ(format_of(std::string(900, ' ') + "%PDF-1.4"), Format::kPdf);
  EXPECT_EQ(format_of(std::string(1100, ' ') + "%PDF-1.4"), Format::kUnknown);
}

TEST(Format, TextThatStartsLikeABitmapIsNone) {
  EXPECT_EQ(format_of("BM is the abbreviation of bone marrow."), Format::kUnknown);
  std::string bitmap = "BM" + std::string(60, '\0');
  bitmap[14] = 40;
  EXPECT_EQ(format_of(bitmap), Format::kBmp);
}

TEST(Format, NothingAndRubbishAreUnknown) {
  EXPECT_EQ(format_of(""), Format::kUnknown);
  EXPECT_EQ(format_of("hello"), Format::kUnknown);
}

}  // namespace
}  // namespace medmark::input
