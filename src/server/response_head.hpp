// The status line and headers of a response, as they go out.
#pragma once

#include <string>

#include "server/message.hpp"

namespace medmark::server {

// With the headers that every response has: length, request id, no caching and the security headers, unless the
// response says otherwise.
[[nodiscard]] std::string response_head(const Response& response, const Request& request, bool keeps_alive);

}  // namespace medmark::server
