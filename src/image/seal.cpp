#include "image/seal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "image/seal_shape.hpp"

namespace medmark::image {
namespace {

struct InkLimits {
  double margin_mm = 0.8;            // around the outline: soft edges, an outline fitted half a pixel off
  float whole_ink = 0.75F;           // share of the full ink colour from which a pixel counts as seal
  float bare = 0.12F;                // below it a pixel counts as free of ink
  float veiled_darkness = 0.14F;     // the same under the ink
  float veiled_sum = 1.2F;           // print that the ink only tints has share + darkness = 1
  float text_darkness = 0.25F;       // of the paper: darker is print
  float largest_gain = 2.2F;         // of the contrast of print under the ink
  double least_print_share = 0.003;  // of the inked pixels, to tell how dark print under the ink is
};
constexpr InkLimits kInk;

// How the ink of one seal changes the paper: the channels (BGR over paper) of paper under the full ink.
struct SealInk {
  cv::Vec3f colour{1, 1, 1};
  cv::Vec3f direction{0, 0, 0};  // of its colour against grey, unit length
  float strength = 0;            // dot(colour, direction)
  cv::Vec3f weights{0, 0, 0};    // of the channels, by which print is seen best
  float gain = 1;                // by which contrast under the ink is to be raised
};

struct SealPatch {
  cv::Rect box;    // on the page, margin included
  cv::Mat inside;  // CV_8U, the outline with its margin
  cv::Mat share;   // CV_32FC3: pixels over local paper colour
  cv::Mat paper;   // CV_32F: local brightness of the paper
};

SealPatch cut_patch(const cv::Mat& bgr, const ColourPlane& plane, const SealCandidate& seal, double dpi) {
  SealPatch patch;
  const int margin = std::max(2, cvRound(kInk.margin_mm * dpi / 25.4));
  std::vector<cv::Point> outline;
  for (const cv::Point& p : seal.hull) {
    outline.emplace_back(cvRound((p.x + 0.5) / plane.scale), cvRound((p.y + 0.5) / plane.scale));
  }
  cv::Rect box = cv::boundingRect(outline);
  box = cv::Rect(box.x - 2 * margin, box.y - 2 * margin, box.width + 4 * margin, box.height + 4 * margin);
  patch.box = box & cv::Rect(0, 0, bgr.cols, bgr.rows);
  for (cv::Point& p : outline) p -= patch.box.tl();
  patch.inside = cv::Mat::zeros(patch.box.size(), CV_8U);
  cv::fillConvexPoly(patch.inside, outline, 255);
  cv::dilate(patch.inside, patch.inside,
             cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * margin + 1, 2 * margin + 1}));

  const cv::Rect coarse =
      cv::Rect(static_cast<int>(patch.box.x * plane.scale), static_cast<int>(patch.box.y * plane.scale),
               static_cast<int>(patch.box.width * plane.scale) + 1,
               static_cast<int>(patch.box.height * plane.scale) + 1) &
      cv::Rect(0, 0, plane.paper.cols, plane.paper.rows);
  cv::resize(plane.paper(coarse), patch.paper, patch.box.size(), 0, 0, cv::INTER_LINEAR);
  patch.share.create(patch.box.size(), CV_32FC3);
  for (int y = 0; y < patch.box.height; ++y) {
    const auto* source = bgr.ptr<cv::Vec3b>(patch.box.y + y) + patch.box.x;
    const auto* paper = patch.paper.ptr<float>(y);
    auto* out = patch.share.ptr<cv::Vec3f>(y);
    for (int x = 0; x < patch.box.width; ++x) {
      for (int c = 0; c < 3; ++c) {
        out[x][c] = static_cast<float>(source[x][c]) / (plane.tint[c] * std::max(40.0F, paper[x]));
      }
    }
  }
  return patch;
}

float quantile(std::vector<float>& values, double share) {
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

float ink_share(const SealInk& ink, const cv::Vec3f& pixel) { return pixel.dot(ink.direction) / ink.strength; }

// The colour of the ink on bare paper: medians over the most coloured pixels of its hue.
std::optional<SealInk> measure_ink(const SealPatch& patch, const ColourPlane& plane, const SealCandidate& seal) {
  std::vector<float> chroma;
  for (int y = 0; y < patch.share.rows; ++y) {
    const auto* row = patch.share.ptr<cv::Vec3f>(y);
    const auto* inside = patch.inside.ptr<uchar>(y);
    for (int x = 0; x < patch.share.cols; ++x) {
      if (inside[x] == 0) continue;
      const float range = std::max({row[x][0], row[x][1], row[x][2]}) - std::min({row[x][0], row[x][1], row[x][2]});
      if (range > 0.05F) chroma.push_back(range);
    }
  }
  if (chroma.size() < 50) return std::nullopt;
  const float strong = quantile(chroma, 0.97) * 0.55F;
  std::array<std::vector<float>, 3> channels;
  for (int y = 0; y < patch.share.rows; ++y) {
    const auto* row = patch.share.ptr<cv::Vec3f>(y);
    const auto* inside = patch.inside.ptr<uchar>(y);
    const int coarse_y = std::min(plane.hue.rows - 1, static_cast<int>((patch.box.y + y) * plane.scale));
    for (int x = 0; x < patch.share.cols; ++x) {
      if (inside[x] == 0) continue;
      const float range = std::max({row[x][0], row[x][1], row[x][2]}) - std::min({row[x][0], row[x][1], row[x][2]});
      if (range < strong) continue;
      const int coarse_x = std::min(plane.hue.cols - 1, static_cast<int>((patch.box.x + x) * plane.scale));
      const double off = std::abs(plane.hue.at<float>(coarse_y, coarse_x) - seal.hue);
      if (std::min(off, 360 - off) > 45) continue;
      for (std::size_t c = 0; c < 3; ++c) channels[c].push_back(row[x][static_cast<int>(c)]);
    }
  }
  if (channels[0].size() < 30) return std::nullopt;
  SealInk ink;
  for (std::size_t c = 0; c < 3; ++c) ink.colour[static_cast<int>(c)] = quantile(channels[c], 0.5);
  const float mean = (ink.colour[0] + ink.colour[1] + ink.colour[2]) / 3;
  ink.direction = ink.colour - cv::Vec3f(mean, mean, mean);
  const auto length = static_cast<float>(cv::norm(ink.direction));
  if (length < 0.03F) return std::nullopt;
  ink.direction /= length;
  ink.strength = ink.colour.dot(ink.direction);
  int clear_channel = 2;  // in which the ink shows least
  for (int c = 0; c < 3; ++c) {
    if (ink.colour[c] > ink.colour[clear_channel]) clear_channel = c;
  }
  ink.weights[clear_channel] = 1;
  return ink;
}

// The grey that print and paper would show without the ink.
float without_ink(const SealInk& ink, const cv::Vec3f& pixel, float share) {
  float grey = 0;
  for (int c = 0; c < 3; ++c) grey += ink.weights[c] * (pixel[c] + share * (1 - std::min(1.0F, ink.colour[c])));
  return std::min(1.0F, grey);
}

// Print under transparent ink loses its colour (share + darkness = 1) and keeps its darkness. Ink that covers keeps its
// colour over print and makes it paler; then all channels together show the print best, and its contrast is raised to
// that of the print beside the ink.
void measure_veil(const SealPatch& patch, SealInk& ink) {
  SealInk covering = ink;
  covering.weights = cv::Vec3f(1, 1, 1) / 3.0F;
  std::vector<float> under;
  std::vector<float> beside;
  std::size_t inked = 0;
  for (int y = 0; y < patch.share.rows; ++y) {
    const auto* row = patch.share.ptr<cv::Vec3f>(y);
    const auto* inside = patch.inside.ptr<uchar>(y);
    for (int x = 0; x < patch.share.cols; ++x) {
      if (inside[x] == 0) continue;
      const float share = ink_share(ink, row[x]);
      const float darkness = 1 - without_ink(covering, row[x], std::clamp(share, 0.0F, 1.0F));
      if (share < kInk.bare && darkness > kInk.text_darkness) beside.push_back(darkness);
      if (share < kInk.whole_ink) continue;
      ++inked;
      if (darkness > kInk.veiled_darkness && share + darkness > kInk.veiled_sum) under.push_back(darkness);
    }
  }
  if (static_cast<double>(under.size()) < kInk.least_print_share * static_cast<double>(inked) || beside.size() < 50) {
    return;
  }
  covering.gain = std::clamp(quantile(beside, 0.7) / quantile(under, 0.7), 1.0F, kInk.largest_gain);
  ink = covering;
}

// The share of ink per pixel. JPEG stores colour at half the resolution of light, so fine strokes look less coloured
// than they are: their neighbourhood counts too.
cv::Mat ink_shares(const SealPatch& patch, const SealInk& ink) {
  cv::Mat shares = cv::Mat::zeros(patch.share.size(), CV_32F);
  for (int y = 0; y < shares.rows; ++y) {
    const auto* row = patch.share.ptr<cv::Vec3f>(y);
    const auto* inside = patch.inside.ptr<uchar>(y);
    auto* out = shares.ptr<float>(y);
    for (int x = 0; x < shares.cols; ++x) {
      if (inside[x] != 0) out[x] = std::clamp(ink_share(ink, row[x]), 0.0F, 1.0F);
    }
  }
  return shares;
}

void take_away(cv::Mat& page, const ColourPlane& plane, const SealPatch& patch, const SealInk& ink,
               const cv::Mat& shares) {
  cv::Mat near;
  cv::dilate(shares, near, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  for (int y = 0; y < shares.rows; ++y) {
    const auto* row = patch.share.ptr<cv::Vec3f>(y);
    const auto* share = near.ptr<float>(y);
    const auto* paper = patch.paper.ptr<float>(y);
    auto* out = page.ptr<cv::Vec3b>(patch.box.y + y) + patch.box.x;
    for (int x = 0; x < shares.cols; ++x) {
      if (share[x] < kInk.bare) continue;
      const float grey = without_ink(ink, row[x], share[x]);
      const float restored = std::clamp(1 - (1 - grey) * (1 + (ink.gain - 1) * share[x]), 0.0F, 1.0F);
      for (int c = 0; c < 3; ++c) out[x][c] = cv::saturate_cast<uchar>(restored * plane.tint[c] * paper[x]);
    }
  }
}

// The ink drawn on white. Its colour tells where it is, the channel in which it is darkest gives the fine strokes.
cv::Mat seal_alone(const SealPatch& patch, const SealInk& ink, const cv::Mat& shares) {
  cv::Mat near;
  cv::dilate(shares, near, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  int dark_channel = 0;
  for (int c = 0; c < 3; ++c) {
    if (ink.colour[c] < ink.colour[dark_channel]) dark_channel = c;
  }
  const float full = std::max(0.05F, 1 - ink.colour[dark_channel]);
  cv::Mat picture(patch.box.size(), CV_8UC3);
  for (int y = 0; y < shares.rows; ++y) {
    const auto* row = patch.share.ptr<cv::Vec3f>(y);
    const auto* share = near.ptr<float>(y);
    auto* out = picture.ptr<cv::Vec3b>(y);
    for (int x = 0; x < shares.cols; ++x) {
      const float darkness = std::max(0.0F, 1 - row[x][dark_channel]) / full;
      const float drawn = std::min({1.0F, darkness, 1.5F * share[x]});
      for (int c = 0; c < 3; ++c) {
        out[x][c] = cv::saturate_cast<uchar>(255 * (1 - drawn * (1 - std::min(1.0F, ink.colour[c]))));
      }
    }
  }
  return picture;
}

document::Region region_of(const SealPatch& patch, const SealCandidate& seal, double dpi) {
  const int margin = 2 * std::max(2, cvRound(kInk.margin_mm * dpi / 25.4));
  const double points = 72 / dpi;
  document::Region region;
  region.kind = document::RegionKind::kSeal;
  const cv::Rect& box = patch.box;
  region.bbox = {(box.x + margin) * points, (box.y + margin) * points, (box.x + box.width - margin) * points,
                 (box.y + box.height - margin) * points};
  const double sureness = seal.shape == SealShape::kRing ? 0.95 : 0.8;
  region.confidence = sureness * std::clamp(0.4 + 0.6 * seal.coverage, 0.0, 1.0);
  return region;
}

}  // namespace

SealSeparation separate_seals(const cv::Mat& flat_bgr, double dpi) {
  SealSeparation result;
  result.without_seals = flat_bgr;
  if (flat_bgr.empty() || flat_bgr.type() != CV_8UC3) return result;
  const ColourPlane plane = measure_colour(flat_bgr, dpi);
  for (const SealCandidate& seal : find_seal_shapes(plane)) {
    const SealPatch patch = cut_patch(flat_bgr, plane, seal, dpi);
    std::optional<SealInk> ink = measure_ink(patch, plane, seal);
    if (!ink) continue;
    measure_veil(patch, *ink);
    const cv::Mat shares = ink_shares(patch, *ink);
    if (result.without_seals.data == flat_bgr.data) result.without_seals = flat_bgr.clone();
    take_away(result.without_seals, plane, patch, *ink, shares);
    result.seals.push_back(region_of(patch, seal, dpi));
    result.pictures.push_back(seal_alone(patch, *ink, shares));
  }
  return result;
}

}  // namespace medmark::image
