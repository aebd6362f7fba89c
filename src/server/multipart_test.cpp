#include "server/multipart.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace medmark::server {
namespace {

struct Part {
  PartHeader header;
  std::string bytes;
  bool ended = false;
};

class Collector final : public MultipartSink {
 public:
  base::Result<void> begin_part(const PartHeader& header) override {
    parts.push_back({header, {}, false});
    return {};
  }
  base::Result<void> part_data(std::string_view bytes) override {
    largest_piece = std::max(largest_piece, bytes.size());
    parts.back().bytes += bytes;
    return {};
  }
  base::Result<void> end_part() override {
    parts.back().ended = true;
    return {};
  }
  std::vector<Part> parts;
  std::size_t largest_piece = 0;
};

const std::string kBody =
    "--B\r\nContent-Disposition: form-data; name=\"dpi\"\r\n\r\n300\r\n"
    "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
    "\r\n--A\r\n--\r\n\r\n--B\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--B--\r\nepilogue";

std::vector<Part> read_in_pieces(const std::string& body, std::size_t size) {
  Collector collector;
  MultipartReader reader("B", collector);
  for (std::size_t i = 0; i < body.size(); i += size) {
    EXPECT_TRUE(reader.feed(std::string_view(body).substr(i, size)).has_value());
  }
  EXPECT_TRUE(reader.finish().has_value());
  return collector.parts;
}

TEST(Multipart, PartsAreTheSameHoweverTheBytesArrive) {
  for (std::size_t size = 1; size <= kBody.size(); ++size) {
    const auto parts = read_in_pieces(kBody, size);
    ASSERT_EQ(parts.size(), 3U) << size;
    EXPECT_EQ(parts[0].bytes, "300");
    EXPECT_FALSE(parts[0].header.file_name.has_value());
    EXPECT_EQ(parts[1].header.file_name, "a.pdf");
    EXPECT_EQ(parts[1].bytes, "\r\n--A\r\n--\r\n");
    EXPECT_EQ(parts[2].bytes, "");
    EXPECT_TRUE(parts[2].ended);
  }
}

TEST(Multipart, ABodyThatStopsEarlyIsRefused) {
  Collector collector;
  MultipartReader reader("B", collector);
  ASSERT_TRUE(reader.feed(kBody.substr(0, kBody.find("--B--"))).has_value());
  EXPECT_EQ(reader.finish().error().code, base::ErrorCode::kInvalidParameter);
}

TEST(Multipart, EndlessHeadersAreRefused) {
  Collector collector;
  MultipartReader reader("B", collector);
  ASSERT_TRUE(reader.feed("--B\r\n").has_value());
  EXPECT_FALSE(reader.feed(std::string(100'000, 'x')).has_value());
}

std::string file_name_of(const std::string& parameters) {
  Collector collector;
  MultipartReader reader("B", collector);
  EXPECT_TRUE(reader.feed("--B\r\nContent-Disposition: form-data; name=\"file\"; " + parameters + "\r\n\r\nx\r\n--B--")
                  .has_value());
  return collector.parts.empty() ? "" : collector.parts.front().header.file_name.value_or("none");
}

TEST(Multipart, FileNamesAreNamesAndNeverPaths) {
  EXPECT_EQ(file_name_of("filename=\"../../etc/passwd\""), "passwd");
  EXPECT_EQ(file_name_of("filename=\"C:\\reports\\a.pdf\""), "a.pdf");
  EXPECT_EQ(file_name_of("filename=\"..\""), "file");
  EXPECT_EQ(file_name_of("filename=\"a\tb.pdf\""), "ab.pdf");
  EXPECT_EQ(file_name_of("filename=\"say \\\"x\\\".pdf\""), "say \"x\".pdf");
  EXPECT_EQ(file_name_of("filename=\"报告.pdf\""), "报告.pdf");
  EXPECT_EQ(file_name_of("filename=\"?.pdf\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf"), "报告.pdf");
  EXPECT_EQ(file_name_of("filename*=utf-8''..%2F..%2Fa.pdf"), "a.pdf");
  EXPECT_LE(file_name_of("filename=\"" + std::string(4096, 'a') + "\"").size(), 255U);
}

TEST(Multipart, BoundariesComeFromTheContentType) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc").value_or(""), "abc");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"").value_or(""), "a b");
  EXPECT_FALSE(multipart_boundary("application/json").has_value());
  EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')).has_value());
}

}  // namespace
}  // namespace medmark::server
