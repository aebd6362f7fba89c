// Lines of print that a pen wrote on, read again without its ink.
//
// Points of the flat page. Pure function but for the reading handed in; thread-safe. Fails as that reading does.
#pragma once

#include <functional>
#include <opencv2/core.hpp>
#include <vector>

#include "base/error.hpp"
#include "document/page_evidence.hpp"
#include "vision/black_marks.hpp"

namespace medmark::vision {

// Reads the lines in a region (points) of a page.
using ReadRegion = std::function<base::Result<std::vector<document::TextLine>>(const cv::Mat&, const base::Rect&)>;

// Replaces each line that `marks` name by what is read there without the marks; lines that held nothing but a mark go.
// Where the two readings differ by more than signs that the pen was read as, or only digits or points were lost, what
// stays is in doubt as a whole. Touched print is in doubt in any case.
[[nodiscard]] base::Result<void> read_marked_lines(const BlackMarks& marks, const ReadRegion& read,
                                                   std::vector<document::TextLine>& lines);

}  // namespace medmark::vision
