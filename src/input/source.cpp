#include "input/source.hpp"

#include "input/format.hpp"
#include "input/office/office_source.hpp"
#include "input/pdf/pdf_source.hpp"
#include "input/picture/picture_source.hpp"

namespace medmark::input {

base::Result<document::OfficePage> Source::office_page(int) {
  return base::fail(base::ErrorCode::kInternal, "The file is no Office file.");
}

base::Result<RenderedSize> Source::render_office_picture(int, double, const PixelAllocator&) {
  return base::fail(base::ErrorCode::kInternal, "The file is no Office file.");
}

base::Result<std::unique_ptr<Source>> open_source(std::span<const std::uint8_t> bytes, const SourceOptions& options) {
  if (bytes.empty()) return base::fail(base::ErrorCode::kCorruptDocument, "The file is empty.");
  const Format format = detect_format(bytes);
  if (format == Format::kPdf) return pdf::open_pdf(bytes, options);
  if (is_picture(format)) return picture::open_picture(format, bytes, options);
  if (is_zip(format)) return office::open_office(bytes, options);
  return base::fail(base::ErrorCode::kUnsupportedFormat, "The file is of no kind that can be read.");
}

}  // namespace medmark::input
