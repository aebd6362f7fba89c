#include "cli/application.hpp"
#include "decoder/decoder_process.hpp"

int main(int argc, char** argv) {
  // A decoder process is this program run again; it must come before anything else has opened files or threads.
  if (medmark::decoder::is_decoder_process(argc, argv)) return medmark::decoder::run_decoder_process(argc, argv);
  return medmark::cli::run_application(argc, argv);
}
