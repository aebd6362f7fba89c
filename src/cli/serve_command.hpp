// `medmark serve`.
#pragma once

#include <CLI/App.hpp>
#include <functional>

namespace medmark::cli {

// Adds the command and its options. The callback sets `run` to what serves until SIGTERM or SIGINT and returns the exit
// status: 0 ended as asked, 1 could not start, 2 wrong usage.
void add_serve_command(CLI::App& application, std::function<int()>& run);

}  // namespace medmark::cli
