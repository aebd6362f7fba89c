#include "input/picture_text.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace medmark::input {
namespace {

// The most frequent tone of the lighter half.
int paper_tone(const cv::Mat& grey) {
  std::vector<int> histogram(256, 0);
  for (int y = 0; y < grey.rows; ++y) {
    const auto* row = grey.ptr<unsigned char>(y);
    for (int x = 0; x < grey.cols; ++x) ++histogram[row[x]];
  }
  return static_cast<int>(std::max_element(histogram.begin() + 128, histogram.end()) - histogram.begin());
}

struct Pieces {
  std::vector<cv::Rect> boxes;  // of the size of characters and their parts
  bool has_large = false;       // something larger than characters is drawn too
};

// Takes ruling lines and frames out of the ink, so that text that touches them stands by itself. Whether there were
// any.
bool remove_lines(cv::Mat& ink, const PictureTextLimits& limits) {
  cv::Mat across, down;
  cv::morphologyEx(ink, across, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {limits.most_width, 1}));
  cv::morphologyEx(ink, down, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {1, limits.most_height}));
  const cv::Mat lines = across | down;
  ink.setTo(0, lines);
  return cv::countNonZero(lines) > 0;
}

Pieces find_pieces(cv::Mat ink, const PictureTextLimits& limits) {
  Pieces pieces{.boxes = {}, .has_large = remove_lines(ink, limits)};
  cv::Mat labels, stats, centroids;
  const int count = cv::connectedComponentsWithStats(ink, labels, stats, centroids, 8, CV_32S);
  for (int i = 1; i < count; ++i) {
    const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                       stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    if (box.height > limits.most_height || box.width > limits.most_width) {
      pieces.has_large = true;
    } else if (box.height >= limits.least_height && stats.at<int>(i, cv::CC_STAT_AREA) >= 4) {
      pieces.boxes.push_back(box);
    }
  }
  return pieces;
}

// Boxes of pieces joined along the rows.
std::vector<cv::Rect> find_line_boxes(const cv::Size& size, const std::vector<cv::Rect>& pieces, int join_gap) {
  cv::Mat mask = cv::Mat::zeros(size, CV_8U);
  for (const cv::Rect& box : pieces) mask(box).setTo(255);
  cv::morphologyEx(mask, mask, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {join_gap, 1}));
  cv::Mat labels, stats, centroids;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centroids, 4, CV_32S);
  std::vector<cv::Rect> lines;
  for (int i = 1; i < count; ++i) {
    lines.emplace_back(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                       stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
  }
  return lines;
}

bool is_text_line(const cv::Rect& line, const std::vector<cv::Rect>& pieces, const PictureTextLimits& limits) {
  if (line.height > limits.most_height || line.height < 2 * limits.least_height ||
      line.width < limits.least_line_aspect * line.height) {
    return false;
  }
  int count = 0;
  int bars = 0;
  double filled = 0;
  for (const cv::Rect& piece : pieces) {
    if ((piece & line) != piece) continue;
    ++count;
    filled += piece.area();
    if (piece.height > 4 * piece.width && piece.height > line.height / 2) ++bars;
  }
  return count >= limits.least_line_pieces && filled >= limits.least_line_fill * line.area() &&
         bars <= limits.most_bar_share * count;
}

}  // namespace

bool shows_text(const cv::Mat& grey, const PictureTextLimits& limits) {
  if (grey.rows < 2 * limits.least_height || grey.cols < limits.most_height) return false;
  const int paper = paper_tone(grey);
  if (paper < limits.least_paper_tone) return false;
  const int least_light = paper - limits.ink_contrast / 2;
  const double light = cv::countNonZero(grey > least_light);
  if (light < limits.least_light_share * static_cast<double>(grey.total())) return false;
  const Pieces pieces = find_pieces(grey < paper - limits.ink_contrast, limits);
  int lines = 0;
  double area = 0;
  for (const cv::Rect& line : find_line_boxes(grey.size(), pieces.boxes, limits.join_gap)) {
    if (!is_text_line(line, pieces.boxes, limits)) continue;
    ++lines;
    area += line.area();
  }
  const double cover = area / static_cast<double>(grey.total());
  if (!pieces.has_large && lines >= 1 && cover >= limits.least_plain_cover) return true;
  return lines >= limits.least_lines && cover >= limits.least_cover;
}

}  // namespace medmark::input
