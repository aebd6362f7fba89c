#include "server/response_head.hpp"

#include <boost/beast/http/status.hpp>

namespace medmark::server {
namespace {

Parameters security_headers(bool is_secure) {
  Parameters headers = {
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
      // Pictures of pages are shown from memory (blob:, data:); components and formulas set style attributes.
      {"Content-Security-Policy",
       "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri "
       "'none';"
       " form-action 'self'; frame-ancestors 'none'"}};
  if (is_secure) headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  return headers;
}

}  // namespace

std::string response_head(const Response& response, const Request& request, bool keeps_alive) {
  std::string head =
      "HTTP/1.1 " + std::to_string(response.status) + " " +
      std::string(boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status))) +
      "\r\n";
  const auto add = [&](std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
  };
  if (!response.content_type.empty()) add("Content-Type", response.content_type);
  if (!response.events.has_value() && response.status != 204 && response.status != 304) {
    add("Content-Length", std::to_string(response.body_size()));
  }
  add("X-Request-Id", request.id);
  add("Connection", keeps_alive ? "keep-alive" : "close");
  bool has_cache_rule = false;
  bool has_policy = false;
  for (const auto& [name, value] : response.headers) {
    add(name, value);
    has_cache_rule = has_cache_rule || name == "Cache-Control";
    has_policy = has_policy || name == "Content-Security-Policy";
  }
  if (!has_cache_rule) add("Cache-Control", "no-store");
  for (const auto& [name, value] : security_headers(request.is_secure)) {
    if (!has_policy || name != "Content-Security-Policy") add(name, value);
  }
  head += "\r\n";
  return head;
}

}  // namespace medmark::server
