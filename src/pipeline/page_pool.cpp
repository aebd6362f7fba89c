#include "pipeline/page_pool.hpp"

#include <algorithm>

namespace medmark::pipeline {

PagePool::PagePool(int threads) {
  for (int i = 0; i < std::max(1, threads); ++i) threads_.emplace_back([this] { work(); });
}

PagePool::~PagePool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_available_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void PagePool::run_pages(int count, const std::function<void(int)>& task) {
  if (count <= 0) return;
  Batch batch;
  batch.task = &task;
  batch.count = count;
  batch.unfinished = count;
  std::unique_lock lock(mutex_);
  batches_.push_back(&batch);
  work_available_.notify_all();
  batch.finished.wait(lock, [&batch] { return batch.unfinished == 0; });
}

void PagePool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    work_available_.wait(lock, [this] { return stopping_ || !batches_.empty(); });
    if (stopping_) return;
    Batch* batch = batches_.front();
    batches_.pop_front();
    const int page = batch->next++;
    if (batch->next < batch->count) batches_.push_back(batch);
    lock.unlock();
    (*batch->task)(page);
    lock.lock();
    if (--batch->unfinished == 0) batch->finished.notify_one();
  }
}

}  // namespace medmark::pipeline
