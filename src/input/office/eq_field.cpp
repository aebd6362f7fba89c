#include "input/office/eq_field.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace medmark::input::office {
namespace {

constexpr int kDeepest = 32;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string element(std::string_view name, std::string_view content) {
  return "<m:" + std::string(name) + ">" + std::string(content) + "</m:" + std::string(name) + ">";
}

struct Switch {
  std::string name;    // "f", "up"
  std::string number;  // what follows it: "6" of \up6
};

class EqReader {
 public:
  explicit EqReader(std::string_view text) : text_(text) {}

  std::optional<std::string> read() {
    std::string math = sequence(0);
    if (has_failed_ || at_ < text_.size()) return std::nullopt;
    return "<m:oMath xmlns:m=\"m\">" + math + "</m:oMath>";
  }

 private:
  [[nodiscard]] bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }
  void skip_spaces() {
    while (is_at(' ')) ++at_;
  }
  std::string fail() {
    has_failed_ = true;
    at_ = text_.size();
    return {};
  }

  // Up to the end, or to a separator or bracket that belongs to the switch around.
  std::string sequence(int depth) {
    std::string out;
    std::string plain;
    int open = 0;
    const auto end_plain = [&] {
      if (!plain.empty()) out += element("r", element("t", escaped(plain)));
      plain.clear();
    };
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool is_separator = depth > 0 && open == 0 && (c == ',' || c == ';' || c == ')');
      if (is_separator) break;
      if (c == '\\' && at_ + 1 < text_.size() && !std::isalpha(static_cast<unsigned char>(text_[at_ + 1]))) {
        plain += text_[at_ + 1];
        at_ += 2;
      } else if (c == '\\') {
        end_plain();
        out += command(depth + 1);
      } else {
        open += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (open < 0) return fail();
        plain += c;
        ++at_;
      }
    }
    if (open > 0) return fail();
    end_plain();
    return out;
  }

  // A switch: letters, then its number. The first one of a command is a single letter.
  Switch next_switch() {
    Switch found;
    for (++at_; at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_])); ++at_) {
      found.name += static_cast<char>(std::tolower(static_cast<unsigned char>(text_[at_])));
    }
    for (; at_ < text_.size() && (std::isdigit(static_cast<unsigned char>(text_[at_])) || text_[at_] == '-'); ++at_) {
      found.number += text_[at_];
    }
    skip_spaces();
    return found;
  }

  std::vector<std::string> arguments(int depth) {
    std::vector<std::string> found;
    if (!is_at('(') || depth > kDeepest) {
      fail();
      return found;
    }
    do {
      ++at_;
      found.push_back(sequence(depth));
    } while (is_at(',') || is_at(';'));
    if (!is_at(')')) {
      fail();
      return found;
    }
    ++at_;
    return found;
  }

  std::string command(int depth) {
    const Switch first = next_switch();
    if (first.name == "s") return scripts(depth);
    if (first.name == "d") return displacement();
    std::vector<Switch> options;
    std::string bracket_left = "(";
    std::string bracket_right = ")";
    while (is_at('\\')) {
      options.push_back(next_switch());
      const std::string& name = options.back().name;
      if (name == "lc" || name == "rc" || name == "bc") set_brackets(name, bracket_left, bracket_right);
    }
    const std::vector<std::string> given = arguments(depth);
    if (has_failed_) return {};
    if (first.name == "f" && given.size() == 2)
      return element("f", element("num", given[0]) + element("den", given[1]));
    if (first.name == "r" && given.size() <= 2) return radical(given);
    if (first.name == "b" && given.size() == 1) return bracketed(bracket_left, bracket_right, given[0]);
    if (first.name == "i" && given.size() == 3) return integral(options, given);
    if (first.name == "a") return array(options, given);
    if (first.name == "l") return joined(given, ",");
    if (first.name == "o" || (first.name == "x" && given.size() == 1)) return joined(given, "");
    return fail();
  }

  void set_brackets(const std::string& name, std::string& left, std::string& right) {
    if (!is_at('\\') || at_ + 1 >= text_.size()) {
      fail();
      return;
    }
    const char bracket = text_[at_ + 1];
    at_ += 2;
    skip_spaces();
    if (name != "rc") left = bracket;
    if (name == "rc") right = bracket;
    if (name != "bc") return;
    right = bracket == '{' ? '}' : bracket == '[' ? ']' : bracket == '(' ? ')' : bracket == '<' ? '>' : bracket;
  }

  // \s\up6(2)\do4(i): scripts of what stands before them.
  std::string scripts(int depth) {
    std::string out;
    if (is_at('(')) return joined(arguments(depth), "");
    while (is_at('\\') && !has_failed_) {
      const std::size_t before = at_;
      const Switch place = next_switch();
      if (place.name == "ai" || place.name == "di") continue;  // white space above and below
      if (place.name != "up" && place.name != "do") {
        at_ = before;
        break;
      }
      const std::string content = joined(arguments(depth), "");
      out += place.name == "up" ? element("sSup", element("e", "") + element("sup", content))
                                : element("sSub", element("e", "") + element("sub", content));
    }
    return out.empty() ? fail() : out;
  }

  // \d\fo10() moves to the side and prints nothing.
  std::string displacement() {
    while (is_at('\\')) next_switch();
    return arguments(1).size() == 1 ? std::string() : fail();
  }

  static std::string radical(const std::vector<std::string>& given) {
    if (given.size() == 2) return element("rad", element("deg", given[0]) + element("e", given[1]));
    return element("rad", "<m:radPr><m:degHide m:val=\"1\"/></m:radPr>" + element("deg", "") + element("e", given[0]));
  }

  static std::string bracketed(const std::string& left, const std::string& right, const std::string& content) {
    return element("d", "<m:dPr><m:begChr m:val=\"" + escaped(left) + "\"/><m:endChr m:val=\"" + escaped(right) +
                            "\"/></m:dPr>" + element("e", content));
  }

  static std::string integral(const std::vector<Switch>& options, const std::vector<std::string>& given) {
    std::string sign = "∫";
    for (const Switch& option : options) {
      if (option.name == "su") sign = "∑";
      if (option.name == "pr") sign = "∏";
    }
    return element("nary", "<m:naryPr><m:chr m:val=\"" + sign + "\"/></m:naryPr>" + element("sub", given[0]) +
                               element("sup", given[1]) + element("e", given[2]));
  }

  static std::string array(const std::vector<Switch>& options, const std::vector<std::string>& given) {
    std::size_t columns = 1;
    for (const Switch& option : options) {
      if (option.name == "co" && option.number.size() == 1 && option.number[0] > '0') {
        columns = static_cast<std::size_t>(option.number[0] - '0');
      }
    }
    std::string rows;
    for (std::size_t i = 0; i < given.size(); i += columns) {
      std::string row;
      for (std::size_t k = i; k < std::min(i + columns, given.size()); ++k) row += element("e", given[k]);
      rows += element("mr", row);
    }
    return element("m", rows);
  }

  static std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (const std::string& part : parts) {
      if (!out.empty() && !between.empty()) out += element("r", element("t", between));
      out += part;
    }
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool has_failed_ = false;
};

}  // namespace

std::optional<std::string> math_of_eq_field(std::string_view instruction) {
  const std::size_t name = instruction.find_first_not_of(' ');
  if (name == std::string_view::npos) return std::nullopt;
  if (instruction.substr(name, 2) != "EQ" && instruction.substr(name, 2) != "eq") return std::nullopt;
  std::string_view formula = instruction.substr(name + 2);
  while (formula.starts_with(' ')) formula.remove_prefix(1);
  while (formula.ends_with(' ')) formula.remove_suffix(1);
  if (formula.empty()) return std::nullopt;
  return EqReader(formula).read();
}

}  // namespace medmark::input::office
