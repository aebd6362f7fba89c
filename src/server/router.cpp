#include "server/router.hpp"

#include <algorithm>
#include <optional>

namespace medmark::server {
namespace {

std::string_view next_part(std::string_view& path) {
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view part = path.substr(0, end);
  path.remove_prefix(end);
  return part;
}

// What the pattern's {…} stand for; empty where the path is another one.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  std::vector<std::string> captures;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = next_part(pattern);
    const std::string_view part = next_part(path);
    if (wanted.starts_with('{')) {
      if (part.empty()) return std::nullopt;
      captures.push_back(percent_decoded(part, false));
    } else if (wanted != part) {
      return std::nullopt;
    }
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return captures;
}

}  // namespace

void Router::add(Route route) { routes_.push_back(std::move(route)); }

RouteMatch Router::find(std::string_view method, std::string_view path) const {
  RouteMatch result;
  const std::string_view wanted = method == "HEAD" ? std::string_view("GET") : method;
  for (const Route& route : routes_) {
    auto captures = match(route.pattern, path);
    if (!captures.has_value()) continue;
    if (route.method == wanted) return {&route, std::move(*captures), {}};
    result.allowed.push_back(route.method);
  }
  return result;
}

}  // namespace medmark::server
