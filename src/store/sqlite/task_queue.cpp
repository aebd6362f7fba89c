#include "store/sqlite/task_queue.hpp"

#include <algorithm>

#include "store/files.hpp"
#include "store/identifiers.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/submitted_documents.hpp"

namespace medmark::store::sqlite {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using base::Result;

const std::string kSelectTask = std::string("SELECT ") + kTaskColumns + " FROM tasks AS t ";

tl::unexpected<base::Error> no_task() { return base::fail(ErrorCode::kNotFound, "There is no such task."); }

Result<std::string> add_task(Connection& connection, const Submission& submission, const std::string& document_id) {
  const std::string id = new_id();
  const TaskStatus status = submission.start ? TaskStatus::kQueued : TaskStatus::kPrepared;
  auto added = connection.run(
      "INSERT INTO tasks (id, document, status, priority, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)", id,
      document_id, static_cast<int>(status), submission.priority, now(), submission.created_by);
  if (!added.has_value()) return tl::unexpected(added.error());
  auto latest = connection.run("UPDATE documents SET task_id = ? WHERE id = ?", id, document_id);
  if (!latest.has_value()) return tl::unexpected(latest.error());
  return id;
}

}  // namespace

Result<Task> SqliteTaskQueue::read_task(Connection& connection, const std::string& task_id) const {
  auto found = connection.first(kSelectTask + "WHERE t.id = ?", read_task_row, task_id);
  if (!found.has_value()) return tl::unexpected(found.error());
  if (!found->has_value()) return no_task();
  Task task = std::move(**found);
  if (task.status == TaskStatus::kRunning) {
    const std::lock_guard lock(progress_mutex_);
    if (const auto entry = progress_.find(task_id); entry != progress_.end()) task.progress = entry->second;
  }
  return task;
}

Result<void> SqliteTaskQueue::check_room(Connection& connection) const {
  const auto waiting = connection.first(
      "SELECT COUNT(*) FROM tasks WHERE status = ?", [](const Row& row) { return row.number(0); },
      static_cast<int>(TaskStatus::kQueued));
  if (!waiting.has_value()) return tl::unexpected(waiting.error());
  if (waiting->value_or(0) >= max_queued_tasks_) return base::fail(ErrorCode::kBusy, "The queue is full.");
  return {};
}

Result<Submitted> SqliteTaskQueue::submit_one(Connection& connection, const Submission& submission) const {
  if (submission.files.empty()) return base::fail(ErrorCode::kInvalidParameter, "There is no file.");
  const std::string identity = identity_of(submission);
  std::string document_id;
  if (!submission.force) {
    struct Known {
      std::string document;
      std::string task;
      TaskStatus status;
    };
    auto known = connection.first(
        "SELECT d.id, t.id, t.status FROM documents AS d JOIN tasks AS t ON t.id = d.task_id"
        " WHERE d.identity = ? ORDER BY d.number DESC LIMIT 1",
        [](const Row& row) {
          return Known{row.text(0), row.text(1), static_cast<TaskStatus>(row.number(2))};
        },
        identity);
    if (!known.has_value()) return tl::unexpected(known.error());
    if (known->has_value()) {
      const Known& same = **known;
      const bool is_lost = same.status == TaskStatus::kFailed || same.status == TaskStatus::kCanceled;
      if (!is_lost) {
        if (same.status == TaskStatus::kPrepared && submission.start) {
          auto started = connection.run("UPDATE tasks SET status = ?, priority = ? WHERE id = ?",
                                        static_cast<int>(TaskStatus::kQueued), submission.priority, same.task);
          if (!started.has_value()) return tl::unexpected(started.error());
        }
        auto task = read_task(connection, same.task);
        if (!task.has_value()) return tl::unexpected(task.error());
        return Submitted{std::move(*task), true};
      }
      document_id = same.document;
      if (auto renewed = renew_document(connection, submission, document_id); !renewed.has_value()) {
        return tl::unexpected(renewed.error());
      }
    }
  }
  if (submission.start) {
    if (auto room = check_room(connection); !room.has_value()) return tl::unexpected(room.error());
  }
  if (document_id.empty()) {
    auto added = add_document(connection, submission, identity);
    if (!added.has_value()) return tl::unexpected(added.error());
    document_id = std::move(*added);
    for (const SourceFile& file : submission.files) folder_.place_blob(file.blob.id);
  }
  const auto task_id = add_task(connection, submission, document_id);
  if (!task_id.has_value()) return tl::unexpected(task_id.error());
  auto task = read_task(connection, *task_id);
  if (!task.has_value()) return tl::unexpected(task.error());
  return Submitted{std::move(*task), false};
}

Result<std::vector<Submitted>> SqliteTaskQueue::submit(const std::vector<Submission>& submissions) {
  auto submitted = database_.write([&](Connection& connection) -> Result<std::vector<Submitted>> {
    std::vector<Submitted> all;
    for (const Submission& submission : submissions) {
      auto one = submit_one(connection, submission);
      if (!one.has_value()) return tl::unexpected(one.error());
      all.push_back(std::move(*one));
    }
    return all;
  });
  if (!submitted.has_value()) return submitted;
  for (std::size_t i = 0; i < submissions.size(); ++i) {
    // Blobs that a record names move to their place; those of known documents go.
    for (const SourceFile& file : submissions[i].files) {
      const auto owned = database_.read([&](Connection& connection) {
        return connection.first(
            "SELECT 1 FROM files WHERE blob = ?", [](const Row& row) { return row.number(0); }, file.blob.id);
      });
      if (!owned.has_value()) continue;
      if (owned->has_value()) {
        folder_.settle_blob(file.blob.id);
      } else {
        folder_.discard_incoming(file.blob.id);
      }
    }
    notify((*submitted)[i].task);
  }
  return submitted;
}

Result<Task> SqliteTaskQueue::start_task(const std::string& task_id, const StartOptions& options) {
  auto started = database_.write([&](Connection& connection) -> Result<void> {
    auto task = read_task(connection, task_id);
    if (!task.has_value()) return tl::unexpected(task.error());
    if (task->status == TaskStatus::kQueued) return {};
    const bool may_start = task->status == TaskStatus::kPrepared || task->status == TaskStatus::kFailed ||
                           task->status == TaskStatus::kCanceled;
    if (!may_start) return base::fail(ErrorCode::kConflict, "The task is running or done.");
    if (auto room = check_room(connection); !room.has_value()) return room;
    if (auto set = apply_options(connection, task->document_id, options); !set.has_value()) return set;
    return without_value(connection.run(
        "UPDATE tasks SET status = ?, attempts = 0, cancel_requested = 0, error_code = '', error_message = '',"
        " pages_done = 0, finished_at = 0 WHERE id = ?",
        static_cast<int>(TaskStatus::kQueued), task_id));
  });
  if (!started.has_value()) return tl::unexpected(started.error());
  return announce(task_id);
}

Result<Task> SqliteTaskQueue::task(const std::string& task_id) {
  return database_.read([&](Connection& connection) { return read_task(connection, task_id); });
}

Result<TaskPage> SqliteTaskQueue::tasks(const TaskFilter& filter) {
  std::string where = "WHERE (?1 = '' OR t.document = ?1)";
  if (!filter.statuses.empty()) {
    where += " AND t.status IN (";
    for (const TaskStatus status : filter.statuses) where += std::to_string(static_cast<int>(status)) + ',';
    where.back() = ')';
  }
  return database_.read([&](Connection& connection) -> Result<TaskPage> {
    TaskPage page;
    auto rows = connection.query(kSelectTask + where + " ORDER BY t.number DESC LIMIT ?2 OFFSET ?3", read_task_row,
                                 filter.document_id, filter.limit, filter.offset);
    if (!rows.has_value()) return tl::unexpected(rows.error());
    page.tasks = std::move(*rows);
    auto total = connection.first(
        "SELECT COUNT(*) FROM tasks AS t " + where, [](const Row& row) { return row.number(0); }, filter.document_id);
    if (!total.has_value()) return tl::unexpected(total.error());
    page.total = total->value_or(0);
    const std::lock_guard lock(progress_mutex_);
    for (Task& task : page.tasks) {
      const auto entry = progress_.find(task.id);
      if (task.status == TaskStatus::kRunning && entry != progress_.end()) task.progress = entry->second;
    }
    return page;
  });
}

Result<TaskCounts> SqliteTaskQueue::task_counts() {
  return database_.read([](Connection& connection) -> Result<TaskCounts> {
    auto rows = connection.query("SELECT status, COUNT(*) FROM tasks GROUP BY status", [](const Row& row) {
      return std::pair(static_cast<TaskStatus>(row.number(0)), row.number(1));
    });
    if (!rows.has_value()) return tl::unexpected(rows.error());
    std::map<TaskStatus, int> counts(rows->begin(), rows->end());
    return TaskCounts{counts[TaskStatus::kPrepared],  counts[TaskStatus::kQueued],  counts[TaskStatus::kRunning],
                      counts[TaskStatus::kCompleted], counts[TaskStatus::kPartial], counts[TaskStatus::kFailed],
                      counts[TaskStatus::kCanceled]};
  });
}

Result<Task> SqliteTaskQueue::cancel_task(const std::string& task_id) {
  auto canceled = database_.write([&](Connection& connection) -> Result<void> {
    auto task = read_task(connection, task_id);
    if (!task.has_value()) return tl::unexpected(task.error());
    if (is_final(task->status)) return base::fail(ErrorCode::kConflict, "The task has ended.");
    if (task->status == TaskStatus::kRunning) {
      return without_value(connection.run("UPDATE tasks SET cancel_requested = 1 WHERE id = ?", task_id));
    }
    return without_value(connection.run("UPDATE tasks SET status = ?, finished_at = ? WHERE id = ?",
                                        static_cast<int>(TaskStatus::kCanceled), now(), task_id));
  });
  if (!canceled.has_value()) return tl::unexpected(canceled.error());
  return announce(task_id);
}

Result<std::optional<ClaimedTask>> SqliteTaskQueue::claim_next(const std::string& worker, int max_priority) {
  auto claimed = database_.write([&](Connection& connection) -> Result<std::optional<ClaimedTask>> {
    auto next = connection.first(
        "SELECT id FROM tasks WHERE status = ? AND priority <= ? ORDER BY priority, number LIMIT 1",
        [](const Row& row) { return row.text(0); }, static_cast<int>(TaskStatus::kQueued), max_priority);
    if (!next.has_value()) return tl::unexpected(next.error());
    if (!next->has_value()) return std::optional<ClaimedTask>();
    auto marked = connection.run(
        "UPDATE tasks SET status = ?, attempts = attempts + 1, started_at = ?, worker = ?, pages_done = 0 WHERE id = ?",
        static_cast<int>(TaskStatus::kRunning), now(), worker, **next);
    if (!marked.has_value()) return tl::unexpected(marked.error());
    auto task = read_task(connection, **next);
    if (!task.has_value()) return tl::unexpected(task.error());
    ClaimedTask result;
    result.task = std::move(*task);
    auto document = connection.first(
        "SELECT parameters, password FROM documents WHERE id = ?",
        [](const Row& row) { return std::pair(row.text(0), row.text(1)); }, result.task.document_id);
    if (!document.has_value()) return tl::unexpected(document.error());
    if (document->has_value()) {
      result.parameters = from_json_text((*document)->first);
      result.password = (*document)->second;
    }
    auto files = connection.query(
        "SELECT file_name, blob, sha256, size FROM files WHERE document = ? ORDER BY ordinal",
        [this](const Row& row) {
          return SourceFile{row.text(0), {row.text(1), row.text(2), row.integer(3)}, folder_.blob(row.text(1))};
        },
        result.task.document_id);
    if (!files.has_value()) return tl::unexpected(files.error());
    result.files = std::move(*files);
    return std::optional(std::move(result));
  });
  if (claimed.has_value() && claimed->has_value()) notify((*claimed)->task);
  return claimed;
}

void SqliteTaskQueue::report_progress(const std::string& task_id, TaskProgress progress) {
  {
    const std::lock_guard lock(progress_mutex_);
    progress_[task_id] = progress;
  }
  (void)announce(task_id);
}

Result<fs::path> SqliteTaskQueue::staging_folder(const std::string& task_id) {
  const fs::path folder = folder_.staging(task_id);
  std::error_code error;
  fs::remove_all(folder, error);
  if (auto made = make_folder(folder); !made.has_value()) return tl::unexpected(made.error());
  return folder;
}

Result<void> SqliteTaskQueue::take_in(const Task& task, const ParsedResult& result, const DocumentFacts& facts) {
  const fs::path target = folder_.results(task.document_id) / task.id;
  std::error_code error;
  fs::remove_all(target, error);  // of an attempt that died between move and record
  if (auto made = make_folder(target); !made.has_value()) return made;
  if (fs::is_directory(result.assets_folder, error)) {
    if (auto synced = sync_files(result.assets_folder); !synced.has_value()) return synced;
    if (auto moved = rename_path(result.assets_folder, target / "assets"); !moved.has_value()) return moved;
  }
  if (auto moved = rename_path(result.document_json, target / "document.json"); !moved.has_value()) return moved;
  if (auto synced = sync_files(target); !synced.has_value()) return synced;
  if (auto synced = sync_folder(target.parent_path()); !synced.has_value()) return synced;

  return database_.write([&](Connection& connection) -> Result<void> {
    auto current = read_task(connection, task.id);
    if (!current.has_value()) return tl::unexpected(current.error());
    if (current->status != TaskStatus::kRunning || current->cancel_requested) {
      return base::fail(ErrorCode::kConflict, "The task is no longer running.");
    }
    const TaskStatus status = result.is_partial ? TaskStatus::kPartial : TaskStatus::kCompleted;
    auto ended = connection.run(
        "UPDATE tasks SET status = ?, finished_at = ?, pages_done = ?, pages = ?, error_code = '', error_message = ''"
        " WHERE id = ?",
        static_cast<int>(status), now(), std::max(current->progress.pages_done, current->progress.pages),
        current->progress.pages, task.id);
    if (!ended.has_value()) return tl::unexpected(ended.error());
    auto described = connection.run(
        "UPDATE documents SET result = ?, parsed_at = ?, corrected = 0, correction_count = 0 WHERE id = ?", task.id,
        now(), task.document_id);
    if (!described.has_value()) return tl::unexpected(described.error());
    return index_document(connection, task.document_id, facts);
  });
}

Result<void> SqliteTaskQueue::complete(const std::string& task_id, const ParsedResult& result) {
  auto running = task(task_id);
  if (!running.has_value()) {
    return running.error().code == ErrorCode::kNotFound
               ? base::fail(ErrorCode::kConflict, "The task is no longer there.")
               : Result<void>(tl::unexpected(running.error()));
  }
  if (running->status != TaskStatus::kRunning) {
    return base::fail(ErrorCode::kConflict, "The task is no longer running.");
  }
  const auto facts = read_facts(result.document_json);
  if (!facts.has_value()) return tl::unexpected(facts.error());
  auto taken = take_in(*running, result, *facts);
  std::error_code error;
  if (!taken.has_value()) fs::remove_all(folder_.results(running->document_id) / task_id, error);
  fs::remove_all(folder_.staging(task_id), error);
  if (!taken.has_value()) return taken;
  forget_progress(task_id);
  (void)announce(task_id);
  return {};
}

Result<void> SqliteTaskQueue::fail(const std::string& task_id, const base::Error& error) {
  const bool is_canceled = error.code == ErrorCode::kCanceled;
  auto ended = database_.write([&](Connection& connection) -> Result<int> {
    return connection.run(
        "UPDATE tasks SET status = ?, finished_at = ?, error_code = ?, error_message = ? WHERE id = ? AND status = ?",
        static_cast<int>(is_canceled ? TaskStatus::kCanceled : TaskStatus::kFailed), now(),
        is_canceled ? std::string() : std::string(base::error_code_name(error.code)),
        is_canceled ? std::string() : error.message, task_id, static_cast<int>(TaskStatus::kRunning));
  });
  std::error_code ignored;
  fs::remove_all(folder_.staging(task_id), ignored);
  forget_progress(task_id);
  if (!ended.has_value()) return tl::unexpected(ended.error());
  if (*ended == 0) return base::fail(ErrorCode::kConflict, "The task is no longer running.");
  (void)announce(task_id);
  return {};
}

Result<void> SqliteTaskQueue::requeue(const std::string& task_id) {
  auto queued = database_.write([&](Connection& connection) -> Result<int> {
    return connection.run(
        "UPDATE tasks SET status = CASE cancel_requested WHEN 0 THEN ?1 ELSE ?2 END WHERE id = ?3 AND status = ?4",
        static_cast<int>(TaskStatus::kQueued), static_cast<int>(TaskStatus::kCanceled), task_id,
        static_cast<int>(TaskStatus::kRunning));
  });
  forget_progress(task_id);
  if (!queued.has_value()) return tl::unexpected(queued.error());
  if (*queued == 0) return base::fail(ErrorCode::kConflict, "The task is not running.");
  (void)announce(task_id);
  return {};
}

Result<int> SqliteTaskQueue::requeue_orphans() {
  return database_.write([](Connection& connection) {
    return connection.run(
        "UPDATE tasks SET status = CASE cancel_requested WHEN 0 THEN ?1 ELSE ?2 END WHERE status = ?3",
        static_cast<int>(TaskStatus::kQueued), static_cast<int>(TaskStatus::kCanceled),
        static_cast<int>(TaskStatus::kRunning));
  });
}

std::shared_ptr<void> SqliteTaskQueue::subscribe(TaskListener listener) {
  auto held = std::make_shared<TaskListener>(std::move(listener));
  const std::lock_guard lock(listeners_mutex_);
  listeners_.push_back(held);
  return held;
}

void SqliteTaskQueue::notify(const Task& task) {
  std::vector<std::shared_ptr<TaskListener>> listeners;
  {
    const std::lock_guard lock(listeners_mutex_);
    std::erase_if(listeners_, [](const auto& listener) { return listener.expired(); });
    for (const auto& listener : listeners_) listeners.push_back(listener.lock());
  }
  for (const auto& listener : listeners) {
    if (listener != nullptr) (*listener)(task);
  }
}

Result<Task> SqliteTaskQueue::announce(const std::string& task_id) {
  auto changed = task(task_id);
  if (changed.has_value()) notify(*changed);
  return changed;
}

void SqliteTaskQueue::forget_progress(const std::string& task_id) {
  const std::lock_guard lock(progress_mutex_);
  progress_.erase(task_id);
}

}  // namespace medmark::store::sqlite
