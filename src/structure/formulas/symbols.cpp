#include "structure/formulas/symbols.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace medmark::structure {
namespace {

constexpr std::pair<char32_t, std::string_view> kSymbols[] = {
#define SYMBOL(code, latex) {code, latex},
#include "structure/formulas/symbols.def"
#undef SYMBOL
};

constexpr std::array<std::string_view, 9> kOperatorNames = {"ln",  "log", "lg",  "exp", "min",
                                                            "max", "sin", "cos", "tan"};

// Unicode's mathematical alphabets: blocks of 52 Latin letters, of 58 Greek characters, of 10 digits.
constexpr char32_t kFirstLatin = 0x1D400;
constexpr char32_t kEndLatin = 0x1D6A4;
constexpr char32_t kFirstGreek = 0x1D6A8;
constexpr char32_t kEndGreek = 0x1D7CA;
constexpr char32_t kFirstDigit = 0x1D7CE;
constexpr char32_t kEndDigit = 0x1D800;
constexpr char32_t kPlanckConstant = 0x210E;  // the italic h

char32_t plain_greek(char32_t code) {
  const char32_t index = (code - kFirstGreek) % 58;
  if (index < 25) return U'Α' + index;
  if (index >= 26 && index < 51) return U'α' + (index - 26);
  return code;
}

}  // namespace

bool is_mathematical_letter(char32_t code) {
  return (code >= kFirstLatin && code < kEndDigit) || code == kPlanckConstant;
}

char32_t plain_letter(char32_t code) {
  if (code == kPlanckConstant) return U'h';
  if (code >= kFirstLatin && code < kEndLatin) {
    const char32_t index = (code - kFirstLatin) % 52;
    return index < 26 ? U'A' + index : U'a' + (index - 26);
  }
  if (code >= kFirstGreek && code < kEndGreek) return plain_greek(code);
  if (code >= kFirstDigit && code < kEndDigit) return U'0' + (code - kFirstDigit) % 10;
  return code;
}

std::string_view latex_symbol(char32_t code) {
  for (const auto& [symbol, latex] : kSymbols) {
    if (symbol == code) return latex;
  }
  return {};
}

bool is_operator_name(std::string_view letters) {
  return std::find(kOperatorNames.begin(), kOperatorNames.end(), letters) != kOperatorNames.end();
}

}  // namespace medmark::structure
