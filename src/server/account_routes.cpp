// Accounts and API keys.
#include <algorithm>
#include <chrono>
#include <set>

#include "base/text.hpp"
#include "server/parse_request.hpp"
#include "server/passwords.hpp"
#include "server/routes.hpp"
#include "store/identifiers.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::size_t kMaxNameBytes = 100;
constexpr const char* kKeyPrefix = "mm_";

Json user_json(const store::User& user) {
  return {{"id", user.id},
          {"name", user.name},
          {"role", store::role_name(user.role)},
          {"disabled", user.disabled},
          {"locked", user.locked_until > store::now()},
          {"must_change_password", user.must_change_password},
          {"created_at", iso_time(user.created_at)},
          {"last_login_at", iso_time(user.last_login_at)}};
}

Json key_json(const store::ApiKey& key) {
  return {{"id", key.id},
          {"name", key.name},
          {"scopes", key.scopes},
          {"created_by", key.created_by},
          {"created_at", iso_time(key.created_at)},
          {"last_used_at", iso_time(key.last_used_at)},
          {"expires_at", iso_time(key.expires_at)}};
}

Result<std::string> good_name(const Json& body) {
  std::string name = base::trimmed(text_member(body, "name"));
  const bool has_control =
      std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (name.empty() || name.size() > kMaxNameBytes || has_control) {
    return base::fail(ErrorCode::kInvalidParameter, "A name has 1 to 100 bytes and no control characters.");
  }
  return name;
}

Result<store::Role> good_role(const Json& body) {
  const auto role = store::role_from_name(text_member(body, "role"));
  if (!role.has_value())
    return base::fail(ErrorCode::kInvalidParameter, "role must be viewer, operator or administrator.");
  return *role;
}

Result<Response> users(Services& services, const Request&) {
  const auto all = services.store.accounts().users();
  if (!all.has_value()) return tl::unexpected(all.error());
  Json list = Json::array();
  for (const store::User& user : *all) list.push_back(user_json(user));
  return json_response({{"users", std::move(list)}});
}

Result<Response> add_user(Services& services, const Request& request) {
  const auto body = json_object(request);
  if (!body.has_value()) return tl::unexpected(body.error());
  const auto name = good_name(*body);
  if (!name.has_value()) return tl::unexpected(name.error());
  const auto role = good_role(*body);
  if (!role.has_value()) return tl::unexpected(role.error());
  const std::string password = text_member(*body, "password");
  if (auto good = check_new_password(password); !good.has_value()) return tl::unexpected(good.error());
  store::User user;
  user.name = *name;
  user.role = *role;
  user.password_hash = hash_password(password);
  user.must_change_password = true;
  const auto added = services.store.accounts().add_user(user);
  if (!added.has_value()) return tl::unexpected(added.error());
  return json_response(user_json(*added), 201);
}

// Whether someone but this account can still administer.
Result<bool> has_other_administrator(Services& services, const std::string& user_id) {
  const auto all = services.store.accounts().users();
  if (!all.has_value()) return tl::unexpected(all.error());
  return std::any_of(all->begin(), all->end(), [&](const store::User& user) {
    return user.id != user_id && user.role == store::Role::kAdministrator && !user.disabled;
  });
}

Result<void> apply(store::User& user, const Json& body) {
  if (body.contains("role")) {
    const auto role = good_role(body);
    if (!role.has_value()) return tl::unexpected(role.error());
    user.role = *role;
  }
  for (const char* name : {"disabled", "locked"}) {
    if (body.contains(name) && !body[name].is_boolean()) {
      return base::fail(ErrorCode::kInvalidParameter, std::string(name) + " must be true or false.");
    }
  }
  if (body.contains("disabled")) user.disabled = body["disabled"].get<bool>();
  if (body.contains("locked") && !body["locked"].get<bool>()) user.locked_until = 0;
  if (body.contains("password")) {
    const std::string password = text_member(body, "password");
    if (auto good = check_new_password(password); !good.has_value()) return good;
    user.password_hash = hash_password(password);
    user.must_change_password = true;
    user.locked_until = 0;
  }
  return {};
}

Result<Response> change_user(Services& services, const Request& request) {
  const auto body = json_object(request);
  if (!body.has_value()) return tl::unexpected(body.error());
  auto user = services.store.accounts().user(request.captures[0]);
  if (!user.has_value()) return tl::unexpected(user.error());
  if (auto applied = apply(*user, *body); !applied.has_value()) return tl::unexpected(applied.error());
  const auto others = has_other_administrator(services, user->id);
  if (!others.has_value()) return tl::unexpected(others.error());
  if (!*others && (user->role != store::Role::kAdministrator || user->disabled)) {
    return base::fail(ErrorCode::kConflict, "One administrator has to stay.");
  }
  if (auto kept = services.store.accounts().change_user(*user); !kept.has_value()) return tl::unexpected(kept.error());
  // What the account may do has changed: its browsers sign in again.
  if (auto ended = services.store.accounts().remove_sessions_of(user->id); !ended.has_value()) {
    return tl::unexpected(ended.error());
  }
  return json_response(user_json(*user));
}

Result<Response> remove_user(Services& services, const Request& request) {
  const auto others = has_other_administrator(services, request.captures[0]);
  if (!others.has_value()) return tl::unexpected(others.error());
  if (!*others) return base::fail(ErrorCode::kConflict, "One administrator has to stay.");
  auto removed = services.store.accounts().remove_user(request.captures[0]);
  if (!removed.has_value()) return tl::unexpected(removed.error());
  return empty_response();
}

Result<Response> keys(Services& services, const Request&) {
  const auto all = services.store.accounts().api_keys();
  if (!all.has_value()) return tl::unexpected(all.error());
  Json list = Json::array();
  for (const store::ApiKey& key : *all) list.push_back(key_json(key));
  return json_response({{"api_keys", std::move(list)}});
}

Result<std::vector<std::string>> good_scopes(const Json& body) {
  static const std::set<std::string> kScopes = {"read", "write", "admin"};
  std::vector<std::string> scopes;
  if (body.contains("scopes") && body["scopes"].is_array()) {
    for (const Json& scope : body["scopes"]) {
      if (!scope.is_string() || !kScopes.contains(scope.get<std::string>())) {
        scopes.clear();
        break;
      }
      scopes.push_back(scope.get<std::string>());
    }
  }
  if (scopes.empty()) return base::fail(ErrorCode::kInvalidParameter, "scopes must name read, write or admin.");
  return scopes;
}

Result<Response> add_key(Services& services, const Request& request) {
  const auto body = json_object(request);
  if (!body.has_value()) return tl::unexpected(body.error());
  const auto name = good_name(*body);
  if (!name.has_value()) return tl::unexpected(name.error());
  auto scopes = good_scopes(*body);
  if (!scopes.has_value()) return tl::unexpected(scopes.error());
  store::ApiKey key;
  key.name = *name;
  key.scopes = std::move(*scopes);
  key.created_by = request.identity.name;
  if (body->contains("expires_at") && !(*body)["expires_at"].is_null()) {
    const auto time = parse_iso_time(text_member(*body, "expires_at"));
    if (!time.has_value())
      return base::fail(ErrorCode::kInvalidParameter, "expires_at must be an ISO 8601 time in UTC.");
    key.expires_at = *time;
  }
  const std::string secret = kKeyPrefix + new_token();
  key.key_hash = store::sha256(secret);
  const auto added = services.store.accounts().add_api_key(key);
  if (!added.has_value()) return tl::unexpected(added.error());
  Json json = key_json(*added);
  json["key"] = secret;
  return json_response(json, 201);
}

Result<Response> remove_key(Services& services, const Request& request) {
  auto removed = services.store.accounts().remove_api_key(request.captures[0]);
  if (!removed.has_value()) return tl::unexpected(removed.error());
  return empty_response();
}

}  // namespace

void add_account_routes(Router& router, Services& services) {
  const auto add = [&](const char* method, const char* pattern, BodyKind body, auto handler) {
    router.add({method, pattern, Permission::kAdmin, body, Work::kSlow, [&services, handler](const Request& request) {
                  auto response = handler(services, request);
                  return response.has_value() ? std::move(*response) : error_response(response.error(), request.id);
                }});
  };
  add("GET", "/api/v1/users", BodyKind::kNone, users);
  add("POST", "/api/v1/users", BodyKind::kJson, add_user);
  add("PATCH", "/api/v1/users/{id}", BodyKind::kJson, change_user);
  add("DELETE", "/api/v1/users/{id}", BodyKind::kNone, remove_user);
  add("GET", "/api/v1/api_keys", BodyKind::kNone, keys);
  add("POST", "/api/v1/api_keys", BodyKind::kJson, add_key);
  add("DELETE", "/api/v1/api_keys/{id}", BodyKind::kNone, remove_key);
}

}  // namespace medmark::server
