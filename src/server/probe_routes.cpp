// Liveness, readiness, metrics, the API description.
#include <fmt/format.h>

#include <iterator>

#include "server/health.hpp"
#include "server/result_files.hpp"
#include "server/routes.hpp"

namespace medmark::server {
namespace {

Json engine_json(const engine::EngineState& state) {
  Json json = {{"state", condition_name(state.condition)}, {"error", nullptr}, {"device_note", state.device_note}};
  if (state.error.has_value()) {
    json["error"] = {{"code", base::error_code_name(state.error->code)}, {"message", state.error->message}};
  }
  return json;
}

Response health(Services& services) {
  const Health now = look(services);
  return json_response({{"status", now.warnings.empty() ? "ok" : "degraded"},
                        {"version", MEDMARK_VERSION},
                        {"engine", engine_json(now.engine)},
                        {"queue", {{"queued", now.tasks.queued}, {"running", now.tasks.running}}},
                        {"warnings", warnings_json(now.warnings)}},
                       now.is_writable ? 200 : 503);
}

Response ready(Services& services) {
  const engine::EngineState state = services.engine.state();
  // An engine that restarts after a crash takes work again by itself; uploads are accepted meanwhile.
  const bool is_ready =
      state.condition == engine::EngineCondition::kReady || state.condition == engine::EngineCondition::kRestarting;
  if (is_ready) return json_response({{"ready", true}});
  Response response = json_response({{"ready", false}, {"reason", condition_name(state.condition)}}, 503);
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

class MetricText {
 public:
  template <typename Value>
  void add(const char* name, const char* type, Value value) {
    fmt::format_to(std::back_inserter(text_), "# TYPE medmark_{0} {1}\nmedmark_{0} {2}\n", name, type, value);
  }
  void family(const char* name, const char* type) {
    fmt::format_to(std::back_inserter(text_), "# TYPE medmark_{} {}\n", name, type);
  }
  template <typename Value>
  void labelled(const char* name, const char* label, std::string_view value, Value number) {
    fmt::format_to(std::back_inserter(text_), "medmark_{}{{{}=\"{}\"}} {}\n", name, label, value, number);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void add_engine_metrics(MetricText& text, const engine::EngineStatistics& statistics) {
  text.add("documents_done_total", "counter", statistics.documents_done);
  text.add("documents_failed_total", "counter", statistics.documents_failed);
  text.add("pages_done_total", "counter", statistics.pages_done);
  text.add("engine_restarts_total", "counter", statistics.restarts);
  text.add("engine_retirements_total", "counter", statistics.retirements);
  text.add("engine_retries_total", "counter", statistics.retries);
  text.add("jobs_in_flight", "gauge", statistics.jobs_in_flight);
  text.family("engine_resident_bytes", "gauge");
  for (std::size_t i = 0; i < statistics.resident_bytes.size(); ++i) {
    text.labelled("engine_resident_bytes", "engine", std::to_string(i), statistics.resident_bytes[i]);
  }
  text.family("stage_seconds_total", "counter");
  for (const auto& [stage, time] : statistics.stages) {
    text.labelled("stage_seconds_total", "stage", stage, time.milliseconds / 1000);
  }
  text.family("stage_pages_total", "counter");
  for (const auto& [stage, time] : statistics.stages) text.labelled("stage_pages_total", "stage", stage, time.pages);
}

Response metrics(Services& services) {
  const Health now = look(services);
  MetricText text;
  text.add("up", "gauge", 1);
  text.add("engine_ready", "gauge", now.engine.condition == engine::EngineCondition::kReady ? 1 : 0);
  text.family("tasks", "gauge");
  for (const auto& [status, count] :
       std::initializer_list<std::pair<const char*, int>>{{"prepared", now.tasks.prepared},
                                                          {"queued", now.tasks.queued},
                                                          {"running", now.tasks.running},
                                                          {"completed", now.tasks.completed},
                                                          {"partial", now.tasks.partial},
                                                          {"failed", now.tasks.failed},
                                                          {"canceled", now.tasks.canceled}}) {
    text.labelled("tasks", "status", status, count);
  }
  text.add("server_resident_bytes", "gauge", resident_bytes());
  text.add("memory_bytes", "gauge", now.memory_bytes);
  text.add("disk_free_bytes", "gauge", now.disk_free_bytes);
  text.add("disk_total_bytes", "gauge", now.disk_total_bytes);
  text.add("open_connections", "gauge", services.metrics.open_connections.load());
  text.add("event_streams", "gauge", services.metrics.event_streams.load());
  text.add("refused_connections_total", "counter", services.metrics.refused_connections.load());
  text.add("received_bytes_total", "counter", services.metrics.received_bytes.load());
  text.add("failed_logins_total", "counter", services.metrics.failed_logins.load());
  text.family("warning", "gauge");
  for (const char* code : {"memory", "disk", "queue", "engine", "storage"}) {
    const bool warns = std::any_of(now.warnings.begin(), now.warnings.end(),
                                   [code](const Warning& warning) { return warning.code == code; });
    text.labelled("warning", "code", code, warns ? 1 : 0);
  }
  add_engine_metrics(text, services.engine.statistics());
  Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body.emplace_back(text.take() + services.metrics.request_lines());
  return response;
}

Response api_file(Services& services, const Request& request, const char* name) {
  auto file = OpenFile::open((services.api_folder / name).string());
  if (!file.has_value()) return error_response({base::ErrorCode::kNotFound, "The file is not there."}, request.id);
  Response response;
  response.content_type = media_type_of(name);
  response.headers.emplace_back("Cache-Control", "no-cache");
  response.body.emplace_back(std::move(*file));
  return response;
}

}  // namespace

void add_probe_routes(Router& router, Services& services) {
  const auto add = [&](const char* pattern, auto handler) {
    router.add({"GET", pattern, Permission::kNone, BodyKind::kNone, Work::kQuick, handler});
  };
  add("/health", [&services](const Request&) { return health(services); });
  add("/ready", [&services](const Request&) { return ready(services); });
  add("/metrics", [&services](const Request&) { return metrics(services); });
  add("/openapi.json", [&services](const Request& request) { return api_file(services, request, "openapi.json"); });
  add("/docs", [&services](const Request& request) { return api_file(services, request, "docs.html"); });
  add("/docs.js", [&services](const Request& request) { return api_file(services, request, "docs.js"); });
  add("/docs.css", [&services](const Request& request) { return api_file(services, request, "docs.css"); });
}

}  // namespace medmark::server
