// The head of a table: how many of its bands it takes, and which columns each of its entries stands over.
//
// Points of the flat page. Pure functions and values, thread-safe.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/tables/ruled_grid.hpp"
#include "structure/tables/text_columns.hpp"
#include "structure/tables/text_rows.hpp"

namespace medmark::structure {

// Number of bands above the body. `header_rule` is the y of a line below the head.
[[nodiscard]] std::size_t header_bands(const document::PageEvidence& page, const std::vector<PlacedBand>& bands,
                                       std::optional<double> header_rule);

// Whether an entry of the band is a value.
[[nodiscard]] bool has_numbers(const document::PageEvidence& page, const PlacedBand& band);

// Rows of the header: one, however many lines it has, or two where a header spans columns that have headers of their
// own. Gives entries of an upper level the columns they stand over; refers to `bands`, which must outlive it.
class HeaderLayout {
 public:
  HeaderLayout(const document::PageEvidence& page, std::vector<PlacedBand>& bands, std::size_t count,
               std::span<const TextColumn> columns);

  [[nodiscard]] int rows() const { return split_ ? 2 : (count_ > 0 ? 1 : 0); }
  [[nodiscard]] GridCell place(const PlacedBand& band, const PlacedEntry& entry) const;

 private:
  void find_levels();
  [[nodiscard]] bool headed_below(std::size_t i, const PlacedEntry& span) const;

  std::vector<PlacedBand>& bands_;
  std::size_t count_;
  std::vector<const PlacedEntry*> spans_;
  std::optional<double> split_;
};

}  // namespace medmark::structure
