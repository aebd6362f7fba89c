// PDF files through PDFium. See input/source.hpp; confined to PDFium's one thread of the process.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "base/error.hpp"
#include "input/source.hpp"

namespace medmark::input::pdf {

// Fails with kPasswordRequired, kWrongPassword, kUnsupportedFormat (an encryption PDFium does not know),
// kCorruptDocument, kTooManyPages.
[[nodiscard]] base::Result<std::unique_ptr<Source>> open_pdf(std::span<const std::uint8_t> bytes,
                                                             const SourceOptions& options);

}  // namespace medmark::input::pdf
