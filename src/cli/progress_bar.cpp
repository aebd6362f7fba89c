#include "cli/progress_bar.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace medmark::cli {
namespace {

constexpr int kBarWidth = 24;
constexpr std::chrono::milliseconds kRedrawInterval{100};

}  // namespace

std::string time_left(std::chrono::seconds elapsed, int done, int total) {
  if (done <= 0) return "-:--";
  const auto left = elapsed.count() * (total - done) / done;
  if (left >= 3600) return fmt::format("{}:{:02}:{:02}", left / 3600, left / 60 % 60, left % 60);
  return fmt::format("{}:{:02}", left / 60, left % 60);
}

ProgressBar::ProgressBar(int documents)
    : is_terminal_(isatty(STDERR_FILENO) == 1), documents_(documents), start_(std::chrono::steady_clock::now()) {}

ProgressBar::~ProgressBar() { erase(); }

void ProgressBar::add_pages(int pages) {
  const std::lock_guard lock(mutex_);
  pages_ += pages;
  draw();
}

void ProgressBar::page_done() {
  const std::lock_guard lock(mutex_);
  ++pages_done_;
  draw();
}

void ProgressBar::document_done() {
  const std::lock_guard lock(mutex_);
  ++documents_done_;
  drawn_ = {};
  draw();
}

void ProgressBar::print(const std::string& line) {
  const std::lock_guard lock(mutex_);
  erase();
  std::cerr << line << '\n' << std::flush;
  drawn_ = {};
  draw();
}

void ProgressBar::erase() {
  if (is_terminal_) std::cerr << "\r\x1b[K" << std::flush;
}

void ProgressBar::draw() {
  const auto now = std::chrono::steady_clock::now();
  if (!is_terminal_ || now - drawn_ < kRedrawInterval || pages_ == 0) return;
  drawn_ = now;
  // Documents not opened yet count as the mean of those that are.
  const int opened = std::min(documents_, documents_done_ + 1);
  const int expected = std::max(pages_, pages_ * documents_ / std::max(1, opened));
  const int filled = kBarWidth * pages_done_ / std::max(1, expected);
  const auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(now - start_);
  std::cerr << fmt::format("\r\x1b[K[{}{}] {} of {} pages, {} of {} documents, {} left",
                           std::string(static_cast<std::size_t>(filled), '#'),
                           std::string(static_cast<std::size_t>(kBarWidth - filled), '.'), pages_done_, pages_,
                           documents_done_, documents_, time_left(elapsed, pages_done_, expected))
            << std::flush;
}

}  // namespace medmark::cli
