// Numbers out of untrusted bytes: every read is checked, and what lies outside is empty. Values, thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace medmark::input::picture {

enum class ByteOrder { kLittle, kBig };

class ByteReader {
 public:
  ByteReader(std::span<const std::uint8_t> bytes, ByteOrder order) : bytes_(bytes), order_(order) {}

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::optional<std::uint16_t> u16(std::size_t at) const {
    const auto value = number(at, 2);
    return value ? std::optional(static_cast<std::uint16_t>(*value)) : std::nullopt;
  }
  [[nodiscard]] std::optional<std::uint32_t> u32(std::size_t at) const { return number(at, 4); }
  // Empty where the range does not lie inside.
  [[nodiscard]] std::span<const std::uint8_t> slice(std::size_t at, std::size_t count) const {
    if (at > bytes_.size() || count > bytes_.size() - at) return {};
    return bytes_.subspan(at, count);
  }

 private:
  [[nodiscard]] std::optional<std::uint32_t> number(std::size_t at, std::size_t count) const {
    const std::span<const std::uint8_t> part = slice(at, count);
    if (part.size() != count) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t from = order_ == ByteOrder::kBig ? i : count - 1 - i;
      value = value << 8 | part[from];
    }
    return value;
  }

  std::span<const std::uint8_t> bytes_;
  ByteOrder order_;
};

}  // namespace medmark::input::picture
