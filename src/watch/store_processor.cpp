#include <fcntl.h>

#include <condition_variable>
#include <fstream>
#include <functional>
#include <iterator>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "results/result_files.hpp"
#include "watch/file_moves.hpp"
#include "watch/processor.hpp"

namespace medmark::watch {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

base::Result<std::string> read_whole(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad()) return base::fail(ErrorCode::kNotFound, "A file is not there any more.");
  return bytes;
}

class StoreProcessor : public Processor {
 public:
  StoreProcessor(store::Store& store, int capacity, std::function<std::optional<base::Error>()> trouble)
      : store_(store), capacity_(capacity), trouble_(std::move(trouble)) {
    subscription_ = store_.queue().subscribe([this](const store::Task& task) {
      if (!store::is_final(task.status)) return;
      {
        const std::lock_guard lock(mutex_);
        ++ended_tasks_;
      }
      news_.notify_all();
    });
  }

  base::Result<Outcome> process(const Work& work, const std::stop_token& stop) override {
    auto submission = submission_of(work);
    if (!submission.has_value()) return tl::unexpected(submission.error());
    auto submitted = store_.queue().submit({std::move(*submission)});
    if (!submitted.has_value()) return tl::unexpected(submitted.error());
    const auto task = wait_for(submitted->front().task, stop);
    if (!task.has_value()) return tl::unexpected(task.error());
    if (task->error.has_value()) return tl::unexpected(*task->error);
    if (task->status == store::TaskStatus::kCanceled) {
      return base::fail(ErrorCode::kForbidden, "The work was canceled by a person.");
    }
    return write_files(*task, work);
  }

  int capacity() const override { return capacity_; }
  std::optional<base::Error> trouble() const override { return trouble_ ? trouble_() : std::nullopt; }

 private:
  base::Result<store::Submission> submission_of(const Work& work) {
    auto writer = store_.documents().begin_blob();
    if (!writer.has_value()) return tl::unexpected(writer.error());
    std::ifstream stream(work.file, std::ios::binary);
    std::vector<char> piece(std::size_t{1} << 20);
    while (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())) || stream.gcount() > 0) {
      const auto bytes = std::as_bytes(std::span(piece).first(static_cast<std::size_t>(stream.gcount())));
      if (auto written = (*writer)->write(bytes); !written.has_value()) return tl::unexpected(written.error());
    }
    if (!stream.is_open() || stream.bad()) return base::fail(ErrorCode::kNotFound, "A file is not there any more.");
    auto blob = (*writer)->finish();
    if (!blob.has_value()) return tl::unexpected(blob.error());
    store::Submission submission;
    submission.files = {{work.file_name, std::move(*blob), {}}};
    submission.parameters = work.options;
    submission.password = work.password;
    submission.priority = store::Priority::kWatch;
    submission.created_by = "watch";
    return submission;
  }

  // Until the task is over. Where the watcher is stopped the task stays queued: the next start finds it by its
  // identity.
  base::Result<store::Task> wait_for(const store::Task& task, const std::stop_token& stop) {
    constexpr auto kLookInterval = std::chrono::seconds(10);
    while (true) {
      std::unique_lock lock(mutex_);
      const auto seen = ended_tasks_;
      lock.unlock();
      auto now = store_.queue().task(task.id);
      if (!now.has_value() || store::is_final(now->status)) return now;
      lock.lock();
      news_.wait_for(lock, stop, kLookInterval, [&] { return ended_tasks_ != seen; });
      if (stop.stop_requested()) return base::fail(ErrorCode::kCanceled, "The work was canceled.");
    }
  }

  base::Result<Outcome> write_files(const store::Task& task, const Work& work) {
    const auto json_path = store_.documents().original_json(task.document_id);
    if (!json_path.has_value()) return tl::unexpected(json_path.error());
    const auto json = read_whole(*json_path);
    if (!json.has_value()) return tl::unexpected(json.error());
    const auto root = nlohmann::json::parse(*json, nullptr, false);
    if (!root.is_object()) return base::fail(ErrorCode::kInternal, "A result of the store cannot be read.");
    const auto names = store_.documents().asset_names(task.document_id);
    if (!names.has_value()) return tl::unexpected(names.error());
    std::vector<std::string> bytes;
    for (const std::string& name : *names) {
      const auto path = store_.documents().asset(task.document_id, name);
      auto asset = path.has_value() ? read_whole(*path) : tl::unexpected(path.error());
      if (!asset.has_value()) return tl::unexpected(asset.error());
      bytes.push_back(std::move(*asset));
    }
    const std::string markdown = root.value("content", "");
    results::ResultView result{.markdown = markdown, .json = *json, .assets = {}};
    for (std::size_t i = 0; i < names->size(); ++i) {
      result.assets.push_back({(*names)[i], {reinterpret_cast<const std::uint8_t*>(bytes[i].data()), bytes[i].size()}});
    }
    auto written = results::write_result(work.output_folder, work.stem, result, results::Durability::kSynced);
    if (!written.has_value()) return tl::unexpected(written.error());
    return Outcome{task.progress.pages, task.status == store::TaskStatus::kPartial ? 1 : 0};
  }

  store::Store& store_;
  int capacity_;
  std::function<std::optional<base::Error>()> trouble_;
  std::mutex mutex_;
  std::condition_variable_any news_;
  std::uint64_t ended_tasks_ = 0;
  std::shared_ptr<void> subscription_;
};

}  // namespace

std::unique_ptr<Processor> make_store_processor(store::Store& store, int capacity,
                                                std::function<std::optional<base::Error>()> trouble) {
  return std::make_unique<StoreProcessor>(store, capacity, std::move(trouble));
}

}  // namespace medmark::watch
