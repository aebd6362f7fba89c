#include "clinical/text/rewrite.hpp"

#include <algorithm>

namespace medmark::clinical {

std::vector<Replacement> ordered(std::vector<Replacement> replacements) {
  std::stable_sort(replacements.begin(), replacements.end(), [](const Replacement& a, const Replacement& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<Replacement> out;
  for (Replacement& replacement : replacements) {
    if (!out.empty() && replacement.begin < out.back().end) {
      out.back().end = std::max(out.back().end, replacement.end);
    } else if (replacement.begin < replacement.end) {
      out.push_back(std::move(replacement));
    }
  }
  return out;
}

std::string replaced(std::string_view text, const std::vector<Replacement>& replacements) {
  std::string out;
  std::size_t from = 0;
  for (const Replacement& replacement : replacements) {
    out += text.substr(from, replacement.begin - from);
    out += replacement.text;
    from = replacement.end;
  }
  out += text.substr(from);
  return out;
}

std::size_t moved(std::size_t offset, const std::vector<Replacement>& replacements) {
  std::size_t place = offset;
  for (const Replacement& replacement : replacements) {
    if (offset >= replacement.end) {
      place = place - (replacement.end - replacement.begin) + replacement.text.size();
    } else if (offset > replacement.begin) {
      place -= offset - replacement.begin;
    }
  }
  return place;
}

void rewrite(std::string& text, std::vector<document::TextRun>& runs, const std::vector<Replacement>& replacements) {
  if (replacements.empty()) return;
  for (document::TextRun& run : runs) {
    const bool touched = std::any_of(replacements.begin(), replacements.end(), [&](const Replacement& replacement) {
      return replacement.begin < run.end && replacement.end > run.begin;
    });
    if (touched) {
      run.character_edges.clear();
      run.character_confidences.clear();
    }
    run.begin = moved(run.begin, replacements);
    run.end = std::max(run.begin, moved(run.end, replacements));
  }
  text = replaced(text, replacements);
}

}  // namespace medmark::clinical
