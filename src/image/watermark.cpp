#include "image/watermark.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace medmark::image {
namespace {

// Measured on watermarks of 8 to 40 mm letters in 6 to 30 % grey under scan noise, and on shaded table heads, bold
// headings, ultrasound pictures, creases and shadows as the opposite.
struct WatermarkLimits {
  double plane_dpi = 100;
  double thin_mm = 1.1;       // strokes up to this are print and are closed away
  double background_mm = 16;  // wider than the strokes of a watermark
  float palest = 0.03F;       // darkness of the paper, 0..1
  float darkest = 0.42F;
  double over_noise = 3.5;  // of the darkness of bare paper
  double joint_mm = 5;      // strokes nearer than this make one watermark
  double least_piece_mm2 = 2;
  double least_area_mm2 = 150;  // of the ink of a watermark
  double least_extent_mm = 30;
  double print_over_tone = 0.5;  // darkness that closing took away, over the tone: more in print
  double least_shading_mm = 3;
  double bar_mm = 40;  // longer than a stroke of a watermark
  double widest_stroke_mm = 10;
  double large_piece_mm = 6;  // pieces of letters; what is left of body text is smaller
  double large_share = 0.5;   // of a watermark's ink in such pieces
  double letter_gap_mm = 30;  // to a letter that print has cut off
  double least_letter_mm2 = 15;
  double solid_share = 0.8;   // of its upright box: a shaded bar or cell
  double tone_spread = 0.45;  // of a piece's tone, from its 20th to its 75th percentile
  double like_tone = 0.35;    // pieces of one watermark differ by less
  double dark_border = 0.15;  // share of a piece's border on something dark and wide: part of a picture
};
constexpr WatermarkLimits kLimits;

struct PaleLayer {
  cv::Mat darkness;        // CV_32F at about 100 DPI: of what is wider than print, against the paper
  cv::Mat fine;            // CV_32F: the same of everything, print included
  cv::Mat paper;           // CV_32F: brightness of the paper
  float closed_noise = 0;  // by which closing lightens bare paper
  double scale = 1;
  double pixels_per_mm = 4;
};

int odd_side(double mm, double pixels_per_mm) { return 2 * std::max(1, cvRound(mm * pixels_per_mm / 2)) + 1; }

cv::Mat box_element(int side) { return cv::getStructuringElement(cv::MORPH_RECT, {side, side}); }

float quantile(std::vector<float>& values, double share) {
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

// Quantile over a grid of pixels.
float middle_of(const cv::Mat& picture, double share) {
  std::vector<float> values;
  for (int y = 0; y < picture.rows; y += 9) {
    const auto* row = picture.ptr<float>(y);
    for (int x = 0; x < picture.cols; x += 9) values.push_back(row[x]);
  }
  return values.empty() ? 0 : quantile(values, share);
}

PaleLayer pale_layer(const cv::Mat& flat, double dpi) {
  PaleLayer layer;
  const int step = std::max(1, cvRound(dpi / kLimits.plane_dpi));
  cv::Mat small;
  cv::resize(flat, small, {std::max(1, flat.cols / step), std::max(1, flat.rows / step)}, 0, 0, cv::INTER_AREA);
  if (small.channels() == 3) cv::cvtColor(small, small, cv::COLOR_BGR2GRAY);
  layer.scale = static_cast<double>(small.cols) / flat.cols;
  layer.pixels_per_mm = dpi * layer.scale / 25.4;
  cv::Mat wide;
  cv::morphologyEx(small, wide, cv::MORPH_CLOSE, box_element(odd_side(kLimits.thin_mm, layer.pixels_per_mm)));
  cv::blur(wide, wide, {5, 5});

  cv::Mat coarse;
  constexpr int kReduction = 4;
  cv::resize(wide, coarse, {std::max(1, wide.cols / kReduction), std::max(1, wide.rows / kReduction)}, 0, 0,
             cv::INTER_AREA);
  const int side = odd_side(kLimits.background_mm, layer.pixels_per_mm / kReduction);
  cv::morphologyEx(coarse, coarse, cv::MORPH_CLOSE, box_element(side));
  cv::blur(coarse, coarse, {side / 2 * 2 + 1, side / 2 * 2 + 1}, {-1, -1}, cv::BORDER_REPLICATE);
  cv::Mat paper;
  cv::resize(coarse, paper, wide.size(), 0, 0, cv::INTER_LINEAR);
  paper.convertTo(layer.paper, CV_32F);
  layer.paper = cv::max(layer.paper, 1.0);
  cv::Mat wide_float;
  wide.convertTo(wide_float, CV_32F);
  layer.darkness = 1 - wide_float / layer.paper;
  cv::blur(small, small, {5, 5});
  cv::Mat fine_float;
  small.convertTo(fine_float, CV_32F);
  layer.fine = 1 - fine_float / layer.paper;
  layer.closed_noise = middle_of(layer.fine - layer.darkness, 0.5);
  return layer;
}

// How dark bare paper looks: the deviation of the middle half of all pixels.
double paper_noise(const cv::Mat& darkness) { return (middle_of(darkness, 0.5) - middle_of(darkness, 0.25)) / 0.67; }

// Long upright bars: shaded rows and columns.
cv::Mat shaded_bars(const cv::Mat& pale, double pixels_per_mm) {
  const int length = cvRound(kLimits.bar_mm * pixels_per_mm);
  const int width = cvRound(kLimits.least_shading_mm * pixels_per_mm);
  cv::Mat joined, across, down;
  cv::morphologyEx(pale, joined, cv::MORPH_CLOSE, box_element(5));
  cv::morphologyEx(joined, across, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {length, width}));
  cv::morphologyEx(joined, down, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {width, length}));
  cv::Mat bars = across | down;
  cv::dilate(bars, bars, box_element(9));
  return bars;
}

struct Piece {
  cv::Rect box;
  int label = 0;
  int area = 0;
  float tone = 0;
  int group = 0;
};

struct Pieces {
  cv::Mat labels;
  std::vector<Piece> list;
};

// Share of a piece's border that lies on something dark.
double dark_border_share(const cv::Mat& labels, const cv::Mat& dark, const Piece& piece) {
  int border = 0, on_dark = 0;
  for (int y = std::max(1, piece.box.y); y < std::min(labels.rows - 1, piece.box.y + piece.box.height); ++y) {
    for (int x = std::max(1, piece.box.x); x < std::min(labels.cols - 1, piece.box.x + piece.box.width); ++x) {
      if (labels.at<int>(y, x) != piece.label) continue;
      const bool is_border = labels.at<int>(y, x - 1) != piece.label || labels.at<int>(y, x + 1) != piece.label ||
                             labels.at<int>(y - 1, x) != piece.label || labels.at<int>(y + 1, x) != piece.label;
      if (!is_border) continue;
      ++border;
      on_dark += dark.at<uchar>(y, x) != 0 ? 1 : 0;
    }
  }
  return border > 0 ? static_cast<double>(on_dark) / border : 0;
}

// One tone all over, which is that of the ink itself and not what closing left of dense print.
bool is_even_tone(const PaleLayer& layer, const cv::Mat& labels, Piece& piece) {
  std::vector<float> tones, print;
  for (int y = piece.box.y; y < piece.box.y + piece.box.height; ++y) {
    const auto* label = labels.ptr<int>(y);
    const auto* darkness = layer.darkness.ptr<float>(y);
    const auto* fine = layer.fine.ptr<float>(y);
    for (int x = piece.box.x; x < piece.box.x + piece.box.width; ++x) {
      if (label[x] != piece.label) continue;
      tones.push_back(darkness[x]);
      print.push_back(fine[x] - darkness[x]);
    }
  }
  const float low = quantile(tones, 0.2);
  const float high = quantile(tones, 0.75);
  piece.tone = quantile(tones, 0.6);
  return high - low <= kLimits.tone_spread * piece.tone + 0.01 &&
         quantile(print, 0.6) - layer.closed_noise <= kLimits.print_over_tone * piece.tone + 0.01;
}

// A shaded cell or bar fills its upright box, print in it aside; a photograph is wider than any stroke.
bool is_shading(const cv::Mat& labels, const Piece& piece, double pixels_per_mm) {
  if (std::min(piece.box.width, piece.box.height) < kLimits.least_shading_mm * pixels_per_mm) return false;
  const cv::Mat own = labels(piece.box) == piece.label;
  cv::Mat framed;
  cv::copyMakeBorder(own, framed, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(framed, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
  double filled = 0;
  for (const auto& contour : contours) filled += cv::contourArea(contour);
  if (filled > kLimits.solid_share * piece.box.area()) return true;
  cv::Mat distance;
  cv::distanceTransform(framed, distance, cv::DIST_L2, 3);
  double radius = 0;
  cv::minMaxLoc(distance, nullptr, &radius);
  return 2 * radius > kLimits.widest_stroke_mm * pixels_per_mm;
}

// Strokes of one even pale tone that are neither shaded boxes nor parts of pictures.
Pieces pale_pieces(const PaleLayer& layer) {
  const auto palest =
      static_cast<float>(std::max<double>(kLimits.palest, kLimits.over_noise * paper_noise(layer.darkness)));
  cv::Mat pale = (layer.darkness > palest) & (layer.darkness < kLimits.darkest);
  cv::morphologyEx(pale, pale, cv::MORPH_OPEN, box_element(3));
  const cv::Mat bars = shaded_bars(pale, layer.pixels_per_mm);
  cv::Mat dark = layer.darkness >= kLimits.darkest;
  cv::dilate(dark, dark, box_element(7));
  Pieces pieces;
  cv::Mat statistics, centroids;
  const int count = cv::connectedComponentsWithStats(pale, pieces.labels, statistics, centroids, 8, CV_32S);
  const double least_area = kLimits.least_piece_mm2 * layer.pixels_per_mm * layer.pixels_per_mm;
  for (int i = 1; i < count; ++i) {
    Piece piece;
    piece.label = i;
    piece.area = statistics.at<int>(i, cv::CC_STAT_AREA);
    if (piece.area < least_area) continue;
    piece.box = {statistics.at<int>(i, cv::CC_STAT_LEFT), statistics.at<int>(i, cv::CC_STAT_TOP),
                 statistics.at<int>(i, cv::CC_STAT_WIDTH), statistics.at<int>(i, cv::CC_STAT_HEIGHT)};
    if (cv::countNonZero(bars(piece.box) & (pieces.labels(piece.box) == piece.label)) > 0) continue;
    if (!is_even_tone(layer, pieces.labels, piece)) continue;
    if (is_shading(pieces.labels, piece, layer.pixels_per_mm)) continue;
    if (dark_border_share(pieces.labels, dark, piece) > kLimits.dark_border) continue;
    pieces.list.push_back(piece);
  }
  return pieces;
}

int root_of(const std::vector<int>& parent, int i) {
  while (parent[static_cast<std::size_t>(i)] != i) i = parent[static_cast<std::size_t>(i)];
  return i;
}

// Pieces of like tone that lie close together are one watermark.
void group_pieces(std::vector<Piece>& pieces, double pixels_per_mm) {
  std::vector<int> parent(pieces.size());
  std::iota(parent.begin(), parent.end(), 0);
  const int joint = cvRound(kLimits.joint_mm * pixels_per_mm);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    for (std::size_t k = i + 1; k < pieces.size(); ++k) {
      const cv::Rect& a = pieces[i].box;
      const cv::Rect wide(a.x - joint, a.y - joint, a.width + 2 * joint, a.height + 2 * joint);
      const float difference = std::abs(pieces[i].tone - pieces[k].tone);
      if ((wide & pieces[k].box).area() == 0 ||
          difference > kLimits.like_tone * std::max(pieces[i].tone, pieces[k].tone)) {
        continue;
      }
      parent[static_cast<std::size_t>(root_of(parent, static_cast<int>(k)))] = root_of(parent, static_cast<int>(i));
    }
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) pieces[i].group = root_of(parent, static_cast<int>(i));
}

struct Watermark {
  cv::Rect box;
  double area = 0;
  float tone = 0;
  std::vector<int> labels;
};

// The pieces of one group as a watermark; without labels where they are no letters.
Watermark united_pieces(const std::vector<Piece>& pieces, std::size_t group, double pixels_per_mm) {
  Watermark mark;
  double tones = 0, large = 0;
  for (const Piece& piece : pieces) {
    if (piece.group != static_cast<int>(group)) continue;
    mark.box = mark.labels.empty() ? piece.box : (mark.box | piece.box);
    mark.area += piece.area;
    if (std::max(piece.box.width, piece.box.height) >= kLimits.large_piece_mm * pixels_per_mm) large += piece.area;
    tones += static_cast<double>(piece.tone) * piece.area;
    mark.labels.push_back(piece.label);
  }
  if (large < kLimits.large_share * mark.area || mark.area > kLimits.solid_share * mark.box.area()) mark.labels.clear();
  if (mark.area > 0) mark.tone = static_cast<float>(tones / mark.area);
  return mark;
}

bool is_watermark(const Watermark& mark, double pixels_per_mm) {
  return mark.area >= kLimits.least_area_mm2 * pixels_per_mm * pixels_per_mm &&
         std::max(mark.box.width, mark.box.height) >= kLimits.least_extent_mm * pixels_per_mm &&
         std::min(mark.box.width, mark.box.height) >= kLimits.large_piece_mm * pixels_per_mm;
}

// A letter cut off from the rest by print: of the same tone and near.
bool belongs_to(const Watermark& part, const Watermark& mark, double pixels_per_mm) {
  const int near = cvRound(kLimits.letter_gap_mm * pixels_per_mm);
  const cv::Rect wide(mark.box.x - near, mark.box.y - near, mark.box.width + 2 * near, mark.box.height + 2 * near);
  return (wide & part.box).area() > 0 && std::abs(part.tone - mark.tone) <= kLimits.like_tone * mark.tone &&
         part.area >= kLimits.least_letter_mm2 * pixels_per_mm * pixels_per_mm;
}

std::vector<Watermark> watermarks_of(const std::vector<Piece>& pieces, double pixels_per_mm) {
  std::vector<Watermark> found, parts;
  for (std::size_t group = 0; group < pieces.size(); ++group) {
    Watermark mark = united_pieces(pieces, group, pixels_per_mm);
    if (mark.labels.empty()) continue;
    (is_watermark(mark, pixels_per_mm) ? found : parts).push_back(std::move(mark));
  }
  for (const Watermark& part : parts) {
    const auto whole = std::find_if(found.begin(), found.end(),
                                    [&](const Watermark& mark) { return belongs_to(part, mark, pixels_per_mm); });
    if (whole == found.end()) continue;
    whole->box |= part.box;
    whole->labels.insert(whole->labels.end(), part.labels.begin(), part.labels.end());
  }
  return found;
}

// How much of its light each pixel has lost to the watermarks, 0..1, at the scale of the layer.
cv::Mat lost_light(const PaleLayer& layer, const cv::Mat& labels, const std::vector<Watermark>& marks) {
  double highest = 0;
  cv::minMaxLoc(labels, nullptr, &highest);
  std::vector<float> tone_of(static_cast<std::size_t>(highest) + 1, 0.0F);
  for (const Watermark& mark : marks) {
    for (const int label : mark.labels) tone_of[static_cast<std::size_t>(label)] = mark.tone;
  }
  cv::Mat lost = cv::Mat::zeros(labels.size(), CV_32F);
  for (int y = 0; y < labels.rows; ++y) {
    const auto* label = labels.ptr<int>(y);
    auto* out = lost.ptr<float>(y);
    for (int x = 0; x < labels.cols; ++x) out[x] = tone_of[static_cast<std::size_t>(label[x])];
  }
  // Closing and opening took up to a pixel from the strokes, reduction blurred their edges.
  cv::dilate(lost, lost, box_element(3));
  cv::Mat seen = cv::max(layer.darkness, 0.0);
  cv::dilate(seen, seen, box_element(3));
  return cv::min(lost, seen);
}

void lighten(cv::Mat& page, const PaleLayer& layer, const cv::Mat& lost, const cv::Rect& coarse) {
  const double step = 1 / layer.scale;
  const cv::Rect box = cv::Rect(cvRound(coarse.x * step), cvRound(coarse.y * step), cvRound(coarse.width * step),
                                cvRound(coarse.height * step)) &
                       cv::Rect(0, 0, page.cols, page.rows);
  if (box.area() == 0) return;
  cv::Mat share, paper;
  cv::resize(lost(coarse), share, box.size(), 0, 0, cv::INTER_LINEAR);
  cv::resize(layer.paper(coarse), paper, box.size(), 0, 0, cv::INTER_LINEAR);
  const int channels = page.channels();
  for (int y = 0; y < box.height; ++y) {
    auto* pixel = page.ptr<uchar>(box.y + y) + static_cast<std::ptrdiff_t>(box.x) * channels;
    const auto* lose = share.ptr<float>(y);
    const auto* bright = paper.ptr<float>(y);
    for (int x = 0; x < box.width; ++x, pixel += channels) {
      if (lose[x] < 0.01F) continue;
      for (int c = 0; c < channels; ++c) {
        const auto before = static_cast<float>(pixel[c]);
        pixel[c] = cv::saturate_cast<uchar>(std::min(before / (1 - lose[x]), std::max(before, bright[x])));
      }
    }
  }
}

}  // namespace

WatermarkSuppression suppress_watermark(const cv::Mat& flat, double dpi) {
  WatermarkSuppression result;
  result.without_watermark = flat;
  if (flat.empty() || flat.depth() != CV_8U || (flat.channels() != 1 && flat.channels() != 3)) return result;
  const PaleLayer layer = pale_layer(flat, dpi);
  Pieces pieces = pale_pieces(layer);
  group_pieces(pieces.list, layer.pixels_per_mm);
  const std::vector<Watermark> marks = watermarks_of(pieces.list, layer.pixels_per_mm);
  if (marks.empty()) return result;
  result.without_watermark = flat.clone();
  const cv::Mat lost = lost_light(layer, pieces.labels, marks);
  const double points = 72 / (dpi * layer.scale);
  for (const Watermark& mark : marks) {
    const cv::Rect box = cv::Rect(mark.box.x - 2, mark.box.y - 2, mark.box.width + 4, mark.box.height + 4) &
                         cv::Rect(0, 0, lost.cols, lost.rows);
    lighten(result.without_watermark, layer, lost, box);
    document::Region region;
    region.kind = document::RegionKind::kWatermark;
    region.bbox = {mark.box.x * points, mark.box.y * points, (mark.box.x + mark.box.width) * points,
                   (mark.box.y + mark.box.height) * points};
    region.confidence = std::clamp(0.6 + 0.05 * static_cast<double>(mark.labels.size()), 0.0, 0.95);
    result.watermarks.push_back(region);
  }
  return result;
}

}  // namespace medmark::image
