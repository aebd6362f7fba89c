// The zip layer of an Office file: its members by name, and the relationships between them. Nothing outside the archive
// is ever looked at; external targets are told apart and left alone.
//
// An object is confined to one thread; the bytes must outlive it. Names are compared as written, without a leading
// slash.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "input/office/limits.hpp"

namespace medmark::input::office {

struct Relationship {
  std::string type;    // the last word of its address: "image", "styles", "slideLayout"
  std::string target;  // a member's name; "" where it lies outside the archive
};
using Relationships = std::map<std::string, Relationship>;  // by id

class Package {
 public:
  // Fails with kCorruptDocument where the archive cannot be read, kTooLarge where it has too many members.
  [[nodiscard]] static base::Result<Package> open(std::span<const std::uint8_t> bytes, const OfficeLimits& limits);
  Package(Package&&) noexcept;
  Package& operator=(Package&&) noexcept;
  ~Package();

  [[nodiscard]] const OfficeLimits& limits() const;
  [[nodiscard]] bool has(std::string_view name) const;
  // A member, unpacked. Fails with kNotFound, kCorruptDocument (damaged, encrypted), kTooLarge (by what really comes
  // out, not by what the archive says).
  [[nodiscard]] base::Result<std::string> read(std::string_view name);
  // The relationships of a member, "" for those of the archive; none where they are missing or broken.
  [[nodiscard]] const Relationships& relationships(const std::string& name);

 private:
  class Archive;
  explicit Package(std::unique_ptr<Archive> archive);
  std::unique_ptr<Archive> archive_;
};

// The name that a relationship of `source` gives for `target`: relative to its folder, or absolute; "" where it would
// leave the archive.
[[nodiscard]] std::string resolved_name(std::string_view source, std::string_view target);

// The target of the first relationship of a type; "" where there is none.
[[nodiscard]] std::string target_of_type(const Relationships& relationships, std::string_view type);

}  // namespace medmark::input::office
