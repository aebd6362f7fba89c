// A store in a folder of its own, and the steps that tests repeat.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "store/files.hpp"
#include "store/identifiers.hpp"
#include "store/store.hpp"

namespace medmark::store::testing {

class StoreFixture : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("medmark-store-" + new_id());
    open();
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void open(int max_queued_tasks = 100) {
    store_.reset();
    auto opened = open_store({folder_, max_queued_tasks});
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    store_ = std::move(*opened);
  }

  Blob add_blob(const std::string& bytes) {
    auto writer = store_->documents().begin_blob();
    EXPECT_TRUE(writer.has_value());
    EXPECT_TRUE((*writer)->write(std::as_bytes(std::span(bytes))).has_value());
    auto blob = (*writer)->finish();
    EXPECT_TRUE(blob.has_value());
    return blob.value_or(Blob{});
  }

  Submission submission(const std::string& bytes) {
    Submission made;
    made.files = {{"report.pdf", add_blob(bytes), {}}};
    made.created_by = "tester";
    return made;
  }

  Submitted submit(const Submission& wanted) {
    auto submitted = store_->queue().submit({wanted});
    EXPECT_TRUE(submitted.has_value());
    return submitted.has_value() ? submitted->front() : Submitted{};
  }

  // Claims the next task and completes it with the given `clinical` object and Markdown (both JSON text).
  Task complete_next(const std::string& clinical, const std::string& content) {
    auto claimed = store_->queue().claim_next("worker");
    EXPECT_TRUE(claimed.has_value() && claimed->has_value());
    const Task task = (*claimed)->task;
    const auto staging = store_->queue().staging_folder(task.id);
    EXPECT_TRUE(staging.has_value());
    EXPECT_TRUE(write_file(*staging / "document.json", document_json(clinical, content)).has_value());
    const auto done = store_->queue().complete(task.id, {*staging / "document.json", *staging / "assets", false});
    EXPECT_TRUE(done.has_value()) << done.error().message;
    return task;
  }

  static std::string document_json(const std::string& clinical, const std::string& content) {
    return R"({"schema_version":"1.0","source":{"file_name":"report.pdf","media_type":"application/pdf","page_count":1},)"
           R"("blocks":[{"id":"b0","text":"x"}],"clinical":)" +
           clinical + R"(,"content":)" + content + "}";
  }

  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
};

}  // namespace medmark::store::testing
