#include "decoder/document_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace medmark::decoder {
namespace {

namespace fs = std::filesystem;

class DocumentFileTest : public testing::Test {
 protected:
  DocumentFileTest() : path_(fs::temp_directory_path() / ("document_file_" + std::to_string(::getpid()))) {}
  ~DocumentFileTest() override { fs::remove(path_); }
  void write(std::size_t size) {
    std::ofstream stream(path_, std::ios::binary);
    for (std::size_t i = 0; i < size; ++i) stream.put(static_cast<char>(i % 251));
  }
  fs::path path_;
};

std::string hash(const DocumentFile& file) {
  base::Sha256 digest;
  file.hash_into(digest);
  return digest.hex();
}

TEST_F(DocumentFileTest, IsTheSameFromDiskAndFromMemory) {
  write(600'001);  // more than two pieces
  std::vector<std::uint8_t> bytes(600'001);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i % 251);

  const auto on_disk = DocumentFile::open(path_);
  const auto in_memory = DocumentFile::copy_of(bytes);
  ASSERT_TRUE(on_disk.has_value() && in_memory.has_value());
  EXPECT_EQ(on_disk->size(), bytes.size());
  EXPECT_EQ(hash(*on_disk), base::sha256_hex(bytes));
  EXPECT_EQ(hash(*in_memory), base::sha256_hex(bytes));
  EXPECT_EQ(on_disk->head(3), (std::vector<std::uint8_t>{0, 1, 2}));
  EXPECT_EQ(on_disk->head(bytes.size() + 9), bytes);
}

TEST_F(DocumentFileTest, SharesOneFileWithOthersWhoOutliveIt) {
  write(10);
  auto first = DocumentFile::open(path_);
  ASSERT_TRUE(first.has_value());
  const std::string expected = hash(*first);
  auto second = first->share();
  ASSERT_TRUE(second.has_value());
  first = base::fail(base::ErrorCode::kInternal, "closed");
  EXPECT_EQ(hash(*second), expected);
}

TEST_F(DocumentFileTest, RefusesWhatIsNoFile) {
  EXPECT_EQ(DocumentFile::open(path_).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(DocumentFile::open(fs::temp_directory_path()).error().code, base::ErrorCode::kNotFound);
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  EXPECT_EQ(DocumentFile::open(path_).error().code, base::ErrorCode::kNotFound);
}

TEST_F(DocumentFileTest, RefusesAFileBeyondTheLimit) {
  write(1);
  fs::resize_file(path_, DocumentFile::kMaxBytes);
  EXPECT_TRUE(DocumentFile::open(path_).has_value());
  fs::resize_file(path_, DocumentFile::kMaxBytes + 1);
  EXPECT_EQ(DocumentFile::open(path_).error().code, base::ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace medmark::decoder
