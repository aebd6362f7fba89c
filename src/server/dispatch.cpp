#include "server/dispatch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <new>

#include "server/log.hpp"
#include "server/routes.hpp"
#include "store/identifiers.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;

bool is_good_request_id(const std::string& id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_';
  });
}

// What a client writes into an address may be anything, a name too: only what looks like an id of ours is kept.
bool is_generated_id(const std::string& text) {
  constexpr std::size_t kIdLength = 26;
  constexpr std::size_t kHashLength = 24;  // of the lexicon's suggestions
  return (text.size() == kIdLength || text.size() == kHashLength) &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isdigit(c) != 0 || std::islower(c) != 0; });
}

// The last address of X-Forwarded-For is the one our own proxy added.
std::string forwarded_address(const Request& request) {
  const std::string all = request.header("X-Forwarded-For");
  const std::size_t comma = all.rfind(',');
  std::string last = comma == std::string::npos ? all : all.substr(comma + 1);
  std::erase_if(last, [](unsigned char c) { return std::isxdigit(c) == 0 && c != '.' && c != ':'; });
  return last.substr(0, 45);
}

Response not_allowed(const Request& request, const std::vector<std::string>& allowed) {
  Response response = error_response({ErrorCode::kNotFound, "The path does not have this method."}, request.id);
  response.status = 405;
  std::string methods;
  for (const std::string& method : allowed) methods += (methods.empty() ? "" : ", ") + method;
  response.headers.emplace_back("Allow", methods);
  return response;
}

// What of a request the audit log keeps: all that changes something, and every look at a document.
bool is_audited(const Route& route, const Request& request) {
  if (!route.pattern.starts_with("/api/v1/")) return false;
  if (request.method != "GET" && request.method != "HEAD") return true;
  if (!route.pattern.starts_with("/api/v1/documents/{id}"))
    return route.pattern == "/api/v1/export" || route.permission == Permission::kAdmin;
  return !route.pattern.ends_with("/pages/{n}/image") && !route.pattern.ends_with("/assets/{name}");
}

// "document.read", "task.delete", ...: the last words of the pattern that are none of its {…}, and what was done.
std::string audit_action(const Route& route) {
  std::string subject;
  std::string_view rest = std::string_view(route.pattern).substr(std::string_view("/api/v1/").size());
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view part = rest.substr(0, end);
    if (!part.starts_with('{')) subject += (subject.empty() ? "" : ".") + std::string(part);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  std::string method = route.method;
  std::transform(method.begin(), method.end(), method.begin(), [](unsigned char c) { return std::tolower(c); });
  return subject + "." + method;
}

}  // namespace

Dispatch::Dispatch(Services& services, bool is_behind_proxy)
    : services_(services), access_(services), is_behind_proxy_(is_behind_proxy) {
  add_session_routes(router_, services_, access_);
  add_task_routes(router_, services_);
  add_search_routes(router_, services_);
  add_document_routes(router_, services_);
  add_correction_routes(router_, services_);
  add_export_routes(router_, services_);
  add_account_routes(router_, services_);
  add_administration_routes(router_, services_);
  add_learning_routes(router_, services_);
  add_probe_routes(router_, services_);
  add_page_routes(router_, services_);
}

Admission Dispatch::admit(Request& request) const {
  const std::string given = request.header("X-Request-Id");
  request.id = is_good_request_id(given) ? given : store::new_id();
  if (is_behind_proxy_) {
    if (const std::string address = forwarded_address(request); !address.empty()) request.address = address;
    request.is_secure = request.is_secure || request.header("X-Forwarded-Proto") == "https";
  }
  Admission admission;
  RouteMatch match = router_.find(request.method, request.path);
  admission.route = match.route;
  request.captures = std::move(match.captures);
  base::Result<void> allowed = access_.identify(request);
  if (match.route == nullptr) {
    admission.refusal = !match.allowed.empty()
                            ? not_allowed(request, match.allowed)
                            : error_response({ErrorCode::kNotFound, "There is nothing at this address."}, request.id);
    return admission;
  }
  // A session that has ended must not keep anyone from what everyone may see, such as the page to sign in.
  const bool is_open = match.route->permission == Permission::kNone;
  if (!allowed.has_value() && is_open && allowed.error().code == ErrorCode::kUnauthorized) allowed = {};
  if (allowed.has_value()) allowed = access_.check(request, match.route->permission);
  if (!allowed.has_value()) admission.refusal = error_response(allowed.error(), request.id);
  return admission;
}

Response Dispatch::run(const Route& route, const Request& request) const {
  // A handler that throws costs this request, not the server.
  try {
    return route.handler(request);
  } catch (const std::bad_alloc&) {
    return error_response({ErrorCode::kInternal, "There is not enough memory."}, request.id);
  } catch (const std::exception&) {
    return error_response({ErrorCode::kInternal, "The request failed."}, request.id);
  }
}

std::optional<store::AuditEntry> Dispatch::finished(const Request& request, const Route* route,
                                                    const Response& response, double seconds) const {
  const std::string pattern = route != nullptr ? route->pattern : "-";
  services_.metrics.request_done(route != nullptr ? route->method : "-", pattern, response.status, seconds);
  const LogLevel level = response.status >= 500 ? LogLevel::kError : LogLevel::kInfo;
  const bool is_probe = route != nullptr && (pattern == "/health" || pattern == "/ready" || pattern == "/metrics");
  if (!is_probe || response.status >= 400) {
    log_line(level, fmt::format("request id={} method={} route={} status={} ms={:.1f}{}{}", request.id,
                                route != nullptr ? route->method : "-", pattern, response.status, seconds * 1000,
                                response.error_code.empty() ? "" : " code=", response.error_code));
  }
  if (route == nullptr || !is_audited(*route, request)) return std::nullopt;
  store::AuditEntry entry;
  // A refused sign-in has no name: what was typed may be anything.
  entry.actor = request.identity.name.empty() ? response.actor : request.identity.name;
  if (entry.actor.empty()) entry.actor = "-";
  entry.action = audit_action(*route);
  if (!request.captures.empty() && is_generated_id(request.captures.front())) entry.subject = request.captures.front();
  entry.result = response.error_code.empty() ? "ok" : response.error_code;
  entry.address = request.address;
  return entry;
}

void Dispatch::audit(store::AuditEntry entry) const {
  if (auto kept = services_.store.audit().append(std::move(entry)); !kept.has_value()) {
    log_line(LogLevel::kError, "audit failed code=" + std::string(base::error_code_name(kept.error().code)));
  }
}

}  // namespace medmark::server
