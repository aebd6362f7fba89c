#include "input/office/omml.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

using document::OfficeRun;
using document::OfficeScript;
using pugi::xml_node;

struct MathSymbol {
  char32_t code;
  std::string_view latex;
};
constexpr MathSymbol kSymbols[] = {
#define MATH_SYMBOL(code, latex) {code, latex},
#include "input/office/math_symbols.def"
#undef MATH_SYMBOL
};

constexpr std::array<std::string_view, 26> kFunctions = {
    "arccos", "arcsin", "arctan", "cos", "cosh", "cot", "coth", "csc",  "det", "exp", "gcd",  "inf", "lg",
    "lim",    "ln",     "log",    "max", "min",  "sec", "sin",  "sinh", "sup", "tan", "tanh", "arg", "dim"};

struct Accent {
  char32_t code;
  std::string_view command;
};
constexpr Accent kAccents[] = {{U'\u0302', "\\hat"},   {U'^', "\\hat"},        {U'\u0303', "\\tilde"},
                               {U'~', "\\tilde"},      {U'\u0304', "\\bar"},   {U'\u0305', "\\overline"},
                               {U'\u00AF', "\\bar"},   {U'\u0307', "\\dot"},   {U'\u0308', "\\ddot"},
                               {U'\u20D7', "\\vec"},   {U'\u2192', "\\vec"},   {U'\u0306', "\\breve"},
                               {U'\u030C', "\\check"}, {U'\u0301', "\\acute"}, {U'\u0300', "\\grave"}};

std::string_view latex_symbol(char32_t code) {
  const auto* found =
      std::find_if(std::begin(kSymbols), std::end(kSymbols), [&](const MathSymbol& s) { return s.code == code; });
  return found == std::end(kSymbols) ? std::string_view() : found->latex;
}

bool ends_with_command(std::string_view latex) {
  std::size_t i = latex.size();
  while (i > 0 && base::is_latin_letter(static_cast<unsigned char>(latex[i - 1]))) --i;
  return i > 0 && i < latex.size() && latex[i - 1] == '\\';
}

// Joins two pieces; a command is set apart from a letter behind it.
void append(std::string& out, std::string_view piece) {
  if (piece.empty()) return;
  if (ends_with_command(out) && base::is_latin_letter(static_cast<unsigned char>(piece.front()))) out += ' ';
  out += piece;
}

// Mathematical alphanumeric letters (U+1D400...) to the letters they vary.
char32_t plain_letter(char32_t code) {
  if (code >= 0x1D7CE && code <= 0x1D7FF) return U'0' + (code - 0x1D7CE) % 10;
  if (code < 0x1D400 || code > 0x1D6A3) return code;
  const char32_t place = (code - 0x1D400) % 52;
  return place < 26 ? U'A' + place : U'a' + place - 26;
}

bool needs_text_mode(char32_t code) { return base::is_full_width(code) || (code >= 0x2100 && code <= 0x214F); }

std::string escaped_text(std::u32string_view text) {
  std::string out;
  for (const char32_t code : text) {
    constexpr std::u32string_view kEscaped = U"%#&$_{}";
    if (kEscaped.find(code) != std::u32string_view::npos) out += '\\';
    if (code == U'\\' || code == U'^' || code == U'~') continue;
    base::append_utf8(out, code);
  }
  return out;
}

std::string latex_of_characters(std::u32string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t code = plain_letter(text[i]);
    if (const std::string_view symbol = latex_symbol(code); !symbol.empty()) {
      append(out, symbol);
      ++i;
    } else if (needs_text_mode(code)) {
      std::size_t end = i;
      while (end < text.size() && needs_text_mode(text[end]) && latex_symbol(text[end]).empty()) ++end;
      append(out, "\\text{" + escaped_text(text.substr(i, end - i)) + "}");
      i = end;
    } else {
      if (base::is_space(code)) {
        append(out, "\\ ");
      } else {
        std::string one;
        base::append_utf8(one, code);
        append(out, one);
      }
      ++i;
    }
  }
  return out;
}

std::string value_of(xml_node properties, std::string_view name, std::string_view otherwise) {
  const xml_node property = child(properties, name);
  if (!property) return std::string(otherwise);
  return std::string(attribute(property, "val"));
}

std::string run_text(xml_node run) {
  std::string text;
  for (const xml_node node : run.children()) {
    if (local_name(node) == "t") text += node.child_value();
  }
  return text;
}

bool is_function(std::string_view name) {
  return std::find(kFunctions.begin(), kFunctions.end(), name) != kFunctions.end();
}

std::string latex_of_run(xml_node run) {
  const xml_node properties = child(run, "rPr");
  const std::string text = run_text(run);
  const std::u32string codes = base::decode_utf8(text);
  if (codes.empty()) return "";
  if (is_on(child(properties, "nor"))) return "\\text{" + escaped_text(codes) + "}";
  const std::string style = value_of(properties, "sty", "i");
  const bool has_word = std::any_of(codes.begin(), codes.end(), base::is_latin_letter);
  if (style == "p" && is_function(base::trimmed(text))) return "\\" + base::trimmed(text);
  std::string latex = latex_of_characters(codes);
  if (has_word && style == "p") return "\\mathrm{" + latex + "}";
  if (has_word && (style == "b" || style == "bi")) return "\\mathbf{" + latex + "}";
  return latex;
}

class LatexWriter {
 public:
  static std::string children(xml_node node) {
    std::string out;
    for (const xml_node part : node.children()) append(out, element(part));
    return out;
  }

 private:
  static std::string group(xml_node node) { return "{" + children(node) + "}"; }

  static std::string element(xml_node node) {
    const std::string_view name = local_name(node);
    if (name == "r") return latex_of_run(node);
    if (name == "f") return fraction(node);
    if (name == "sSup") return based(node) + "^" + group(child(node, "sup"));
    if (name == "sSub") return based(node) + "_" + group(child(node, "sub"));
    if (name == "sSubSup") return based(node) + "_" + group(child(node, "sub")) + "^" + group(child(node, "sup"));
    if (name == "sPre") {
      return "{}_" + group(child(node, "sub")) + "^" + group(child(node, "sup")) + children(child(node, "e"));
    }
    if (name == "rad") return radical(node);
    if (name == "d") return delimiters(node);
    if (name == "nary") return nary(node);
    if (name == "func") return function(node);
    if (name == "limLow") return limit(node, "_", "\\underset");
    if (name == "limUpp") return limit(node, "^", "\\overset");
    if (name == "acc") return accent(node);
    if (name == "bar") return bar(node);
    if (name == "borderBox") return "\\boxed" + group(child(node, "e"));
    if (name == "groupChr") return group_character(node);
    if (name == "m") return matrix(node);
    if (name == "eqArr") return equations(node);
    if (name == "phant") return phantom(node);
    if (name == "del" || name.ends_with("Pr")) return "";
    return children(node);  // oMath, e, box, ins, and what else only holds others
  }

  // What scripts stand at: a single character or run as it is, anything else in braces.
  static std::string based(xml_node node) {
    const xml_node argument = child(node, "e");
    const std::string latex = children(argument);
    const bool is_simple = std::all_of(latex.begin(), latex.end(), [](char c) {
      return base::is_latin_letter(static_cast<unsigned char>(c)) || base::is_digit(static_cast<unsigned char>(c));
    });
    if (is_simple && !latex.empty()) return latex;
    const bool is_word = latex.starts_with("\\mathrm{") && latex.find('}') == latex.size() - 1;
    const bool is_bracketed = latex.starts_with("\\left") && latex.find("\\left", 1) == std::string::npos;
    return is_word || is_bracketed ? latex : "{" + latex + "}";
  }

  static std::string fraction(xml_node node) {
    const std::string type = value_of(child(node, "fPr"), "type", "bar");
    if (type == "lin" || type == "skw") return group(child(node, "num")) + "/" + group(child(node, "den"));
    if (type == "noBar") return "\\genfrac{}{}{0pt}{}" + group(child(node, "num")) + group(child(node, "den"));
    return "\\frac" + group(child(node, "num")) + group(child(node, "den"));
  }

  static std::string radical(xml_node node) {
    const std::string degree = children(child(node, "deg"));
    const bool is_hidden = is_on(child(child(node, "radPr"), "degHide")) || degree.empty();
    return (is_hidden ? std::string("\\sqrt") : "\\sqrt[" + degree + "]") + group(child(node, "e"));
  }

  static std::string delimiter(const std::string& character) {
    const std::u32string codes = base::decode_utf8(character);
    if (codes.empty()) return ".";
    const std::string_view symbol = latex_symbol(codes.front());
    return symbol.empty() ? character : std::string(symbol);
  }

  static std::string delimiters(xml_node node) {
    const xml_node properties = child(node, "dPr");
    const std::string begin = value_of(properties, "begChr", "(");
    const std::string end = value_of(properties, "endChr", ")");
    const std::string separator = value_of(properties, "sepChr", "|");
    std::string inside;
    bool is_flat = true;
    for (const xml_node argument : node.children()) {
      if (local_name(argument) != "e") continue;
      if (!inside.empty()) append(inside, latex_of_characters(base::decode_utf8(separator)));
      append(inside, children(argument));
      is_flat = is_flat && is_one_line(argument);
    }
    const std::string opening = delimiter(begin);
    const std::string closing = delimiter(end);
    if (is_flat && opening != "." && closing != ".") {
      std::string out = opening;
      append(out, inside);
      append(out, closing);
      return out;
    }
    std::string out = "\\left" + opening;
    append(out, inside);
    append(out, "\\right" + closing);
    return out;
  }

  // Brackets around it need not grow.
  static bool is_one_line(xml_node argument) {
    for (const xml_node part : argument.children()) {
      const std::string_view name = local_name(part);
      if (name == "r" || name.ends_with("Pr")) continue;
      const bool is_script = name == "sSup" || name == "sSub" || name == "sSubSup";
      const bool is_nested = name == "d" || name == "e" || is_script;
      if (!is_nested || !is_one_line(is_script ? child(part, "e") : part)) return false;
    }
    return true;
  }

  static std::string nary(xml_node node) {
    const xml_node properties = child(node, "naryPr");
    const std::u32string sign = base::decode_utf8(value_of(properties, "chr", "∫"));
    std::string out = sign.empty() ? "" : std::string(latex_symbol(sign.front()));
    if (out.empty()) base::append_utf8(out, sign.empty() ? U'∫' : sign.front());
    const std::string limits = value_of(properties, "limLoc", "");
    if (limits == "undOvr" && out.find("int") != std::string::npos) out += "\\limits";
    if (!is_on(child(properties, "subHide")) && child(node, "sub").first_child())
      out += "_" + group(child(node, "sub"));
    if (!is_on(child(properties, "supHide")) && child(node, "sup").first_child())
      out += "^" + group(child(node, "sup"));
    append(out, "{" + children(child(node, "e")) + "}");
    return out;
  }

  // "log" and its subscript, "lim" and what stands below it.
  static std::string function(xml_node node) {
    std::string out = named(child(node, "fName"));
    const std::string argument = children(child(node, "e"));
    append(out, argument);
    return out;
  }

  static std::string named(xml_node node) {
    std::string out;
    for (const xml_node part : node.children()) {
      const std::string_view name = local_name(part);
      const std::string text = name == "r" ? base::trimmed(run_text(part)) : "";
      if (is_function(text)) {
        append(out, "\\" + text);
      } else if (name == "sSub" || name == "limLow") {
        append(out, named(child(part, "e")));
        out += "_{" + children(child(part, name == "sSub" ? "sub" : "lim")) + "}";
      } else if (name == "sSup" || name == "limUpp") {
        append(out, named(child(part, "e")));
        out += "^{" + children(child(part, name == "sSup" ? "sup" : "lim")) + "}";
      } else {
        append(out, element(part));
      }
    }
    return out;
  }

  static std::string limit(xml_node node, std::string_view mark, std::string_view command) {
    const std::string name = named(child(node, "e"));
    if (name.starts_with('\\') && is_function(std::string_view(name).substr(1))) {
      return name + std::string(mark) + group(child(node, "lim"));
    }
    return std::string(command) + group(child(node, "lim")) + group(child(node, "e"));
  }

  static std::string accent(xml_node node) {
    const std::u32string sign = base::decode_utf8(value_of(child(node, "accPr"), "chr", "\u0302"));
    for (const Accent& candidate : kAccents) {
      if (!sign.empty() && candidate.code == sign.front()) {
        return std::string(candidate.command) + group(child(node, "e"));
      }
    }
    return children(child(node, "e"));
  }

  static std::string bar(xml_node node) {
    const bool is_above = value_of(child(node, "barPr"), "pos", "bot") == "top";
    return (is_above ? "\\overline" : "\\underline") + group(child(node, "e"));
  }

  static std::string group_character(xml_node node) {
    const xml_node properties = child(node, "groupChrPr");
    const std::u32string sign = base::decode_utf8(value_of(properties, "chr", "⏟"));
    const bool is_above = value_of(properties, "pos", "bot") == "top";
    const std::string inside = group(child(node, "e"));
    if (!sign.empty() && (sign.front() == U'⏟' || sign.front() == U'⏞')) {
      return (is_above ? "\\overbrace" : "\\underbrace") + inside;
    }
    const std::string mark = "{" + latex_of_characters(sign) + "}";
    return (is_above ? "\\overset" : "\\underset") + mark + inside;
  }

  static std::string matrix(xml_node node) {
    std::string out = "\\begin{matrix}";
    bool is_first_row = true;
    for (const xml_node row : node.children()) {
      if (local_name(row) != "mr") continue;
      if (!is_first_row) out += "\\\\";
      is_first_row = false;
      bool is_first = true;
      for (const xml_node cell : row.children()) {
        if (local_name(cell) != "e") continue;
        if (!is_first) out += "&";
        is_first = false;
        append(out, children(cell));
      }
    }
    return out + "\\end{matrix}";
  }

  static std::string equations(xml_node node) {
    std::string out = "\\begin{array}{l}";
    bool is_first = true;
    for (const xml_node row : node.children()) {
      if (local_name(row) != "e") continue;
      if (!is_first) out += "\\\\";
      is_first = false;
      append(out, children(row));
    }
    return out + "\\end{array}";
  }

  static std::string phantom(xml_node node) {
    const xml_node show = child(child(node, "phantPr"), "show");
    const bool is_shown = !show || is_on(show);
    return is_shown ? children(child(node, "e")) : "\\phantom" + group(child(node, "e"));
  }
};

class TextWriter {
 public:
  void children(xml_node node, OfficeScript script) {
    for (const xml_node part : node.children()) element(part, script);
  }
  [[nodiscard]] std::vector<OfficeRun> take() { return std::move(runs_); }

 private:
  void add(std::string text, OfficeScript script) {
    if (!text.empty()) runs_.push_back({.text = std::move(text), .script = script});
  }

  void element(xml_node node, OfficeScript script) {
    const std::string_view name = local_name(node);
    if (name == "r") return add(plain(run_text(node)), script);
    if (name == "sSup" || name == "sSub" || name == "sSubSup") {
      children(child(node, "e"), script);
      children(child(node, "sub"), OfficeScript::kSub);
      return children(child(node, "sup"), OfficeScript::kSuper);
    }
    if (name == "f") {
      bracketed(child(node, "num"), script);
      add("/", script);
      return bracketed(child(node, "den"), script);
    }
    if (name == "rad") {
      children(child(node, "deg"), OfficeScript::kSuper);
      add("√", script);
      return bracketed(child(node, "e"), script);
    }
    if (name == "d") {
      const xml_node properties = child(node, "dPr");
      add(value_of(properties, "begChr", "("), script);
      bool is_first = true;
      for (const xml_node argument : node.children()) {
        if (local_name(argument) != "e") continue;
        if (!is_first) add(value_of(properties, "sepChr", "|"), script);
        is_first = false;
        children(argument, script);
      }
      return add(value_of(properties, "endChr", ")"), script);
    }
    if (name == "nary") {
      add(value_of(child(node, "naryPr"), "chr", "∫"), script);
      children(child(node, "sub"), OfficeScript::kSub);
      children(child(node, "sup"), OfficeScript::kSuper);
      return children(child(node, "e"), script);
    }
    if (name == "del" || name.ends_with("Pr")) return;
    children(node, script);
  }

  void bracketed(xml_node node, OfficeScript script) {
    TextWriter inner;
    inner.children(node, script);
    std::vector<OfficeRun> runs = inner.take();
    std::size_t length = 0;
    for (const OfficeRun& run : runs) length += base::decode_utf8(run.text).size();
    const bool is_compound = runs.size() > 1 || (length > 1 && has_operator(runs));
    if (is_compound) add("(", script);
    std::move(runs.begin(), runs.end(), std::back_inserter(runs_));
    if (is_compound) add(")", script);
  }

  static bool has_operator(const std::vector<OfficeRun>& runs) {
    return std::any_of(runs.begin(), runs.end(), [](const OfficeRun& run) {
      const std::u32string codes = base::decode_utf8(run.text);
      constexpr std::u32string_view kOperators = U"+-−×÷·/=<>≤≥ ";
      return codes.find_first_of(kOperators) != std::u32string::npos;
    });
  }

  static std::string plain(const std::string& text) {
    std::string out;
    for (const char32_t code : base::decode_utf8(text)) base::append_utf8(out, plain_letter(code));
    return out;
  }

  std::vector<OfficeRun> runs_;
};

}  // namespace

std::string latex_of_math(xml_node math) { return LatexWriter::children(math); }

std::vector<OfficeRun> text_of_math(xml_node math) {
  TextWriter writer;
  writer.children(math, OfficeScript::kBase);
  return writer.take();
}

}  // namespace medmark::input::office
