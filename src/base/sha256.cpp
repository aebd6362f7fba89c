#include "base/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <new>
#include <string_view>

namespace medmark::base {
namespace {

EVP_MD_CTX* evp(void* context) { return static_cast<EVP_MD_CTX*>(context); }

// Without SHA-256 there is no identity and no check of a model; libcrypto fails here for want of memory alone.
void require(bool is_done) {
  if (!is_done) throw std::bad_alloc();
}

}  // namespace

void Sha256::Release::operator()(Context* context) const { EVP_MD_CTX_free(evp(context)); }

Sha256::Sha256() : context_(reinterpret_cast<Context*>(EVP_MD_CTX_new())) {
  require(context_ != nullptr && EVP_DigestInit_ex(evp(context_.get()), EVP_sha256(), nullptr) == 1);
}

void Sha256::update(std::span<const std::uint8_t> bytes) {
  require(EVP_DigestUpdate(evp(context_.get()), bytes.data(), bytes.size()) == 1);
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  require(EVP_DigestFinal_ex(evp(context_.get()), digest.data(), &size) == 1);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    text += kDigits[digest[i] >> 4U];
    text += kDigits[digest[i] & 15U];
  }
  return text;
}

std::string sha256_hex(std::span<const std::uint8_t> bytes) {
  Sha256 digest;
  digest.update(bytes);
  return digest.hex();
}

}  // namespace medmark::base
