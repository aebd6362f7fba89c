#include "store/sqlite/database.hpp"

namespace medmark::store::sqlite {
namespace {

// More than the server's threads that read at once (quick and slow work, events, two of the uploads), so that a short
// question never waits for a long one.
constexpr int kReaders = 9;
constexpr int kBusyTimeoutMs = 5000;
// Prepared on a connection. The store's own are fewer; every mixture of search filters is a statement of its own.
constexpr std::size_t kMostStatements = 128;

// The caches are small, so that they are full within the first hundred documents and the server's memory is flat from
// there on: what they do not hold, the operating system's cache does.
// Every commit is synced; deleted content is overwritten, since what is deleted is a patient's.
constexpr const char* kWriterSettings =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-512; PRAGMA journal_size_limit=8388608;";
constexpr const char* kReaderSettings = "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-64;";

base::Error error_of(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return {base::ErrorCode::kStorageFull, "The data folder cannot be written: the disk is full or read-only."};
    case SQLITE_IOERR:
      return {base::ErrorCode::kStorageFull, "The data folder cannot be read or written."};
    case SQLITE_BUSY:
      return {base::ErrorCode::kBusy, "The store is busy."};
    default:
      return {base::ErrorCode::kInternal, "The store failed (" + std::to_string(code) + ")."};
  }
}

}  // namespace

std::string Row::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::optional<double> Row::real(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return sqlite3_column_double(statement_, column);
}

base::Result<std::unique_ptr<Connection>> Connection::open(const std::filesystem::path& file, Mode mode) {
  auto connection = std::make_unique<Connection>();
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (mode == Mode::kWrite ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
  connection->database_.reset(handle);
  if (code != SQLITE_OK) return tl::unexpected(error_of(code));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  auto set = connection->script(mode == Mode::kWrite ? kWriterSettings : kReaderSettings);
  if (!set.has_value()) return tl::unexpected(set.error());
  return connection;
}

base::Result<void> Connection::script(const char* sql) {
  if (const int code = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr); code != SQLITE_OK) {
    return tl::unexpected(error_of(code));
  }
  return {};
}

base::Result<Connection::StatementUse> Connection::prepare(std::string_view sql) {
  auto kept = statements_.find(std::string(sql));
  if (kept == statements_.end()) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(error());
    if (statements_.size() >= kMostStatements) statements_.clear();  // those in use live until they are let go
    kept = statements_.emplace(sql, std::make_shared<Statement>(statement)).first;
  }
  return StatementUse(kept->second);
}

base::Result<void> Connection::finish(const Statement& statement) {
  const int code = sqlite3_reset(statement.get());
  if (code != SQLITE_OK) return tl::unexpected(error_of(code));
  return {};
}

base::Error Connection::error() const { return error_of(sqlite3_extended_errcode(database_.get())); }

void Connection::bind(sqlite3_stmt* statement, int index, std::string_view text) {
  sqlite3_bind_text64(statement, index, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
}

void Connection::bind(sqlite3_stmt* statement, int index, std::int64_t value) {
  sqlite3_bind_int64(statement, index, value);
}

void Connection::bind(sqlite3_stmt* statement, int index, const std::optional<double>& value) {
  if (value.has_value()) {
    sqlite3_bind_double(statement, index, *value);
  } else {
    sqlite3_bind_null(statement, index);
  }
}

base::Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file) {
  auto database = std::make_unique<Database>();
  auto writer = Connection::open(file, Connection::Mode::kWrite);
  if (!writer.has_value()) return tl::unexpected(writer.error());
  database->writer_ = std::move(*writer);
  for (int i = 0; i < kReaders; ++i) {
    auto reader = Connection::open(file, Connection::Mode::kRead);
    if (!reader.has_value()) return tl::unexpected(reader.error());
    database->readers_.push_back(std::move(*reader));
  }
  return database;
}

base::Result<void> Database::checkpoint() {
  const std::lock_guard lock(writer_mutex_);
  return writer_->script("PRAGMA wal_checkpoint(TRUNCATE)");
}

std::unique_ptr<Connection> Database::take_reader() {
  std::unique_lock lock(readers_mutex_);
  reader_free_.wait(lock, [this] { return !readers_.empty(); });
  auto reader = std::move(readers_.back());
  readers_.pop_back();
  return reader;
}

void Database::give_back(std::unique_ptr<Connection> reader) {
  {
    const std::lock_guard lock(readers_mutex_);
    readers_.push_back(std::move(reader));
  }
  reader_free_.notify_one();
}

void Database::roll_back() {
  // After a failed COMMIT on a full disk SQLite may have rolled back already; then this changes nothing.
  (void)writer_->script("ROLLBACK");
}

}  // namespace medmark::store::sqlite
