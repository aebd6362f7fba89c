#include "store/sqlite/accounts.hpp"

#include <nlohmann/json.hpp>

#include "store/identifiers.hpp"
#include "store/sqlite/rows.hpp"

namespace medmark::store::sqlite {
namespace {

using base::ErrorCode;
using base::Result;

constexpr const char* kUserColumns =
    "SELECT id, name, password_hash, role, must_change_password, disabled, failed_logins, locked_until, created_at,"
    " last_login_at FROM users ";

User read_user(const Row& row) {
  return {row.text(0),        row.text(1),        row.text(2),   static_cast<Role>(row.number(3)),
          row.number(4) != 0, row.number(5) != 0, row.number(6), row.integer(7),
          row.integer(8),     row.integer(9)};
}

constexpr const char* kKeyColumns =
    "SELECT id, name, key_hash, scopes, created_by, created_at, last_used_at, expires_at FROM api_keys ";

ApiKey read_key(const Row& row) {
  std::vector<std::string> scopes;
  for (const auto& scope : nlohmann::json::parse(row.text(3), nullptr, false)) scopes.push_back(scope);
  return {row.text(0), row.text(1),    row.text(2),    std::move(scopes),
          row.text(4), row.integer(5), row.integer(6), row.integer(7)};
}

// A single record that must be there.
template <typename T>
Result<T> required(Result<std::optional<T>> found, const char* sentence) {
  if (!found.has_value()) return tl::unexpected(found.error());
  if (!found->has_value()) return base::fail(ErrorCode::kNotFound, sentence);
  return std::move(**found);
}

// A change that must have met something.
Result<void> changed(const Result<int>& count, const char* sentence) {
  if (!count.has_value()) return tl::unexpected(count.error());
  if (*count == 0) return base::fail(ErrorCode::kNotFound, sentence);
  return {};
}

Result<void> done(const Result<int>& count) {
  if (!count.has_value()) return tl::unexpected(count.error());
  return {};
}

}  // namespace

Result<User> SqliteAccounts::add_user(const User& user) {
  User added = user;
  added.id = new_id();
  if (added.created_at == 0) added.created_at = now();
  return database_.write([&](Connection& connection) -> Result<User> {
    auto inserted =
        connection.run("INSERT OR IGNORE INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", added.id, added.name,
                       added.password_hash, static_cast<int>(added.role), added.must_change_password, added.disabled,
                       added.failed_logins, added.locked_until, added.created_at, added.last_login_at);
    if (!inserted.has_value()) return tl::unexpected(inserted.error());
    if (*inserted == 0) return base::fail(ErrorCode::kConflict, "There is an account of that name.");
    return added;
  });
}

Result<void> SqliteAccounts::change_user(const User& user) {
  return database_.write([&](Connection& connection) -> Result<void> {
    auto same = connection.first(
        "SELECT 1 FROM users WHERE name = ? AND id <> ?", [](const Row& row) { return row.number(0); }, user.name,
        user.id);
    if (!same.has_value()) return tl::unexpected(same.error());
    if (same->has_value()) return base::fail(ErrorCode::kConflict, "There is an account of that name.");
    return changed(connection.run("UPDATE users SET name = ?, password_hash = ?, role = ?, must_change_password = ?,"
                                  " disabled = ?, failed_logins = ?, locked_until = ?, last_login_at = ? WHERE id = ?",
                                  user.name, user.password_hash, static_cast<int>(user.role), user.must_change_password,
                                  user.disabled, user.failed_logins, user.locked_until, user.last_login_at, user.id),
                   "There is no such account.");
  });
}

Result<void> SqliteAccounts::remove_user(const std::string& user_id) {
  return database_.write([&](Connection& connection) {
    return changed(connection.run("DELETE FROM users WHERE id = ?", user_id), "There is no such account.");
  });
}

Result<std::vector<User>> SqliteAccounts::users() {
  return database_.read(
      [](Connection& connection) { return connection.query(std::string(kUserColumns) + "ORDER BY name", read_user); });
}

Result<User> SqliteAccounts::user(const std::string& user_id) {
  return database_.read([&](Connection& connection) {
    return required(connection.first(std::string(kUserColumns) + "WHERE id = ?", read_user, user_id),
                    "There is no such account.");
  });
}

Result<User> SqliteAccounts::user_by_name(const std::string& name) {
  return database_.read([&](Connection& connection) {
    return required(connection.first(std::string(kUserColumns) + "WHERE name = ?", read_user, name),
                    "There is no such account.");
  });
}

Result<void> SqliteAccounts::add_session(const Session& session) {
  return database_.write([&](Connection& connection) -> Result<void> {
    auto expired = connection.run("DELETE FROM sessions WHERE expires_at < ?", now());
    if (!expired.has_value()) return tl::unexpected(expired.error());
    return done(connection.run("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)", session.token_hash, session.user_id,
                               session.csrf_token, session.created_at, session.last_used_at, session.expires_at));
  });
}

Result<Session> SqliteAccounts::session(const std::string& token_hash) {
  return database_.read([&](Connection& connection) {
    return required(connection.first(
                        "SELECT token_hash, user, csrf_token, created_at, last_used_at, expires_at FROM sessions"
                        " WHERE token_hash = ?",
                        [](const Row& row) {
                          return Session{row.text(0),    row.text(1),    row.text(2),
                                         row.integer(3), row.integer(4), row.integer(5)};
                        },
                        token_hash),
                    "There is no such session.");
  });
}

Result<void> SqliteAccounts::touch_session(const std::string& token_hash, TimeMs used_at, TimeMs expires_at) {
  return database_.write([&](Connection& connection) {
    return changed(connection.run("UPDATE sessions SET last_used_at = ?, expires_at = ? WHERE token_hash = ?", used_at,
                                  expires_at, token_hash),
                   "There is no such session.");
  });
}

Result<void> SqliteAccounts::remove_session(const std::string& token_hash) {
  return database_.write([&](Connection& connection) {
    return done(connection.run("DELETE FROM sessions WHERE token_hash = ?", token_hash));
  });
}

Result<void> SqliteAccounts::remove_sessions_of(const std::string& user_id) {
  return database_.write(
      [&](Connection& connection) { return done(connection.run("DELETE FROM sessions WHERE user = ?", user_id)); });
}

Result<ApiKey> SqliteAccounts::add_api_key(const ApiKey& key) {
  ApiKey added = key;
  added.id = new_id();
  if (added.created_at == 0) added.created_at = now();
  return database_.write([&](Connection& connection) -> Result<ApiKey> {
    auto inserted = connection.run("INSERT INTO api_keys VALUES (?, ?, ?, ?, ?, ?, ?, ?)", added.id, added.name,
                                   added.key_hash, nlohmann::json(added.scopes).dump(), added.created_by,
                                   added.created_at, added.last_used_at, added.expires_at);
    if (!inserted.has_value()) return tl::unexpected(inserted.error());
    return added;
  });
}

Result<std::vector<ApiKey>> SqliteAccounts::api_keys() {
  return database_.read([](Connection& connection) {
    return connection.query(std::string(kKeyColumns) + "ORDER BY created_at", read_key);
  });
}

Result<ApiKey> SqliteAccounts::api_key(const std::string& key_hash) {
  return database_.read([&](Connection& connection) {
    return required(connection.first(std::string(kKeyColumns) + "WHERE key_hash = ?", read_key, key_hash),
                    "There is no such key.");
  });
}

Result<void> SqliteAccounts::touch_api_key(const std::string& key_hash, TimeMs used_at) {
  return database_.write([&](Connection& connection) {
    return changed(connection.run("UPDATE api_keys SET last_used_at = ? WHERE key_hash = ?", used_at, key_hash),
                   "There is no such key.");
  });
}

Result<void> SqliteAccounts::remove_api_key(const std::string& key_id) {
  return database_.write([&](Connection& connection) {
    return changed(connection.run("DELETE FROM api_keys WHERE id = ?", key_id), "There is no such key.");
  });
}

}  // namespace medmark::store::sqlite
