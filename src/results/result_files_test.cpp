#include "results/result_files.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace medmark::results {
namespace {

namespace fs = std::filesystem;

class ResultFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("medmark-results-" + std::to_string(::getpid()));
    document_.source.sha256 = "abc";
    document_.engine.version = MEDMARK_VERSION;
    document_.content = "# 标题\n";
  }
  void TearDown() override { fs::remove_all(folder_); }

  void add_asset(std::vector<std::uint8_t> bytes) {
    document::Asset& asset = document_.assets.emplace_back();
    asset.name = "figure_1.png";
    asset.bytes = std::move(bytes);
  }
  static std::string read(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  fs::path folder_;
  document::Document document_;
};

TEST_F(ResultFiles, WritesIntoSubfolders) {
  add_asset({1, 2, 3});
  ASSERT_TRUE(write_result(folder_, "sub/a.b", document_).has_value());
  EXPECT_EQ(read(folder_ / "sub/a.b.md"), "# 标题\n");
  EXPECT_EQ(read(folder_ / "sub/a.b.assets/figure_1.png").size(), 3U);
  EXPECT_TRUE(fs::exists(folder_ / "sub/a.b.json"));
}

TEST_F(ResultFiles, ReplacesAnEarlierResultWhole) {
  add_asset({1});
  ASSERT_TRUE(write_result(folder_, "a", document_).has_value());
  document_.assets.clear();
  ASSERT_TRUE(write_result(folder_, "a", document_).has_value());
  EXPECT_FALSE(fs::exists(folder_ / "a.assets"));
  for (const auto& entry : fs::directory_iterator(folder_)) EXPECT_NE(entry.path().extension(), ".part");
}

TEST_F(ResultFiles, KnowsWhatIsDone) {
  document_.engine.parameters = {{"dpi", "300"}};
  EXPECT_FALSE(is_already_done(folder_, "a", "abc", {{"dpi", "300"}}));
  ASSERT_TRUE(write_result(folder_, "a", document_).has_value());
  EXPECT_TRUE(is_already_done(folder_, "a", "abc", {{"dpi", "300"}}));
  EXPECT_FALSE(is_already_done(folder_, "a", "abd", {{"dpi", "300"}}));
  EXPECT_FALSE(is_already_done(folder_, "a", "abc", {}));
}

TEST_F(ResultFiles, ReportsAFullDisk) {
  if (!fs::exists("/dev/full")) GTEST_SKIP();
  fs::create_directories(folder_);
  fs::create_symlink("/dev/full", folder_ / "a.md.part");
  document_.content.assign(1 << 20, 'x');
  const auto result = write_result(folder_, "a", document_);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, base::ErrorCode::kStorageFull);
  EXPECT_FALSE(fs::exists(folder_ / "a.json"));
}

}  // namespace
}  // namespace medmark::results
