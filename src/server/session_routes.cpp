// Signing in and out.
#include "server/parse_request.hpp"
#include "server/routes.hpp"

namespace medmark::server {
namespace {

std::string session_cookie(const std::string& value, bool is_secure, bool ends) {
  return std::string(kSessionCookie) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" +
         (is_secure ? "; Secure" : "") + (ends ? "; Max-Age=0" : "");
}

// `user` is null where nobody is signed in.
Json session_json(const Services& services, const Identity& identity) {
  Json answer = {{"authentication", services.accounts == Accounts::kOn}, {"user", nullptr}, {"csrf_token", ""}};
  if (identity.permission == Permission::kNone) return answer;
  const char* role = identity.permission == Permission::kAdmin   ? "administrator"
                     : identity.permission == Permission::kWrite ? "operator"
                                                                 : "viewer";
  answer["user"] = {{"id", identity.user_id},
                    {"name", identity.name},
                    {"role", role},
                    {"must_change_password", identity.must_change_password}};
  answer["csrf_token"] = identity.csrf_token;
  return answer;
}

// A browser asks this before anyone has signed in, so that nobody is an answer; a program that names a key wants to
// know whether it is one.
Response who_is_signed_in(const Services& services, const Request& request) {
  const bool names_a_key = !request.header("Authorization").empty();
  if (names_a_key && request.identity.permission == Permission::kNone) {
    return error_response({base::ErrorCode::kUnauthorized, "The key is not valid."}, request.id);
  }
  return json_response(session_json(services, request.identity));
}

Response sign_in(Services& services, const Access& access, const Request& request) {
  const auto body = json_object(request);
  if (!body.has_value()) return error_response(body.error(), request.id);
  if (services.accounts == Accounts::kOff) return json_response(session_json(services, request.identity));
  const auto signed_in = access.sign_in(text_member(*body, "name"), text_member(*body, "password"));
  if (!signed_in.has_value()) {
    Response refused = error_response(signed_in.error(), request.id);
    if (refused.status == 429) refused.headers = {{"Retry-After", "900"}};
    return refused;
  }
  Response response = json_response(session_json(services, signed_in->identity));
  response.actor = signed_in->identity.name;
  response.headers.emplace_back("Set-Cookie", session_cookie(signed_in->token, request.is_secure, false));
  return response;
}

Response sign_out(Services& services, const Request& request) {
  if (!request.identity.session_hash.empty()) {
    auto removed = services.store.accounts().remove_session(request.identity.session_hash);
    if (!removed.has_value()) return error_response(removed.error(), request.id);
  }
  Response response = empty_response();
  response.headers.emplace_back("Set-Cookie", session_cookie("", request.is_secure, true));
  return response;
}

Response change_password(const Access& access, const Request& request) {
  const auto body = json_object(request);
  if (!body.has_value()) return error_response(body.error(), request.id);
  const auto changed =
      access.change_password(request.identity, text_member(*body, "old_password"), text_member(*body, "new_password"));
  return changed.has_value() ? empty_response() : error_response(changed.error(), request.id);
}

}  // namespace

void add_session_routes(Router& router, Services& services, const Access& access) {
  router.add({"GET", "/api/v1/session", Permission::kNone, BodyKind::kNone, Work::kQuick,
              [&services](const Request& request) { return who_is_signed_in(services, request); }});
  router.add({"POST", "/api/v1/session", Permission::kNone, BodyKind::kJson, Work::kSlow,
              [&services, &access](const Request& request) { return sign_in(services, access, request); }});
  router.add({"DELETE", "/api/v1/session", Permission::kRead, BodyKind::kNone, Work::kQuick,
              [&services](const Request& request) { return sign_out(services, request); }});
  router.add({"POST", "/api/v1/session/password", Permission::kRead, BodyKind::kJson, Work::kSlow,
              [&access](const Request& request) { return change_password(access, request); }});
}

}  // namespace medmark::server
