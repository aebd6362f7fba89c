// The test program is its own engine process, with the real worker or a scripted one, and its own decoder process:
// GoogleTest's main cannot be used.
#include <gtest/gtest.h>

#include <string_view>

#include "decoder/decoder_process.hpp"
#include "engine/engine_process.hpp"
#include "engine/testing/scripted_worker.hpp"

int main(int argc, char** argv) {
  if (medmark::decoder::is_decoder_process(argc, argv)) return medmark::decoder::run_decoder_process(argc, argv);
  if (medmark::engine::is_engine_process(argc, argv)) {
    const bool is_scripted = argc >= 3 && std::string_view(argv[2]) == "scripted";
    return is_scripted ? medmark::engine::run_engine_process(medmark::engine::testing::make_scripted_worker)
                       : medmark::engine::run_engine_process();
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
