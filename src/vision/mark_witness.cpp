#include "vision/mark_witness.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "base/text.hpp"
#include "vision/tensor_input.hpp"
#include "vision/text_strip.hpp"

namespace medmark::vision {
namespace {

// A window around the box: the line on both sides tells where its print stands. Wider ones cost more and say no more.
constexpr int kWindow = 128;
constexpr std::size_t kBatch = 16;
// Of a sign's width and height left out at each side, as the network was trained: rims count as nothing.
constexpr double kCore = 0.22;

// Columns of the strip that the window shows: the box in its middle, where the strip is as wide as that.
Span window_of(const MarkQuestion& question) {
  const int middle = question.box.x + question.box.width / 2;
  const int begin = std::clamp(middle - kWindow / 2, 0, std::max(0, question.strip.cols - kWindow));
  return {begin, std::min(begin + kWindow, question.strip.cols)};
}

cv::Rect2d core_of(const cv::Rect& box, int shift) {
  // Of a box of several signs only the outer rims go, each no wider than one sign's.
  const double across = kCore * std::min(box.width, box.height);
  const double down = kCore * box.height;
  return {box.x - shift + across, box.y + down, box.width - 2 * across, box.height - 2 * down};
}

}  // namespace

base::Result<MarkWitness> MarkWitness::create(std::shared_ptr<const inference::Session> session) {
  const std::optional<std::string> metadata = session->metadata("signs");
  std::u32string signs = metadata ? base::decode_utf8(*metadata) : std::u32string{};
  if (signs.size() < 3) return base::fail(base::ErrorCode::kModelCorrupt, "The marks model names no signs.");
  return MarkWitness(std::move(session), std::move(signs));
}

base::Result<std::vector<std::vector<SeenMark>>> MarkWitness::look(std::span<const MarkQuestion> questions) const {
  constexpr std::size_t kPlane = static_cast<std::size_t>(kStripHeight) * kWindow;
  std::vector<std::vector<SeenMark>> answers;
  for (std::size_t first = 0; first < questions.size(); first += kBatch) {
    const std::span<const MarkQuestion> batch = questions.subspan(first, std::min(kBatch, questions.size() - first));
    std::vector<float> values(batch.size() * kPlane, 0.0F);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const Span columns = window_of(batch[i]);
      cv::Mat grey;
      cv::cvtColor(batch[i].strip.colRange(columns.begin, columns.end), grey, cv::COLOR_BGR2GRAY);
      write_ink(grey, kWindow, 0, std::span(values).subspan(i * kPlane, kPlane));
    }
    auto outputs = session_->run({values, {static_cast<std::int64_t>(batch.size()), 1, kStripHeight, kWindow}});
    if (!outputs) return tl::unexpected(outputs.error());
    const inference::Tensor& cells = outputs->front();
    if (cells.shape.size() != 4 || cells.shape[0] != static_cast<std::int64_t>(batch.size()) ||
        cells.shape[3] != static_cast<std::int64_t>(signs_.size())) {
      return base::fail(base::ErrorCode::kInternal, "The marks model answered in an unknown shape.");
    }
    const auto rows = static_cast<std::size_t>(cells.shape[1]);
    const auto columns = static_cast<std::size_t>(cells.shape[2]);
    const std::size_t length = rows * columns * signs_.size();
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const MarkCells strip{cells.values.subspan(i * length, length), rows, columns, signs_};
      answers.push_back(marks_in(strip, core_of(batch[i].box, window_of(batch[i]).begin)));
    }
  }
  return answers;
}

}  // namespace medmark::vision
