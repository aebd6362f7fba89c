// A PDF's opening, outline, text layer, drawings and rendering. PDFium itself is fuzzed by its makers and comes without
// instrumentation here: what is looked for are errors of ours over whatever it says.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "input/pdf/pdf_source.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr int kPages = 3;
  medmark::input::SourceOptions options;
  options.max_rendered_pixels = 100'000;
  const auto source = medmark::input::pdf::open_pdf({data, size}, options);
  if (!source) return 0;
  static_cast<void>((*source)->outline());
  std::vector<std::uint8_t> pixels;
  for (int page = 0; page < (*source)->page_count() && page < kPages; ++page) {
    if (!(*source)->page(page)) continue;
    const auto rendered = (*source)->render(page, 72, [&](std::size_t count) {
      pixels.resize(count);
      return std::span(pixels);
    });
    static_cast<void>(rendered);
  }
  return 0;
}
