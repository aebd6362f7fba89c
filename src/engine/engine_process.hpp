// The child's side of the engine. A program that starts an Engine calls this first thing in main().
#pragma once

#include <string_view>

#include "engine/worker.hpp"

namespace medmark::engine {

// The hidden first argument that turns the program into an engine process.
inline constexpr std::string_view kEngineProcessArgument = "engine-process";

[[nodiscard]] inline bool is_engine_process(int argument_count, const char* const* arguments) {
  return argument_count >= 2 && arguments[1] == kEngineProcessArgument;
}

// Serves jobs over the socket it was born with until the client hangs up; returns the exit status. It first gives up
// what it does not need (engine_sandbox.hpp); untrusted bytes are opened by its decoders only.
[[nodiscard]] int run_engine_process(const WorkerFactory& make_worker = make_parser_worker);

}  // namespace medmark::engine
