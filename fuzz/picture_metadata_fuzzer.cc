// EXIF, JFIF and PNG metadata, which are parsed by hand.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "input/picture/metadata.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using medmark::input::picture::Metadata;
  for (const Metadata& metadata :
       {medmark::input::picture::parse_exif({data, size}), medmark::input::picture::jpeg_metadata({data, size}),
        medmark::input::picture::png_metadata({data, size})}) {
    if (metadata.orientation < 1 || metadata.orientation > 8) std::abort();
  }
  return 0;
}
