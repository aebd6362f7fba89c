// Settings, audit log, watched folders, the state of the system.
#include <chrono>

#include "server/approved_words.hpp"
#include "server/health.hpp"
#include "server/lab_table.hpp"
#include "server/parse_request.hpp"
#include "server/routes.hpp"
#include "server/scratch_file.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

constexpr int kEntriesAtOnce = 1000;

Json entry_json(const store::AuditEntry& entry) {
  return {
      {"number", entry.number},   {"time", iso_time(entry.time)}, {"actor", entry.actor},     {"action", entry.action},
      {"subject", entry.subject}, {"result", entry.result},       {"address", entry.address}, {"hash", entry.hash}};
}

Result<store::AuditQuery> audit_query(const Request& request) {
  store::AuditQuery query;
  query.actor = request.parameter("actor").value_or("");
  query.action = request.parameter("action").value_or("");
  query.subject = request.parameter("subject").value_or("");
  for (const auto& [name, target] : {std::pair("from", &query.from), std::pair("to", &query.to)}) {
    const std::string text = request.parameter(name).value_or("");
    if (text.empty()) continue;
    const auto time = parse_iso_time(text);
    if (!time.has_value()) {
      return base::fail(ErrorCode::kInvalidParameter, std::string(name) + " must be an ISO 8601 date or time in UTC.");
    }
    *target = *time;
  }
  const auto offset = int_parameter(request, "offset", 0, 0, 1'000'000'000);
  const auto limit = int_parameter(request, "limit", 100, 1, 1000);
  if (!offset.has_value()) return tl::unexpected(offset.error());
  if (!limit.has_value()) return tl::unexpected(limit.error());
  query.offset = *offset;
  query.limit = *limit;
  return query;
}

// Written to a file without a name, a piece at a time: half a year of entries may be millions.
Result<Response> audit_csv(Services& services, store::AuditQuery query) {
  auto file = ScratchFile::create(services.store.folder());
  if (!file.has_value()) return tl::unexpected(file.error());
  auto written = file->write(kByteOrderMark +
                             csv_line({"number", "time", "actor", "action", "subject", "result", "address", "hash"}));
  query.offset = 0;
  query.limit = kEntriesAtOnce;
  while (written.has_value()) {
    const auto page = services.store.audit().entries(query);
    if (!page.has_value()) return tl::unexpected(page.error());
    std::string lines;
    for (const store::AuditEntry& entry : page->entries) {
      lines += csv_line({std::to_string(entry.number), iso_time(entry.time).get<std::string>(), entry.actor,
                         entry.action, entry.subject, entry.result, entry.address, entry.hash});
    }
    written = file->write(lines);
    if (page->entries.size() < static_cast<std::size_t>(kEntriesAtOnce)) break;
    query.before = page->entries.back().number;
  }
  if (!written.has_value()) return tl::unexpected(written.error());
  Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", attachment("audit.csv"));
  response.body.emplace_back(std::move(*file).finish());
  return response;
}

Result<Response> audit(Services& services, const Request& request) {
  const auto query = audit_query(request);
  if (!query.has_value()) return tl::unexpected(query.error());
  if (request.parameter("format") == "csv") return audit_csv(services, *query);
  const auto page = services.store.audit().entries(*query);
  if (!page.has_value()) return tl::unexpected(page.error());
  Json list = Json::array();
  for (const store::AuditEntry& entry : page->entries) list.push_back(entry_json(entry));
  return json_response({{"entries", std::move(list)}, {"total", page->total}});
}

Result<Response> audit_verification(Services& services, const Request&) {
  const auto broken = services.store.audit().verify();
  if (!broken.has_value()) return tl::unexpected(broken.error());
  return json_response({{"intact", *broken == 0}, {"first_broken", *broken}});
}

Result<Response> settings(Services& services, const Request&) {
  return json_response(to_json(services.settings.get()));
}

Result<Response> change_settings(Services& services, const Request& request) {
  const auto body = json_object(request);
  if (!body.has_value()) return tl::unexpected(body.error());
  const auto changed_settings = services.settings.change(*body);
  if (!changed_settings.has_value()) return tl::unexpected(changed_settings.error());
  return json_response(to_json(*changed_settings));
}

Result<Response> system(Services& services, const Request&) {
  const Health now = look(services);
  const engine::EngineStatistics statistics = services.engine.statistics();
  Json error = nullptr;
  if (now.engine.error.has_value()) {
    error = {{"code", base::error_code_name(now.engine.error->code)}, {"message", now.engine.error->message}};
  }
  Json installed = services.installation ? services.installation() : Json::object();
  if (const auto words = approved_words(services.store.settings()); !words.empty()) {
    const auto version = clinical::version_of(words);
    installed["lexicons"].push_back({{"name", version.name}, {"version", version.version}});
  }
  const auto uptime = std::chrono::steady_clock::now() - services.started;
  return json_response({{"version", MEDMARK_VERSION},
                        {"engine",
                         {{"state", condition_name(now.engine.condition)},
                          {"error", std::move(error)},
                          {"device_note", now.engine.device_note},
                          {"processes", statistics.resident_bytes.size()},
                          {"restarts", statistics.restarts},
                          {"pages_done", statistics.pages_done},
                          {"resident_bytes", statistics.resident_bytes},
                          {"models", installed.value("models", Json::array())},
                          {"lexicons", installed.value("lexicons", Json::array())}}},
                        {"memory_bytes", now.memory_bytes},
                        {"disk_free_bytes", now.disk_free_bytes},
                        {"disk_total_bytes", now.disk_total_bytes},
                        {"uptime_s", std::chrono::duration_cast<std::chrono::seconds>(uptime).count()},
                        {"warnings", warnings_json(now.warnings)}});
}

}  // namespace

void add_administration_routes(Router& router, Services& services) {
  const auto add = [&](const char* method, const char* pattern, Permission permission, BodyKind body, auto handler) {
    router.add({method, pattern, permission, body, Work::kSlow, [&services, handler](const Request& request) {
                  auto response = handler(services, request);
                  return response.has_value() ? std::move(*response) : error_response(response.error(), request.id);
                }});
  };
  // The page needs to know whether uploads start at once, and the limits, before anyone administers.
  add("GET", "/api/v1/settings", Permission::kRead, BodyKind::kNone, settings);
  add("PATCH", "/api/v1/settings", Permission::kAdmin, BodyKind::kJson, change_settings);
  add("GET", "/api/v1/audit", Permission::kAdmin, BodyKind::kNone, audit);
  add("GET", "/api/v1/audit/verification", Permission::kAdmin, BodyKind::kNone, audit_verification);
  add("GET", "/api/v1/watch", Permission::kRead, BodyKind::kNone,
      [](Services& all, const Request&) { return Result<Response>(json_response(all.watch_state())); });
  add("GET", "/api/v1/system", Permission::kRead, BodyKind::kNone, system);
}

}  // namespace medmark::server
