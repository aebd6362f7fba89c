// Picture files of every format: header, pages, pixels.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "input/format.hpp"
#include "input/picture/picture_source.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const medmark::input::Format format = medmark::input::detect_format({data, size});
  if (!medmark::input::is_picture(format)) return 0;
  medmark::input::SourceOptions options;
  options.max_picture_pixels = 1'000'000;
  options.max_rendered_pixels = 100'000;
  options.max_pages = 50;
  const auto source = medmark::input::picture::open_picture(format, {data, size}, options);
  if (!source) return 0;
  std::vector<std::uint8_t> pixels;
  for (int page = 0; page < (*source)->page_count() && page < 3; ++page) {
    const auto rendered = (*source)->render(page, 100, [&](std::size_t count) {
      pixels.resize(count);
      return std::span(pixels);
    });
    static_cast<void>(rendered);
  }
  return 0;
}
