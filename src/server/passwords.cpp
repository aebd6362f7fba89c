#include "server/passwords.hpp"

#include <argon2.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <array>
#include <mutex>
#include <span>
#include <stdexcept>

#include "store/identifiers.hpp"

namespace medmark::server {
namespace {

constexpr std::uint32_t kPasses = 2;
constexpr std::uint32_t kKibibytes = 19 * 1024;
constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;

std::mutex& one_at_a_time() {
  static std::mutex mutex;
  return mutex;
}

template <std::size_t Size>
std::array<unsigned char, Size> random_bytes() {
  std::array<unsigned char, Size> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) throw std::runtime_error("no random numbers");
  return bytes;
}

}  // namespace

std::string hash_password(std::string_view password) {
  const std::lock_guard lock(one_at_a_time());
  const auto salt = random_bytes<kSaltBytes>();
  std::string encoded(argon2_encodedlen(kPasses, kKibibytes, kLanes, kSaltBytes, kHashBytes, Argon2_id), '\0');
  const int code = argon2id_hash_encoded(kPasses, kKibibytes, kLanes, password.data(), password.size(), salt.data(),
                                         salt.size(), kHashBytes, encoded.data(), encoded.size());
  if (code != ARGON2_OK) throw std::runtime_error("argon2 failed");
  encoded.resize(encoded.find('\0') == std::string::npos ? encoded.size() : encoded.find('\0'));
  return encoded;
}

bool is_password(std::string_view password, const std::string& hash) {
  if (hash.empty()) {
    (void)hash_password(password);
    return false;
  }
  const std::lock_guard lock(one_at_a_time());
  return argon2id_verify(hash.c_str(), password.data(), password.size()) == ARGON2_OK;
}

std::string new_token() { return store::hexadecimal(random_bytes<32>()); }

std::string new_password() {
  constexpr std::string_view kAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
  std::string password;
  for (const unsigned char byte : random_bytes<16>()) {
    if (password.size() % 5 == 4) password += '-';
    password += kAlphabet[byte % kAlphabet.size()];
  }
  return password;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace medmark::server
