// Search, patients' values over time, saved filters.
#include <algorithm>
#include <charconv>

#include "server/lab_table.hpp"
#include "server/parse_request.hpp"
#include "server/result_files.hpp"
#include "server/routes.hpp"
#include "server/search_query.hpp"
#include "store/identifiers.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

Json hit_json(const store::SearchHit& hit) {
  Json json = document_summary(hit.document);
  Json list = Json::array();
  for (const store::Snippet& snippet : hit.snippets) {
    Json highlights = Json::array();
    for (const store::Highlight& mark : snippet.highlights) highlights.push_back(Json::array({mark.begin, mark.end}));
    list.push_back({{"text", snippet.text}, {"highlights", std::move(highlights)}});
  }
  json["snippets"] = std::move(list);
  return json;
}

Result<Response> search(Services& services, const Request& request) {
  const auto query = search_query(request);
  if (!query.has_value()) return tl::unexpected(query.error());
  const auto page = services.store.documents().search(*query);
  if (!page.has_value()) return tl::unexpected(page.error());
  Json documents = Json::array();
  for (const store::SearchHit& hit : page->hits) documents.push_back(hit_json(hit));
  return json_response({{"documents", std::move(documents)},
                        {"total", page->total},
                        {"offset", query->offset},
                        {"limit", query->limit}});
}

Result<Response> lab_items(Services& services, const Request& request) {
  const auto items = services.store.documents().lab_items(request.captures[0]);
  if (!items.has_value()) return tl::unexpected(items.error());
  Json list = Json::array();
  for (const store::LabItem& item : *items) {
    list.push_back({{"item", item.item}, {"unit", item.unit}, {"count", item.count}});
  }
  return json_response({{"items", std::move(list)}});
}

Json optional_number(const std::optional<double>& number) { return number.has_value() ? Json(*number) : Json(nullptr); }

Json point_json(const store::LabPoint& point) {
  return {{"document_id", point.document_id},
          {"index", point.index},
          {"name", point.name},
          {"date", point.date},
          {"value", point.value},
          {"value_num", optional_number(point.value_num)},
          {"unit", point.unit},
          {"low", optional_number(point.low)},
          {"high", optional_number(point.high)},
          {"flag", point.flag},
          {"needs_review", point.needs_review}};
}

Response points_csv(const std::vector<store::LabPoint>& points) {
  std::string out =
      kByteOrderMark + csv_line({"item", "date", "name", "value", "unit", "low", "high", "flag", "document_id"});
  const auto text = [](const std::optional<double>& number) { return number.has_value() ? Json(*number).dump() : ""; };
  for (const store::LabPoint& point : points) {
    out += csv_line({point.item, point.date, point.name, point.value, point.unit, text(point.low), text(point.high),
                     point.flag, point.document_id});
  }
  Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", attachment("lab_series.csv"));
  response.body.emplace_back(std::move(out));
  return response;
}

Result<Response> lab_series(Services& services, const Request& request) {
  constexpr std::size_t kMaxItems = 20;
  std::vector<std::string> items;
  for (const auto& [name, value] : request.query) {
    if (name == "item") items.push_back(value);
  }
  if (items.empty() || items.size() > kMaxItems) {
    return base::fail(ErrorCode::kInvalidParameter, "Name one to 20 items.");
  }
  const auto points = services.store.documents().lab_series(request.captures[0], items);
  if (!points.has_value()) return tl::unexpected(points.error());
  if (request.parameter("format") == "csv") return points_csv(*points);
  Json series = Json::array();
  for (const std::string& item : items) {
    Json list = Json::array();
    for (const store::LabPoint& point : *points) {
      if (point.item == item) list.push_back(point_json(point));
    }
    series.push_back({{"item", item}, {"points", std::move(list)}});
  }
  return json_response({{"series", std::move(series)}});
}

std::string filter_prefix(const Request& request) {
  return "filter." + request.identity.user_id + request.identity.name + ".";
}

Result<Response> filters(Services& services, const Request& request) {
  const std::string prefix = filter_prefix(request);
  const auto kept = services.store.settings().list(prefix);
  if (!kept.has_value()) return tl::unexpected(kept.error());
  Json list = Json::array();
  for (const auto& [name, value] : *kept) {
    const Json filter = Json::parse(value, nullptr, false);
    list.push_back({{"id", name.substr(prefix.size())},
                    {"name", text_member(filter, "name")},
                    {"query", text_member(filter, "query")}});
  }
  return json_response({{"filters", std::move(list)}});
}

Result<Response> add_filter(Services& services, const Request& request) {
  constexpr std::size_t kMaxLength = 2000;
  const auto body = json_object(request);
  if (!body.has_value()) return tl::unexpected(body.error());
  const std::string name = text_member(*body, "name");
  const std::string query = text_member(*body, "query");
  if (name.empty() || name.size() > kMaxLength || query.size() > kMaxLength) {
    return base::fail(ErrorCode::kInvalidParameter, "A filter needs a name and a query of at most 2000 bytes.");
  }
  const std::string id = store::new_id();
  auto kept = services.store.settings().put(filter_prefix(request) + id, dump({{"name", name}, {"query", query}}));
  if (!kept.has_value()) return tl::unexpected(kept.error());
  return json_response({{"id", id}, {"name", name}, {"query", query}}, 201);
}

Result<Response> remove_filter(Services& services, const Request& request) {
  auto removed = services.store.settings().remove(filter_prefix(request) + request.captures[0]);
  if (!removed.has_value()) return base::fail(ErrorCode::kNotFound, "There is no such filter.");
  return empty_response();
}

}  // namespace

void add_search_routes(Router& router, Services& services) {
  const auto add = [&](const char* method, const char* pattern, BodyKind body, auto handler) {
    router.add({method, pattern, Permission::kRead, body, Work::kSlow, [&services, handler](const Request& request) {
                  auto response = handler(services, request);
                  return response.has_value() ? std::move(*response) : error_response(response.error(), request.id);
                }});
  };
  add("GET", "/api/v1/documents", BodyKind::kNone, search);
  add("GET", "/api/v1/patients/{patient_key}/lab_items", BodyKind::kNone, lab_items);
  add("GET", "/api/v1/patients/{patient_key}/labs", BodyKind::kNone, lab_series);
  add("GET", "/api/v1/filters", BodyKind::kNone, filters);
  add("POST", "/api/v1/filters", BodyKind::kJson, add_filter);
  add("DELETE", "/api/v1/filters/{id}", BodyKind::kNone, remove_filter);
}

}  // namespace medmark::server
