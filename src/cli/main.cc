#include "base/descriptors.hpp"
#include "cli/application.hpp"
#include "decoder/decoder_process.hpp"
#include "engine/engine_process.hpp"

int main(int argc, char** argv) {
  // Decoder and engine processes are this program run again; they must come before anything else has opened files or
  // threads.
  if (medmark::decoder::is_decoder_process(argc, argv)) return medmark::decoder::run_decoder_process(argc, argv);
  medmark::base::raise_descriptor_limit();
  if (medmark::engine::is_engine_process(argc, argv)) return medmark::engine::run_engine_process();
  return medmark::cli::run_application(argc, argv);
}
