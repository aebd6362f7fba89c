#include "input/format.hpp"

#include <algorithm>
#include <string_view>

namespace medmark::input {
namespace {

// Readers accept rubbish before a PDF's header (mail gateways and scanners put it there) up to this offset.
constexpr std::size_t kPdfHeaderWindow = 1024;

std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool is_bmp(std::string_view text) {
  if (text.size() < 26 || !text.starts_with("BM")) return false;
  const auto header_size = static_cast<unsigned char>(text[14]);  // 12, 40, 52, 56, 64, 108, 124; all below 256
  return text[15] == 0 && text[16] == 0 && text[17] == 0 && (header_size == 12 || header_size >= 16);
}

// The names of a zip's members stand uncompressed in its local headers and again in the directory at its end.
Format zip_format(std::string_view text) {
  if (text.find("word/document.xml") != std::string_view::npos) return Format::kDocx;
  if (text.find("ppt/presentation.xml") != std::string_view::npos) return Format::kPptx;
  return Format::kOtherZip;
}

}  // namespace

Format detect_format(std::span<const std::uint8_t> bytes) {
  using namespace std::string_view_literals;
  const std::string_view text = as_text(bytes);
  if (text.starts_with("\x89PNG\r\n\x1a\n"sv)) return Format::kPng;
  if (text.starts_with("\xff\xd8\xff"sv)) return Format::kJpeg;
  if (text.starts_with("II\x2a\0"sv) || text.starts_with("MM\0\x2a"sv)) return Format::kTiff;
  if (text.starts_with("II\x2b\0"sv) || text.starts_with("MM\0\x2b"sv)) return Format::kTiff;  // BigTIFF
  if (text.size() >= 16 && text.starts_with("RIFF"sv) && text.substr(8, 4) == "WEBP"sv) return Format::kWebp;
  if (is_bmp(text)) return Format::kBmp;
  if (text.starts_with("PK\x03\x04"sv)) return zip_format(text);
  if (text.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv)) return Format::kLegacyOffice;
  if (text.substr(0, std::min(text.size(), kPdfHeaderWindow)).find("%PDF-"sv) != std::string_view::npos) {
    return Format::kPdf;
  }
  return Format::kUnknown;
}

std::string_view media_type(Format format) {
  switch (format) {
    case Format::kPdf:
      return "application/pdf";
    case Format::kPng:
      return "image/png";
    case Format::kJpeg:
      return "image/jpeg";
    case Format::kTiff:
      return "image/tiff";
    case Format::kBmp:
      return "image/bmp";
    case Format::kWebp:
      return "image/webp";
    case Format::kDocx:
      return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case Format::kPptx:
      return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    case Format::kOtherZip:
      return "application/zip";
    case Format::kLegacyOffice:
      return "application/x-ole-storage";
    case Format::kUnknown:
      break;
  }
  return "application/octet-stream";
}

}  // namespace medmark::input
