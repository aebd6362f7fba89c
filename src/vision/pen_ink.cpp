#include "vision/pen_ink.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "base/median.hpp"
#include "image/ink_map.hpp"
#include "vision/ink_pieces.hpp"

namespace medmark::vision {
namespace {

// Measured on reports written on in blue and red ballpoint, scanned in five grades, and on reports printed in colour.
struct InkLimits {
  int least_chroma = 26;           // of 255: faint blue on a poor scan has 30 and more, grey print under 16
  double chroma_over_print = 2.2;  // times what the middle of all ink has: fringes of a photograph, tinted light
  double paler_share = 0.55;       // of that, in strokes that are coloured elsewhere
  int paler_reach = 3;             // pixels
  int hint_of_colour = 16;         // over the paper's own chroma
  int least_hints = 12;            // pixels on the page; a printed dot of colour has more
  double most_coloured = 0.4;      // of the ink: above, the page is printed in colour
  double least_area = 0.12;        // em squared, of all coloured ink
  double least_group = 0.03;       // em squared
  double join_across = 0.3;        // em
  double join_down = 0.2;
};
constexpr InkLimits kLimits;

constexpr int kBlock = 12;  // reduced pixels

int chroma_of(const cv::Vec3b& p) { return std::max({p[0], p[1], p[2]}) - std::min({p[0], p[1], p[2]}); }

// The strongest of blue, green and red: inks of different ones are different inks.
int strongest_channel(const cv::Vec3b& p) { return p[2] >= p[1] && p[2] >= p[0] ? 2 : (p[1] >= p[0] ? 1 : 0); }

// Whole pixels are averaged, which is fast.
cv::Mat reduced(const cv::Mat& bgr) {
  const int step = std::max(1, cvRound(static_cast<double>(std::max(bgr.cols, bgr.rows)) / image::kAnalysisLongSide));
  if (step == 1) return bgr;
  const cv::Rect whole(0, 0, bgr.cols / step * step, bgr.rows / step * step);
  cv::Mat small;
  cv::resize(bgr(whole), small, {whole.width / step, whole.height / step}, 0, 0, cv::INTER_AREA);
  return small;
}

// The paper's colour by blocks of kBlock pixels: the brightest around.
cv::Mat paper_by_blocks(const cv::Mat& small) {
  cv::Mat blocks;
  cv::resize(small, blocks, {std::max(1, small.cols / kBlock), std::max(1, small.rows / kBlock)}, 0, 0, cv::INTER_AREA);
  cv::dilate(blocks, blocks, cv::getStructuringElement(cv::MORPH_RECT, {7, 7}));
  cv::blur(blocks, blocks, {7, 7}, {-1, -1}, cv::BORDER_REPLICATE);
  return blocks;
}

// Most pages hold no colour but that of their paper: seen without further work.
bool holds_colour(const cv::Mat& small, const cv::Mat& blocks) {
  int count = 0;
  for (int y = 0; y < small.rows; ++y) {
    const auto* pixel = small.ptr<cv::Vec3b>(y);
    const auto* block = blocks.ptr<cv::Vec3b>(std::min(y / kBlock, blocks.rows - 1));
    for (int x = 0; x < small.cols; ++x) {
      const int paper = chroma_of(block[std::min(x / kBlock, blocks.cols - 1)]);
      count += chroma_of(pixel[x]) > paper + kLimits.hint_of_colour ? 1 : 0;
    }
  }
  return count >= kLimits.least_hints;
}

cv::Mat over_paper(const cv::Mat& small, const cv::Mat& paper) {
  cv::Mat share;
  cv::divide(small, paper, share, 255);
  return share;
}

// The height of print by the upper quarter of its pieces, which are whole characters.
double em_of(const cv::Mat& ink) {
  std::vector<int> heights;
  for (const InkPiece& piece : ink_pieces(ink)) {
    const int height = piece.box.height;
    if (height >= 4 && height <= 40 && piece.box.width <= 3 * height) heights.push_back(height);
  }
  if (heights.size() < 20) return 0;
  const auto place = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() * 3 / 4);
  std::nth_element(heights.begin(), place, heights.end());
  return *place;
}

int colour_threshold(const cv::Mat& share, const cv::Mat& ink) {
  std::array<int, 256> histogram{};
  int total = 0;
  for (int y = 0; y < ink.rows; ++y) {
    const auto* is_ink = ink.ptr<uchar>(y);
    const auto* pixel = share.ptr<cv::Vec3b>(y);
    for (int x = 0; x < ink.cols; ++x) {
      if (is_ink[x] == 0) continue;
      ++histogram[static_cast<std::size_t>(chroma_of(pixel[x]))];
      ++total;
    }
  }
  int seen = 0;
  int middle = 0;
  while (middle < 255 && seen + histogram[static_cast<std::size_t>(middle)] <= total / 2) {
    seen += histogram[static_cast<std::size_t>(middle++)];
  }
  return std::max(kLimits.least_chroma, static_cast<int>(std::lround(middle * kLimits.chroma_over_print)));
}

cv::Mat ink_above(const cv::Mat& share, const cv::Mat& ink, double threshold) {
  cv::Mat coloured = cv::Mat::zeros(ink.size(), CV_8U);
  for (int y = 0; y < ink.rows; ++y) {
    const auto* is_ink = ink.ptr<uchar>(y);
    const auto* pixel = share.ptr<cv::Vec3b>(y);
    auto* out = coloured.ptr<uchar>(y);
    for (int x = 0; x < ink.cols; ++x) out[x] = is_ink[x] != 0 && chroma_of(pixel[x]) > threshold ? 255 : 0;
  }
  return coloured;
}

// Ink of strong colour, and the paler ink that hangs on it: the thin parts of the same strokes.
cv::Mat coloured_ink(const cv::Mat& share, const cv::Mat& ink, int threshold) {
  cv::Mat coloured = ink_above(share, ink, threshold);
  if (cv::countNonZero(coloured) == 0) return coloured;
  const cv::Mat pale = ink_above(share, ink, kLimits.paler_share * threshold);
  const cv::Mat kernel = cv::getStructuringElement(cv::MORPH_RECT, {3, 3});
  for (int step = 0; step < kLimits.paler_reach; ++step) {
    cv::dilate(coloured, coloured, kernel);
    coloured &= pale;
  }
  return coloured;
}

// The colour of the ink where it covers: medians over the more coloured half of its pixels.
void measure_colour_of(InkGroup& group, const cv::Mat& share) {
  std::vector<uchar> chromas;
  const cv::Mat pixels = share(group.box);
  const auto each = [&](auto&& visit) {
    for (int y = 0; y < group.box.height; ++y) {
      const auto* is_ink = group.mask.ptr<uchar>(y);
      const auto* pixel = pixels.ptr<cv::Vec3b>(y);
      for (int x = 0; x < group.box.width; ++x) {
        if (is_ink[x] != 0) visit(pixel[x]);
      }
    }
  };
  each([&](const cv::Vec3b& p) { chromas.push_back(static_cast<uchar>(chroma_of(p))); });
  const int middle = base::median(std::move(chromas));
  std::array<std::vector<uchar>, 3> channels;
  each([&](const cv::Vec3b& p) {
    if (chroma_of(p) < middle) return;
    for (std::size_t c = 0; c < 3; ++c) channels[c].push_back(p[static_cast<int>(c)]);
  });
  cv::Vec3b colour;
  for (std::size_t c = 0; c < 3; ++c) colour[static_cast<int>(c)] = base::median(std::move(channels[c]));
  for (int c = 0; c < 3; ++c) group.colour[c] = static_cast<float>(colour[c]) / 255.0F;
  group.chroma = chroma_of(colour) / 255.0;
}

void measure_neighbours_of(InkGroup& group, const PageInk& page) {
  const cv::Rect page_box(0, 0, page.ink.cols, page.ink.rows);
  const cv::Rect around =
      cv::Rect(group.box.x - 1, group.box.y - 1, group.box.width + 2, group.box.height + 2) & page_box;
  const cv::Mat black = page.ink(around) & ~page.coloured(around);
  cv::Mat near;
  cv::dilate(black, near, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  const cv::Rect inner(group.box.x - around.x, group.box.y - around.y, group.box.width, group.box.height);
  group.touching = cv::countNonZero(near(inner) & group.mask);
  group.covered_print = cv::countNonZero(black(inner));
}

// Coloured ink of one strongest channel at a time, joined where strokes are near.
void add_groups_of(const PageInk& page, int channel, std::vector<InkGroup>& groups) {
  cv::Mat mask = cv::Mat::zeros(page.coloured.size(), CV_8U);
  for (int y = 0; y < mask.rows; ++y) {
    const auto* is_coloured = page.coloured.ptr<uchar>(y);
    const auto* pixel = page.share.ptr<cv::Vec3b>(y);
    auto* out = mask.ptr<uchar>(y);
    for (int x = 0; x < mask.cols; ++x)
      out[x] = is_coloured[x] != 0 && strongest_channel(pixel[x]) == channel ? 255 : 0;
  }
  const int across = static_cast<int>(std::lround(kLimits.join_across * page.em)) | 1;
  const int down = static_cast<int>(std::lround(kLimits.join_down * page.em)) | 1;
  cv::Mat joined;
  cv::dilate(mask, joined, cv::getStructuringElement(cv::MORPH_RECT, {across, down}));
  const LabelledInk found = labelled_ink(joined);
  for (std::size_t i = 0; i < found.pieces.size(); ++i) {
    const cv::Rect& box = found.pieces[i].box;
    const cv::Mat inside = mask(box) & (found.labels(box) == static_cast<int>(i) + 1);
    const cv::Rect tight = cv::boundingRect(inside);
    InkGroup group;
    group.area = cv::countNonZero(inside);
    if (group.area < std::max(3.0, kLimits.least_group * page.em * page.em)) continue;
    group.box = {box.x + tight.x, box.y + tight.y, tight.width, tight.height};
    group.mask = inside(tight).clone();
    measure_colour_of(group, page.share);
    measure_neighbours_of(group, page);
    groups.push_back(std::move(group));
  }
}

}  // namespace

PageInk measure_page_ink(const cv::Mat& bgr) {
  PageInk page;
  const cv::Mat small = reduced(bgr);
  const int step = bgr.cols / small.cols;
  page.scale = 1.0 / step;
  const cv::Mat blocks = paper_by_blocks(small);
  if (!holds_colour(small, blocks)) return page;
  cv::resize(blocks, page.paper, small.size(), 0, 0, cv::INTER_LINEAR);
  page.share = over_paper(small, page.paper);
  cv::Mat darkest;
  cv::cvtColor(page.share, darkest, cv::COLOR_BGR2GRAY);
  page.ink = image::ink_map(darkest);
  page.em = em_of(page.ink);
  if (page.em == 0) return page;
  const int threshold = colour_threshold(page.share, page.ink);
  const cv::Mat coloured = coloured_ink(page.share, page.ink, threshold);
  const int count = cv::countNonZero(coloured);
  if (count < kLimits.least_area * page.em * page.em) return page;
  if (count > kLimits.most_coloured * cv::countNonZero(page.ink)) return page;
  page.coloured = coloured;
  return page;
}

std::vector<InkGroup> coloured_groups(const PageInk& page) {
  std::vector<InkGroup> groups;
  if (page.coloured.empty()) return groups;
  for (int channel = 0; channel < 3; ++channel) add_groups_of(page, channel, groups);
  return groups;
}

cv::Mat black_ink(const PageInk& page) { return page.coloured.empty() ? page.ink : cv::Mat(page.ink & ~page.coloured); }

InkGroup united(const InkGroup& a, const InkGroup& b) {
  InkGroup both = a.area >= b.area ? a : b;
  both.box = a.box | b.box;
  both.mask = cv::Mat::zeros(both.box.size(), CV_8U);
  for (const InkGroup* part : {&a, &b}) {
    cv::Mat place = both.mask(cv::Rect(part->box.tl() - both.box.tl(), part->box.size()));
    place |= part->mask;
  }
  both.area = a.area + b.area;
  both.touching = a.touching + b.touching;
  both.covered_print = a.covered_print + b.covered_print;
  return both;
}

namespace {

// How much of a pixel is the group's ink, 0..1, by its colour at the page's scale. JPEG keeps colour at half the
// resolution of light, so the neighbourhood counts too.
cv::Mat ink_shares(const cv::Mat& share, const InkGroup& group) {
  cv::Mat amount(share.size(), CV_32F);
  const auto strength = static_cast<float>(std::max(0.05, group.chroma));
  for (int y = 0; y < share.rows; ++y) {
    const auto* pixel = share.ptr<cv::Vec3b>(y);
    auto* out = amount.ptr<float>(y);
    for (int x = 0; x < share.cols; ++x) {
      out[x] = std::clamp((static_cast<float>(chroma_of(pixel[x])) / 255.0F) / strength, 0.0F, 1.0F);
    }
  }
  cv::dilate(amount, amount, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  return amount;
}

struct GroupPatch {
  cv::Rect box;    // pixels of the page
  cv::Mat near;    // CV_8U: where the group's ink may be
  cv::Mat paper;   // CV_8UC3
  cv::Mat share;   // CV_8UC3: pixels over paper
  cv::Mat amount;  // CV_32F
};

GroupPatch patch_of(const cv::Mat& page_bgr, const PageInk& page, const InkGroup& group, int margin) {
  GroupPatch patch;
  const cv::Rect wide = cv::Rect(group.box.x - margin, group.box.y - margin, group.box.width + 2 * margin,
                                 group.box.height + 2 * margin) &
                        cv::Rect(0, 0, page.ink.cols, page.ink.rows);
  const auto to_page = [&](int v) { return static_cast<int>(std::lround(v / page.scale)); };
  patch.box =
      cv::Rect(cv::Point(to_page(wide.x), to_page(wide.y)), cv::Point(to_page(wide.br().x), to_page(wide.br().y))) &
      cv::Rect(0, 0, page_bgr.cols, page_bgr.rows);
  cv::Mat near = cv::Mat::zeros(wide.size(), CV_8U);
  group.mask.copyTo(near(cv::Rect(group.box.x - wide.x, group.box.y - wide.y, group.box.width, group.box.height)));
  cv::dilate(near, near, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
  cv::resize(near, patch.near, patch.box.size(), 0, 0, cv::INTER_NEAREST);
  cv::resize(page.paper(wide), patch.paper, patch.box.size(), 0, 0, cv::INTER_LINEAR);
  patch.share = over_paper(page_bgr(patch.box), patch.paper);
  patch.amount = ink_shares(patch.share, group);
  patch.amount.setTo(0, ~patch.near);
  return patch;
}

constexpr float kBare = 0.12F;   // share of ink below which a pixel is left as it is
constexpr float kWhole = 0.75F;  // from which a pixel holds nothing but ink, where it is no darker than the ink

}  // namespace

void take_ink_away(cv::Mat& page_bgr, const PageInk& page, const std::vector<InkGroup>& groups) {
  for (const InkGroup& group : groups) {
    const GroupPatch patch = patch_of(page_bgr, page, group, 3);
    cv::Vec3f lost;  // what the ink takes from the paper
    for (int c = 0; c < 3; ++c) lost[c] = 1 - std::min(1.0F, group.colour[c]);
    const int clear = static_cast<int>(std::min_element(lost.val, lost.val + 3) - lost.val);
    for (int y = 0; y < patch.box.height; ++y) {
      const auto* amount = patch.amount.ptr<float>(y);
      const auto* share = patch.share.ptr<cv::Vec3b>(y);
      const auto* paper = patch.paper.ptr<cv::Vec3b>(y);
      auto* out = page_bgr.ptr<cv::Vec3b>(patch.box.y + y) + patch.box.x;
      for (int x = 0; x < patch.box.width; ++x) {
        if (amount[x] < kBare) continue;
        const float seen = static_cast<float>(share[x][clear]) / 255.0F;
        const bool is_ink_alone = amount[x] >= kWhole && seen > 0.8F * group.colour[clear];
        const float bare = is_ink_alone ? 1.0F : std::min(1.0F, seen + amount[x] * lost[clear]);
        for (int c = 0; c < 3; ++c) out[x][c] = cv::saturate_cast<uchar>(bare * static_cast<float>(paper[x][c]));
      }
    }
  }
}

cv::Mat ink_alone(const cv::Mat& page_bgr, const PageInk& page, const InkGroup& group, int margin) {
  const GroupPatch patch = patch_of(page_bgr, page, group, margin);
  cv::Mat alone(patch.box.size(), CV_8UC3, cv::Scalar::all(255));
  const int dark = static_cast<int>(std::min_element(group.colour.val, group.colour.val + 3) - group.colour.val);
  const float full = std::max(0.1F, 1 - group.colour[dark]);
  for (int y = 0; y < alone.rows; ++y) {
    const auto* amount = patch.amount.ptr<float>(y);
    const auto* share = patch.share.ptr<cv::Vec3b>(y);
    auto* out = alone.ptr<cv::Vec3b>(y);
    for (int x = 0; x < alone.cols; ++x) {
      const float darkness = (1 - static_cast<float>(share[x][dark]) / 255.0F) / full;
      const float drawn = std::clamp(std::min(darkness, 1.4F * amount[x]), 0.0F, 1.0F);
      const auto grey = cv::saturate_cast<uchar>(255 * (1 - drawn));
      out[x] = {grey, grey, grey};
    }
  }
  return alone;
}

}  // namespace medmark::vision
