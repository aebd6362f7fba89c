// The test program is its own decoder process, well or badly behaved: GoogleTest's main cannot be used.
#include <gtest/gtest.h>

#include "decoder/decoder_process.hpp"
#include "decoder/testing/odd_child.hpp"

int main(int argc, char** argv) {
  if (medmark::decoder::is_decoder_process(argc, argv)) {
    if (medmark::decoder::testing::is_odd_child(argc, argv))
      return medmark::decoder::testing::run_odd_child(argc, argv);
    return medmark::decoder::run_decoder_process(argc, argv);
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
