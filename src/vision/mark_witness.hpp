// What the marks network (training/marks) sees in places of the page's lines: arrows, stars, signs, raised and lowered
// characters, or print that is none of these.
//
// A witness: it names what ink looks like, knows no text, and writes nothing itself (mark_testimony does). Immutable,
// thread-safe. Fails as the session does; `create` with `model_corrupt` where the model names no signs.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "inference/session.hpp"
#include "vision/mark_cells.hpp"

namespace medmark::vision {

struct MarkQuestion {
  cv::Mat strip;  // BGR, kStripHeight rows (shared, not copied)
  cv::Rect box;   // the ink that is asked about, in the strip
};

class MarkWitness {
 public:
  [[nodiscard]] static base::Result<MarkWitness> create(std::shared_ptr<const inference::Session> session);

  // Beside each question the signs in its box, from left to right; none where the network sees nothing.
  [[nodiscard]] base::Result<std::vector<std::vector<SeenMark>>> look(std::span<const MarkQuestion> questions) const;

 private:
  MarkWitness(std::shared_ptr<const inference::Session> session, std::u32string signs)
      : session_(std::move(session)), signs_(std::move(signs)) {}

  std::shared_ptr<const inference::Session> session_;
  std::u32string signs_;
};

}  // namespace medmark::vision
