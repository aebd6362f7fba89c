// The result of a parse as it came from the engine process: a sealed memory file, looked at in place.
//
// Owns the mapping; views are valid as long as the object lives. Movable, thread-safe for reading.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace medmark::engine {

// A memory file mapped for reading.
class MappedMemory {
 public:
  MappedMemory() = default;
  // Maps a sealed memory file whole; empty where it is not one that can no longer change.
  explicit MappedMemory(int descriptor);
  MappedMemory(MappedMemory&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedMemory& operator=(MappedMemory&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~MappedMemory();
  [[nodiscard]] std::span<const std::uint8_t> bytes() const { return bytes_; }

 private:
  std::span<const std::uint8_t> bytes_;
};

struct ParsedAsset {
  std::string name;  // a plain file name of the engine's making: letters, digits, '_', '-', '.'
  std::span<const std::uint8_t> bytes;
};

struct PageError {
  int page = 0;  // from 0
  base::Error error;
};

struct Parsed {
  MappedMemory memory;
  std::string_view document_json;  // the document of the contract, `content` and `clinical` in it
  std::string_view markdown;       // the same text as its `content`
  std::vector<ParsedAsset> assets;
  std::string sha256;
  std::string media_type;
  int pages = 0;  // that were parsed
  int pages_with_errors = 0;
  std::vector<PageError> page_errors;
  std::map<std::string, double> stage_milliseconds;  // summed over the pages, by the names of `timings_ms`
};

}  // namespace medmark::engine
