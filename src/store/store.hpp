// The store: documents, blobs, tasks, corrections, accounts, audit log, settings and search behind one interface.
//
// What a call has answered is durable: bytes are synced and renamed into place before the record that names them is
// committed, and a process killed at any moment leaves a state that open_store() takes up again. Nothing here has the
// shape of the database that stands behind it.
//
// Every call fails with kStorageFull (disk full, read-only) or kInternal besides the codes it names. Thread-safe: any
// thread may call anything; calls block for disk access (milliseconds).
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "store/records.hpp"
#include "store/search.hpp"

namespace medmark::store {

// A file being received: write() pieces as they come, then finish(). Destroyed before that, it leaves nothing behind.
// Confined to one thread at a time.
class BlobWriter {
 public:
  virtual ~BlobWriter() = default;
  [[nodiscard]] virtual base::Result<void> write(std::span<const std::byte> bytes) = 0;
  // Syncs, renames into place and answers what it is.
  [[nodiscard]] virtual base::Result<Blob> finish() = 0;
};

// One document to be parsed. Its identity is the bytes of its files and the parameters.
struct Submission {
  std::vector<SourceFile> files;  // `blob` and `file_name` are set
  std::map<std::string, std::string> parameters;
  std::string password;
  int priority = Priority::kBatch;
  bool start = true;   // false: prepared only
  bool force = false;  // a new document even where the same one exists
  std::string created_by;
};

struct Submitted {
  Task task;
  bool existed = false;  // the identity was known and its document is good or on its way: nothing new was made
};

// A finished parse, as files that the store moves into its own folders.
struct ParsedResult {
  std::filesystem::path document_json;
  std::filesystem::path assets_folder;  // may be missing: no figures
  bool is_partial = false;              // some page failed
};

struct TaskFilter {
  std::vector<TaskStatus> statuses;  // empty: all
  std::string document_id;           // empty: all
  int offset = 0;
  int limit = 50;
};

struct TaskPage {
  std::vector<Task> tasks;  // newest first
  int total = 0;
};

struct TaskCounts {
  int prepared = 0;
  int queued = 0;
  int running = 0;
  int completed = 0;
  int partial = 0;
  int failed = 0;
  int canceled = 0;
};

// Called after a task has changed, from the thread that changed it and without any lock held. Must be quick, must not
// throw.
using TaskListener = std::function<void(const Task&)>;

// What a start may change of what was given with the upload.
struct StartOptions {
  std::optional<std::map<std::string, std::string>> parameters;
  std::optional<std::string> password;
};

class TaskQueue {
 public:
  virtual ~TaskQueue() = default;

  // All or nothing, in one transaction. kBusy where the queue would grow beyond its limit.
  [[nodiscard]] virtual base::Result<std::vector<Submitted>> submit(const std::vector<Submission>& submissions) = 0;
  // Queues a prepared task, and again a failed or canceled one. kNotFound, kConflict (running or done), kBusy.
  [[nodiscard]] virtual base::Result<Task> start_task(const std::string& task_id, const StartOptions& options) = 0;
  [[nodiscard]] virtual base::Result<Task> task(const std::string& task_id) = 0;
  [[nodiscard]] virtual base::Result<TaskPage> tasks(const TaskFilter& filter) = 0;
  [[nodiscard]] virtual base::Result<TaskCounts> task_counts() = 0;
  // Prepared and queued tasks become canceled; a running one gets `cancel_requested` and becomes canceled when its
  // worker says so. kNotFound, kConflict where it is final already.
  [[nodiscard]] virtual base::Result<Task> cancel_task(const std::string& task_id) = 0;

  // For workers. -----------------------------------------------------------------------------------------------------

  // The next task of the queue, now running and counted as one more attempt; empty where none waits. `worker` names the
  // process for the record. Tasks of a priority above `max_priority` are left (a schedule that holds watch work back).
  [[nodiscard]] virtual base::Result<std::optional<ClaimedTask>> claim_next(const std::string& worker,
                                                                            int max_priority = 1000) = 0;
  // Not durable: progress is lost with the process.
  virtual void report_progress(const std::string& task_id, TaskProgress progress) = 0;
  // An empty folder on the store's own disk, for the worker to write a task's result into.
  [[nodiscard]] virtual base::Result<std::filesystem::path> staging_folder(const std::string& task_id) = 0;
  // Takes the result in, indexes it for search and ends the task as completed or partial. kConflict where the task is
  // no longer running (canceled or its document deleted): the result is dropped.
  [[nodiscard]] virtual base::Result<void> complete(const std::string& task_id, const ParsedResult& result) = 0;
  // Ends the task: failed with the error, or canceled where its code is kCanceled.
  [[nodiscard]] virtual base::Result<void> fail(const std::string& task_id, const base::Error& error) = 0;
  // Puts a running task back to the front of its priority (its worker died, or asked for another try).
  [[nodiscard]] virtual base::Result<void> requeue(const std::string& task_id) = 0;
  // Puts back whatever a dead server left running; the number of tasks. Called once at start, before the first claim.
  [[nodiscard]] virtual base::Result<int> requeue_orphans() = 0;

  // The listener is called until the returned handle is destroyed.
  [[nodiscard]] virtual std::shared_ptr<void> subscribe(TaskListener listener) = 0;
};

struct DocumentUpdate {
  std::string document_json;  // the whole effective JSON, corrections applied
  std::vector<Correction> added;
  std::vector<std::string> undone;  // ids of corrections taken back
};

struct PatientDocuments {
  std::string patient_key;
  std::vector<Document> documents;  // by report date
};

class Documents {
 public:
  virtual ~Documents() = default;

  [[nodiscard]] virtual base::Result<std::unique_ptr<BlobWriter>> begin_blob() = 0;
  // Removes a blob that no document came to own (an upload that was refused afterwards).
  virtual void discard_blob(const std::string& blob_id) = 0;

  [[nodiscard]] virtual base::Result<Document> document(const std::string& document_id) = 0;
  [[nodiscard]] virtual base::Result<std::vector<SourceFile>> source_files(const std::string& document_id) = 0;
  // Of an encrypted document, for drawing its pages; empty where there is none.
  [[nodiscard]] virtual base::Result<std::string> password(const std::string& document_id) = 0;
  // The file of the effective JSON (the original one where nothing was corrected). kNotFound, kConflict while there is
  // none.
  [[nodiscard]] virtual base::Result<std::filesystem::path> document_json(const std::string& document_id) = 0;
  // The JSON as it was parsed.
  [[nodiscard]] virtual base::Result<std::filesystem::path> original_json(const std::string& document_id) = 0;
  // kNotFound for a name that is not an asset of the document.
  [[nodiscard]] virtual base::Result<std::filesystem::path> asset(const std::string& document_id,
                                                                  const std::string& name) = 0;
  [[nodiscard]] virtual base::Result<std::vector<std::string>> asset_names(const std::string& document_id) = 0;

  // What was seen of the pages before the parse; answered by prepared_pages() until and after it.
  [[nodiscard]] virtual base::Result<void> set_prepared_pages(const std::string& document_id,
                                                              const std::string& media_type, int page_count,
                                                              const std::vector<PreparedPage>& pages) = 0;
  [[nodiscard]] virtual base::Result<std::vector<PreparedPage>> prepared_pages(const std::string& document_id) = 0;

  // Writes corrections and the JSON they lead to, in one step, and indexes anew. A released document: kConflict.
  [[nodiscard]] virtual base::Result<void> update(const std::string& document_id, const DocumentUpdate& update) = 0;
  [[nodiscard]] virtual base::Result<std::vector<Correction>> corrections(const std::string& document_id) = 0;
  [[nodiscard]] virtual base::Result<Document> set_state(const std::string& document_id, ReviewState state) = 0;
  // Removes the records, files, index entries and every task of the document; running tasks are canceled. kNotFound.
  [[nodiscard]] virtual base::Result<void> erase(const std::string& document_id) = 0;

  [[nodiscard]] virtual base::Result<SearchPage> search(const SearchQuery& query) = 0;
  [[nodiscard]] virtual base::Result<std::vector<LabPoint>> lab_series(const std::string& patient_key,
                                                                       const std::vector<std::string>& items) = 0;
  [[nodiscard]] virtual base::Result<std::vector<LabItem>> lab_items(const std::string& patient_key) = 0;
  // Documents with corrections, oldest first; for the training set.
  [[nodiscard]] virtual base::Result<std::vector<std::string>> corrected_documents() = 0;
};

class Accounts {
 public:
  virtual ~Accounts() = default;

  // kConflict where the name is taken.
  [[nodiscard]] virtual base::Result<User> add_user(const User& user) = 0;
  [[nodiscard]] virtual base::Result<void> change_user(const User& user) = 0;
  [[nodiscard]] virtual base::Result<void> remove_user(const std::string& user_id) = 0;
  [[nodiscard]] virtual base::Result<std::vector<User>> users() = 0;
  [[nodiscard]] virtual base::Result<User> user(const std::string& user_id) = 0;
  [[nodiscard]] virtual base::Result<User> user_by_name(const std::string& name) = 0;

  [[nodiscard]] virtual base::Result<void> add_session(const Session& session) = 0;
  [[nodiscard]] virtual base::Result<Session> session(const std::string& token_hash) = 0;
  [[nodiscard]] virtual base::Result<void> touch_session(const std::string& token_hash, TimeMs used_at,
                                                         TimeMs expires_at) = 0;
  [[nodiscard]] virtual base::Result<void> remove_session(const std::string& token_hash) = 0;
  [[nodiscard]] virtual base::Result<void> remove_sessions_of(const std::string& user_id) = 0;

  [[nodiscard]] virtual base::Result<ApiKey> add_api_key(const ApiKey& key) = 0;
  [[nodiscard]] virtual base::Result<std::vector<ApiKey>> api_keys() = 0;
  [[nodiscard]] virtual base::Result<ApiKey> api_key(const std::string& key_hash) = 0;
  [[nodiscard]] virtual base::Result<void> touch_api_key(const std::string& key_hash, TimeMs used_at) = 0;
  [[nodiscard]] virtual base::Result<void> remove_api_key(const std::string& key_id) = 0;
};

struct AuditQuery {
  std::string actor;    // empty: all
  std::string action;   // prefix; empty: all
  std::string subject;  // empty: all
  TimeMs from = 0;
  TimeMs to = 0;            // 0: now
  std::int64_t before = 0;  // entries of a lower number; 0: all
  int offset = 0;
  int limit = 100;
};

struct AuditPage {
  std::vector<AuditEntry> entries;  // newest first
  std::int64_t total = 0;
};

class AuditLog {
 public:
  virtual ~AuditLog() = default;

  // number, time (where 0) and hash are set by the log.
  [[nodiscard]] virtual base::Result<void> append(AuditEntry entry) = 0;
  [[nodiscard]] virtual base::Result<AuditPage> entries(const AuditQuery& query) = 0;
  // The number of the first entry whose hash does not follow from the one before; 0 where the chain holds.
  [[nodiscard]] virtual base::Result<std::int64_t> verify() = 0;
};

// Named values: settings, saved filters, approved lexicon words. Values are JSON text that the store does not read.
class Settings {
 public:
  virtual ~Settings() = default;

  // kNotFound where there is none.
  [[nodiscard]] virtual base::Result<std::string> get(const std::string& name) = 0;
  [[nodiscard]] virtual base::Result<void> put(const std::string& name, const std::string& value) = 0;
  [[nodiscard]] virtual base::Result<void> remove(const std::string& name) = 0;
  // Names that begin with `prefix`, sorted, with their values.
  [[nodiscard]] virtual base::Result<std::vector<std::pair<std::string, std::string>>> list(
      const std::string& prefix) = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  virtual TaskQueue& queue() = 0;
  virtual Documents& documents() = 0;
  virtual Accounts& accounts() = 0;
  virtual AuditLog& audit() = 0;
  virtual Settings& settings() = 0;

  // Whether a write goes through (a full or read-only disk says no).
  [[nodiscard]] virtual base::Result<void> check_writable() = 0;
  [[nodiscard]] virtual const std::filesystem::path& folder() const = 0;
};

struct StoreOptions {
  std::filesystem::path folder;  // made where it is missing, mode 0700; held by one process at a time
  int max_queued_tasks = 10'000;
};

// kConflict where another process holds the folder, kStorageFull, kInternal.
[[nodiscard]] base::Result<std::unique_ptr<Store>> open_store(const StoreOptions& options);

}  // namespace medmark::store
