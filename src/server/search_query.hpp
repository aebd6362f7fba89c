// The query of GET /api/v1/documents and of exports. Pure function.
#pragma once

#include "server/message.hpp"
#include "store/search.hpp"

namespace medmark::server {

// kInvalidParameter for unknown values, with the name of the parameter.
[[nodiscard]] base::Result<store::SearchQuery> search_query(const Request& request);

}  // namespace medmark::server
