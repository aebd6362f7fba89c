// Accounts, audit log and settings over SQLite. Thread-safe.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "store/sqlite/database.hpp"
#include "store/store.hpp"

namespace medmark::store::sqlite {

class SqliteAccounts final : public Accounts {
 public:
  explicit SqliteAccounts(Database& database) : database_(database) {}

  base::Result<User> add_user(const User& user) override;
  base::Result<void> change_user(const User& user) override;
  base::Result<void> remove_user(const std::string& user_id) override;
  base::Result<std::vector<User>> users() override;
  base::Result<User> user(const std::string& user_id) override;
  base::Result<User> user_by_name(const std::string& name) override;

  base::Result<void> add_session(const Session& session) override;
  base::Result<Session> session(const std::string& token_hash) override;
  base::Result<void> touch_session(const std::string& token_hash, TimeMs used_at, TimeMs expires_at) override;
  base::Result<void> remove_session(const std::string& token_hash) override;
  base::Result<void> remove_sessions_of(const std::string& user_id) override;

  base::Result<ApiKey> add_api_key(const ApiKey& key) override;
  base::Result<std::vector<ApiKey>> api_keys() override;
  base::Result<ApiKey> api_key(const std::string& key_hash) override;
  base::Result<void> touch_api_key(const std::string& key_hash, TimeMs used_at) override;
  base::Result<void> remove_api_key(const std::string& key_id) override;

 private:
  Database& database_;
};

class SqliteAuditLog final : public AuditLog {
 public:
  explicit SqliteAuditLog(Database& database) : database_(database) {}

  base::Result<void> append(AuditEntry entry) override;
  base::Result<AuditPage> entries(const AuditQuery& query) override;
  base::Result<std::int64_t> verify() override;

 private:
  Database& database_;
};

class SqliteSettings final : public Settings {
 public:
  explicit SqliteSettings(Database& database) : database_(database) {}

  base::Result<std::string> get(const std::string& name) override;
  base::Result<void> put(const std::string& name, const std::string& value) override;
  base::Result<void> remove(const std::string& name) override;
  base::Result<std::vector<std::pair<std::string, std::string>>> list(const std::string& prefix) override;

 private:
  Database& database_;
};

}  // namespace medmark::store::sqlite
