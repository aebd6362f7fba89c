// Messages between a decoder process and its client: numbers, strings and lists in a flat byte string.
//
// Both ends are the same binary, so the layout needs no version; but the child may be in a stranger's hands, so every
// read is checked: a reader that runs out of bytes fails for good and gives zeros from then on. Values, thread-safe.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/geometry.hpp"

namespace medmark::decoder {

class MessageWriter {
 public:
  MessageWriter() { bytes_.reserve(4096); }
  template <typename T>
  requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void put(T value) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
    bytes_.insert(bytes_.end(), bytes, bytes + sizeof value);
  }
  void put(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
  template <typename T, typename PutItem>
  void put_list(const std::vector<T>& items, PutItem put_item) {
    put(static_cast<std::uint32_t>(items.size()));
    for (const T& item : items) put_item(*this, item);
  }
  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

class MessageReader {
 public:
  explicit MessageReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  template <typename T>
  requires(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) [[nodiscard]] T get() {
    T value{};
    if (take(sizeof value)) std::memcpy(&value, bytes_.data() + at_ - sizeof value, sizeof value);
    return value;
  }
  [[nodiscard]] bool get_bool() { return get<std::uint8_t>() != 0; }
  // An enumerator from 0 to `last`; anything else fails the reader.
  template <typename E>
  [[nodiscard]] E get_enum(E last) {
    const auto value = get<std::underlying_type_t<E>>();
    if (value < 0 || value > static_cast<std::underlying_type_t<E>>(last)) failed_ = true;
    return failed_ ? E{} : static_cast<E>(value);
  }
  [[nodiscard]] std::string get_string() {
    const auto size = get<std::uint32_t>();
    if (!take(size)) return {};
    return {reinterpret_cast<const char*>(bytes_.data()) + at_ - size, size};
  }
  // Every item takes at least one byte, so a list cannot announce more items than bytes are left.
  template <typename T, typename GetItem>
  [[nodiscard]] std::vector<T> get_list(GetItem get_item) {
    const auto count = get<std::uint32_t>();
    std::vector<T> items;
    if (count > bytes_.size() - at_) failed_ = true;
    for (std::uint32_t i = 0; i < count && !failed_; ++i) items.push_back(get_item(*this));
    return items;
  }
  // Whether everything was there, and nothing is left over.
  [[nodiscard]] bool is_complete() const { return !failed_ && at_ == bytes_.size(); }

 private:
  bool take(std::size_t count) {
    if (failed_ || count > bytes_.size() - at_) {
      failed_ = true;
      return false;
    }
    at_ += count;
    return true;
  }

  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

inline void put_rect(MessageWriter& out, const base::Rect& rect) {
  for (const double value : {rect.x0, rect.y0, rect.x1, rect.y1}) out.put(value);
}
[[nodiscard]] inline base::Rect get_rect(MessageReader& in) {
  base::Rect rect;
  for (double* value : {&rect.x0, &rect.y0, &rect.x1, &rect.y1}) *value = in.get<double>();
  return rect;
}

}  // namespace medmark::decoder
