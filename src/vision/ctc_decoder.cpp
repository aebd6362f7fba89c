#include "vision/ctc_decoder.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace medmark::vision {
namespace {

bool is_read_in(Language language, char32_t code) {
  return language != Language::kEnglish || !base::is_full_width(code);
}

// The largest of `values` and where it stands first. Two passes, so that the first one runs in vector registers.
std::pair<std::size_t, float> largest(std::span<const float> values) {
  constexpr std::size_t kLanes = 32;
  std::array<float, kLanes> lanes;
  lanes.fill(-1);
  std::size_t i = 0;
  for (; i + kLanes <= values.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) lanes[lane] = std::max(lanes[lane], values[i + lane]);
  }
  float best = *std::max_element(lanes.begin(), lanes.end());
  for (; i < values.size(); ++i) best = std::max(best, values[i]);
  const auto at = std::find(values.begin(), values.end(), best);
  return {static_cast<std::size_t>(at - values.begin()), best};
}

}  // namespace

Alphabet::Alphabet(std::string_view dictionary) {
  codes_.push_back(0);
  while (!dictionary.empty()) {
    const std::size_t end = dictionary.find('\n');
    const std::u32string entry = base::decode_utf8(dictionary.substr(0, end));
    codes_.push_back(entry.empty() ? U' ' : entry.front());
    dictionary = end == std::string_view::npos ? std::string_view{} : dictionary.substr(end + 1);
  }
  codes_.push_back(U' ');
}

Alphabet::Alphabet(std::string_view dictionary, Language language) : Alphabet(dictionary) {
  allow(0);
  for (std::size_t i = 1; i < codes_.size(); ++i) {
    if (is_read_in(language, codes_[i])) allow(i);
  }
}

Alphabet::Alphabet(std::string_view dictionary, std::u32string_view allowed) : Alphabet(dictionary) {
  allow(0);
  for (std::size_t i = 1; i < codes_.size(); ++i) {
    if (allowed.find(codes_[i]) != std::u32string_view::npos) allow(i);
  }
}

void Alphabet::allow(std::size_t class_index) {
  if (allowed_.empty() || allowed_.back().second != class_index) allowed_.emplace_back(class_index, class_index);
  allowed_.back().second = class_index + 1;
}

std::size_t Alphabet::class_of(char32_t code) const {
  const auto found = std::find(codes_.begin() + 1, codes_.end(), code);
  return found == codes_.end() ? 0 : static_cast<std::size_t>(found - codes_.begin());
}

std::vector<DecodedCharacter> decode_greedily(std::span<const float> probabilities, std::size_t step_count,
                                              const Alphabet& alphabet) {
  const std::size_t classes = alphabet.class_count();
  std::vector<DecodedCharacter> characters;
  std::size_t previous = 0;
  for (std::size_t step = 0; step < step_count; ++step) {
    const std::span<const float> row = probabilities.subspan(step * classes, classes);
    std::size_t chosen = 0;
    float best = -1;
    for (const auto& [begin, end] : alphabet.allowed()) {
      const auto [offset, value] = largest(row.subspan(begin, end - begin));
      if (value > best) {
        best = value;
        chosen = begin + offset;
      }
    }
    if (chosen != 0 && chosen == previous) {
      DecodedCharacter& character = characters.back();
      character.last = step;
      if (best > character.confidence) {
        character.confidence = best;
        character.step = step;
      }
    } else if (chosen != 0) {
      characters.push_back({alphabet.code(chosen), best, step, step, step});
    }
    previous = chosen;
  }
  return characters;
}

}  // namespace medmark::vision
