// The alphabet of the text recognition model, and how its output becomes characters (CTC, greedy).
//
// Values and pure functions, thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace medmark::vision {

// What --ocr_lang asks for: kChinese and kMixed read everything the model knows; kEnglish reads no full-width
// characters.
enum class Language { kChinese, kEnglish, kMixed };

// Class 0 of the model is the blank, class i is entry i-1 of its dictionary, the last one is the space.
class Alphabet {
 public:
  // `dictionary`: the model's `character` metadata, one entry a line.
  Alphabet(std::string_view dictionary, Language language);
  // Only the characters of `allowed` and the blank may be chosen.
  Alphabet(std::string_view dictionary, std::u32string_view allowed);

  [[nodiscard]] std::size_t class_count() const { return codes_.size(); }
  [[nodiscard]] char32_t code(std::size_t class_index) const { return codes_[class_index]; }
  // The class of a character; 0 (the blank) where the model does not know it.
  [[nodiscard]] std::size_t class_of(char32_t code) const;
  // Ranges [begin, end) of classes that may be chosen, ascending.
  [[nodiscard]] std::span<const std::pair<std::size_t, std::size_t>> allowed() const { return allowed_; }

 private:
  explicit Alphabet(std::string_view dictionary);
  void allow(std::size_t class_index);

  std::vector<char32_t> codes_;
  std::vector<std::pair<std::size_t, std::size_t>> allowed_;
};

struct DecodedCharacter {
  char32_t code = 0;
  double confidence = 0;  // the largest probability over its steps
  std::size_t step = 0;   // where that stands
  std::size_t first = 0;  // the run of steps that chose it, [first, last]
  std::size_t last = 0;
};

// `probabilities`: step_count rows of class_count() softmax values.
[[nodiscard]] std::vector<DecodedCharacter> decode_greedily(std::span<const float> probabilities,
                                                            std::size_t step_count, const Alphabet& alphabet);

}  // namespace medmark::vision
