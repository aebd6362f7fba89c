#include "clinical/lexicon/lexicons.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace medmark::clinical {
namespace {

const std::filesystem::path kData = std::filesystem::path(MEDMARK_SOURCE_DIR) / "src" / "clinical" / "data";

TEST(Lexicons, AnEditedFileOfAnOlderVersionIsNamedWithTheListThatItLacks) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "older_lexicons";
  std::filesystem::remove_all(folder);
  std::filesystem::copy(kData, folder, std::filesystem::copy_options::recursive);
  std::ifstream in(kData / "sections.json");
  nlohmann::ordered_json sections = nlohmann::ordered_json::parse(in);
  sections.erase("parts_of_diagnoses");
  std::ofstream(folder / "sections.json") << sections;
  const auto loaded = Lexicons::load(folder);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, base::ErrorCode::kInvalidParameter);
  EXPECT_THAT(loaded.error().message,
              testing::AllOf(testing::HasSubstr("sections.json"), testing::HasSubstr("parts_of_diagnoses")));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace medmark::clinical
