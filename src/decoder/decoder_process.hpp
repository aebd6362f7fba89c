// The child's side of the sandboxed decoder. A program that opens Decoders calls this first thing in main().
#pragma once

#include <string_view>

namespace medmark::decoder {

// The hidden first argument that turns the program into a decoder process.
inline constexpr std::string_view kDecoderProcessArgument = "decoder-process";

// Whether the program was started as a decoder process.
[[nodiscard]] inline bool is_decoder_process(int argument_count, const char* const* arguments) {
  return argument_count >= 2 && arguments[1] == kDecoderProcessArgument;
}

// Reads one document in the sandbox until the client hangs up; returns the exit status. Expects the descriptors that
// the client lays out (decoder/channel.hpp) and fails with a status where they are missing.
[[nodiscard]] int run_decoder_process(int argument_count, const char* const* arguments);

}  // namespace medmark::decoder
