// `medmark watch INCOMING`: the unattended folder.
#pragma once

#include <CLI/App.hpp>
#include <functional>

namespace medmark::cli {

// Adds the command and its options. Exit status: 0 good, 1 some file failed or is partial or had to be left, 2 wrong
// usage.
void add_watch_command(CLI::App& application, std::function<int()>& run);

}  // namespace medmark::cli
