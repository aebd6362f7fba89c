// What an Office file may ask of us. Real reports stay two orders of magnitude below; a file above any of these is
// refused or cut with a code, never worked on.
#pragma once

#include <cstdint>

namespace medmark::input::office {

struct OfficeLimits {
  std::uint64_t parts = 20'000;                          // members of the archive
  std::uint64_t part_bytes = std::uint64_t{64} << 20;    // one member, unpacked
  std::uint64_t total_bytes = std::uint64_t{384} << 20;  // all that are read, unpacked
  int xml_depth = 256;                                   // elements in each other
  std::uint64_t xml_nodes = 6'000'000;                   // of one part
  int table_depth = 6;                                   // tables in each other, and text boxes
  int table_columns = 512;
  std::uint64_t table_cells = 200'000;
  int pictures = 2'000;
  int style_depth = 32;  // styles that are based on each other
};

}  // namespace medmark::input::office
