#include "decoder/decoder.hpp"

#include <dirent.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "decoder/testing/odd_child.hpp"
#include "input/testing/pdf_builder.hpp"

namespace medmark::decoder {
namespace {

using base::ErrorCode;
using input::testing::PdfBuilder;
using input::testing::show_text;

DecodeOptions with_odd_child(const std::string& behaviour) {
  DecodeOptions options;
  options.extra_arguments = {behaviour};
  // Only a child that hangs reaches it; the others must not on a busy machine.
  options.call_deadline = std::chrono::seconds(behaviour == "hang" ? 2 : 60);
  return options;
}

const std::vector<std::uint8_t> kAnyBytes = {1, 2, 3};

std::vector<std::uint8_t> two_pages() {
  PdfBuilder pdf;
  pdf.add_page(show_text(72, 770, 12, "Hemoglobin 135 g/L"));
  pdf.add_page(show_text(72, 770, 12, "second"));
  return pdf.build();
}

TEST(Decoder, ReadsPagesAndPixelsInAnotherProcess) {
  const auto decoder = Decoder::open(two_pages(), {});
  ASSERT_TRUE(decoder) << decoder.error().message;
  EXPECT_EQ((*decoder)->document().media_type, "application/pdf");
  EXPECT_EQ((*decoder)->document().page_count, 2);
  const auto page = (*decoder)->page(0);
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->lines.size(), 1U);
  EXPECT_EQ(page->lines[0].text(), "Hemoglobin 135 g/L");
  EXPECT_NEAR(page->lines[0].bbox.x0, 73, 1);
  EXPECT_NEAR(page->lines[0].bbox.y1, 842 - 770, 3);
  const auto picture = (*decoder)->render(0, 100);
  ASSERT_TRUE(picture) << picture.error().message;
  EXPECT_EQ(picture->width, 826);
  EXPECT_EQ(picture->height, 1169);
  EXPECT_EQ(picture->bgr.size(), 826U * 1169U * 3U);
  EXPECT_LT(*std::min_element(picture->bgr.begin(), picture->bgr.end()), 60);
  EXPECT_EQ((*decoder)->page(2).error().code, ErrorCode::kNotFound);
  EXPECT_EQ((*decoder)->page(-1).error().code, ErrorCode::kNotFound);
}

TEST(Decoder, CarriesFailuresOfTheInputUnchanged) {
  const auto code_of = [](const std::vector<std::uint8_t>& bytes) { return Decoder::open(bytes, {}).error().code; };
  EXPECT_EQ(code_of({}), ErrorCode::kCorruptDocument);
  EXPECT_EQ(code_of({'h', 'e', 'l', 'l', 'o'}), ErrorCode::kUnsupportedFormat);
  EXPECT_EQ(code_of({'%', 'P', 'D', 'F', '-', '1', '.', '7'}), ErrorCode::kCorruptDocument);
}

TEST(Decoder, LimitsPagesAndPixels) {
  DecodeOptions options;
  options.max_pages = 1;
  EXPECT_EQ(Decoder::open(two_pages(), options).error().code, ErrorCode::kTooManyPages);
  options.max_pages = 2;
  options.max_rendered_pixels = 100'000;
  const auto decoder = Decoder::open(two_pages(), options);
  ASSERT_TRUE(decoder);
  const auto picture = (*decoder)->render(0, 300);
  ASSERT_TRUE(picture);
  EXPECT_LE(picture->width * picture->height, 101'000);
  EXPECT_NEAR(picture->dpi, 300 * std::sqrt(100'000.0 / (2479.0 * 3508)), 1);
}

class OddDecoder : public ::testing::TestWithParam<std::pair<const char*, ErrorCode>> {};

TEST_P(OddDecoder, LosesOnePageOnly) {
  const auto [behaviour, code] = GetParam();
  const auto decoder = Decoder::open(kAnyBytes, with_odd_child(behaviour));
  ASSERT_TRUE(decoder) << decoder.error().message;
  EXPECT_TRUE((*decoder)->page(0));
  const auto odd = (*decoder)->page(1);
  ASSERT_FALSE(odd);
  EXPECT_EQ(odd.error().code, code);
  const auto next = (*decoder)->page(2);
  ASSERT_TRUE(next) << next.error().message;
  EXPECT_EQ(next->index, 2);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ((*decoder)->page(1).error().code, code);  // remembered where it ended the child, not tried again
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(1500));
  EXPECT_TRUE((*decoder)->page(3));
}

INSTANTIATE_TEST_SUITE_P(Behaviours, OddDecoder,
                         ::testing::Values(std::pair("crash", ErrorCode::kWorkerCrashed),
                                           std::pair("hang", ErrorCode::kTimeout),
                                           std::pair("garbage", ErrorCode::kWorkerCrashed),
                                           std::pair("oversized", ErrorCode::kWorkerCrashed),
                                           std::pair("out-of-memory", ErrorCode::kTooLarge)),
                         [](const auto& parameter) {
                           std::string name = parameter.param.first;
                           std::erase(name, '-');
                           return name;
                         });

TEST(Decoder, StopsRestartingAtItsBound) {
  DecodeOptions options = with_odd_child("crash");
  options.max_restarts = 0;
  const auto decoder = Decoder::open(kAnyBytes, options);
  ASSERT_TRUE(decoder);
  EXPECT_EQ((*decoder)->page(1).error().code, ErrorCode::kWorkerCrashed);
  EXPECT_EQ((*decoder)->page(0).error().code, ErrorCode::kWorkerCrashed);
}

TEST(Decoder, FailsWhereTheChildDoesNotStart) {
  EXPECT_EQ(Decoder::open(kAnyBytes, with_odd_child("crash-at-start")).error().code, ErrorCode::kWorkerCrashed);
  DecodeOptions missing;
  missing.executable = "/nonexistent/program";
  EXPECT_EQ(Decoder::open(kAnyBytes, missing).error().code, ErrorCode::kInternal);
}

TEST(Decoder, LeavesNoDescriptorAndNoChildBehind) {
  const auto open_descriptors = [] {
    int count = 0;
    DIR* directory = ::opendir("/proc/self/fd");
    while (::readdir(directory) != nullptr) ++count;
    ::closedir(directory);
    return count;
  };
  const auto run = [] {
    const auto decoder = Decoder::open(two_pages(), {});
    ASSERT_TRUE(decoder);
    ASSERT_TRUE((*decoder)->page(0));
  };
  run();
  const int before = open_descriptors();
  for (int i = 0; i < 5; ++i) run();
  EXPECT_EQ(open_descriptors(), before);
  std::ifstream children("/proc/self/task/" + std::to_string(::getpid()) + "/children");
  std::string list;
  std::getline(children, list);
  EXPECT_EQ(list, "");
}

}  // namespace
}  // namespace medmark::decoder
