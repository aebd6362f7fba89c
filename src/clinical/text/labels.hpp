// Where labels stand in a piece of text and which part of it is each one's value.
//
// "姓名：张某 性别：男", "【主诉】…", "主 诉 …", a cell that holds only "诊断": all come out as hits. A word that
// merely looks like a label inside a sentence ("CT检查提示右肺…") does not. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <vector>

#include "clinical/lexicon/lexicons.hpp"
#include "clinical/text/text_unit.hpp"

namespace medmark::clinical {

enum class LabelStyle {
  kColon,    // "姓名："
  kBracket,  // "【主诉】"
  kWhole,    // the label is all of the unit, or all of its line
  kSpaced,   // "姓名 张某", label and value only set apart
};

struct LabelHit {
  const Label* label = nullptr;
  LabelStyle style = LabelStyle::kColon;
  std::size_t begin = 0;        // folded characters; with the bracket and number before the label
  std::size_t value_begin = 0;  // behind the label, its bracket and colon
  std::size_t value_end = 0;    // where the next hit begins, or the text ends
  bool is_glued = false;        // kSpaced without a space: "现住址青岭市…"
};

// Hits in the order of the text, which do not overlap.
[[nodiscard]] std::vector<LabelHit> find_labels(const TextUnit& unit, const LabelLexicon& lexicon);

// Folded characters at the start of `text` that number it: "1.", "（一）", "三、", "①", bullets. 0 where there are
// none. `from` is where to look.
[[nodiscard]] std::size_t numbering_length(std::u32string_view text, std::size_t from);

}  // namespace medmark::clinical
