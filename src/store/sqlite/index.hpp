// What search looks in: the facts and terms of a document, written in the transaction that changes its result.
#pragma once

#include <string>

#include "store/facts.hpp"
#include "store/sqlite/database.hpp"

namespace medmark::store::sqlite {

// Replaces everything the index holds of the document, and the columns of its record that come from the result.
[[nodiscard]] base::Result<void> index_document(Connection& connection, const std::string& document_id,
                                                const DocumentFacts& facts);
// Removes it from the index.
[[nodiscard]] base::Result<void> unindex_document(Connection& connection, const std::string& document_id);

}  // namespace medmark::store::sqlite
