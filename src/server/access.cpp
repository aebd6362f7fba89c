#include "server/access.hpp"

#include <algorithm>
#include <chrono>

#include "base/text.hpp"
#include "server/passwords.hpp"
#include "store/identifiers.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

constexpr LockoutLimits kLockout;
constexpr store::TimeMs kMinute = 60'000;
constexpr const char* kFirstAdministrator = "admin";

std::string cookie(const Request& request, std::string_view name) {
  const std::string all = request.header("Cookie");
  std::string_view rest = all;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    std::string_view pair = rest.substr(0, end);
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    if (pair.starts_with(name) && pair.size() > name.size() && pair[name.size()] == '=') {
      return std::string(pair.substr(name.size() + 1));
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

// "localhost", "127.x.y.z" and "[::1]", with or without a port.
bool is_loopback_host(std::string_view host) {
  const std::size_t port = host.rfind(':');
  const bool has_port = port != std::string_view::npos && host.find(']', port) == std::string_view::npos;
  const std::string_view name = has_port ? host.substr(0, port) : host;
  if (name == "localhost" || name == "[::1]") return true;
  return name.starts_with("127.") && name.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool changes_something(const Request& request) { return request.method != "GET" && request.method != "HEAD"; }

Result<Identity> unauthorized(const char* sentence) { return base::fail(ErrorCode::kUnauthorized, sentence); }

}  // namespace

Permission permission_of(store::Role role) {
  switch (role) {
    case store::Role::kViewer:
      return Permission::kRead;
    case store::Role::kOperator:
      return Permission::kWrite;
    case store::Role::kAdministrator:
      return Permission::kAdmin;
  }
  return Permission::kNone;
}

Result<void> check_new_password(const std::string& password) {
  if (base::decode_utf8(password).size() < kLeastPasswordLength || password.size() > 1000) {
    return base::fail(ErrorCode::kInvalidParameter, "A password has at least 10 characters.");
  }
  return {};
}

Result<void> Access::check_origin(const Request& request) const {
  const std::string host = request.header("Host");
  const std::string origin = request.header("Origin");
  // Without accounts the address is the only lock: a page of another site must not reach the server through a name of
  // its own (DNS rebinding) or from its own origin.
  if (services_.accounts == Accounts::kOff && !is_loopback_host(host)) {
    return base::fail(ErrorCode::kForbidden, "Without accounts the server answers to localhost only.");
  }
  if (origin.empty()) return {};
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string::npos || std::string_view(origin).substr(scheme + 3) != host) {
    return base::fail(ErrorCode::kForbidden, "Requests from pages of another origin are refused.");
  }
  return {};
}

Result<Identity> Access::identity_of_session(const std::string& token) const {
  const std::string hash = store::sha256(token);
  const auto session = services_.store.accounts().session(hash);
  const store::TimeMs time = store::now();
  if (!session.has_value() || session->expires_at < time) return unauthorized("The session has ended.");
  const auto user = services_.store.accounts().user(session->user_id);
  if (!user.has_value() || user->disabled) return unauthorized("The session has ended.");
  return Identity{user->name,
                  user->id,
                  permission_of(user->role),
                  hash,
                  session->csrf_token,
                  user->must_change_password,
                  {},
                  time - session->last_used_at > kMinute};
}

Result<Identity> Access::identity_of_key(const std::string& key) const {
  const std::string hash = store::sha256(key);
  const auto found = services_.store.accounts().api_key(hash);
  const store::TimeMs time = store::now();
  if (!found.has_value() || (found->expires_at != 0 && found->expires_at < time)) {
    return unauthorized("The key is not valid.");
  }
  Identity identity;
  identity.name = "key:" + found->name;
  identity.key_hash = hash;
  identity.is_use_unrecorded = time - found->last_used_at > kMinute;
  for (const std::string& scope : found->scopes) {
    const Permission granted = scope == "admin"   ? Permission::kAdmin
                               : scope == "write" ? Permission::kWrite
                                                  : Permission::kRead;
    identity.permission = std::max(identity.permission, granted);
  }
  return identity;
}

Result<void> Access::identify(Request& request) const {
  if (auto origin = check_origin(request); !origin.has_value()) return origin;
  if (services_.accounts == Accounts::kOff) {
    request.identity.name = "local";
    request.identity.user_id = "local";
    request.identity.permission = Permission::kAdmin;
    return {};
  }
  constexpr std::string_view kBearer = "Bearer ";
  const std::string authorization = request.header("Authorization");
  const std::string token = cookie(request, kSessionCookie);
  Result<Identity> identity = Identity{};
  if (authorization.starts_with(kBearer)) {
    identity = identity_of_key(authorization.substr(kBearer.size()));
  } else if (!token.empty()) {
    identity = identity_of_session(token);
  }
  if (!identity.has_value()) return tl::unexpected(identity.error());
  request.identity = std::move(*identity);
  return {};
}

Result<void> Access::check(const Request& request, Permission needed) const {
  if (needed == Permission::kNone) return {};
  const Identity& identity = request.identity;
  if (identity.permission == Permission::kNone) return base::fail(ErrorCode::kUnauthorized, "Sign in first.");
  const bool has_session = !identity.session_hash.empty();
  if (has_session && changes_something(request) &&
      !equal_in_constant_time(request.header("X-CSRF-Token"), identity.csrf_token)) {
    return base::fail(ErrorCode::kForbidden, "The CSRF token is missing or wrong.");
  }
  if (identity.must_change_password && !request.path.starts_with("/api/v1/session")) {
    return base::fail(ErrorCode::kForbidden, "Change the password first.");
  }
  if (identity.permission < needed) return base::fail(ErrorCode::kForbidden, "The account may not do this.");
  return {};
}

void Access::record_use(const Identity& identity) const {
  if (!identity.is_use_unrecorded) return;
  store::Accounts& accounts = services_.store.accounts();
  const store::TimeMs time = store::now();
  if (!identity.key_hash.empty()) {
    (void)accounts.touch_api_key(identity.key_hash, time);
    return;
  }
  const auto session = accounts.session(identity.session_hash);
  if (!session.has_value()) return;  // signed out meanwhile
  const SessionLimits limits = services_.settings.get().sessions;
  const store::TimeMs latest = session->created_at + limits.absolute_hours * 60 * kMinute;
  (void)accounts.touch_session(identity.session_hash, time, std::min(time + limits.idle_minutes * kMinute, latest));
}

Result<SignedIn> Access::sign_in(const std::string& name, const std::string& password) const {
  auto user = services_.store.accounts().user_by_name(name);
  const store::TimeMs time = store::now();
  if (user.has_value() && user->locked_until > time) {
    return base::fail(ErrorCode::kBusy, "Too many wrong passwords. Try again later.");
  }
  const bool is_right = is_password(password, user.has_value() ? user->password_hash : std::string());
  if (!user.has_value() || !is_right || user->disabled) {
    ++services_.metrics.failed_logins;
    if (user.has_value()) {
      user->failed_logins += 1;
      if (user->failed_logins >= kLockout.failed_logins) {
        user->failed_logins = 0;
        user->locked_until = time + kLockout.minutes * kMinute;
      }
      (void)services_.store.accounts().change_user(*user);
    }
    return base::fail(ErrorCode::kUnauthorized, "Name or password is wrong.");
  }
  user->failed_logins = 0;
  user->last_login_at = time;
  if (auto kept = services_.store.accounts().change_user(*user); !kept.has_value()) return tl::unexpected(kept.error());
  SignedIn result;
  result.token = new_token();
  store::Session session{store::sha256(result.token), user->id, new_token(), time, time, 0};
  session.expires_at = time + services_.settings.get().sessions.idle_minutes * kMinute;
  if (auto added = services_.store.accounts().add_session(session); !added.has_value()) {
    return tl::unexpected(added.error());
  }
  result.identity = {user->name,         user->id,           permission_of(user->role),
                     session.token_hash, session.csrf_token, user->must_change_password};
  return result;
}

Result<void> Access::change_password(const Identity& identity, const std::string& old_password,
                                     const std::string& new_password) const {
  auto user = services_.store.accounts().user(identity.user_id);
  if (!user.has_value()) return base::fail(ErrorCode::kForbidden, "Only an account has a password.");
  if (!is_password(old_password, user->password_hash)) {
    return base::fail(ErrorCode::kForbidden, "The old password is wrong.");
  }
  if (auto good = check_new_password(new_password); !good.has_value()) return good;
  if (new_password == old_password) return base::fail(ErrorCode::kInvalidParameter, "The new password is the old one.");
  user->password_hash = hash_password(new_password);
  user->must_change_password = false;
  return services_.store.accounts().change_user(*user);
}

Result<std::string> make_first_administrator(store::Store& store) {
  const auto users = store.accounts().users();
  if (!users.has_value()) return tl::unexpected(users.error());
  if (!users->empty()) return std::string();
  const std::string password = new_password();
  store::User user;
  user.name = kFirstAdministrator;
  user.password_hash = hash_password(password);
  user.role = store::Role::kAdministrator;
  user.must_change_password = true;
  if (auto added = store.accounts().add_user(user); !added.has_value()) return tl::unexpected(added.error());
  return password;
}

}  // namespace medmark::server
