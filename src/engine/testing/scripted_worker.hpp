// A worker that does what the bytes of its document say, for the tests of what surrounds it.
//
//   "pages N"   a document of N pages
//   "slow N"    the same, 20 ms a page, unless it is canceled
//   "crash", "hang", "eat memory"   what they say
//   "socket"    tries to open a socket and says what came of it
//   "crash once PATH"   crashes where PATH is not there, and makes it
#pragma once

#include <sys/socket.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "engine/worker.hpp"

namespace medmark::engine::testing {

inline document::Document document_of(int pages, const std::string& content) {
  document::Document document;
  document.source.sha256 = "0123";
  document.source.media_type = "text/script";
  for (int page = 0; page < pages; ++page) {
    document.pages.push_back({.index = page, .timings_ms = {{"total", 2.0}}, .errors = {}});
  }
  document::Asset& asset = document.assets.emplace_back();
  asset.name = "figure_1.png";
  asset.bytes = {1, 2, 3};
  document.content = content;
  return document;
}

inline std::string what_a_socket_says() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const int pair_status = [] {
    int pair[2];
    return ::socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  }();
  return std::string(socket >= 0 ? "opened" : std::strerror(errno)) + (pair_status == 0 ? ", pair" : ", no pair");
}

[[noreturn]] inline void eat_memory() {
  std::vector<std::vector<char>> eaten;
  while (true) eaten.emplace_back(std::size_t{16} << 20, 'x');
}

inline constexpr std::size_t kScriptBytes = 4096;

inline std::string text_of(const pipeline::InputFile& file) {
  const auto bytes = file.file.head(kScriptBytes);
  return {bytes.begin(), bytes.end()};
}

class ScriptedWorker : public Worker {
 public:
  explicit ScriptedWorker(bool is_slow_to_warm_up) : is_slow_to_warm_up_(is_slow_to_warm_up) {}
  base::Result<document::Document> parse(const std::vector<pipeline::InputFile>& files, const pipeline::ParseOptions&,
                                         const pipeline::ProgressSink& progress, const std::stop_token& stop) override {
    std::string text;
    for (const auto& file : files) {
      const std::vector<std::uint8_t> bytes = file.file.head(file.file.size());
      text.append(bytes.begin(), bytes.end());
    }
    std::istringstream script(text);
    std::string word;
    script >> word;
    if (word == "crash") {
      std::string once, path;
      script >> once >> path;
      if (path.empty() || !std::filesystem::exists(path)) {
        if (!path.empty()) std::ofstream(path) << "x";
        std::abort();
      }
      return document_of(1, "survived");
    }
    if (word == "hang") std::this_thread::sleep_for(std::chrono::hours(1));
    if (word == "eat") eat_memory();
    if (word == "socket") return document_of(1, what_a_socket_says());
    if (word == "broken") return base::fail(base::ErrorCode::kCorruptDocument, "Nothing can be read.");
    int pages = 0;
    script >> pages;
    progress({0, pages});
    for (int page = 1; page <= pages; ++page) {
      if (word == "slow") std::this_thread::sleep_for(std::chrono::milliseconds(20));
      if (stop.stop_requested()) return base::fail(base::ErrorCode::kCanceled, "The work was canceled.");
      progress({page, pages});
    }
    return document_of(pages, text);
  }
  base::Result<PagePicture> render(const std::vector<pipeline::InputFile>& files, const std::string&,
                                   const PageView& view) override {
    if (view.page > 0) return base::fail(base::ErrorCode::kNotFound, "The document has no such page.");
    return PagePicture{"image/jpeg", view.width, view.width, files.front().file.head(files.front().file.size())};
  }
  base::Result<Inspection> inspect(const std::vector<pipeline::InputFile>& files, const std::string&) override {
    return Inspection{"text/script", static_cast<int>(files.size()), {{1, 2, true, "pale"}}};
  }
  base::Result<void> warm_up() override {
    if (is_slow_to_warm_up_) std::this_thread::sleep_for(std::chrono::hours(1));
    return {};
  }
  int threads() const override { return 2; }
  std::string device_note() const override { return "scripted"; }

 private:
  bool is_slow_to_warm_up_;
};

[[nodiscard]] inline base::Result<std::unique_ptr<Worker>> make_scripted_worker(const Request& configuration) {
  if (configuration.device == "cuda:9")
    return base::fail(base::ErrorCode::kDeviceUnavailable, "There is no such device.");
  return std::make_unique<ScriptedWorker>(configuration.device == "cuda:8");
}

}  // namespace medmark::engine::testing
