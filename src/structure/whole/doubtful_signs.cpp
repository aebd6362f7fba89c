#include "structure/whole/doubtful_signs.hpp"

#include <algorithm>
#include <string_view>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

using document::Block;
using document::BlockType;
using document::TextRun;

// Of a pen's mark that lies on a line of print: a ring is higher than its line, a tick beside it lies on little of it.
constexpr double kUnderPen = 0.35;
// Values below are marked for review (clinical/report.hpp); so is an answer.
constexpr double kSureBox = 0.9;

bool is_box(char32_t code) { return code == U'□' || code == U'☐' || code == U'☑' || code == U'☒'; }

struct PenMark {
  int page = 0;
  base::Rect box;
};

bool is_under_pen(const TextRun& run, const std::vector<PenMark>& marks) {
  return std::any_of(marks.begin(), marks.end(), [&](const PenMark& mark) {
    return mark.page == run.page && base::covered_share(mark.box, run.bbox) > kUnderPen;
  });
}

bool has_doubtful_box(std::string_view text, const TextRun& run) {
  if (run.end > text.size() || run.begin >= run.end) return false;
  const std::u32string codes = base::decode_utf8(text.substr(run.begin, run.end - run.begin));
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (!is_box(codes[i])) continue;
    const bool is_known = i < run.character_confidences.size();
    if ((is_known ? static_cast<double>(run.character_confidences[i]) : run.confidence) < kSureBox) return true;
  }
  return false;
}

bool is_doubtful(std::string_view text, const std::vector<TextRun>& runs, const std::vector<PenMark>& marks) {
  return std::any_of(runs.begin(), runs.end(),
                     [&](const TextRun& run) { return is_under_pen(run, marks) || has_doubtful_box(text, run); });
}

}  // namespace

void mark_doubtful_signs(std::vector<Block>& blocks) {
  std::vector<PenMark> marks;
  for (const Block& block : blocks) {
    if (block.type == BlockType::kHandwriting) marks.push_back({block.page, block.bbox});
  }
  for (Block& block : blocks) {
    if (block.type == BlockType::kHandwriting || block.source == document::TextSource::kNative) continue;
    if (is_doubtful(block.text, block.runs, marks)) block.needs_review = true;
    if (!block.table) continue;
    for (document::TableCell& cell : block.table->cells) {
      if (is_doubtful(cell.text, cell.runs, marks)) cell.needs_review = true;
    }
  }
}

}  // namespace medmark::structure
