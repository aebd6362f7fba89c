#include "image/ruling_trace.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "base/median.hpp"

namespace medmark::image {
namespace {

// Measured on drawn lines of 0.1 to 1.2 mm, solid, dotted and dashed, under the noise, blur and compression of scans
// and faxes at 150 to 300 DPI.
struct TraceLimits {
  double step_mm = 0.5;  // reduction along the line
  double thickest_mm = 1.4;
  double least_contrast = 8;  // over the noise
  double contrast_over_noise = 2.2;
  double widest_gap_mm = 2.2;  // followed over without seeing the line
  double drift = 1.3;          // pixels across from one sighting to the next
  double clear_mm = 0.7;       // of paper beside a line that stands clear
  double least_length_mm = 2.5;
  double fit_tolerance = 1.1;     // pixels off the fitted line, short lines
  double curl_tolerance = 0.012;  // and per pixel of length, up to
  double most_curl = 2.5;         // pixels
};
constexpr TraceLimits kLimits;

// What a step of the walk along a line adds to the sum by which its best stretch is found.
constexpr float kWorthClear = 1.0F;
constexpr float kWorthHalfClear = 0.4F;
constexpr float kWorthCrowded = -0.2F;
constexpr float kWorthHidden = -0.3F;
constexpr float kWorthMissing = -0.6F;

// A dark run across the walk.
struct Run {
  float first = 0;
  float last = 0;  // one past
  float middle = 0;
  float thickness = 0;
  float contrast = 0;
};

enum class Sighting { kMissing, kHidden, kSeen };

struct Sample {
  Sighting sighting = Sighting::kMissing;
  float middle = 0;
  float thickness = 0;
  float contrast = 0;
  bool is_clear_before = false;
  bool is_clear_behind = false;
};

struct Chain {
  int first_step = 0;
  int last_seen = 0;
  float middle = 0;  // where the next sighting is expected
  std::vector<Sample> samples;
};

// Rows are steps along the lines, columns are pixels across them.
cv::Mat walk_plane(const cv::Mat& grey, int step, RulingDirection direction) {
  cv::Mat plane;
  if (direction == RulingDirection::kVertical) {
    cv::resize(grey, plane, {grey.cols, std::max(1, grey.rows / step)}, 0, 0, cv::INTER_AREA);
    return plane;
  }
  cv::Mat reduced;
  cv::resize(grey, reduced, {std::max(1, grey.cols / step), grey.rows}, 0, 0, cv::INTER_AREA);
  cv::transpose(reduced, plane);
  return plane;
}

double median_of(const cv::Mat& values) {
  std::array<int, 256> histogram{};
  int count = 0;
  for (int y = 0; y < values.rows; y += 3) {
    const auto* row = values.ptr<uchar>(y);
    for (int x = 0; x < values.cols; x += 2) ++histogram[row[x]];
    count += (values.cols + 1) / 2;
  }
  int seen = 0;
  for (std::size_t v = 0; v < histogram.size(); ++v) {
    seen += histogram[v];
    if (2 * seen >= count) return static_cast<double>(v);
  }
  return 0;
}

void find_runs(const uchar* depth, int width, int threshold, std::vector<Run>& runs) {
  runs.clear();
  for (int x = 0; x < width; ++x) {
    if (depth[x] <= threshold) continue;
    Run run;
    run.first = static_cast<float>(x);
    int sum = 0, peak = 0;
    double moment = 0;
    for (; x < width && depth[x] > threshold; ++x) {
      sum += depth[x];
      moment += depth[x] * (x + 0.5);
      peak = std::max<int>(peak, depth[x]);
    }
    run.last = static_cast<float>(x);
    run.middle = static_cast<float>(moment / sum);
    run.thickness = static_cast<float>(sum) / static_cast<float>(peak);
    run.contrast = static_cast<float>(peak);
    runs.push_back(run);
  }
}

class Walk {
 public:
  Walk(const cv::Mat& plane, double dpi, int step) : plane_(plane), pixels_per_mm_(dpi / 25.4), step_(step) {}

  std::vector<Chain> follow() {
    const int side = 2 * cvRound(kLimits.thickest_mm * pixels_per_mm_ / 2) + 3;
    cv::Mat depth;
    cv::morphologyEx(plane_, depth, cv::MORPH_BLACKHAT, cv::getStructuringElement(cv::MORPH_RECT, {side, 1}));
    const int threshold = cvRound(kLimits.least_contrast + kLimits.contrast_over_noise * median_of(depth));
    std::vector<Run> runs;
    for (int y = 0; y < plane_.rows; ++y) {
      find_runs(depth.ptr<uchar>(y), depth.cols, threshold, runs);
      advance(y, runs);
    }
    for (Chain& chain : open_) finish(chain);
    return std::move(done_);
  }

 private:
  [[nodiscard]] bool is_clear(int y, double from, double to, float limit) const {
    const int first = std::max(0, static_cast<int>(std::floor(from)));
    const int last = std::min(plane_.cols - 1, static_cast<int>(std::ceil(to)) - 1);
    const auto* row = plane_.ptr<uchar>(y);
    for (int x = first; x <= last; ++x) {
      if (static_cast<float>(row[x]) < limit) return false;
    }
    return true;
  }

  [[nodiscard]] Sample sample_of(int y, const Run& run) const {
    const auto* row = plane_.ptr<uchar>(y);
    const int middle = std::clamp(static_cast<int>(run.middle), 0, plane_.cols - 1);
    const float limit = static_cast<float>(row[middle]) + 0.55F * run.contrast;
    const double clear = kLimits.clear_mm * pixels_per_mm_;
    Sample sample;
    sample.sighting = Sighting::kSeen;
    sample.middle = run.middle;
    sample.thickness = run.thickness;
    sample.contrast = run.contrast;
    sample.is_clear_before = is_clear(y, run.first - 1 - clear, run.first - 1, limit);
    sample.is_clear_behind = is_clear(y, run.last + 1, run.last + 1 + clear, limit);
    return sample;
  }

  void finish(Chain& chain) {
    chain.samples.resize(static_cast<std::size_t>(chain.last_seen - chain.first_step + 1));
    if (static_cast<double>(chain.samples.size()) * step_ >= kLimits.least_length_mm * pixels_per_mm_) {
      done_.push_back(std::move(chain));
    }
  }

  // The run that goes on with a chain: nearest first, a blot over its path otherwise.
  [[nodiscard]] std::pair<std::ptrdiff_t, Sighting> continuation(const Chain& chain,
                                                                 const std::vector<Run>& runs) const {
    const auto thickest = static_cast<float>(kLimits.thickest_mm * pixels_per_mm_ + 1);
    std::ptrdiff_t best = -1;
    auto nearest = static_cast<float>(kLimits.drift);
    Sighting sighting = Sighting::kMissing;
    auto run = std::lower_bound(runs.begin(), runs.end(), chain.middle - 2,
                                [](const Run& r, float position) { return r.last < position; });
    for (; run != runs.end() && run->first <= chain.middle + 2; ++run) {
      const float distance = std::abs(run->middle - chain.middle);
      if (run->last - run->first <= thickest && distance <= nearest) {
        nearest = distance;
        best = run - runs.begin();
        sighting = Sighting::kSeen;
      } else if (sighting == Sighting::kMissing && run->first <= chain.middle + 1 && run->last >= chain.middle - 1) {
        best = run - runs.begin();
        sighting = Sighting::kHidden;
      }
    }
    return {best, sighting};
  }

  void advance(int y, const std::vector<Run>& runs) {
    const int widest_gap = static_cast<int>(std::ceil(kLimits.widest_gap_mm * pixels_per_mm_ / step_));
    used_.assign(runs.size(), 0);
    std::vector<Chain> next;
    next.reserve(open_.size() + runs.size());
    for (Chain& chain : open_) {
      const auto [index, sighting] = continuation(chain, runs);
      Sample sample;
      if (sighting == Sighting::kSeen && used_[static_cast<std::size_t>(index)] == 0) {
        sample = sample_of(y, runs[static_cast<std::size_t>(index)]);
        used_[static_cast<std::size_t>(index)] = 1;
        chain.middle += 0.35F * (sample.middle - chain.middle);
        chain.last_seen = y;
      } else {
        sample.sighting = sighting == Sighting::kMissing ? Sighting::kMissing : Sighting::kHidden;
      }
      chain.samples.push_back(sample);
      if (y - chain.last_seen > widest_gap) {
        finish(chain);
      } else {
        next.push_back(std::move(chain));
      }
    }
    const auto thickest = static_cast<float>(kLimits.thickest_mm * pixels_per_mm_ + 1);
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (used_[i] != 0 || runs[i].last - runs[i].first > thickest) continue;
      Chain chain;
      chain.first_step = y;
      chain.last_seen = y;
      chain.middle = runs[i].middle;
      chain.samples.push_back(sample_of(y, runs[i]));
      next.push_back(std::move(chain));
    }
    // Longer chains choose first, so that strokes touching a line do not take it over.
    std::stable_sort(next.begin(), next.end(),
                     [](const Chain& a, const Chain& b) { return a.first_step < b.first_step; });
    open_ = std::move(next);
  }

  const cv::Mat& plane_;
  double pixels_per_mm_;
  int step_;
  std::vector<Chain> open_;
  std::vector<Chain> done_;
  std::vector<char> used_;
};

float worth(const Sample& sample) {
  if (sample.sighting == Sighting::kMissing) return kWorthMissing;
  if (sample.sighting == Sighting::kHidden) return kWorthHidden;
  if (sample.is_clear_before && sample.is_clear_behind) return kWorthClear;
  return sample.is_clear_before || sample.is_clear_behind ? kWorthHalfClear : kWorthCrowded;
}

// The stretch [first, last] of samples with the largest sum of worth.
std::pair<std::size_t, std::size_t> best_stretch(const std::vector<Sample>& samples) {
  std::pair<std::size_t, std::size_t> best{0, 0};
  float best_sum = -1, sum = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (sum <= 0) {
      sum = 0;
      begin = i;
    }
    sum += worth(samples[i]);
    if (sum > best_sum) {
      best_sum = sum;
      best = {begin, i};
    }
  }
  return best;
}

struct StraightLine {
  double offset = 0;
  double slope = 0;
};

// Least squares over the seen samples that `keep` admits.
StraightLine fit(const std::vector<Sample>& samples, std::size_t first, std::size_t last,
                 const std::vector<char>& keep) {
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (std::size_t i = first; i <= last; ++i) {
    if (keep[i] == 0) continue;
    const auto x = static_cast<double>(i);
    n += 1;
    sx += x;
    sy += samples[i].middle;
    sxx += x * x;
    sxy += x * samples[i].middle;
  }
  const double spread = n * sxx - sx * sx;
  if (n < 1) return {};
  if (spread < 1e-9) return {sy / n, 0};
  const double slope = (n * sxy - sx * sy) / spread;
  return {(sy - slope * sx) / n, slope};
}

bool measure(const Chain& chain, int step, RulingTrace& trace) {
  const auto& samples = chain.samples;
  const auto [first, last] = best_stretch(samples);
  std::vector<char> keep(samples.size(), 0);
  for (std::size_t i = first; i <= last; ++i) keep[i] = samples[i].sighting == Sighting::kSeen ? 1 : 0;
  const double length = static_cast<double>(last - first + 1) * step;
  const double tolerance = kLimits.fit_tolerance + std::min(kLimits.most_curl, kLimits.curl_tolerance * length / 2);
  StraightLine line;
  for (int round = 0; round < 3; ++round) {
    line = fit(samples, first, last, keep);
    for (std::size_t i = first; i <= last; ++i) {
      const double off = samples[i].middle - (line.offset + line.slope * static_cast<double>(i));
      keep[i] = samples[i].sighting == Sighting::kSeen && std::abs(off) <= tolerance ? 1 : 0;
    }
  }
  std::vector<float> thickness, contrast;
  double both = 0, either = 0;
  for (std::size_t i = first; i <= last; ++i) {
    if (keep[i] == 0) continue;
    thickness.push_back(samples[i].thickness);
    contrast.push_back(samples[i].contrast);
    both += samples[i].is_clear_before && samples[i].is_clear_behind ? 1 : 0;
    either += samples[i].is_clear_before || samples[i].is_clear_behind ? 1 : 0;
  }
  if (thickness.empty()) return false;
  const auto seen = static_cast<double>(thickness.size());
  trace.begin = static_cast<double>(chain.first_step + static_cast<int>(first)) * step;
  trace.end = static_cast<double>(chain.first_step + static_cast<int>(last) + 1) * step;
  trace.position = line.offset + line.slope * (static_cast<double>(first) - 0.5);
  trace.slope = line.slope / step;
  trace.thickness = base::median(thickness);
  trace.contrast = base::median(contrast);
  trace.coverage = seen / static_cast<double>(last - first + 1);
  trace.clear_both = both / seen;
  trace.clear_either = either / seen;
  return true;
}

}  // namespace

std::vector<RulingTrace> trace_rulings(const cv::Mat& grey, double dpi, RulingDirection direction) {
  const double pixels_per_mm = dpi / 25.4;
  const int step = std::max(1, cvRound(kLimits.step_mm * pixels_per_mm));
  const cv::Mat plane = walk_plane(grey, step, direction);
  std::vector<RulingTrace> traces;
  for (const Chain& chain : Walk(plane, dpi, step).follow()) {
    RulingTrace trace;
    if (measure(chain, step, trace) && trace.length() >= kLimits.least_length_mm * pixels_per_mm)
      traces.push_back(trace);
  }
  return traces;
}

}  // namespace medmark::image
