// The queue: nothing lost, nothing done twice, whatever happens to the processes.
#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "store/testing/store_fixture.hpp"

namespace medmark::store {
namespace {

using base::ErrorCode;

class Tasks : public testing::StoreFixture {};

constexpr const char* kNoClinical = R"({"document_type":"other","patient":{}})";

TEST_F(Tasks, AnAcceptedUploadIsThereAfterAnotherStart) {
  const Submitted submitted = submit(submission("bytes"));
  open();
  const auto task = store_->queue().task(submitted.task.id);
  ASSERT_TRUE(task.has_value());
  EXPECT_EQ(task->status, TaskStatus::kQueued);
  const auto claimed = store_->queue().claim_next("worker");
  ASSERT_TRUE(claimed.has_value() && claimed->has_value());
  EXPECT_EQ(read_file((*claimed)->files.front().path).value_or(""), "bytes");
}

// A worker may claim a task at the moment it is committed, while the upload is still being put in order.
TEST_F(Tasks, ClaimedFilesStayWhereTheyAre) {
  constexpr int kTasks = 20;
  constexpr int kFiles = 15;  // of a task: putting them in order takes long enough to be seen
  std::atomic<int> readable = 0;
  std::thread worker([&] {
    for (int claimed_count = 0; claimed_count < kTasks;) {
      const auto claimed = store_->queue().claim_next("worker");
      if (!claimed.has_value() || !claimed->has_value()) continue;
      ++claimed_count;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      for (const SourceFile& file : (*claimed)->files) readable += read_file(file.path).has_value() ? 1 : 0;
    }
  });
  for (int task = 0; task < kTasks; ++task) {
    Submission joined = submission("first of " + std::to_string(task));
    while (joined.files.size() < kFiles) {
      joined.files.push_back(
          {"page.png", add_blob(std::to_string(task * kFiles) + std::to_string(joined.files.size())), {}});
    }
    submit(joined);
  }
  worker.join();
  EXPECT_EQ(readable, kTasks * kFiles);
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "incoming"));
}

TEST_F(Tasks, TheSameBytesAndOptionsAreOneDocument) {
  const Submitted first = submit(submission("bytes"));
  const Submitted again = submit(submission("bytes"));
  EXPECT_TRUE(again.existed);
  EXPECT_EQ(again.task.id, first.task.id);

  Submission other_options = submission("bytes");
  other_options.parameters["dpi"] = "300";
  EXPECT_FALSE(submit(other_options).existed);
  Submission forced = submission("bytes");
  forced.force = true;
  EXPECT_NE(submit(forced).task.document_id, first.task.document_id);
  // Blobs of uploads that were known already do not stay.
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "incoming"));
}

TEST_F(Tasks, AFailedDocumentIsTriedAgainWhenItIsUploadedAgain) {
  const Submitted first = submit(submission("bytes"));
  ASSERT_TRUE(store_->queue().claim_next("worker").has_value());
  ASSERT_TRUE(store_->queue().fail(first.task.id, {ErrorCode::kWrongPassword, "The password is wrong."}).has_value());
  Submission renamed = submission("bytes");
  renamed.files.front().file_name = "under another name.pdf";
  const Submitted again = submit(renamed);
  EXPECT_FALSE(again.existed);
  EXPECT_EQ(again.task.document_id, first.task.document_id);
  EXPECT_EQ(again.task.status, TaskStatus::kQueued);
  EXPECT_EQ(store_->documents().document(first.task.document_id)->file_name, "under another name.pdf");
  EXPECT_EQ(store_->documents().source_files(first.task.document_id)->front().file_name, "under another name.pdf");
}

TEST_F(Tasks, LowerPrioritiesGoFirstAndOldOnesBeforeNew) {
  Submission watched = submission("watched");
  watched.priority = Priority::kWatch;
  Submission batch = submission("batch");
  batch.priority = Priority::kBatch;
  Submission interactive = submission("interactive");
  interactive.priority = Priority::kInteractive;
  const std::string last = submit(watched).task.id;
  const std::string second = submit(batch).task.id;
  const std::string first = submit(interactive).task.id;
  EXPECT_EQ(store_->queue().task(last)->queue_position, 3);
  EXPECT_EQ((*store_->queue().claim_next("worker"))->task.id, first);
  EXPECT_EQ((*store_->queue().claim_next("worker"))->task.id, second);
  EXPECT_FALSE(store_->queue().claim_next("worker", Priority::kBatch)->has_value());
  EXPECT_EQ((*store_->queue().claim_next("worker"))->task.id, last);
}

TEST_F(Tasks, WhatADeadServerLeftRunningRunsAgainAndIsCountedAsAnAttempt) {
  const std::string id = submit(submission("bytes")).task.id;
  ASSERT_TRUE(store_->queue().claim_next("worker")->has_value());
  open();
  EXPECT_EQ(store_->queue().requeue_orphans().value_or(0), 1);
  const auto claimed = store_->queue().claim_next("worker");
  ASSERT_TRUE(claimed->has_value());
  EXPECT_EQ((*claimed)->task.id, id);
  EXPECT_EQ((*claimed)->task.attempts, 2);
}

TEST_F(Tasks, AFullQueueTakesNothingOfASubmission) {
  open(2);
  const auto submitted = store_->queue().submit({submission("1"), submission("2"), submission("3")});
  ASSERT_FALSE(submitted.has_value());
  EXPECT_EQ(submitted.error().code, ErrorCode::kBusy);
  EXPECT_EQ(store_->queue().task_counts()->queued, 0);
}

TEST_F(Tasks, ACanceledTaskIsNeverClaimedAndARunningOneIsAskedToStop) {
  const std::string waiting = submit(submission("1")).task.id;
  EXPECT_EQ(store_->queue().cancel_task(waiting)->status, TaskStatus::kCanceled);
  EXPECT_FALSE(store_->queue().claim_next("worker")->has_value());

  const std::string running = submit(submission("2")).task.id;
  ASSERT_TRUE(store_->queue().claim_next("worker")->has_value());
  EXPECT_TRUE(store_->queue().cancel_task(running)->cancel_requested);
  ASSERT_TRUE(store_->queue().fail(running, {ErrorCode::kCanceled, ""}).has_value());
  EXPECT_EQ(store_->queue().task(running)->status, TaskStatus::kCanceled);
  EXPECT_EQ(store_->queue().cancel_task(running).error().code, ErrorCode::kConflict);
}

TEST_F(Tasks, APreparedTaskWaitsUntilItIsStarted) {
  Submission prepared = submission("bytes");
  prepared.start = false;
  const std::string id = submit(prepared).task.id;
  EXPECT_FALSE(store_->queue().claim_next("worker")->has_value());
  EXPECT_EQ(store_->queue().start_task(id, {})->status, TaskStatus::kQueued);
  EXPECT_TRUE(store_->queue().claim_next("worker")->has_value());
}

TEST_F(Tasks, ListenersHearOfEveryChange) {
  std::vector<TaskStatus> heard;
  const auto subscription = store_->queue().subscribe([&](const Task& task) { heard.push_back(task.status); });
  const std::string id = submit(submission("bytes")).task.id;
  complete_next(kNoClinical, R"("text")");
  EXPECT_THAT(heard, ::testing::ElementsAre(TaskStatus::kQueued, TaskStatus::kRunning, TaskStatus::kCompleted));
}

TEST_F(Tasks, AResultOfATaskThatNoLongerRunsIsDropped) {
  const Task task = [&] {
    submit(submission("bytes"));
    return complete_next(kNoClinical, R"("first")");
  }();
  const auto staging = store_->queue().staging_folder(task.id);
  ASSERT_TRUE(write_file(*staging / "document.json", document_json(kNoClinical, R"("second")")).has_value());
  EXPECT_EQ(store_->queue().complete(task.id, {*staging / "document.json", {}, false}).error().code,
            ErrorCode::kConflict);
  const auto kept = read_file(*store_->documents().document_json(task.document_id));
  EXPECT_NE(kept->find("first"), std::string::npos);
}

TEST_F(Tasks, UploadsThatNobodySubmittedAreGoneAfterAStart) {
  add_blob("forgotten");
  open();
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "incoming"));
}

TEST_F(Tasks, FilesAreForTheirOwnerOnlyAndNamedByUs) {
  Submission hostile = submission("bytes");
  hostile.files.front().file_name = "../../../etc/passwd";
  submit(hostile);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
    const auto others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
    EXPECT_EQ(entry.status().permissions() & others, std::filesystem::perms::none) << entry.path();
    EXPECT_EQ(entry.path().string().find("passwd"), std::string::npos);
  }
}

TEST_F(Tasks, TwoProcessesNeverShareADataFolder) {
  const auto second = open_store({folder_, 10});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::kConflict);
}

}  // namespace
}  // namespace medmark::store
