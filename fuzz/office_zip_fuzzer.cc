// The zip layer: every member and every relationship of whatever calls itself an archive.
#include <cstddef>
#include <cstdint>

#include "input/office/package.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace medmark::input::office;
  OfficeLimits limits;
  limits.part_bytes = 1 << 18;
  limits.total_bytes = 1 << 20;
  auto package = Package::open({data, size}, limits);
  if (!package) return 0;
  for (const char* part : {"", "word/document.xml", "ppt/presentation.xml", "a"}) {
    for (const auto& [id, relationship] : package->relationships(part)) {
      static_cast<void>(package->read(relationship.target));
    }
    static_cast<void>(package->read(part));
  }
  return 0;
}
