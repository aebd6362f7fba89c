#include "pipeline/options.hpp"

#include <gtest/gtest.h>

namespace medmark::pipeline {
namespace {

TEST(PageSelection, ReadsRangesAndSinglePages) {
  const auto pages = PageSelection::parse("1-3,7");
  ASSERT_TRUE(pages.has_value());
  std::vector<int> selected;
  for (int index = 0; index < 10; ++index) {
    if (pages->contains(index)) selected.push_back(index);
  }
  EXPECT_EQ(selected, (std::vector<int>{0, 1, 2, 6}));
}

TEST(PageSelection, RefusesWhatIsNoRange) {
  for (const char* text : {"", "0", "3-1", "a", "1-", "-2", "1,,2", "1-2-3", "99999999999999"}) {
    EXPECT_FALSE(PageSelection::parse(text).has_value()) << text;
  }
}

TEST(SetOption, TakesTheContractsNamesAndLimits) {
  ParseOptions options;
  EXPECT_TRUE(set_option(options, "table_strategy", "fast").has_value());
  EXPECT_EQ(options.table_strategy, TableStrategy::kFast);
  EXPECT_TRUE(set_option(options, "table_detection_threshold", "0.55").has_value());
  EXPECT_DOUBLE_EQ(options.table_detection_threshold, 0.55);
  EXPECT_TRUE(set_option(options, "batch_size", "64").has_value());
  EXPECT_EQ(options.batch_size, 64);
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"batch_size", "65"},
                                                        {"batch_size", "0"},
                                                        {"dpi", "71"},
                                                        {"dpi", "nan"},
                                                        {"table_detection_threshold", "1.1"},
                                                        {"layout_model", "other"},
                                                        {"ocr_lang", ""},
                                                        {"unknown", "1"}}) {
    const auto result = set_option(options, name, value);
    ASSERT_FALSE(result.has_value()) << name;
    EXPECT_EQ(result.error().code, base::ErrorCode::kInvalidParameter);
  }
}

TEST(SetOption, KeepsThePasswordOutOfTheParameters) {
  ParseOptions options;
  ASSERT_TRUE(set_option(options, "password", "secret").has_value());
  ASSERT_TRUE(set_option(options, "dpi", "300").has_value());
  EXPECT_EQ(options.parameters, (std::map<std::string, std::string>{{"dpi", "300"}}));
}

}  // namespace
}  // namespace medmark::pipeline
