#include "vision/glyphs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

#include "vision/ink_pieces.hpp"
#include "vision/text_strip.hpp"

namespace medmark::vision {
namespace {

constexpr int kLeastArea = 4;  // pixels; smaller ones are noise

// Costs in strip pixels. The model's centres are off by up to 8; digits of 10 point print stand 13 apart.
struct AssignmentCosts {
  double reach = 26;    // farther than this a character does not own a glyph
  double sharing = 14;  // a further character on the same glyph
  double skipping = 5;  // a glyph without a character (part of a Han character, a speck)
  double missing = 30;  // a character without a glyph (a space, noise)
};

double middle(const cv::Rect& box) { return box.x + box.width / 2.0; }

bool stands_over(const cv::Rect& a, const cv::Rect& b) {
  const int shared = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  return shared > 0.5 * std::min(a.width, b.width);
}

}  // namespace

std::vector<cv::Rect> glyphs_of(const cv::Mat& ink) {
  std::vector<cv::Rect> glyphs;
  for (const InkPiece& piece : ink_pieces(ink)) {
    if (piece.area >= kLeastArea) glyphs.push_back(piece.box);
  }
  std::sort(glyphs.begin(), glyphs.end(), [](const cv::Rect& a, const cv::Rect& b) { return a.x < b.x; });
  std::vector<cv::Rect> merged;
  for (cv::Rect glyph : glyphs) {
    while (!merged.empty() && stands_over(merged.back(), glyph)) {
      glyph |= merged.back();
      merged.pop_back();
    }
    merged.push_back(glyph);
  }
  std::sort(merged.begin(), merged.end(), [](const cv::Rect& a, const cv::Rect& b) { return middle(a) < middle(b); });
  return merged;
}

std::vector<std::size_t> assign_glyphs(std::span<const cv::Rect> glyphs, std::span<const double> centers) {
  const AssignmentCosts costs;
  const std::size_t columns = glyphs.size() + 1;  // column g: the last glyph used is g - 1
  constexpr double kNever = std::numeric_limits<double>::max() / 4;
  // best[i][g]: the first i characters placed, glyphs before g used or skipped.
  std::vector<double> best((centers.size() + 1) * columns, kNever);
  std::vector<std::size_t> from(best.size(), kNoGlyph);
  std::vector<char> placed(best.size(), 0);
  for (std::size_t g = 0; g < columns; ++g) best[g] = costs.skipping * static_cast<double>(g);
  for (std::size_t i = 0; i < centers.size(); ++i) {
    const double* before = &best[i * columns];
    double* now = &best[(i + 1) * columns];
    for (std::size_t g = 0; g < columns; ++g) {
      const std::size_t cell = (i + 1) * columns + g;
      // Without a glyph.
      now[g] = before[g] + costs.missing;
      from[cell] = g;
      if (g == 0) continue;
      // On glyph g - 1, alone or sharing it with the character before; then glyphs after it may be skipped.
      const double distance = std::abs(middle(glyphs[g - 1]) - centers[i]);
      const double off = std::max(0.0, distance - glyphs[g - 1].width / 2.0);
      if (off < costs.reach) {
        const double cost = std::min(distance, off + glyphs[g - 1].width / 4.0);
        if (before[g - 1] + cost < now[g]) {
          now[g] = before[g - 1] + cost;
          from[cell] = g - 1;
          placed[cell] = 1;
        }
        if (i > 0 && placed[i * columns + g] != 0 && before[g] + cost + costs.sharing < now[g]) {
          now[g] = before[g] + cost + costs.sharing;
          from[cell] = g;
          placed[cell] = 1;
        }
      }
      if (now[g - 1] + costs.skipping < now[g]) {
        now[g] = now[g - 1] + costs.skipping;
        from[cell] = kNoGlyph;  // the same character, one glyph back
        placed[cell] = 0;
      }
    }
  }
  std::vector<std::size_t> owner(centers.size(), kNoGlyph);
  std::size_t g = columns - 1;
  for (std::size_t i = centers.size(); i > 0;) {
    const std::size_t cell = i * columns + g;
    if (from[cell] == kNoGlyph) {
      --g;
      continue;
    }
    if (placed[cell] != 0) owner[i - 1] = g - 1;
    g = from[cell];
    --i;
  }
  return owner;
}

}  // namespace medmark::vision
