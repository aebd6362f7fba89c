// `medmark parse INPUT... -o DIR`.
#pragma once

#include <CLI/App.hpp>
#include <functional>

namespace medmark::cli {

// Adds the command and its options. The callback sets `run` to what does the work and returns the exit status: 0 all
// parsed, 1 some input failed or is partial, 2 wrong usage.
void add_parse_command(CLI::App& application, std::function<int()>& run);

}  // namespace medmark::cli
