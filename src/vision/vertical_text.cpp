#include "vision/vertical_text.hpp"

#include <opencv2/imgproc.hpp>

namespace medmark::vision {
namespace {

constexpr int kLeastRowGap = 2;  // strip pixels

double side(base::Point a, base::Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

// The characters of a strip that runs down the page, stood upright and set side by side.
TextStrip set_side_by_side(const TextStrip& downwards) {
  const std::vector<Span> glyphs = inked_columns(strip_ink(downwards.pixels), kLeastRowGap);
  std::vector<cv::Mat> upright;
  for (const Span& glyph : glyphs) {
    cv::Mat turned;
    cv::rotate(downwards.pixels.colRange(glyph.begin, glyph.end), turned, cv::ROTATE_90_CLOCKWISE);
    cv::Mat padded;
    const int free_rows = std::max(0, kStripHeight - turned.rows);
    cv::copyMakeBorder(turned, padded, free_rows / 2, free_rows - free_rows / 2, 0, 0, cv::BORDER_REPLICATE);
    cv::resize(padded, padded, {padded.cols * kStripHeight / padded.rows, kStripHeight}, 0, 0, cv::INTER_AREA);
    upright.push_back(padded);
  }
  TextStrip strip = downwards;
  if (!upright.empty()) cv::hconcat(upright, strip.pixels);
  return strip;
}

}  // namespace

bool may_be_vertical(const TextStrip& upright, const base::Quad& quad, double ratio) {
  if (side(quad[0], quad[3]) < ratio * side(quad[0], quad[1])) return false;
  return inked_rows(strip_ink(upright.pixels), kLeastRowGap).size() >= 2;
}

std::vector<TextStrip> vertical_readings(const cv::Mat& page, const base::Quad& quad) {
  const TextStrip downwards = cut_strip(page, {quad[1], quad[2], quad[3], quad[0]});
  const TextStrip upwards = cut_strip(page, {quad[3], quad[0], quad[1], quad[2]});
  return {set_side_by_side(downwards), downwards, upwards};
}

}  // namespace medmark::vision
