#include "structure/formulas/grammar.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace medmark::structure {
namespace {

enum class Kind { kBegin, kTerm, kSign, kOperator, kComma };

struct Token {
  Kind kind = Kind::kTerm;
  char bracket = 0;  // one of {}()[], for these
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

constexpr std::string_view kOperators[] = {"\\times", "\\div",    "\\cdot", "\\leq",
                                           "\\geq",   "\\approx", "\\neq",  "\\rightarrow"};

// Past the group that `rest` begins with, whatever it holds.
void skip_group(std::string_view& rest) {
  int depth = 0;
  std::size_t i = 0;
  for (; i < rest.size(); ++i) {
    if (rest[i] == '{') ++depth;
    if (rest[i] == '}' && --depth == 0) break;
  }
  rest.remove_prefix(std::min(rest.size(), i + 1));
}

// The next token of `rest`, which is cut by it.
Token next_token(std::string_view& rest) {
  std::size_t length = 1;
  if (rest.front() == '\\') {
    while (length < rest.size() && is_letter(rest[length])) ++length;
    if (length == 1) length = std::min<std::size_t>(2, rest.size());
  }
  const std::string_view text = rest.substr(0, length);
  rest.remove_prefix(length);
  if (text == "\\text" || text == "\\mathrm") {
    skip_group(rest);
    return {};
  }
  if (std::find(std::begin(kOperators), std::end(kOperators), text) != std::end(kOperators))
    return {Kind::kOperator, 0};
  if (text == "\\pm") return {Kind::kSign, 0};
  if (text.size() > 1) return {};
  constexpr std::string_view kBrackets = "{}()[]";
  const char c = text.front();
  if (kBrackets.find(c) != std::string_view::npos) return {Kind::kTerm, c};
  if (c == '+' || c == '-') return {Kind::kSign, 0};
  if (c == '=' || c == '/' || c == '<' || c == '>') return {Kind::kOperator, 0};
  if (c == ',' || c == '.') return {Kind::kComma, 0};
  return {};
}

char opener_of(char closer) { return closer == '}' ? '{' : closer == ')' ? '(' : '['; }

struct Group {
  char opener = 0;
  bool is_script = false;
};

}  // namespace

bool is_well_formed(std::string_view latex) {
  std::vector<Group> open;
  Kind last = Kind::kBegin;
  bool is_script_next = false;
  while (!latex.empty()) {
    if (latex.front() == ' ' || latex.front() == '^' || latex.front() == '_') {
      is_script_next = latex.front() != ' ';
      if (is_script_next && last != Kind::kTerm) return false;  // a script of nothing
      latex.remove_prefix(1);
      continue;
    }
    const Token token = next_token(latex);
    if (token.bracket == '{' || token.bracket == '(' || token.bracket == '[') {
      open.push_back({token.bracket, is_script_next});
      is_script_next = false;
      last = Kind::kBegin;
      continue;
    }
    if (token.bracket != 0) {
      if (open.empty() || open.back().opener != opener_of(token.bracket)) return false;
      const bool is_charge = last == Kind::kSign && open.back().is_script;
      if (last != Kind::kTerm && !is_charge) return false;
      open.pop_back();
      last = Kind::kTerm;
      continue;
    }
    const bool is_after_nothing = last == Kind::kBegin || last == Kind::kOperator || last == Kind::kSign;
    if (token.kind == Kind::kOperator && (is_after_nothing || last == Kind::kComma)) return false;
    if (token.kind == Kind::kComma && last != Kind::kTerm) return false;
    if (token.kind == Kind::kSign && last == Kind::kSign) return false;
    last = token.kind;
  }
  return open.empty() && last == Kind::kTerm;
}

}  // namespace medmark::structure
