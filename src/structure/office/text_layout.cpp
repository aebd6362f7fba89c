#include "structure/office/text_layout.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.hpp"
#include "structure/text/scripts.hpp"

namespace medmark::structure {
namespace {

using document::OfficeParagraph;
using document::OfficeRun;
using document::OfficeScript;

struct LayoutMeasures {
  double font_size = 10.5;     // where the file does not say: the usual size of Chinese documents
  double line_height = 1.3;    // ems
  double narrow_width = 0.5;   // ems
  double ascent = 0.86;        // ems that a character's box reaches above its baseline
  double least_columns = 4.0;  // ems that a line takes however narrow its column is
};
constexpr LayoutMeasures kLayoutMeasures;

Script script_of(const OfficeRun& run) {
  return run.script == OfficeScript::kSuper ? Script::kSuper
         : run.script == OfficeScript::kSub ? Script::kSub
                                            : Script::kBase;
}

double size_of(const OfficeRun& run, double otherwise) { return run.font_size > 0 ? run.font_size : otherwise; }

// The size of most of the text.
double usual_size(const OfficeParagraph& paragraph) {
  std::map<double, std::size_t> counts;
  for (const OfficeRun& run : paragraph.runs) {
    if (run.font_size > 0 && run.script == OfficeScript::kBase) counts[run.font_size] += run.text.size();
  }
  const auto most =
      std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() ? kLayoutMeasures.font_size : most->first;
}

// Puts characters one behind the other and breaks lines.
class Pen {
 public:
  Pen(const OfficeParagraph& paragraph, const base::Rect& column) : usual_size_(usual_size(paragraph)) {
    const double room = std::max(column.width(), kLayoutMeasures.least_columns * usual_size_);
    left_ = column.x0 + std::min(std::max(0.0, paragraph.indent), room - kLayoutMeasures.least_columns * usual_size_);
    right_ = column.x0 + room;
    x_ = left_;
    top_ = column.y0;
  }

  void write(const std::u32string& text, const OfficeRun& run) {
    for (const char32_t code : text) {
      if (code == U'\t') {  // something new stands behind it, however narrow its gap is
        write(U' ', run);
        write(U' ', run);
      } else {
        write(code, run);
      }
    }
  }

  void end_line() {
    top_ += height_ > 0 ? height_ : kLayoutMeasures.line_height * usual_size_;
    x_ = left_;
    height_ = 0;
    document::TextLine& line = line_.line;
    const bool has_text = std::any_of(line.characters.begin(), line.characters.end(),
                                      [](const document::Character& c) { return c.code != U' '; });
    if (has_text) {
      line.font_size = usual_size_;
      line.is_bold = true;
      for (const document::Character& c : line.characters) {
        line.bbox = base::united(line.bbox, c.bbox);
        line.is_bold = line.is_bold && (c.is_bold || c.code == U' ');
      }
      line.quad = base::quad_of(line.bbox);
      lines_.push_back(std::move(line_));
    }
    line_ = {};
  }

  LaidText take() {
    if (!line_.line.characters.empty()) end_line();
    LaidText text;
    text.is_bold = !lines_.empty();
    for (const LaidLine& laid : lines_) {
      text.bbox = base::united(text.bbox, laid.line.bbox);
      text.is_bold = text.is_bold && laid.line.is_bold;
    }
    text.font_size = usual_size_;
    text.lines = std::move(lines_);
    return text;
  }

 private:
  void write(char32_t code, const OfficeRun& run) {
    if (code == U'\n') return end_line();
    const double size = size_of(run, usual_size_);
    const double width = size * (base::is_full_width(code) ? 1 : kLayoutMeasures.narrow_width);
    if (x_ + width > right_ && x_ > left_) {
      x_ = left_;
      top_ += height_ > 0 ? height_ : kLayoutMeasures.line_height * usual_size_;
      height_ = 0;
      line_.is_wrapped = true;
    }
    height_ = std::max(height_, kLayoutMeasures.line_height * size);
    const double baseline = top_ + kLayoutMeasures.ascent * usual_size_;
    const double y = baseline - kLayoutMeasures.ascent * size;
    line_.line.characters.push_back({.code = base::is_space(code) ? U' ' : code,
                                     .bbox = {x_, y, x_ + width, y + size},
                                     .font_size = size,
                                     .is_bold = run.is_bold});
    x_ += width;
  }

  double usual_size_;
  double left_ = 0;
  double right_ = 0;
  double x_ = 0;
  double top_ = 0;
  double height_ = 0;
  LaidLine line_;
  std::vector<LaidLine> lines_;
};

}  // namespace

LaidText laid_out(const OfficeParagraph& paragraph, const base::Rect& column) {
  Pen pen(paragraph, column);
  if (!paragraph.label.empty() && !paragraph.runs.empty()) {
    OfficeRun label = paragraph.runs.front();
    label.script = OfficeScript::kBase;
    pen.write(base::decode_utf8(paragraph.label), label);
  }
  for (const OfficeRun& run : paragraph.runs) {
    pen.write(written_script(base::decode_utf8(run.text), script_of(run)), run);
  }
  return pen.take();
}

}  // namespace medmark::structure
