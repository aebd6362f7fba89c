// An opened input file: pages and their renderings. The one interface that the decoder process serves.
//
// Coordinates and pages as in input/page.hpp. An object is confined to one thread; PDFium, behind PDF files, is
// confined to one thread of the whole process, which is why each document is read in a process of its own (decoder/).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "document/office_page.hpp"
#include "document/page_evidence.hpp"
#include "input/page.hpp"

namespace medmark::input {

struct SourceOptions {
  std::string password;  // UTF-8, empty: none given
  // A TrueType or OpenType font (or collection) with Chinese glyphs for files that embed none. Must outlive the source.
  std::span<const std::uint8_t> fallback_font;
  int max_pages = 5000;
  // Pixels of one rendering; a larger one comes at a lower resolution. 40 million: A4 at 600 DPI is 35 million.
  std::int64_t max_rendered_pixels = 40'000'000;
  // Pixels that a picture file's header may announce; above, the file is refused before anything is allocated. The
  // largest phone sensors give 200 million.
  std::int64_t max_picture_pixels = 220'000'000;
};

struct RenderedSize {
  int width = 0;
  int height = 0;
  double dpi = 0;
  std::optional<base::Error> damage{};  // where a part of the pixels could not be read
};

// Gives `size` bytes to render into; an empty span where there is no room.
using PixelAllocator = std::function<std::span<std::uint8_t>(std::size_t size)>;

class Source {
 public:
  virtual ~Source() = default;

  [[nodiscard]] virtual std::string_view media_type() const = 0;
  [[nodiscard]] virtual int page_count() const = 0;
  [[nodiscard]] virtual std::vector<document::OutlineEntry> outline() = 0;
  // The page's own text, lines and pictures. What could not be read of it stands in its `errors`; fails only where
  // nothing is known of the page at all.
  [[nodiscard]] virtual base::Result<NativePage> page(int index) = 0;
  // BGR pixels of the page as displayed, row-major, no padding, into what `allocate` gives. `dpi` is an upper bound:
  // picture files are never enlarged, and max_rendered_pixels holds.
  [[nodiscard]] virtual base::Result<RenderedSize> render(int index, double dpi, const PixelAllocator& allocate) = 0;

  // Office files have no drawn pages but paragraphs, tables and pictures; the two below serve them only, and fail with
  // kInternal for others.
  [[nodiscard]] virtual bool is_office() const { return false; }
  [[nodiscard]] virtual base::Result<document::OfficePage> office_page(int index);
  // The picture of an OfficePicture::index, whole and as it is stored. `dpi` is a bound as above, in pixels per 72
  // points of OfficePicture::page_width.
  [[nodiscard]] virtual base::Result<RenderedSize> render_office_picture(int picture, double dpi,
                                                                         const PixelAllocator& allocate);
};

// Opens PDF, picture and Office files. Fails with kUnsupportedFormat, kPasswordRequired, kWrongPassword,
// kCorruptDocument, kTooLarge, kTooManyPages. `bytes` must outlive the source.
[[nodiscard]] base::Result<std::unique_ptr<Source>> open_source(std::span<const std::uint8_t> bytes,
                                                                const SourceOptions& options);

}  // namespace medmark::input
