// Corrections of a document's JSON: what docs/api.md calls targets, applied to a copy of the parsed document. Pure
// functions.
#pragma once

#include <string>
#include <vector>

#include "server/message.hpp"
#include "store/records.hpp"

namespace medmark::server {

// The value a target has now, "" for a field that is not there yet. kInvalidParameter for a target that is none,
// kNotFound for a block, cell or row that is not there. An object of fields that is missing is made.
[[nodiscard]] base::Result<std::string> target_value(Json& document, const std::string& target);

// Where a target stands: {page, bbox}; null where nothing says so.
[[nodiscard]] Json target_region(Json& document, const std::string& target);

// Writes the value, marks the item as corrected, drops or renews what was computed from it. Fails as target_value does,
// and with kInvalidParameter for a value that the target cannot have.
[[nodiscard]] base::Result<void> apply_correction(Json& document, const std::string& target, const std::string& value);

// Renews `html` of corrected tables and the Markdown in `content`.
void renew_content(Json& document);

}  // namespace medmark::server
