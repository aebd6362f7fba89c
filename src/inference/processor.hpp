// What the processor must offer, and what of it this machine lacks. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace medmark::inference {

// The instruction sets that the program is built for and this processor does not have ("avx2", "fma", ...); empty where
// it can run everything.
[[nodiscard]] std::vector<std::string_view> missing_instruction_sets();

// The wider instruction sets that the runtimes choose by themselves where they are there ("avx512f", ...), for
// `doctor`.
[[nodiscard]] std::vector<std::string_view> optional_instruction_sets();

// The processor's own name, or "unknown processor".
[[nodiscard]] std::string processor_name();

}  // namespace medmark::inference
