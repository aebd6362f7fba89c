#include "cli/inputs.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace medmark::cli {
namespace {

namespace fs = std::filesystem;

class Inputs : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("medmark-inputs-" + std::to_string(::getpid()));
    fs::create_directories(folder_ / "sub");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& bytes = "%PDF-1.4\n") {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }

  static std::vector<std::string> stems(const CollectedInputs& collected) {
    std::vector<std::string> names;
    for (const InputDocument& document : collected.documents) names.push_back(document.stem.string());
    return names;
  }

  fs::path folder_;
};

TEST(NaturalLess, ComparesNumbersAsNumbers) {
  EXPECT_TRUE(natural_less("page2.jpg", "page10.jpg"));
  EXPECT_TRUE(natural_less("a", "a1"));
  EXPECT_TRUE(natural_less("x99999999999999999999", "x100000000000000000000"));
  EXPECT_FALSE(natural_less("IMG_10", "IMG_9"));
  EXPECT_FALSE(natural_less("a01", "a01"));
}

TEST_F(Inputs, MirrorsSubfoldersAndLeavesOtherFilesOut) {
  write("b.pdf");
  write("sub/a.pdf");
  write("notes.txt", "text");
  write(".hidden.pdf");
  EXPECT_EQ(stems(collect_inputs({folder_.string()})), (std::vector<std::string>{"b", "sub/a"}));
}

TEST_F(Inputs, PutsALinkWhereItStandsNotWhereItLeads) {
  const std::string target = write("elsewhere/a.pdf");
  std::filesystem::create_directories(folder_ / "in/sub");
  std::filesystem::create_symlink(target, folder_ / "in/sub/link.pdf");
  for (const std::string& folder : {(folder_ / "in").string(), (folder_ / "in").string() + "/"}) {
    EXPECT_EQ(stems(collect_inputs({folder})), (std::vector<std::string>{"sub/link"}));
  }
}

TEST_F(Inputs, CarriesTheExtensionWhereNamesMeet) {
  write("a.pdf");
  write("a.png", "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(stems(collect_inputs({folder_.string()})), (std::vector<std::string>{"a.pdf", "a.png"}));
}

TEST_F(Inputs, NumbersTheSameNameFromDifferentFolders) {
  const std::string first = write("a.pdf");
  const std::string second = write("sub/a.pdf");
  EXPECT_EQ(stems(collect_inputs({first, second})), (std::vector<std::string>{"a.pdf", "a.pdf-2"}));
}

TEST_F(Inputs, JoinsAFolderInNaturalOrder) {
  for (const char* name : {"p10.png", "p2.png", "p1.png"}) write(name, "\x89PNG\r\n\x1a\n");
  const CollectedInputs collected = collect_joined({folder_.string()});
  ASSERT_EQ(collected.documents.size(), 1U);
  std::vector<std::string> names;
  for (const fs::path& file : collected.documents[0].files) names.push_back(file.filename().string());
  EXPECT_EQ(names, (std::vector<std::string>{"p1.png", "p2.png", "p10.png"}));
  EXPECT_EQ(collected.documents[0].stem, folder_.filename());
}

TEST_F(Inputs, NamesWhatIsNotThere) {
  const CollectedInputs collected = collect_inputs({(folder_ / "missing.pdf").string()});
  ASSERT_EQ(collected.problems.size(), 1U);
  EXPECT_EQ(collected.problems[0].error.code, base::ErrorCode::kNotFound);
}

}  // namespace
}  // namespace medmark::cli
