// Picture files as documents: one scanned page each, a TIFF one for each of its directories. See input/source.hpp.
//
// Pure of global state; an object is confined to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "base/error.hpp"
#include "input/format.hpp"
#include "input/picture/codec.hpp"
#include "input/source.hpp"

namespace medmark::input::picture {

// The size of the page that a picture shows, upright by its orientation.
struct PagePlan {
  double width = 0;  // points
  double height = 0;
  double dpi = 0;  // of the finer direction
};

struct ResolutionLimits {
  // Outside of these the file's resolution is a default nobody meant (72 and 96 on phones and screenshots) or leads to
  // a page nobody prints; then the long side is taken for that of A4.
  double least_dpi = 100;
  double most_dpi = 1300;
  double least_long_side = 250;    // points: a till slip
  double most_long_side = 1300;    // points: A3 is 1191
  double assumed_long_side = 842;  // points: A4
};

[[nodiscard]] PagePlan plan_page(const Header& header, const ResolutionLimits& limits = {});

// Fails with kCorruptDocument, kTooLarge (more pixels than allowed, by the header alone), kTooManyPages,
// kUnsupportedFormat.
[[nodiscard]] base::Result<std::unique_ptr<Source>> open_picture(Format format, std::span<const std::uint8_t> bytes,
                                                                 const SourceOptions& options);

}  // namespace medmark::input::picture
