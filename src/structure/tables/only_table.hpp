// For tests: the one table of a drawn page, written out as text.
#pragma once

#include <string>
#include <vector>

#include "structure/tables/tables.hpp"
#include "structure/tables/test_page.hpp"

namespace medmark::structure {

// Its rows; nothing where there is none, or more than one.
inline std::vector<std::string> only_table(DrawnPage& page) {
  const auto tables = find_tables(page.page(), {});
  return tables.size() == 1 ? written(*tables[0].block.table) : std::vector<std::string>{};
}

}  // namespace medmark::structure
