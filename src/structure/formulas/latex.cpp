#include "structure/formulas/latex.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "structure/formulas/symbols.hpp"

namespace medmark::structure {
namespace {

// Shares of the size of the character a script belongs to, unless said otherwise.
struct FormulaLimits {
  double script_size = 0.9;
  double raised = 0.14;
  double lowered = 0.05;
  double bar_reach = 2.6;      // ems from a fraction bar within which its terms stand
  double bar_overhang = 0.25;  // ems by which a term's middle may stand beyond the bar
  double radical_gap = 0.5;    // ems between a radical sign and its bar
  double root_index = 0.6;     // ems between the 3 of a cube root and its radical sign
  double on_level = 0.15;      // from a bar to the middle of a character beside its end: the sign before a fraction
};
constexpr FormulaLimits kLimits;

// A character, or a fraction or radical already written.
struct Atom {
  std::u32string letters;  // one character; empty for something written
  std::string latex;
  double x0 = 0;
  double x1 = 0;
  double y0 = 0;
  double y1 = 0;
  double size = 0;
  double baseline = 0;
  bool is_exact = true;
  bool is_upright = true;
  bool after_space = false;

  [[nodiscard]] double center_x() const { return (x0 + x1) / 2; }
  [[nodiscard]] double center_y() const { return (y0 + y1) / 2; }
};

using Atoms = std::vector<Atom>;
using Bars = std::vector<FormulaBar>;

Atom atom_of(const FormulaCharacter& c) {
  Atom atom;
  atom.letters = std::u32string(1, plain_letter(c.code));
  atom.x0 = c.bbox.x0;
  atom.x1 = c.bbox.x1;
  atom.y0 = c.bbox.y0;
  atom.y1 = c.bbox.y1;
  atom.size = c.size;
  atom.baseline = c.baseline;
  atom.is_exact = c.is_exact;
  atom.is_upright = !is_mathematical_letter(c.code);
  atom.after_space = c.after_space;
  return atom;
}

double largest_size(const Atoms& atoms) {
  double size = 0;
  for (const Atom& atom : atoms) size = std::max(size, atom.size);
  return size;
}

bool ends_in_command(const std::string& latex) {
  const std::size_t backslash = latex.rfind('\\');
  if (backslash == std::string::npos || backslash + 1 == latex.size()) return false;
  return std::all_of(latex.begin() + static_cast<std::ptrdiff_t>(backslash) + 1, latex.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

void append_latex(std::string& out, std::string_view piece) {
  if (piece.empty()) return;
  const char first = piece.front();
  const bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
  if (letter && ends_in_command(out)) out += ' ';
  out += piece;
}

bool is_letter_atom(const Atom& atom) { return !atom.letters.empty() && base::is_latin_letter(atom.letters.front()); }
bool is_digit_atom(const Atom& atom) { return !atom.letters.empty() && base::is_digit(atom.letters.front()); }
bool is_code(const Atom& atom, char32_t code) { return !atom.letters.empty() && atom.letters.front() == code; }

enum class Place { kBase, kSuper, kSub };

bool is_script_size(const Atom& atom, const Atom& base) {
  return atom.is_exact && base.is_exact && atom.size < kLimits.script_size * base.size;
}

Place place_of(const Atom& atom, const Atom& base) {
  if (!is_script_size(atom, base)) return Place::kBase;
  const double raised = (base.baseline - atom.baseline) / base.size;
  if (raised > kLimits.raised) return Place::kSuper;
  if (raised < -kLimits.lowered) return Place::kSub;
  return Place::kBase;
}

class Writer {
 public:
  explicit Writer(bool* failed) : failed_(failed) {}

  std::string write(Atoms atoms, Bars bars) {
    resolve_bars(atoms, bars);
    std::stable_sort(atoms.begin(), atoms.end(), [](const Atom& a, const Atom& b) { return a.x0 < b.x0; });
    return sequence(atoms);
  }

 private:
  // Replaces what stands over, under and in the bars by one atom each, the widest bar first.
  void resolve_bars(Atoms& atoms, Bars& bars) {
    std::sort(bars.begin(), bars.end(), [](const FormulaBar& a, const FormulaBar& b) {
      return std::pair(b.x1 - b.x0, a.y) < std::pair(a.x1 - a.x0, b.y);
    });
    while (!bars.empty()) {
      const FormulaBar bar = bars.front();
      bars.erase(bars.begin());
      if (!resolve_radical(atoms, bars, bar)) resolve_fraction(atoms, bars, bar);
    }
  }

  static bool in_bar(const Atom& atom, const FormulaBar& bar, double em) {
    const double x = atom.center_x();
    const double distance = std::abs(atom.center_y() - bar.y);
    const bool is_beside = (x < bar.x0 || x > bar.x1) && distance < kLimits.on_level * atom.size;
    return !is_beside && x > bar.x0 - kLimits.bar_overhang * em && x < bar.x1 + kLimits.bar_overhang * em &&
           distance < kLimits.bar_reach * em;
  }

  // Takes the atoms and bars on one side of a bar out.
  static std::pair<Atoms, Bars> take(Atoms& atoms, Bars& bars, const FormulaBar& bar, bool above, double em) {
    std::pair<Atoms, Bars> taken;
    const auto on_side = [&](double y) { return above ? y < bar.y : y > bar.y; };
    std::erase_if(atoms, [&](Atom& atom) {
      if (!in_bar(atom, bar, em) || !on_side(atom.center_y())) return false;
      taken.first.push_back(atom);
      return true;
    });
    std::erase_if(bars, [&](const FormulaBar& inner) {
      const double center = (inner.x0 + inner.x1) / 2;
      if (center < bar.x0 || center > bar.x1 || !on_side(inner.y) || std::abs(inner.y - bar.y) > kLimits.bar_reach * em)
        return false;
      taken.second.push_back(inner);
      return true;
    });
    return taken;
  }

  bool resolve_radical(Atoms& atoms, Bars& bars, const FormulaBar& bar) {
    const double em = largest_size(atoms);
    const auto sign = std::find_if(atoms.begin(), atoms.end(), [&](const Atom& atom) {
      return is_code(atom, U'√') && std::abs(bar.x0 - atom.x1) < kLimits.radical_gap * em &&
             std::abs(bar.y - atom.y0) < kLimits.radical_gap * em;
    });
    if (sign == atoms.end()) return false;
    Atom radical = *sign;
    atoms.erase(sign);
    auto [inside, inner_bars] = take(atoms, bars, bar, false, em);
    if (inside.empty()) *failed_ = true;
    radical.letters.clear();
    radical.x1 = bar.x1;
    radical.latex = (take_root_index(atoms, radical, em) ? "\\sqrt[3]{" : "\\sqrt{") +
                    write(std::move(inside), std::move(inner_bars)) + "}";
    atoms.push_back(std::move(radical));
    return true;
  }

  // The 3 of a cube root, which only the formula model tells from other digits (U+221B).
  static bool take_root_index(Atoms& atoms, const Atom& radical, double em) {
    return std::erase_if(atoms, [&](const Atom& atom) {
             return is_code(atom, U'∛') && std::abs(atom.x1 - radical.x0) < kLimits.root_index * em &&
                    atom.center_y() > radical.y0 - 0.3 * em && atom.center_y() < radical.y1;
           }) > 0;
  }

  void resolve_fraction(Atoms& atoms, Bars& bars, const FormulaBar& bar) {
    const double em = largest_size(atoms);
    auto [upper, upper_bars] = take(atoms, bars, bar, true, em);
    auto [lower, lower_bars] = take(atoms, bars, bar, false, em);
    if (upper.empty() || lower.empty()) {
      *failed_ = true;
      return;
    }
    Atom fraction;
    fraction.size = std::max(largest_size(upper), largest_size(lower));
    fraction.x0 = bar.x0;
    fraction.x1 = bar.x1;
    fraction.y0 = bar.y - fraction.size;
    fraction.y1 = bar.y + fraction.size;
    fraction.baseline = bar.y + 0.3 * fraction.size;
    fraction.latex = "\\frac{" + write(std::move(upper), std::move(upper_bars)) + "}{" +
                     write(std::move(lower), std::move(lower_bars)) + "}";
    atoms.push_back(std::move(fraction));
  }

  // Atoms on one baseline with their scripts.
  std::string sequence(const Atoms& atoms) {
    std::string out;
    for (std::size_t i = 0; i < atoms.size();) {
      std::size_t end = append_base(out, atoms, i);
      const Atom& base = atoms[end - 1];
      Atoms raised;
      Atoms lowered;
      for (Place before = Place::kBase; end < atoms.size(); ++end) {
        Place place = place_of(atoms[end], base);
        // A script of a script may stand near the line again.
        if (place == Place::kBase && is_script_size(atoms[end], base)) place = before;
        if (place == Place::kBase) break;
        (place == Place::kSuper ? raised : lowered).push_back(atoms[end]);
        before = place;
      }
      if (raised.empty() && lowered.empty()) end = append_flattened_script(out, atoms, i, end);
      if (!lowered.empty()) out += "_{" + sequence(lowered) + "}";
      if (!raised.empty()) out += "^{" + sequence(raised) + "}";
      i = end;
    }
    return out;
  }

  // Writes what begins at `i` up to the next script or sign; returns its end.
  std::size_t append_base(std::string& out, const Atoms& atoms, std::size_t i) {
    const Atom& atom = atoms[i];
    if (!atom.latex.empty()) {
      append_latex(out, atom.latex);
      return i + 1;
    }
    if (is_letter_atom(atom)) return append_letters(out, atoms, i);
    const char32_t code = atom.letters.front();
    if (base::is_han(code)) return append_han(out, atoms, i);
    if (is_printed_script(code)) return append_printed_scripts(out, atoms, i);
    const std::string_view symbol = latex_symbol(code);
    append_latex(out, symbol.empty() ? base::encode_utf8(atom.letters) : std::string(symbol));
    return i + 1;
  }

  // Scripts that recognition read as characters of their own: ⁺, ₂.
  static bool is_printed_script(char32_t code) {
    return base::plain_of_raised(code) != 0 || base::plain_of_lowered(code) != 0;
  }

  static std::size_t append_printed_scripts(std::string& out, const Atoms& atoms, std::size_t i) {
    const bool raised = base::plain_of_raised(atoms[i].letters.front()) != 0;
    std::u32string plain;
    const auto script_at = [&](std::size_t index) -> char32_t {
      if (index >= atoms.size() || atoms[index].letters.empty()) return 0;
      const char32_t code = atoms[index].letters.front();
      return raised ? base::plain_of_raised(code) : base::plain_of_lowered(code);
    };
    while (i < atoms.size()) {
      // The point of an exponent with decimals has no raised form.
      if (!plain.empty() && atoms[i].letters == U"." && script_at(i + 1) != 0) {
        plain.push_back(U'.');
      } else if (const char32_t code = script_at(i); code != 0) {
        plain.push_back(code);
      } else {
        break;
      }
      ++i;
    }
    out += (raised ? "^{" : "_{") + base::encode_utf8(plain) + "}";
    return i;
  }

  static std::size_t append_han(std::string& out, const Atoms& atoms, std::size_t i) {
    std::u32string text;
    while (i < atoms.size() && !atoms[i].letters.empty() && base::is_han(atoms[i].letters.front()))
      text += atoms[i++].letters;
    append_latex(out, "\\text{" + base::encode_utf8(text) + "}");
    return i;
  }

  // A name of several upright letters (HOMA-IR, BMI, ln), or one variable.
  static std::size_t append_letters(std::string& out, const Atoms& atoms, std::size_t i) {
    std::size_t end = i + 1;
    const auto belongs = [&](std::size_t k) {
      return k < atoms.size() && is_letter_atom(atoms[k]) && atoms[k].is_upright && !atoms[k].after_space &&
             place_of(atoms[k], atoms[i]) == Place::kBase &&
             std::abs(atoms[k].size - atoms[i].size) < 0.05 * atoms[i].size + 0.01;
    };
    // A name being defined may hold a hyphen (HOMA-IR =); elsewhere it is a minus.
    const bool is_defined = std::any_of(atoms.begin() + static_cast<std::ptrdiff_t>(i), atoms.end(),
                                        [](const Atom& atom) { return is_code(atom, U'=') || is_code(atom, U'＝'); });
    const auto hyphen_inside = [&](std::size_t k) {
      return is_defined && k + 1 < atoms.size() && is_code(atoms[k], U'-') && !atoms[k].after_space && belongs(k + 1);
    };
    if (atoms[i].is_upright) {
      while (belongs(end) || hyphen_inside(end)) ++end;
    }
    std::u32string letters;
    for (std::size_t k = i; k < end; ++k) letters += atoms[k].letters;
    const std::string name = base::encode_utf8(letters);
    if (end - i == 1) {
      append_latex(out, name);
    } else if (is_operator_name(name)) {
      append_latex(out, "\\" + (name == "lg" ? std::string("lg") : name));
    } else {
      append_latex(out, "\\mathrm{" + with_hyphens(name) + "}");
    }
    return end;
  }

  static std::string with_hyphens(const std::string& name) {
    std::string out;
    for (const char c : name) out += c == '-' ? std::string("\\text{-}") : std::string(1, c);
    return out;
  }

  // In recognised text a decimal right behind a letter can only be its exponent, and a single digit behind a chemical
  // symbol its count.
  std::size_t append_flattened_script(std::string& out, const Atoms& atoms, std::size_t begin, std::size_t end) {
    const Atom& base = atoms[end - 1];
    if (base.is_exact || !is_letter_atom(base) || end >= atoms.size() || !is_digit_atom(atoms[end]) ||
        atoms[end].after_space)
      return end;
    std::size_t stop = end;
    std::u32string digits;
    while (stop < atoms.size() && (is_digit_atom(atoms[stop]) || is_code(atoms[stop], U'.')) &&
           !(stop > end && atoms[stop].after_space)) {
      digits += atoms[stop++].letters;
    }
    const bool decimal = digits.find(U'.') != std::u32string::npos && digits.back() != U'.';
    if (decimal) {
      out += "^{" + base::encode_utf8(digits) + "}";
      return stop;
    }
    if (digits.size() == 1 && is_chemical(atoms, begin, end)) {
      out += "_{" + base::encode_utf8(digits) + "}";
      return stop;
    }
    return end;
  }

  static bool is_chemical(const Atoms& atoms, std::size_t begin, std::size_t end) {
    std::u32string letters;
    for (std::size_t k = begin; k < end; ++k) letters += atoms[k].letters;
    constexpr std::u32string_view kEndings[] = {U"CO", U"O", U"HCO", U"H", U"N"};
    return std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::u32string_view ending) {
      return letters.size() >= ending.size() && letters.substr(letters.size() - ending.size()) == ending;
    });
  }

  bool* failed_;
};

// Whether the outermost line of the formula ends as if a term followed, or begins as if one stood before it: that term
// was not read.
bool lacks_a_term(const std::string& latex) {
  constexpr std::string_view kOpen[] = {"=",     "+",      "-",    "/",        "\\times",
                                        "\\div", "\\cdot", "\\pm", "\\approx", "\\sqrt{}"};
  const bool ends_open =
      std::any_of(std::begin(kOpen), std::end(kOpen), [&](std::string_view open) { return latex.ends_with(open); });
  return ends_open || latex.starts_with('=') || latex.starts_with("\\approx");
}

bool brackets_match(const std::vector<FormulaCharacter>& characters) {
  // Terms of fractions stand above each other, so only the counts are compared.
  int round = 0;
  int square = 0;
  for (const FormulaCharacter& c : characters) {
    if (c.code == U'(' || c.code == U'（') ++round;
    if (c.code == U')' || c.code == U'）') --round;
    if (c.code == U'[') ++square;
    if (c.code == U']') --square;
  }
  return round == 0 && square == 0;
}

}  // namespace

std::optional<std::string> latex_of(const std::vector<FormulaCharacter>& characters,
                                    const std::vector<FormulaBar>& bars) {
  if (characters.empty() || !brackets_match(characters)) return std::nullopt;
  Atoms atoms;
  for (const FormulaCharacter& c : characters) atoms.push_back(atom_of(c));
  bool failed = false;
  std::string latex = Writer(&failed).write(std::move(atoms), bars);
  if (failed || lacks_a_term(latex)) return std::nullopt;
  return latex;
}

}  // namespace medmark::structure
