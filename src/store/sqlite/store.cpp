// open_store() over SQLite.
#include "store/store.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <stop_token>
#include <thread>

#include "store/files.hpp"
#include "store/sqlite/accounts.hpp"
#include "store/sqlite/data_folder.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/documents.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/task_queue.hpp"

namespace medmark::store {
namespace {

namespace fs = std::filesystem;
using base::Result;

// Held as long as the object lives: one process works on a data folder.
class FolderLock {
 public:
  FolderLock() = default;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Result<void> take(const fs::path& file) {
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0) return tl::unexpected(storage_error(errno));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      return base::fail(base::ErrorCode::kConflict, "Another medmark works on this data folder.");
    }
    return {};
  }

 private:
  int descriptor_ = -1;
};

// Rewrites the index and empties the log a while after documents were erased, so that nothing of them stays in the
// files; once for many.
class Shredder {
 public:
  explicit Shredder(sqlite::Database& database)
      : database_(database), thread_([this](const std::stop_token& stop) { work(stop); }) {}

  void ask() {
    {
      const std::lock_guard lock(mutex_);
      is_asked_ = true;
    }
    asked_.notify_one();
  }

 private:
  void work(const std::stop_token& stop) {
    constexpr auto kRest = std::chrono::seconds(2);
    while (!stop.stop_requested()) {
      {
        std::unique_lock lock(mutex_);
        if (!asked_.wait(lock, stop, [this] { return is_asked_; })) return;
        asked_.wait_for(lock, stop, kRest, [] { return false; });
        is_asked_ = false;
      }
      shred();
    }
  }

  void shred() {
    const auto due = database_.read([](sqlite::Connection& connection) {
      return connection.first("SELECT 1 FROM settings WHERE name = 'internal.shred_due'",
                              [](const sqlite::Row& row) { return row.number(0); });
    });
    if (!due.has_value() || !due->has_value()) return;
    auto rewritten = database_.write([](sqlite::Connection& connection) -> Result<int> {
      auto merged = connection.run("INSERT INTO search_terms (search_terms) VALUES ('optimize')");
      if (!merged.has_value()) return merged;
      return connection.run("DELETE FROM settings WHERE name = 'internal.shred_due'");
    });
    if (rewritten.has_value()) (void)database_.checkpoint();
  }

  sqlite::Database& database_;
  std::mutex mutex_;
  std::condition_variable_any asked_;
  bool is_asked_ = true;  // an earlier process may have ended before it had shredded
  std::jthread thread_;
};

class SqliteStore final : public Store {
 public:
  SqliteStore(const StoreOptions& options, std::unique_ptr<FolderLock> lock, std::unique_ptr<sqlite::Database> database)
      : lock_(std::move(lock)),
        database_(std::move(database)),
        folder_(*database_, options.folder),
        shredder_(*database_),
        queue_(*database_, folder_, options.max_queued_tasks),
        documents_(*database_, folder_,
                   {[this](const Task& task) { queue_.notify(task); }, [this] { shredder_.ask(); }}),
        accounts_(*database_),
        audit_(*database_),
        settings_(*database_) {}

  TaskQueue& queue() override { return queue_; }
  Documents& documents() override { return documents_; }
  Accounts& accounts() override { return accounts_; }
  AuditLog& audit() override { return audit_; }
  Settings& settings() override { return settings_; }
  Result<void> check_writable() override { return write_file(folder_.root() / "write_check", "ok\n"); }
  const fs::path& folder() const override { return folder_.root(); }

  Result<void> prepare() {
    if (auto made = folder_.prepare(); !made.has_value()) return made;
    if (auto ready = sqlite::prepare_schema(*database_); !ready.has_value()) return ready;
    return folder_.clean_up();
  }

 private:
  std::unique_ptr<FolderLock> lock_;
  std::unique_ptr<sqlite::Database> database_;
  sqlite::DataFolder folder_;
  Shredder shredder_;
  sqlite::SqliteTaskQueue queue_;
  sqlite::SqliteDocuments documents_;
  sqlite::SqliteAccounts accounts_;
  sqlite::SqliteAuditLog audit_;
  sqlite::SqliteSettings settings_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_store(const StoreOptions& options) {
  if (auto made = make_folder(options.folder); !made.has_value()) return tl::unexpected(made.error());
  auto lock = std::make_unique<FolderLock>();
  if (auto taken = lock->take(options.folder / "lock"); !taken.has_value()) return tl::unexpected(taken.error());
  const fs::path file = options.folder / "medmark.db";
  // Made by us before SQLite makes it, so that no one else can read it; its log takes the mode over.
  const int created = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (created < 0) return tl::unexpected(storage_error(errno));
  ::close(created);
  auto database = sqlite::Database::open(file);
  if (!database.has_value()) return tl::unexpected(database.error());
  auto store = std::make_unique<SqliteStore>(options, std::move(lock), std::move(*database));
  if (auto ready = store->prepare(); !ready.has_value()) return tl::unexpected(ready.error());
  return store;
}

}  // namespace medmark::store
