#include "vision/ink_pieces.hpp"

#include <opencv2/imgproc.hpp>

namespace medmark::vision {

std::vector<InkPiece> ink_pieces(const cv::Mat& ink) {
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centroids;
  const int count = cv::connectedComponentsWithStats(ink, labels, stats, centroids, 8, CV_32S);
  std::vector<InkPiece> pieces;
  for (int i = 1; i < count; ++i) {
    const int* row = stats.ptr<int>(i);
    pieces.push_back({{row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP], row[cv::CC_STAT_WIDTH], row[cv::CC_STAT_HEIGHT]},
                      row[cv::CC_STAT_AREA]});
  }
  return pieces;
}

}  // namespace medmark::vision
