// DOCX and PPTX files as documents. See input/source.hpp.
//
// Pure of global state; an object is confined to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "base/error.hpp"
#include "input/office/limits.hpp"
#include "input/source.hpp"

namespace medmark::input::office {

// A zip archive. Fails with kUnsupportedFormat where it is no Office document that is read, kCorruptDocument,
// kTooLarge, kTooManyPages.
[[nodiscard]] base::Result<std::unique_ptr<Source>> open_office(std::span<const std::uint8_t> bytes,
                                                                const SourceOptions& options,
                                                                const OfficeLimits& limits = {});

}  // namespace medmark::input::office
