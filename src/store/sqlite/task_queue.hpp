// The durable queue of tasks (TaskQueue) over SQLite. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/sqlite/data_folder.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/index.hpp"
#include "store/store.hpp"

namespace medmark::store::sqlite {

class SqliteTaskQueue final : public TaskQueue {
 public:
  SqliteTaskQueue(Database& database, DataFolder& folder, int max_queued_tasks)
      : database_(database), folder_(folder), max_queued_tasks_(max_queued_tasks) {}

  base::Result<std::vector<Submitted>> submit(const std::vector<Submission>& submissions) override;
  base::Result<Task> start_task(const std::string& task_id, const StartOptions& options) override;
  base::Result<Task> task(const std::string& task_id) override;
  base::Result<TaskPage> tasks(const TaskFilter& filter) override;
  base::Result<TaskCounts> task_counts() override;
  base::Result<Task> cancel_task(const std::string& task_id) override;

  base::Result<std::optional<ClaimedTask>> claim_next(const std::string& worker, int max_priority) override;
  void report_progress(const std::string& task_id, TaskProgress progress) override;
  base::Result<std::filesystem::path> staging_folder(const std::string& task_id) override;
  base::Result<void> complete(const std::string& task_id, const ParsedResult& result) override;
  base::Result<void> fail(const std::string& task_id, const base::Error& error) override;
  base::Result<void> requeue(const std::string& task_id) override;
  base::Result<int> requeue_orphans() override;

  std::shared_ptr<void> subscribe(TaskListener listener) override;

  // Tells the listeners of a task's last state; for documents that are erased.
  void notify(const Task& task);

 private:
  [[nodiscard]] base::Result<Task> read_task(Connection& connection, const std::string& task_id) const;
  [[nodiscard]] base::Result<Submitted> submit_one(Connection& connection, const Submission& submission) const;
  [[nodiscard]] base::Result<void> check_room(Connection& connection) const;
  // Reads the task again and tells the listeners.
  base::Result<Task> announce(const std::string& task_id);
  void forget_progress(const std::string& task_id);
  [[nodiscard]] base::Result<void> take_in(const Task& task, const ParsedResult& result, const DocumentFacts& facts);

  Database& database_;
  DataFolder& folder_;
  int max_queued_tasks_;

  mutable std::mutex progress_mutex_;
  std::map<std::string, TaskProgress> progress_;  // of running tasks
  std::mutex listeners_mutex_;
  std::vector<std::weak_ptr<TaskListener>> listeners_;
};

}  // namespace medmark::store::sqlite
