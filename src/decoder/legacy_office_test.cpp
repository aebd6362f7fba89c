// With a stand-in program in LibreOffice's place: a shell script that does what its name says.
#include "decoder/legacy_office.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <string>

namespace medmark::decoder {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

DocumentFile container(const std::string& stream) {
  std::string bytes = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  for (const char c : stream) bytes += std::string{c, '\0'};
  return *DocumentFile::copy_of({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

class LegacyOffice : public ::testing::Test {
 protected:
  // A program that runs `commands` with the output folder as $folder.
  LegacyOfficeOptions with_program(const std::string& commands) {
    path_ = fs::path(::testing::TempDir()) /
            (std::string("soffice-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::ofstream(path_) << "#!/bin/sh\nwhile [ \"$1\" != --outdir ]; do shift; done\nfolder=$2\n" << commands << "\n";
    fs::permissions(path_, fs::perms::owner_all);
    LegacyOfficeOptions options;
    options.program = path_;
    return options;
  }
  void TearDown() override { fs::remove(path_); }

 private:
  fs::path path_;
};

TEST_F(LegacyOffice, IsToldByItsFirstBytes) {
  EXPECT_TRUE(is_legacy_office(container("WordDocument")));
  const std::array<std::uint8_t, 4> other = {'P', 'K', 3, 4};
  EXPECT_FALSE(is_legacy_office(*DocumentFile::copy_of(other)));
}

TEST_F(LegacyOffice, SaysSoWhereLibreOfficeIsMissing) {
  LegacyOfficeOptions options;
  options.unshare = "/nonexistent/unshare";
  const auto modern = modern_office_file(container("WordDocument"), options);
  EXPECT_EQ(modern.error().code, ErrorCode::kUnsupportedFormat);
  EXPECT_NE(modern.error().message.find("LibreOffice"), std::string::npos);
}

TEST_F(LegacyOffice, RefusesOtherContainersWithoutRunningAnything) {
  const auto options = with_program("echo made > \"$folder/document.docx\"");
  EXPECT_EQ(modern_office_file(container("Workbook"), options).error().code, ErrorCode::kUnsupportedFormat);
  EXPECT_EQ(modern_office_file(container("EncryptedPackage"), options).error().code, ErrorCode::kUnsupportedFormat);
}

TEST_F(LegacyOffice, TakesWhatTheProgramMakes) {
  const auto options = with_program("printf made > \"$folder/document.pptx\"");
  const auto modern = modern_office_file(container("PowerPoint Document"), options);
  ASSERT_TRUE(modern) << modern.error().message;
  EXPECT_EQ(modern->head(10), (std::vector<std::uint8_t>{'m', 'a', 'd', 'e'}));
}

TEST_F(LegacyOffice, RunsTheProgramWithoutANetwork) {
  // Of a network name space of its own, even the loopback device is down.
  const auto options = with_program("cat /proc/net/dev | grep -vc lo: > \"$folder/document.docx\"");
  const auto modern = modern_office_file(container("WordDocument"), options);
  ASSERT_TRUE(modern);
  EXPECT_EQ(modern->head(1), (std::vector<std::uint8_t>{'2'}));  // the two lines of its heading
}

TEST_F(LegacyOffice, EndsAProgramThatHangs) {
  auto options = with_program("sleep 60");
  options.deadline = std::chrono::milliseconds(200);
  EXPECT_EQ(modern_office_file(container("WordDocument"), options).error().code, ErrorCode::kTimeout);
}

TEST_F(LegacyOffice, SaysSoWhereTheProgramMakesNothing) {
  EXPECT_EQ(modern_office_file(container("WordDocument"), with_program("exit 1")).error().code,
            ErrorCode::kCorruptDocument);
}

}  // namespace
}  // namespace medmark::decoder
