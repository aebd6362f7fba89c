#include "service/dispatcher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "store/testing/store_fixture.hpp"

namespace medmark::service {
namespace {

using base::ErrorCode;
using store::TaskStatus;
using ::testing::HasSubstr;

class DispatcherTest : public store::testing::StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    engine::EngineSettings settings;
    settings.warm_up = engine::WarmUp::kNone;
    settings.threads = 2;
    settings.max_memory_bytes = std::uint64_t{256} << 20;
    engine_ = engine::Engine::start(settings);
  }
  void TearDown() override {
    dispatcher_.reset();
    engine_.reset();
    StoreFixture::TearDown();
  }

  void dispatch(DispatcherSettings settings = {}) {
    dispatcher_ = Dispatcher::start(store_->queue(), *engine_, std::move(settings));
  }
  store::Task task(const std::string& id) { return store_->queue().task(id).value_or(store::Task{}); }
  // The task, when it is over.
  store::Task ended(const std::string& id) {
    return when(id, [](const store::Task& now) { return store::is_final(now.status); });
  }
  template <typename Condition>
  store::Task when(const std::string& id, Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    store::Task now = task(id);
    while (!condition(now) && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      now = task(id);
    }
    EXPECT_TRUE(condition(now));
    return now;
  }

  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<Dispatcher> dispatcher_;
};

TEST_F(DispatcherTest, WritesResultsBack) {
  const store::Submitted early = submit(submission("pages 3"));
  dispatch();
  const store::Submitted late = submit(submission("pages 2"));
  const store::Task first = ended(early.task.id);
  EXPECT_EQ(first.status, TaskStatus::kCompleted);
  EXPECT_EQ(first.progress, (store::TaskProgress{3, 3}));
  EXPECT_EQ(ended(late.task.id).status, TaskStatus::kCompleted);
  const auto json = store_->documents().document_json(first.document_id);
  ASSERT_TRUE(json.has_value());
  EXPECT_THAT(store::read_file(*json).value_or(""), HasSubstr("\"index\": 2"));
  EXPECT_THAT(store_->documents().asset_names(first.document_id).value_or(std::vector<std::string>{}),
              ::testing::ElementsAre("figure_1.png"));
}

TEST_F(DispatcherTest, CarriesCodesAndCostsOnlyTheDocumentThatCrashes) {
  const store::Submitted broken = submit(submission("broken"));
  const store::Submitted crash = submit(submission("crash"));
  const store::Submitted good = submit(submission("pages 1"));
  dispatch();
  EXPECT_EQ(ended(broken.task.id).error->code, ErrorCode::kCorruptDocument);
  EXPECT_EQ(ended(crash.task.id).error->code, ErrorCode::kWorkerCrashed);
  EXPECT_EQ(ended(good.task.id).status, TaskStatus::kCompleted);
}

TEST_F(DispatcherTest, CancelsARunningTask) {
  const store::Submitted slow = submit(submission("slow 100000"));
  dispatch();
  when(slow.task.id, [](const store::Task& now) { return now.progress.pages_done > 0; });
  ASSERT_TRUE(store_->queue().cancel_task(slow.task.id).has_value());
  EXPECT_EQ(ended(slow.task.id).status, TaskStatus::kCanceled);
}

TEST_F(DispatcherTest, ClosingQueuesTheWorkInHandAgain) {
  const store::Submitted slow = submit(submission("slow 100000"));
  dispatch();
  when(slow.task.id, [](const store::Task& now) { return now.status == TaskStatus::kRunning; });
  dispatcher_.reset();
  EXPECT_EQ(task(slow.task.id).status, TaskStatus::kQueued);
}

TEST_F(DispatcherTest, ATaskThatKeepsEndingTheServerFails) {
  const store::Submitted submitted = submit(submission("pages 1"));
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(store_->queue().claim_next("dead")->has_value());
    ASSERT_TRUE(store_->queue().requeue(submitted.task.id).has_value());
  }
  dispatch({.max_priority = {}, .max_attempts = 2});
  EXPECT_EQ(ended(submitted.task.id).error->code, ErrorCode::kWorkerCrashed);
}

TEST_F(DispatcherTest, ADocumentOfTooManyPagesFailsAndOneAtTheLimitDoesNot) {
  dispatch({.max_priority = {}, .max_pages = [] { return 3; }});
  EXPECT_EQ(ended(submit(submission("pages 3")).task.id).status, TaskStatus::kCompleted);
  const store::Task refused = ended(submit(submission("pages 4")).task.id);
  ASSERT_TRUE(refused.error.has_value());
  EXPECT_EQ(refused.error->code, ErrorCode::kTooManyPages);
}

TEST_F(DispatcherTest, HoldsBackWhatAScheduleHoldsBack) {
  store::Submission watched = submission("pages 1");
  watched.priority = store::Priority::kWatch;
  const store::Submitted held = submit(watched);
  dispatch({.max_priority = [] { return store::Priority::kBatch; }});
  EXPECT_EQ(ended(submit(submission("pages 2")).task.id).status, TaskStatus::kCompleted);
  EXPECT_EQ(task(held.task.id).status, TaskStatus::kQueued);
}

}  // namespace
}  // namespace medmark::service
