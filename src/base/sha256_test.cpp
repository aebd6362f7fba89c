#include "base/sha256.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace medmark::base {
namespace {

std::span<const std::uint8_t> bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// The values are those of FIPS 180-4's examples.
TEST(Sha256, KnowsThePublishedExamples) {
  EXPECT_EQ(sha256_hex({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex(bytes("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, TakesItsBytesInAnyPieces) {
  Sha256 digest;
  digest.update(bytes("a"));
  digest.update({});
  digest.update(bytes("bc"));
  EXPECT_EQ(digest.hex(), sha256_hex(bytes("abc")));
}

}  // namespace
}  // namespace medmark::base
