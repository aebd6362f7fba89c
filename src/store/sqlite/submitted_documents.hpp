// The rows of documents as they are submitted: files, parameters and password, before a task reads them. Free functions
// inside the caller's transaction; each fails as `Connection::run` does.
#pragma once

#include <string>

#include "store/sqlite/database.hpp"
#include "store/store.hpp"

namespace medmark::store::sqlite {

// Whether a statement went well, whatever it answered.
template <typename T>
[[nodiscard]] base::Result<void> without_value(const base::Result<T>& result) {
  if (!result.has_value()) return tl::unexpected(result.error());
  return {};
}

// What makes two submissions the same document.
[[nodiscard]] std::string identity_of(const Submission& submission);

// The new document's identifier. Its task is still to be named.
[[nodiscard]] base::Result<std::string> add_document(Connection& connection, const Submission& submission,
                                                     const std::string& identity);

// A document without a result goes by the password and the names that it was sent under last.
[[nodiscard]] base::Result<void> renew_document(Connection& connection, const Submission& submission,
                                                const std::string& document_id);

// Another password or other parameters for a document that is to be read (again); its identity follows.
[[nodiscard]] base::Result<void> apply_options(Connection& connection, const std::string& document_id,
                                               const StartOptions& options);

}  // namespace medmark::store::sqlite
