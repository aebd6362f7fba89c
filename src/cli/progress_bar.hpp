// Pages done and time left on a terminal, one line redrawn in place; silent where standard error is no terminal.
//
// Thread-safe.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

namespace medmark::cli {

class ProgressBar {
 public:
  // `documents` is the number of documents to come.
  explicit ProgressBar(int documents);
  ~ProgressBar();  // leaves a clean line
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void add_pages(int pages);
  void page_done();
  void document_done();
  // Prints a line (with its line feed) above the bar, to standard error.
  void print(const std::string& line);

 private:
  void draw();
  void erase();

  std::mutex mutex_;
  bool is_terminal_;
  int documents_;
  int documents_done_ = 0;
  int pages_ = 0;
  int pages_done_ = 0;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point drawn_;
};

// Time left as "0:07" or "1:02:03", from the pace so far.
[[nodiscard]] std::string time_left(std::chrono::seconds elapsed, int done, int total);

}  // namespace medmark::cli
