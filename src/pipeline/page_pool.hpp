// The threads that work on pages: as many pages in flight as threads, from as many documents as are waiting.
//
// Documents take turns page by page, so that a file of 700 pages does not keep a file of one page waiting. Every task
// is a pure function of its page: the result never depends on the number of threads or on their order.
#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace medmark::pipeline {

class PagePool {
 public:
  explicit PagePool(int threads);
  ~PagePool();  // finishes what has been started, drops what has not
  PagePool(const PagePool&) = delete;
  PagePool& operator=(const PagePool&) = delete;

  // Runs task(0) .. task(count - 1) on the pool's threads and returns when all have returned. Thread-safe; several
  // callers' tasks take turns. Tasks must not throw and must not call run_pages themselves.
  void run_pages(int count, const std::function<void(int)>& task);

 private:
  struct Batch {
    const std::function<void(int)>* task = nullptr;
    int next = 0;
    int count = 0;
    int unfinished = 0;
    std::condition_variable finished;
  };

  void work();

  std::mutex mutex_;
  std::condition_variable work_available_;
  std::list<Batch*> batches_;  // those with pages not started; the front one is served next, then goes to the back
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace medmark::pipeline
