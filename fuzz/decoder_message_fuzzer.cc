// Answers of a decoder process, which may be in a stranger's hands. What is understood must be written back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "decoder/office_protocol.hpp"
#include "decoder/protocol.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace medmark::decoder;
  static_cast<void>(decode_error({data, size}));
  static_cast<void>(decode_document({data, size}));
  if (const auto page = decode_page({data, size}); page && encode_page(*page).size() != size) std::abort();
  if (const auto page = decode_office_page({data, size}); page && encode_office_page(*page).size() != size)
    std::abort();
  return 0;
}
