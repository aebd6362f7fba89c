// A worker that does what the bytes of its document say, for the tests of what surrounds it.
//
//   "pages N"   a document of N pages
//   "slow N"    the same, 20 ms a page, unless it is canceled
//   "crash", "hang", "eat memory"   what they say
//   "socket"    tries to open a socket and says what came of it
//   "crash once PATH"   crashes where PATH is not there, and makes it
#pragma once

#include "engine/worker.hpp"

namespace medmark::engine::testing {

[[nodiscard]] base::Result<std::unique_ptr<Worker>> make_scripted_worker(const Request& configuration);

}  // namespace medmark::engine::testing
