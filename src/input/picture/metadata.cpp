#include "input/picture/metadata.hpp"

#include <cstring>
#include <string_view>

#include "input/picture/byte_reader.hpp"

namespace medmark::input::picture {
namespace {

constexpr double kCentimetresPerInch = 2.54;

std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// EXIF 2.3 tags and types.
constexpr std::uint16_t kTagOrientation = 0x0112;
constexpr std::uint16_t kTagResolutionX = 0x011A;
constexpr std::uint16_t kTagResolutionY = 0x011B;
constexpr std::uint16_t kTagResolutionUnit = 0x0128;
constexpr std::uint16_t kTypeShort = 3;
constexpr std::uint16_t kTypeRational = 5;

double rational(const ByteReader& reader, std::size_t entry) {
  const std::uint32_t at = reader.u32(entry + 8).value_or(0);
  const std::uint32_t above = reader.u32(at).value_or(0);
  const std::uint32_t below = reader.u32(std::size_t{at} + 4).value_or(0);
  return below == 0 ? 0 : static_cast<double>(above) / below;
}

void scale_resolution(Metadata& metadata, double factor) {
  metadata.dpi_x *= factor;
  metadata.dpi_y *= factor;
}

// JFIF's density: units 1 are dots an inch, 2 dots a centimetre, 0 only the shape of a pixel.
void read_jfif(std::span<const std::uint8_t> segment, Metadata& metadata) {
  const ByteReader reader(segment, ByteOrder::kBig);
  const auto unit = reader.slice(7, 1);
  if (unit.empty() || (unit[0] != 1 && unit[0] != 2)) return;
  const double factor = unit[0] == 2 ? kCentimetresPerInch : 1;
  metadata.dpi_x = reader.u16(8).value_or(0) * factor;
  metadata.dpi_y = reader.u16(10).value_or(0) * factor;
}

void read_jpeg_segment(std::uint8_t marker, std::span<const std::uint8_t> segment, Metadata& metadata) {
  using namespace std::string_view_literals;
  const std::string_view text = as_text(segment);
  if (marker == 0xE0 && text.starts_with("JFIF\0"sv)) {
    const bool already = metadata.dpi_x > 0;
    if (!already) read_jfif(segment, metadata);
  } else if (marker == 0xE1 && text.starts_with("Exif\0\0"sv)) {
    const Metadata exif = parse_exif(segment.subspan(6));
    metadata.orientation = exif.orientation;
    if (exif.dpi_x > 0) {
      metadata.dpi_x = exif.dpi_x;
      metadata.dpi_y = exif.dpi_y;
    }
  } else if (marker == 0xEE && text.starts_with("Adobe"sv)) {
    metadata.is_adobe_jpeg = true;
  }
}

}  // namespace

Metadata parse_exif(std::span<const std::uint8_t> tiff) {
  const std::string_view text = as_text(tiff);
  Metadata metadata;
  if (!text.starts_with("II") && !text.starts_with("MM")) return metadata;
  const ByteReader reader(tiff, text[0] == 'I' ? ByteOrder::kLittle : ByteOrder::kBig);
  const std::size_t directory = reader.u32(4).value_or(0);
  const int entries = reader.u16(directory).value_or(0);
  int unit = 2;
  for (int i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + 12 * static_cast<std::size_t>(i);
    const auto tag = reader.u16(entry);
    const auto type = reader.u16(entry + 2);
    if (!tag || !type) break;
    if (*type == kTypeShort && *tag == kTagOrientation) {
      const int orientation = reader.u16(entry + 8).value_or(1);
      if (orientation >= 1 && orientation <= 8) metadata.orientation = orientation;
    }
    if (*type == kTypeShort && *tag == kTagResolutionUnit) unit = reader.u16(entry + 8).value_or(2);
    if (*type == kTypeRational && *tag == kTagResolutionX) metadata.dpi_x = rational(reader, entry);
    if (*type == kTypeRational && *tag == kTagResolutionY) metadata.dpi_y = rational(reader, entry);
  }
  if (unit == 3) scale_resolution(metadata, kCentimetresPerInch);
  return metadata;
}

Metadata jpeg_metadata(std::span<const std::uint8_t> file) {
  Metadata metadata;
  const ByteReader reader(file, ByteOrder::kBig);
  std::size_t at = 2;
  while (at + 4 <= file.size() && file[at] == 0xFF) {
    const std::uint8_t marker = file[at + 1];
    if (marker == 0xFF) {  // fill byte
      ++at;
      continue;
    }
    if (marker == 0xDA || marker == 0xD9) break;  // pixels follow
    const std::size_t size = reader.u16(at + 2).value_or(0);
    if (size < 2) break;
    const std::span<const std::uint8_t> segment = reader.slice(at + 4, size - 2);
    if (!segment.empty()) read_jpeg_segment(marker, segment, metadata);
    at += 2 + size;
  }
  return metadata;
}

Metadata png_metadata(std::span<const std::uint8_t> file) {
  Metadata metadata;
  const ByteReader reader(file, ByteOrder::kBig);
  std::size_t at = 8;
  while (const auto size = reader.u32(at)) {
    const std::string_view type = as_text(reader.slice(at + 4, 4));
    if (type.empty() || type == "IDAT" || type == "IEND") break;
    if (type == "pHYs" && *size == 9 && reader.slice(at + 16, 1).size() == 1 && file[at + 16] == 1) {
      metadata.dpi_x = reader.u32(at + 8).value_or(0) * kCentimetresPerInch / 100;
      metadata.dpi_y = reader.u32(at + 12).value_or(0) * kCentimetresPerInch / 100;
    }
    if (type == "eXIf") metadata.orientation = parse_exif(reader.slice(at + 8, *size)).orientation;
    at += std::size_t{*size} + 12;
  }
  return metadata;
}

}  // namespace medmark::input::picture
