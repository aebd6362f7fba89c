// A whole DOCX or PPTX: archive, relationships, parts, pages, pictures.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "input/office/office_source.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr int kPages = 20;
  medmark::input::SourceOptions options;
  options.max_rendered_pixels = 100'000;
  options.max_picture_pixels = 1'000'000;
  medmark::input::office::OfficeLimits limits;
  limits.part_bytes = 1 << 20;
  limits.total_bytes = 4 << 20;
  const auto source = medmark::input::office::open_office({data, size}, options, limits);
  if (!source) return 0;
  for (int page = 0; page < (*source)->page_count() && page < kPages; ++page) {
    static_cast<void>((*source)->office_page(page));
  }
  return 0;
}
