// The built page: index.html for every address of the page, its assets with long caching.
#include <algorithm>

#include "server/result_files.hpp"
#include "server/routes.hpp"

namespace medmark::server {
namespace {

// Names that the page's build makes.
bool is_plain_name(const std::string& name) {
  return !name.empty() && name.front() != '.' && name.size() <= 200 &&
         std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.'; });
}

Response file(const Request& request, const std::filesystem::path& path, const std::string& cache_rule) {
  auto opened = OpenFile::open(path.string());
  if (!opened.has_value())
    return error_response({base::ErrorCode::kNotFound, "There is nothing at this address."}, request.id);
  Response response;
  response.content_type = media_type_of(path.filename().string());
  response.headers.emplace_back("Cache-Control", cache_rule);
  response.body.emplace_back(std::move(*opened));
  return response;
}

Response in_folder(const Services& services, const Request& request, const char* folder, const char* cache_rule) {
  const std::string& name = request.captures.back();
  if (!is_plain_name(name))
    return error_response({base::ErrorCode::kNotFound, "There is nothing at this address."}, request.id);
  return file(request, services.web_folder / folder / name, cache_rule);
}

}  // namespace

void add_page_routes(Router& router, Services& services) {
  const auto add = [&](const char* pattern, auto handler) {
    router.add({"GET", pattern, Permission::kNone, BodyKind::kNone, Work::kQuick, handler});
  };
  add("/",
      [&services](const Request& request) { return file(request, services.web_folder / "index.html", "no-cache"); });
  // Names of assets carry a hash of their content: they never change.
  add("/assets/{name}", [&services](const Request& request) {
    return in_folder(services, request, "assets", "public, max-age=31536000, immutable");
  });
  add("/fonts/{name}",
      [&services](const Request& request) { return in_folder(services, request, "fonts", "public, max-age=86400"); });
  add("/{name}", [&services](const Request& request) {
    // A file of the build's top folder (an icon), or else an address of the page itself.
    const std::string& name = request.captures.back();
    const bool is_file = is_plain_name(name) && name.find('.') != std::string::npos;
    return is_file ? in_folder(services, request, "", "no-cache")
                   : error_response({base::ErrorCode::kNotFound, "There is nothing at this address."}, request.id);
  });
}

}  // namespace medmark::server
