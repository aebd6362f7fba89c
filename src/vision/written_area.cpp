#include "vision/written_area.hpp"

#include <algorithm>
#include <cstddef>
#include <opencv2/imgproc.hpp>

#include "vision/grey_levels.hpp"

namespace medmark::vision {
namespace {

// Which blocks along one axis hold ink or lie beside one that does. `counts` are ink pixels by row or column.
std::vector<bool> written_blocks(const cv::Mat& counts, int specks) {
  const int blocks = static_cast<int>(counts.total()) / kWrittenBlock;
  std::vector<bool> written(static_cast<std::size_t>(blocks), false);
  for (int block = 0; block < blocks; ++block) {
    int ink = 0;
    for (int i = 0; i < kWrittenBlock; ++i) ink += counts.at<int>(block * kWrittenBlock + i);
    if (ink <= specks) continue;
    for (int near = std::max(0, block - 1); near <= std::min(blocks - 1, block + 1); ++near) {
      written[static_cast<std::size_t>(near)] = true;
    }
  }
  return written;
}

}  // namespace

cv::Size WrittenArea::size() const {
  int height = 0;
  for (const cv::Range& band : bands) height += band.size();
  return {columns.size(), height};
}

WrittenArea written_area(const cv::Mat& bgr, const WrittenAreaOptions& options) {
  CV_Assert(bgr.type() == CV_8UC3 && bgr.cols % kWrittenBlock == 0 && bgr.rows % kWrittenBlock == 0);
  cv::Mat grey;
  cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
  cv::Mat difference;
  cv::absdiff(grey, cv::Scalar::all(GreyLevels(grey).at(0.5)), difference);
  const cv::Mat ink = (difference > options.paper_tolerance) / 255;
  cv::Mat by_row;
  cv::Mat by_column;
  cv::reduce(ink, by_row, 1, cv::REDUCE_SUM, CV_32S);
  cv::reduce(ink, by_column, 0, cv::REDUCE_SUM, CV_32S);

  WrittenArea area;
  const std::vector<bool> rows = written_blocks(by_row, options.specks_in_block);
  for (std::size_t block = 0; block < rows.size(); ++block) {
    if (!rows[block]) continue;
    const int from = static_cast<int>(block) * kWrittenBlock;
    if (!area.bands.empty() && area.bands.back().end == from) {
      area.bands.back().end += kWrittenBlock;
    } else {
      area.bands.emplace_back(from, from + kWrittenBlock);
    }
  }
  const std::vector<bool> columns = written_blocks(by_column, options.specks_in_block);
  const auto first = std::find(columns.begin(), columns.end(), true);
  const auto last = std::find(columns.rbegin(), columns.rend(), true).base();
  if (first < last) {
    area.columns = {static_cast<int>(first - columns.begin()) * kWrittenBlock,
                    static_cast<int>(last - columns.begin()) * kWrittenBlock};
  }
  return area;
}

cv::Mat packed(const cv::Mat& picture, const WrittenArea& area) {
  cv::Mat result(area.size(), picture.type());
  int top = 0;
  for (const cv::Range& band : area.bands) {
    picture(band, area.columns).copyTo(result.rowRange(top, top + band.size()));
    top += band.size();
  }
  return result;
}

cv::Mat unpacked(const cv::Mat& map, const WrittenArea& area, cv::Size whole) {
  cv::Mat result = cv::Mat::zeros(whole, map.type());
  int top = 0;
  for (const cv::Range& band : area.bands) {
    map.rowRange(top, top + band.size()).copyTo(result(band, area.columns));
    top += band.size();
  }
  return result;
}

}  // namespace medmark::vision
