// What a file is, by its first bytes alone. Names and extensions lie and are never asked. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace medmark::input {

enum class Format {
  kUnknown,
  kPdf,
  kPng,
  kJpeg,
  kTiff,
  kBmp,
  kWebp,
  kDocx,
  kPptx,
  kOtherZip,      // a zip archive that is no Office document we read
  kLegacyOffice,  // the OLE container of .doc, .ppt, .xls
};

[[nodiscard]] Format detect_format(std::span<const std::uint8_t> bytes);

[[nodiscard]] constexpr bool is_picture(Format format) {
  return format == Format::kPng || format == Format::kJpeg || format == Format::kTiff || format == Format::kBmp ||
         format == Format::kWebp;
}

// The formats of Office's newer files, and archives in which only their reader can tell whether they are such.
[[nodiscard]] constexpr bool is_zip(Format format) {
  return format == Format::kDocx || format == Format::kPptx || format == Format::kOtherZip;
}

// "application/pdf", "image/png", ...; "application/octet-stream" where unknown.
[[nodiscard]] std::string_view media_type(Format format);

}  // namespace medmark::input
