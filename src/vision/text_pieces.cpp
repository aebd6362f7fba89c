#include "vision/text_pieces.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace medmark::vision {

std::vector<Span> part_at_gaps(const cv::Mat& ink, const PieceOptions& options) {
  const std::vector<Span> inked = inked_columns(ink, options.least_gap);
  if (inked.empty()) return {};
  std::vector<Span> parts;
  for (std::size_t i = 0; i < inked.size(); ++i) {
    // The outer ends keep what the detector left around them.
    const int begin = i == 0 ? std::max(0, inked[i].begin - kStripHeight / 2) : inked[i].begin - options.margin;
    const int end =
        i + 1 == inked.size() ? std::min(ink.cols, inked[i].end + kStripHeight / 2) : inked[i].end + options.margin;
    parts.push_back({begin, end});
  }
  return parts;
}

std::vector<Span> cut_long(const cv::Mat& ink, Span span, int widest_piece) {
  std::vector<Span> pieces;
  cv::Mat profile;
  cv::reduce(ink, profile, 0, cv::REDUCE_SUM, CV_32S);
  while (span.length() > widest_piece) {
    const int first = span.begin + widest_piece * 2 / 3;
    const int last = span.begin + widest_piece;
    // The thinnest column, and of equal ones the middle of the longest run: never through a character where a gap
    // exists.
    int best = last - 1;
    int best_ink = profile.at<int>(best);
    int best_run = 0;
    for (int x = first; x < last;) {
      int end = x + 1;
      while (end < last && profile.at<int>(end) == profile.at<int>(x)) ++end;
      const int value = profile.at<int>(x);
      if (value < best_ink || (value == best_ink && end - x > best_run)) {
        best = (x + end) / 2;
        best_ink = value;
        best_run = end - x;
      }
      x = end;
    }
    pieces.push_back({span.begin, best});
    span.begin = best;
  }
  pieces.push_back(span);
  return pieces;
}

}  // namespace medmark::vision
