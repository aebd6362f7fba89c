// Decoder processes that misbehave, to prove what their client makes of it. Test code only.
#pragma once

namespace medmark::decoder::testing {

// A document of four pages, of which page 1 does the odd thing: "crash", "hang", "garbage" (an answer that makes no
// sense), "oversized" (an answer larger than the shared memory), "out-of-memory". "crash-at-start" does not get that
// far.
[[nodiscard]] bool is_odd_child(int argument_count, const char* const* arguments);
[[nodiscard]] int run_odd_child(int argument_count, const char* const* arguments);

}  // namespace medmark::decoder::testing
