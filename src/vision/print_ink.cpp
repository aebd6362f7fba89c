#include "vision/print_ink.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "base/median.hpp"
#include "vision/ink_pieces.hpp"
#include "vision/stroke_width.hpp"
#include "vision/tensor_input.hpp"

namespace medmark::vision {
namespace {

struct PrintInkLimits {
  // A cleaned page is white paper with black print; a ballpoint on a poor scan has grey levels up to 150.
  int below = 160;
  // Of a ruling line: how far its ink strays from the straight line between its ends, and what is thicker crosses it.
  double ruling_stray = 0.4;    // millimetres
  double ruling_crossed = 1.5;  // times its width
};
constexpr PrintInkLimits kLimits;

// Clears the runs of ink across the line, column by column, that are no thicker than the line.
void clear_ruling(cv::Mat& ink, const document::RulingLine& ruling, double dpi) {
  const double scale = dpi / 72;
  const bool is_flat = ruling.is_horizontal();
  const int stray = std::max(2, static_cast<int>(std::lround(kLimits.ruling_stray * dpi / 25.4)));
  const int most = static_cast<int>(std::lround(kLimits.ruling_crossed * std::max(1.0, ruling.width * scale))) + 1;
  const double from = (is_flat ? ruling.a.x : ruling.a.y) * scale;
  const double to = (is_flat ? ruling.b.x : ruling.b.y) * scale;
  const double level_from = (is_flat ? ruling.a.y : ruling.a.x) * scale;
  const double level_to = (is_flat ? ruling.b.y : ruling.b.x) * scale;
  const int along_end = is_flat ? ink.cols : ink.rows;
  const int across_end = is_flat ? ink.rows : ink.cols;
  const auto at = [&](int along, int across) -> uchar& {
    return is_flat ? ink.at<uchar>(across, along) : ink.at<uchar>(along, across);
  };
  for (int along = std::max(0, static_cast<int>(from) - 2); along < std::min<int>(along_end, static_cast<int>(to) + 3);
       ++along) {
    const double share = to > from ? std::clamp((along - from) / (to - from), 0.0, 1.0) : 0;
    const int middle = static_cast<int>(std::lround(level_from + share * (level_to - level_from)));
    for (int across = std::max(0, middle - stray); across <= std::min(across_end - 1, middle + stray);) {
      if (at(along, across) == 0) {
        ++across;
        continue;
      }
      int begin = across;
      while (begin > 0 && at(along, begin - 1) != 0) --begin;
      int end = across + 1;
      while (end < across_end && at(along, end) != 0) ++end;
      if (end - begin <= most) {
        for (int k = begin; k < end; ++k) at(along, k) = 0;
      }
      across = end;
    }
  }
}

}  // namespace

cv::Mat dark_ink(const cv::Mat& clean_bgr, int below) {
  cv::Mat gray;
  cv::cvtColor(as_bgr(clean_bgr), gray, cv::COLOR_BGR2GRAY);
  return gray < below;
}

cv::Mat ink_without_rulings(const cv::Mat& clean_bgr, double dpi, std::span<const document::RulingLine> rulings) {
  cv::Mat ink = dark_ink(clean_bgr, kLimits.below);
  for (const document::RulingLine& ruling : rulings) clear_ruling(ink, ruling, dpi);
  return ink;
}

double thickness_of(const cv::Mat& mask) {
  cv::Mat padded;
  cv::copyMakeBorder(mask, padded, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
  return 2.0 * base::median(stroke_radii(padded));
}

std::vector<InkShape> shapes_of(const cv::Mat& ink, double least, double most) {
  const LabelledInk found = labelled_ink(ink);
  std::vector<InkShape> shapes;
  for (std::size_t i = 0; i < found.pieces.size(); ++i) {
    const InkPiece& piece = found.pieces[i];
    const int longest = std::max(piece.box.width, piece.box.height);
    if (longest < least || longest > most) continue;
    shapes.push_back({piece.box, found.labels(piece.box) == static_cast<int>(i) + 1, piece.area});
  }
  return shapes;
}

}  // namespace medmark::vision
