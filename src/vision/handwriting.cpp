#include "vision/handwriting.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "vision/pen_ink.hpp"
#include "vision/pen_judge.hpp"
#include "vision/pen_shape.hpp"

namespace medmark::vision {
namespace {

struct WritingLimits {
  int most_groups = 60;  // a page with more is printed in colour or holds pictures: then nothing is looked at
  std::size_t most_read = 24;
  int margin = 3;             // reduced pixels around a group that is read
  double word_gap = 0.9;      // em between letters of one note
  double least_text = 0.6;    // confidence from which a reading is worth showing
  double most_sure = 0.85;    // handwriting is never sure enough to go unchecked
  double sure_of_mark = 0.7;  // that a ring, a strike, a tick or a scribble is one
  double tile = 0.25;         // em: the grain in which touched print is named
  std::size_t seal_like = 6;  // groups of one ink in a square ...
  double seal_side = 16;      // ... of this many em are a seal that was not seen as one
};
constexpr WritingLimits kLimits;

struct Candidate {
  InkGroup group;
  StrokeShape shape = {};
  PenMark mark = PenMark::kNone;
  RowFit fit = {};
  WordReading reading = {};
};

base::Rect points_of(const cv::Rect& box, const PageInk& page, double dpi) {
  const double points = 72 / (dpi * page.scale);
  return {box.x * points, box.y * points, box.br().x * points, box.br().y * points};
}

bool stands_in(const base::Rect& box, std::span<const document::Region> known) {
  return std::any_of(known.begin(), known.end(), [&](const document::Region& region) {
    const base::Rect common = base::intersection(region.bbox, box);
    return !common.empty() && common.width() * common.height() > 0.3 * box.width() * box.height();
  });
}

int strongest_channel(const InkGroup& group) {
  return static_cast<int>(std::max_element(group.colour.val, group.colour.val + 3) - group.colour.val);
}

// Letters of a seal whose outline was not found stand close together in one ink.
bool stands_in_crowd(const std::vector<Candidate>& all, const Candidate& one, double em) {
  const cv::Point middle = (one.group.box.tl() + one.group.box.br()) / 2;
  const double reach = kLimits.seal_side * em / 2;
  const auto near = std::count_if(all.begin(), all.end(), [&](const Candidate& other) {
    const cv::Point there = (other.group.box.tl() + other.group.box.br()) / 2;
    return strongest_channel(other.group) == strongest_channel(one.group) && std::abs(there.x - middle.x) < reach &&
           std::abs(there.y - middle.y) < reach;
  });
  return static_cast<std::size_t>(near) >= kLimits.seal_like;
}

bool are_one_note(const Candidate& a, const Candidate& b, double em) {
  if (a.mark == PenMark::kRing || a.mark == PenMark::kStrike || b.mark == PenMark::kRing ||
      b.mark == PenMark::kStrike) {
    return false;
  }
  if (strongest_channel(a.group) != strongest_channel(b.group)) return false;
  const cv::Rect& p = a.group.box;
  const cv::Rect& q = b.group.box;
  const int across = std::max(p.x, q.x) - std::min(p.br().x, q.br().x);
  const int common = std::min(p.br().y, q.br().y) - std::max(p.y, q.y);
  return across < kLimits.word_gap * em && common > 0.4 * std::min(p.height, q.height);
}

// Groups close to each other in one row become one note. A group that could not be told alone is one of it.
void join_notes(std::vector<Candidate>& all, double em) {
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size();) {
        const bool is_any = all[i].mark != PenMark::kNone || all[j].mark != PenMark::kNone;
        if (!is_any || !are_one_note(all[i], all[j], em)) {
          ++j;
          continue;
        }
        all[i].group = united(all[i].group, all[j].group);
        all[i].mark = PenMark::kWords;
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(j));
        has_changed = true;
      }
    }
  }
}

void add_touched(const PageInk& page, const cv::Mat& black, const InkGroup& group, double dpi,
                 std::vector<base::Rect>& touched) {
  const int side = std::max(2, static_cast<int>(std::lround(kLimits.tile * page.em)));
  for (int y = 0; y < group.box.height; y += side) {
    for (int x = 0; x < group.box.width; x += side) {
      const cv::Rect tile = cv::Rect(x, y, side, side) & cv::Rect(0, 0, group.box.width, group.box.height);
      if (cv::countNonZero(group.mask(tile)) == 0) continue;
      const cv::Rect around =
          cv::Rect(group.box.x + tile.x - 1, group.box.y + tile.y - 1, tile.width + 2, tile.height + 2) &
          cv::Rect(0, 0, black.cols, black.rows);
      if (cv::countNonZero(black(around)) > 0) touched.push_back(points_of(around, page, dpi));
    }
  }
}

document::Region region_of(const Candidate& candidate, const PageInk& page, double dpi) {
  document::Region region;
  region.kind = document::RegionKind::kHandwriting;
  region.bbox = points_of(candidate.group.box, page, dpi);
  const bool has_text = candidate.mark == PenMark::kWords && candidate.reading.confidence >= kLimits.least_text;
  if (has_text) region.text = candidate.reading.text;
  region.confidence = has_text ? std::min(candidate.reading.confidence, kLimits.most_sure) : kLimits.sure_of_mark;
  return region;
}

class Separator {
 public:
  Separator(const cv::Mat& flat, double dpi, const ReadWord& read)
      : flat_(flat), dpi_(dpi), read_(read), page_(measure_page_ink(flat)) {}

  base::Result<HandwritingSeparation> run(std::span<const document::Region> known) {
    HandwritingSeparation result;
    result.without = flat_;
    std::vector<InkGroup> groups = coloured_groups(page_);
    if (groups.empty() || groups.size() > static_cast<std::size_t>(kLimits.most_groups)) return result;
    black_ = black_ink(page_);
    for (InkGroup& group : groups) {
      if (!has_size_of_writing(page_, group) || stands_in(points_of(group.box, page_, dpi_), known)) continue;
      candidates_.push_back({.group = std::move(group)});
    }
    const std::vector<Candidate> all = candidates_;
    std::erase_if(candidates_, [&](const Candidate& one) { return stands_in_crowd(all, one, page_.em); });
    if (auto judged = judge(); !judged) return tl::unexpected(judged.error());
    judge_by_company();
    join_notes(candidates_, page_.em);
    std::erase_if(candidates_, [](const Candidate& one) { return one.mark == PenMark::kNone; });
    if (candidates_.empty()) return result;
    if (auto named = read_notes(); !named) return tl::unexpected(named.error());
    result.without = flat_.clone();
    for (const Candidate& candidate : candidates_) {
      take_ink_away(result.without, page_, {candidate.group});
      result.handwriting.push_back(region_of(candidate, page_, dpi_));
      add_touched(page_, black_, candidate.group, dpi_, result.touched);
    }
    return result;
  }

 private:
  base::Result<void> judge() {
    std::size_t read_count = 0;
    for (Candidate& candidate : candidates_) {
      const cv::Mat alone = ink_alone(flat_, page_, candidate.group, kLimits.margin);
      candidate.shape = shape_of_strokes(alone);
      candidate.mark = mark_by_form(page_, black_, candidate.group, candidate.shape);
      if (candidate.mark != PenMark::kNone || read_count >= kLimits.most_read) continue;
      ++read_count;
      auto reading = read_(alone);
      if (!reading) return tl::unexpected(reading.error());
      candidate.reading = std::move(*reading);
      candidate.fit = fit_to_row(page_, black_, candidate.group);
      candidate.mark =
          mark_by_reading(page_, candidate.group, candidate.shape, candidate.fit, candidate.reading.confidence);
    }
    return {};
  }

  // What a pen wrote speaks for what else stands there in its ink.
  void judge_by_company() {
    std::vector<InkGroup> known;
    for (const Candidate& candidate : candidates_) {
      if (candidate.mark != PenMark::kNone) known.push_back(candidate.group);
    }
    for (Candidate& candidate : candidates_) {
      const bool has_company = std::any_of(known.begin(), known.end(),
                                           [&](const InkGroup& group) { return are_same_ink(group, candidate.group); });
      if (candidate.mark != PenMark::kNone || !has_company) continue;
      candidate.mark =
          mark_by_company(page_, black_, candidate.group, candidate.shape, candidate.fit, candidate.reading.confidence);
    }
  }

  base::Result<void> read_notes() {
    for (Candidate& candidate : candidates_) {
      if (candidate.mark != PenMark::kWords) continue;
      auto reading = read_(ink_alone(flat_, page_, candidate.group, kLimits.margin));
      if (!reading) return tl::unexpected(reading.error());
      candidate.reading = std::move(*reading);
    }
    return {};
  }

  const cv::Mat& flat_;
  double dpi_;
  const ReadWord& read_;
  PageInk page_;
  cv::Mat black_;
  std::vector<Candidate> candidates_;
};

}  // namespace

base::Result<HandwritingSeparation> separate_handwriting(const cv::Mat& flat_bgr, double dpi,
                                                         std::span<const document::Region> known,
                                                         const ReadWord& read) {
  if (flat_bgr.empty() || flat_bgr.type() != CV_8UC3) return HandwritingSeparation{flat_bgr, {}, {}};
  return Separator(flat_bgr, dpi, read).run(known);
}

}  // namespace medmark::vision
