#include "pipeline/page_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace medmark::pipeline {
namespace {

TEST(PagePool, RunsEveryPageOnceForAnyNumberOfThreads) {
  for (const int threads : {1, 2, 7}) {
    PagePool pool(threads);
    std::vector<std::atomic<int>> runs(100);
    pool.run_pages(100, [&](int page) { ++runs[static_cast<std::size_t>(page)]; });
    for (const auto& count : runs) EXPECT_EQ(count, 1);
  }
}

TEST(PagePool, ServesDocumentsInTurn) {
  PagePool pool(1);
  std::vector<int> order;  // written by the one worker only
  std::atomic<bool> second_waits = false;
  std::thread second;
  pool.run_pages(3, [&](int page) {
    order.push_back(page);
    if (page > 0) return;
    second = std::thread([&] {
      second_waits = true;
      pool.run_pages(1, [&](int) { order.push_back(100); });
    });
    while (!second_waits) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  });
  second.join();
  EXPECT_EQ(order, (std::vector<int>{0, 1, 100, 2}));
}

TEST(PagePool, NoPagesIsDoneAtOnce) {
  PagePool pool(2);
  pool.run_pages(0, [](int) { FAIL(); });
}

}  // namespace
}  // namespace medmark::pipeline
