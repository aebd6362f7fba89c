// SHA-256 (FIPS 180-4) of bytes that come in pieces: identity of documents, check of models.
//
// A Sha256 is a value of one thread. Origin of the algorithm: OpenSSL's libcrypto.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace medmark::base {

class Sha256 {
 public:
  Sha256();
  void update(std::span<const std::uint8_t> bytes);
  // 64 lower-case hexadecimal digits of all bytes so far. Ends the work: called once.
  [[nodiscard]] std::string hex();

 private:
  struct Context;
  struct Release {
    void operator()(Context* context) const;
  };
  std::unique_ptr<Context, Release> context_;
};

[[nodiscard]] std::string sha256_hex(std::span<const std::uint8_t> bytes);

}  // namespace medmark::base
