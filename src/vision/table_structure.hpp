// The cell grid of one table as the SLANet-plus model sees it; one witness among others.
//
// Immutable after creation, thread-safe. Fails as the session does.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "document/page_evidence.hpp"
#include "inference/session.hpp"

namespace medmark::vision {

inline constexpr const char* kTableWitness = "slanet-plus";

// A token of the model's answer with its box (corners x0 y0 .. x3 y3, as shares of the long side of the crop).
struct TableToken {
  std::string_view text;
  std::array<float, 8> corners{};
  double probability = 0;
};

// Cells of a token sequence ("<tr>", "<td></td>", "<td", " colspan=\"2\"", ">", ...), placed on the grid with their
// spans; boxes are shares of the crop's long side. Positions that no cell covers get an empty cell. Confidence is the
// mean token probability.
[[nodiscard]] document::TableHypothesis table_of_tokens(std::span<const TableToken> tokens);

class TableStructureReader {
 public:
  // Fails with `model_corrupt` where the model file carries no vocabulary.
  [[nodiscard]] static base::Result<TableStructureReader> create(std::shared_ptr<const inference::Session> session);

  // `crop`: 8-bit picture of the table with a little margin. Cell boxes are pixels of the crop. 50 to 280 ms by the
  // number of cells.
  [[nodiscard]] base::Result<document::TableHypothesis> read(const cv::Mat& crop) const;

 private:
  TableStructureReader(std::shared_ptr<const inference::Session> session, std::vector<std::string> vocabulary)
      : session_(std::move(session)), vocabulary_(std::move(vocabulary)) {}

  std::shared_ptr<const inference::Session> session_;
  std::vector<std::string> vocabulary_;  // begin, the tokens, end
};

}  // namespace medmark::vision
