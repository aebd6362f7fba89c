// The test program is its own engine process, with a scripted worker: GoogleTest's main cannot be used.
#include <gtest/gtest.h>

#include "engine/engine_process.hpp"
#include "engine/testing/scripted_worker.hpp"

int main(int argc, char** argv) {
  if (medmark::engine::is_engine_process(argc, argv)) {
    return medmark::engine::run_engine_process(medmark::engine::testing::make_scripted_worker);
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
