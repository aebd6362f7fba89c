// What the store keeps, as value types: documents, tasks, corrections, accounts, audit entries.
//
// Times are milliseconds since 1970 (UTC). Ids are generated (26 letters and digits), never derived from what a user
// gave. File names are patients' data: they are kept as metadata only, never as paths, and never logged. Values,
// thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace medmark::store {

using TimeMs = std::int64_t;  // milliseconds since 1970

[[nodiscard]] TimeMs now();

// The states of the contract. Queued and running tasks are unfinished; completed, partial, failed and canceled are
// final.
enum class TaskStatus { kPrepared, kQueued, kRunning, kCompleted, kPartial, kFailed, kCanceled };
// What a person has said about a document.
enum class ReviewState { kDraft, kReviewed, kReleased };
enum class Role { kViewer, kOperator, kAdministrator };

[[nodiscard]] std::string_view task_status_name(TaskStatus status);
[[nodiscard]] std::optional<TaskStatus> task_status_from_name(std::string_view name);
[[nodiscard]] bool is_final(TaskStatus status);
[[nodiscard]] std::string_view review_state_name(ReviewState state);
[[nodiscard]] std::optional<ReviewState> review_state_from_name(std::string_view name);
[[nodiscard]] std::string_view role_name(Role role);
[[nodiscard]] std::optional<Role> role_from_name(std::string_view name);

// Lower numbers are served first; between equal ones the older task.
struct Priority {
  static constexpr int kInteractive = 0;  // someone waits for the answer
  static constexpr int kBatch = 10;       // tasks given over REST
  static constexpr int kWatch = 20;       // the unattended folder
};

// Bytes on disk, durable.
struct Blob {
  std::string id;
  std::string sha256;  // lower-case hexadecimal
  std::int64_t size = 0;
};

// One uploaded file of a document.
struct SourceFile {
  std::string file_name;  // as the user knows it
  Blob blob;
  std::filesystem::path path;  // of the blob; filled in by the store where it hands files out
};

struct TaskProgress {
  int pages_done = 0;
  int pages = 0;  // 0 while unknown

  friend bool operator==(const TaskProgress&, const TaskProgress&) = default;
};

struct Task {
  std::string id;
  std::string document_id;
  TaskStatus status = TaskStatus::kQueued;
  int priority = Priority::kBatch;
  TaskProgress progress;
  int attempts = 0;                  // times it was claimed
  std::optional<base::Error> error;  // of a failed task
  bool cancel_requested = false;     // a running task that is to stop
  bool is_removed = false;           // told to listeners only: it went with its document
  int queue_position = 0;            // 1 is next; 0 where it is not queued
  TimeMs created_at = 0;
  TimeMs started_at = 0;  // of the last attempt; 0 before
  TimeMs finished_at = 0;
  std::string created_by;  // user name, API key name or "watch"
};

// A task handed to a worker.
struct ClaimedTask {
  Task task;
  std::vector<SourceFile> files;                  // in the order of the document's pages
  std::map<std::string, std::string> parameters;  // options by their contract names
  std::string password;                           // of the files; kept with the document, gone with it
};

// What a page looks like before it is parsed.
struct PreparedPage {
  double width = 0;     // points
  double height = 0;    // points
  std::string warning;  // empty, or a word such as "low_resolution", "blurred", "blank"
};

struct Document {
  std::string id;
  std::string file_name;  // of the first file
  std::string sha256;     // of all files' bytes in their order
  std::map<std::string, std::string> parameters;
  std::string media_type;
  int page_count = 0;
  std::int64_t size = 0;  // bytes of all files
  ReviewState state = ReviewState::kDraft;
  TimeMs created_at = 0;
  TimeMs parsed_at = 0;  // 0 while there is no result
  std::string created_by;
  std::string task_id;  // the latest task
  TaskStatus status = TaskStatus::kQueued;
  int correction_count = 0;
  bool needs_review = false;
  // From the result, for lists: empty while there is none.
  std::string document_type;
  std::string title;
  std::string patient_name;
  std::string patient_key;  // groups documents of one patient; empty where nothing says who it is
  std::string report_date;  // ISO, empty where unknown
};

// One person's correction; the original value stays in the original result.
struct Correction {
  std::string id;
  std::string document_id;
  std::string target;  // "blocks.b12.text", "blocks.b12.cells.3.1", "clinical.patient.name", ...
  std::string original;
  std::string value;
  std::string previous;  // the value before this correction
  std::string author;
  TimeMs time = 0;
  bool undone = false;
};

struct User {
  std::string id;
  std::string name;
  std::string password_hash;  // argon2id in its encoded form; never sent to anyone
  Role role = Role::kViewer;
  bool must_change_password = false;
  bool disabled = false;
  int failed_logins = 0;
  TimeMs locked_until = 0;
  TimeMs created_at = 0;
  TimeMs last_login_at = 0;
};

// A signed-in browser. The token itself is known to the browser only; its SHA-256 is kept.
struct Session {
  std::string token_hash;
  std::string user_id;
  std::string csrf_token;
  TimeMs created_at = 0;
  TimeMs last_used_at = 0;
  TimeMs expires_at = 0;
};

struct ApiKey {
  std::string id;
  std::string name;
  std::string key_hash;             // SHA-256 of the key
  std::vector<std::string> scopes;  // "read", "write", "admin"
  std::string created_by;
  TimeMs created_at = 0;
  TimeMs last_used_at = 0;
  TimeMs expires_at = 0;  // 0: never
};

// One line of the audit log. `hash` chains it to the line before: SHA-256 over the previous hash and the fields.
struct AuditEntry {
  std::int64_t number = 0;  // from 1, without gaps
  TimeMs time = 0;
  std::string actor;    // user or key name, "watch", "system"
  std::string action;   // "document.read", "login.failed", ...
  std::string subject;  // a generated id; never a file name
  std::string result;   // "ok" or an error code
  std::string address;  // of the client
  std::string hash;
};

}  // namespace medmark::store
