// SqliteAuditLog and SqliteSettings.
#include "store/identifiers.hpp"
#include "store/sqlite/accounts.hpp"
#include "store/sqlite/rows.hpp"

namespace medmark::store::sqlite {
namespace {

using base::ErrorCode;
using base::Result;

constexpr int kVerifiedAtOnce = 1000;

AuditEntry read_entry(const Row& row) {
  return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7)};
}

// The fields are parted by a character that none of them holds (see append), so that no two entries look the same.
std::string chained_hash(const std::string& previous, const AuditEntry& entry) {
  std::string text = previous;
  for (const std::string& field : {std::to_string(entry.number), std::to_string(entry.time), entry.actor, entry.action,
                                   entry.subject, entry.result, entry.address}) {
    text += '\n';
    text += field;
  }
  return sha256(text);
}

void drop_line_breaks(std::string& text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r'; });
}

}  // namespace

Result<void> SqliteAuditLog::append(AuditEntry entry) {
  for (std::string* field : {&entry.actor, &entry.action, &entry.subject, &entry.result, &entry.address}) {
    drop_line_breaks(*field);
  }
  if (entry.time == 0) entry.time = now();
  return database_.write([&](Connection& connection) -> Result<void> {
    const auto last = connection.first("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1",
                                       [](const Row& row) { return std::pair(row.integer(0), row.text(1)); });
    if (!last.has_value()) return tl::unexpected(last.error());
    entry.number = last->has_value() ? (*last)->first + 1 : 1;
    entry.hash = chained_hash(last->has_value() ? (*last)->second : std::string(), entry);
    auto added = connection.run("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entry.number, entry.time,
                                entry.actor, entry.action, entry.subject, entry.result, entry.address, entry.hash);
    if (!added.has_value()) return tl::unexpected(added.error());
    return {};
  });
}

Result<AuditPage> SqliteAuditLog::entries(const AuditQuery& query) {
  static const std::string kWhere =
      " FROM audit WHERE (?1 = '' OR actor = ?1) AND (?2 = '' OR substr(action, 1, length(?2)) = ?2)"
      " AND (?3 = '' OR subject = ?3) AND time >= ?4 AND (?5 = 0 OR time <= ?5)"
      " AND (?6 = 0 OR number < ?6)";
  return database_.read([&](Connection& connection) -> Result<AuditPage> {
    AuditPage page;
    auto total = connection.first(
        "SELECT COUNT(*)" + kWhere, [](const Row& row) { return row.integer(0); }, query.actor, query.action,
        query.subject, query.from, query.to, query.before);
    if (!total.has_value()) return tl::unexpected(total.error());
    page.total = total->value_or(0);
    auto rows = connection.query("SELECT number, time, actor, action, subject, result, address, hash" + kWhere +
                                     " ORDER BY number DESC LIMIT ?7 OFFSET ?8",
                                 read_entry, query.actor, query.action, query.subject, query.from, query.to,
                                 query.before, query.limit, query.offset);
    if (!rows.has_value()) return tl::unexpected(rows.error());
    page.entries = std::move(*rows);
    return page;
  });
}

Result<std::int64_t> SqliteAuditLog::verify() {
  std::string previous;
  for (std::int64_t number = 1;;) {
    auto rows = database_.read([&](Connection& connection) {
      return connection.query(
          "SELECT number, time, actor, action, subject, result, address, hash FROM audit WHERE number >= ?"
          " ORDER BY number LIMIT ?",
          read_entry, number, kVerifiedAtOnce);
    });
    if (!rows.has_value()) return tl::unexpected(rows.error());
    if (rows->empty()) return 0;
    for (const AuditEntry& entry : *rows) {
      if (entry.number != number || entry.hash != chained_hash(previous, entry)) return number;
      previous = entry.hash;
      ++number;
    }
  }
}

Result<std::string> SqliteSettings::get(const std::string& name) {
  auto found = database_.read([&](Connection& connection) {
    return connection.first(
        "SELECT value FROM settings WHERE name = ?", [](const Row& row) { return row.text(0); }, name);
  });
  if (!found.has_value()) return tl::unexpected(found.error());
  if (!found->has_value()) return base::fail(ErrorCode::kNotFound, "There is no such setting.");
  return **found;
}

Result<void> SqliteSettings::put(const std::string& name, const std::string& value) {
  auto written = database_.write([&](Connection& connection) {
    return connection.run("INSERT INTO settings VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2", name,
                          value);
  });
  if (!written.has_value()) return tl::unexpected(written.error());
  return {};
}

Result<void> SqliteSettings::remove(const std::string& name) {
  auto removed = database_.write(
      [&](Connection& connection) { return connection.run("DELETE FROM settings WHERE name = ?", name); });
  if (!removed.has_value()) return tl::unexpected(removed.error());
  if (*removed == 0) return base::fail(ErrorCode::kNotFound, "There is no such setting.");
  return {};
}

Result<std::vector<std::pair<std::string, std::string>>> SqliteSettings::list(const std::string& prefix) {
  return database_.read([&](Connection& connection) {
    return connection.query(
        "SELECT name, value FROM settings WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name",
        [](const Row& row) { return std::pair(row.text(0), row.text(1)); }, prefix);
  });
}

}  // namespace medmark::store::sqlite
