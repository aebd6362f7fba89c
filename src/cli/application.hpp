// The command line as a whole.
#pragma once

namespace medmark::cli {

// Runs the command and returns the exit status: 0 good, 1 some input failed or something is wrong, 2 wrong usage.
[[nodiscard]] int run_application(int argc, char** argv);

}  // namespace medmark::cli
