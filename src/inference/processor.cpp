#include "inference/processor.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace medmark::inference {

#if defined(__x86_64__)

namespace {

// Asked of the processor itself: not every compiler knows "f16c" by name.
bool has_half_precision_conversion() {
  unsigned int eax = 0;
  unsigned int ebx = 0;
  unsigned int ecx = 0;
  unsigned int edx = 0;
  return __get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0 && (ecx & bit_F16C) != 0;
}

}  // namespace

std::vector<std::string_view> missing_instruction_sets() {
  __builtin_cpu_init();
  std::vector<std::string_view> missing;
  if (!__builtin_cpu_supports("sse4.2")) missing.emplace_back("sse4.2");
  if (!__builtin_cpu_supports("popcnt")) missing.emplace_back("popcnt");
  if (!__builtin_cpu_supports("avx")) missing.emplace_back("avx");
  if (!__builtin_cpu_supports("avx2")) missing.emplace_back("avx2");
  if (!__builtin_cpu_supports("fma")) missing.emplace_back("fma");
  if (!has_half_precision_conversion()) missing.emplace_back("f16c");
  return missing;
}

std::vector<std::string_view> optional_instruction_sets() {
  __builtin_cpu_init();
  std::vector<std::string_view> present;
  if (__builtin_cpu_supports("avx512f")) present.emplace_back("avx512f");
  if (__builtin_cpu_supports("avx512vnni")) present.emplace_back("avx512vnni");
  if (__builtin_cpu_supports("avx512bf16")) present.emplace_back("avx512bf16");
  return present;
}

std::string processor_name() {
  std::array<unsigned int, 12> words{};
  for (unsigned int leaf = 0; leaf < 3; ++leaf) {
    const std::size_t at = leaf * 4U;
    if (__get_cpuid(0x80000002U + leaf, &words[at], &words[at + 1], &words[at + 2], &words[at + 3]) == 0) {
      return "unknown processor";
    }
  }
  std::array<char, sizeof(words) + 1> name{};
  std::memcpy(name.data(), words.data(), sizeof(words));
  std::string text(name.data());
  const auto is_edge = [](char c) { return c == ' '; };
  text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), is_edge));
  text.erase(std::find_if_not(text.rbegin(), text.rend(), is_edge).base(), text.end());
  return text.empty() ? "unknown processor" : text;
}

#else

std::vector<std::string_view> missing_instruction_sets() { return {}; }
std::vector<std::string_view> optional_instruction_sets() { return {}; }
std::string processor_name() { return "unknown processor"; }

#endif

}  // namespace medmark::inference
