#include "vision/ink_pieces.hpp"

#include <opencv2/imgproc.hpp>

namespace medmark::vision {

LabelledInk labelled_ink(const cv::Mat& ink) {
  LabelledInk found;
  cv::Mat stats;
  cv::Mat centroids;
  const int count = cv::connectedComponentsWithStats(ink, found.labels, stats, centroids, 8, CV_32S);
  for (int i = 1; i < count; ++i) {
    const int* row = stats.ptr<int>(i);
    found.pieces.push_back(
        {{row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP], row[cv::CC_STAT_WIDTH], row[cv::CC_STAT_HEIGHT]},
         row[cv::CC_STAT_AREA]});
  }
  return found;
}

std::vector<InkPiece> ink_pieces(const cv::Mat& ink) { return labelled_ink(ink).pieces; }

}  // namespace medmark::vision
