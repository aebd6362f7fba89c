// The tables of the SQLite store and their versions.
#pragma once

#include "store/sqlite/database.hpp"

namespace medmark::store::sqlite {

// Brings the tables to this program's version. kConflict where a newer program has written the file.
[[nodiscard]] base::Result<void> prepare_schema(Database& database);

}  // namespace medmark::store::sqlite
