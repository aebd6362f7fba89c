// Bands that stand half a line apart and beside each other: the lines of a wrapped cell, and what is set at their
// middle.
//
//   凝血酶原时间                   46.5 mmol/L
//                 85      Lac     [0.5-1.6]
//   活动度
//
// For a search that asks whether a band has cells beside each other, such bands are one. Points of the flat page. Pure
// functions, thread-safe.
#pragma once

#include <span>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/tables/page_words.hpp"

namespace medmark::structure {

struct StaggerThresholds {
  double farthest = 0.95;      // em between the middles: half of the distance of lines is 0.55 to 0.9, a whole one 1.1
  std::size_t most_bands = 7;  // a name of four lines beside a value of three; more are two columns of running text
  double prose_share = 0.3;    // of the page's width: an entry as wide ...
  std::size_t prose_length = 16;  // ... and with as many characters is running text
};

// The bands from the top, staggered ones joined into one whose `levels` tell its lines apart.
[[nodiscard]] std::vector<Band> joined_staggered(const document::PageEvidence& page, std::span<const Word> words,
                                                 std::vector<Band> bands, const StaggerThresholds& thresholds = {});

// Number of bands that were joined into the band.
[[nodiscard]] std::size_t level_count(const Band& band);

}  // namespace medmark::structure
