// SQLite behind values: statements by text and arguments, results by a function of the row, failures as codes.
//
// A Database is one file with one writing connection and a few reading ones (write-ahead log): readers never wait for a
// writer. Thread-safe: connections are handed to one thread at a time. A full or read-only disk is kStorageFull, the
// rest kInternal; messages never hold values.
#pragma once

#include <sqlite3.h>

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace medmark::store::sqlite {

// One row of a running query; columns from 0. Valid until the next row.
class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  [[nodiscard]] int number(int column) const { return sqlite3_column_int(statement_, column); }
  [[nodiscard]] std::optional<double> real(int column) const;

 private:
  sqlite3_stmt* statement_;
};

// Texts as one argument each.
struct BindEach {
  const std::vector<std::string>& texts;
};

// One connection; confined to one thread at a time.
class Connection {
 public:
  enum class Mode { kWrite, kRead };
  [[nodiscard]] static base::Result<std::unique_ptr<Connection>> open(const std::filesystem::path& file, Mode mode);

  // Runs a statement that answers no rows; the number of rows it changed.
  template <typename... Arguments>
  [[nodiscard]] base::Result<int> run(std::string_view sql, const Arguments&... arguments) {
    auto statement = prepare(sql);
    if (!statement.has_value()) return tl::unexpected(statement.error());
    bind_all(**statement, arguments...);
    if (sqlite3_step((*statement)->get()) == SQLITE_ROW) return changes();
    if (auto ended = finish(**statement); !ended.has_value()) return tl::unexpected(ended.error());
    return changes();
  }

  // Every row through `read`.
  template <typename Read, typename... Arguments>
  [[nodiscard]] auto query(std::string_view sql, const Read& read, const Arguments&... arguments)
      -> base::Result<std::vector<std::invoke_result_t<Read, const Row&>>> {
    std::vector<std::invoke_result_t<Read, const Row&>> rows;
    auto statement = prepare(sql);
    if (!statement.has_value()) return tl::unexpected(statement.error());
    bind_all(**statement, arguments...);
    const Row row((*statement)->get());
    while (sqlite3_step((*statement)->get()) == SQLITE_ROW) rows.push_back(read(row));
    if (auto ended = finish(**statement); !ended.has_value()) return tl::unexpected(ended.error());
    return rows;
  }

  // The first row, if there is one.
  template <typename Read, typename... Arguments>
  [[nodiscard]] auto first(std::string_view sql, const Read& read, const Arguments&... arguments)
      -> base::Result<std::optional<std::invoke_result_t<Read, const Row&>>> {
    auto rows = query(sql, read, arguments...);
    if (!rows.has_value()) return tl::unexpected(rows.error());
    std::optional<std::invoke_result_t<Read, const Row&>> result;
    if (!rows->empty()) result = std::move(rows->front());
    return result;
  }

  // A script of several statements without arguments.
  [[nodiscard]] base::Result<void> script(const char* sql);
  [[nodiscard]] std::int64_t last_row() const { return sqlite3_last_insert_rowid(database_.get()); }

 private:
  struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  // A prepared statement, kept for the next time and reset when its user lets go.
  class Statement {
   public:
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { sqlite3_finalize(statement_); }
    [[nodiscard]] sqlite3_stmt* get() const { return statement_; }

   private:
    sqlite3_stmt* statement_;
  };
  class StatementUse {
   public:
    explicit StatementUse(std::shared_ptr<Statement> statement) : statement_(std::move(statement)) {}
    StatementUse(StatementUse&&) = default;
    StatementUse(const StatementUse&) = delete;
    StatementUse& operator=(const StatementUse&) = delete;
    ~StatementUse() {
      if (statement_ == nullptr) return;
      sqlite3_reset(statement_->get());
      sqlite3_clear_bindings(statement_->get());
    }
    [[nodiscard]] const Statement& operator*() const { return *statement_; }
    [[nodiscard]] const Statement* operator->() const { return statement_.get(); }

   private:
    std::shared_ptr<Statement> statement_;
  };

  [[nodiscard]] base::Result<StatementUse> prepare(std::string_view sql);
  [[nodiscard]] base::Result<void> finish(const Statement& statement);
  [[nodiscard]] base::Error error() const;
  [[nodiscard]] int changes() const { return sqlite3_changes(database_.get()); }

  static void bind(sqlite3_stmt* statement, int index, std::string_view text);
  static void bind(sqlite3_stmt* statement, int index, std::int64_t value);
  static void bind(sqlite3_stmt* statement, int index, const std::optional<double>& value);
  static void bind(sqlite3_stmt* statement, int index, int value) { bind(statement, index, std::int64_t{value}); }
  static void bind(sqlite3_stmt* statement, int index, bool value) { bind(statement, index, std::int64_t{value}); }
  static void bind(sqlite3_stmt* statement, int index, const std::string& text) {
    bind(statement, index, std::string_view(text));
  }
  static void bind(sqlite3_stmt* statement, int index, const char* text) {
    bind(statement, index, std::string_view(text));
  }
  template <typename... Arguments>
  static void bind_all(const Statement& statement, const Arguments&... arguments) {
    [[maybe_unused]] int index = 0;
    (bind(statement.get(), ++index, arguments), ...);
  }
  static void bind_all(const Statement& statement, const BindEach& each) {
    int index = 0;
    for (const std::string& text : each.texts) bind(statement.get(), ++index, text);
  }

  std::unique_ptr<sqlite3, CloseDatabase> database_;
  std::unordered_map<std::string, std::shared_ptr<Statement>> statements_;  // destroyed before the database
};

class Database {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<Database>> open(const std::filesystem::path& file);

  // Runs `work` (Connection& -> Result<T>) on a reading connection: one consistent picture of the data.
  template <typename Work>
  auto read(const Work& work) -> std::invoke_result_t<Work, Connection&> {
    const ReaderUse reader(*this);
    return work(reader.connection());
  }

  // Runs `work` (Connection& -> Result<T>) in a transaction: committed and on disk when it returns a value, undone when
  // it returns an error.
  template <typename Work>
  auto write(const Work& work) -> std::invoke_result_t<Work, Connection&> {
    const std::lock_guard lock(writer_mutex_);
    if (auto begun = writer_->run("BEGIN IMMEDIATE"); !begun.has_value()) return tl::unexpected(begun.error());
    auto result = work(*writer_);
    if (!result.has_value()) {
      roll_back();
      return result;
    }
    if (auto committed = writer_->run("COMMIT"); !committed.has_value()) {
      roll_back();
      return tl::unexpected(committed.error());
    }
    return result;
  }

  // Empties the write-ahead log into the file.
  [[nodiscard]] base::Result<void> checkpoint();

 private:
  class ReaderUse {
   public:
    explicit ReaderUse(Database& database) : database_(database), connection_(database.take_reader()) {}
    ReaderUse(const ReaderUse&) = delete;
    ReaderUse& operator=(const ReaderUse&) = delete;
    ~ReaderUse() { database_.give_back(std::move(connection_)); }
    [[nodiscard]] Connection& connection() const { return *connection_; }

   private:
    Database& database_;
    std::unique_ptr<Connection> connection_;
  };

  [[nodiscard]] std::unique_ptr<Connection> take_reader();
  void give_back(std::unique_ptr<Connection> reader);
  void roll_back();

  std::mutex writer_mutex_;
  std::unique_ptr<Connection> writer_;
  std::mutex readers_mutex_;
  std::condition_variable reader_free_;
  std::vector<std::unique_ptr<Connection>> readers_;
};

}  // namespace medmark::store::sqlite
