// Which function answers which request. Built once, then read from any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/message.hpp"

namespace medmark::server {

enum class BodyKind { kNone, kJson, kForm };

// Which threads a route's work belongs to: short reads must not wait behind what takes long.
enum class Work {
  kQuick,  // milliseconds
  kSlow,   // drawing a page, packing an archive, hashing a password
};

using Handler = std::function<Response(const Request&)>;

struct Route {
  std::string method;
  std::string pattern;  // "/api/v1/tasks/{id}"
  Permission permission = Permission::kRead;
  BodyKind body = BodyKind::kNone;
  Work work = Work::kQuick;
  Handler handler;
};

struct RouteMatch {
  const Route* route = nullptr;
  std::vector<std::string> captures;
  std::vector<std::string> allowed;  // methods of the path, where it exists without this one
};

class Router {
 public:
  void add(Route route);
  // A HEAD request finds the GET route. {name} stands for one part of a path.
  [[nodiscard]] RouteMatch find(std::string_view method, std::string_view path) const;
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace medmark::server
