// What a strip of text says: PP-OCRv6 recognition, character by character with places and confidences.
//
// Immutable after creation, thread-safe. Fails as the session does.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "inference/session.hpp"
#include "vision/ctc_decoder.hpp"
#include "vision/text_strip.hpp"

namespace medmark::vision {

struct RecognisedCharacter {
  char32_t code = 0;
  double confidence = 0;
  double center = 0;  // strip pixels from the left
  // How much of the model's belief at this place goes to the marks of abnormal values (for telling an arrow read as a
  // digit).
  double up_arrow = 0;
  double down_arrow = 0;
};

struct Reading {
  std::vector<RecognisedCharacter> characters;   // spaces included
  [[nodiscard]] double mean_confidence() const;  // 0 where nothing was read
};

struct TextRecognitionOptions {
  Language language = Language::kMixed;
  // Strips that go through the model together, sorted by width. 1 was fastest on a processor; a CUDA device wants more.
  int batch_size = 1;
  // Narrower strips are padded to this: at equal error the shortest measured.
  int least_width = 160;
  // Widths are rounded up to a multiple, so that the memory arena sees few shapes.
  int width_step = 32;
};

class TextRecogniser {
 public:
  // Fails with `model_corrupt` where the model file carries no dictionary.
  [[nodiscard]] static base::Result<TextRecogniser> create(std::shared_ptr<const inference::Session> session,
                                                           const TextRecognitionOptions& options);

  // The same model reading only the characters of `allowed`, narrow strips padded to `least_width`.
  [[nodiscard]] TextRecogniser restricted_to(std::u32string_view allowed, int least_width) const;

  // One reading per strip, in their order. The result does not depend on the batch size beyond what padding changes.
  [[nodiscard]] base::Result<std::vector<Reading>> read(std::span<const TextStrip> strips) const;

 private:
  TextRecogniser(std::shared_ptr<const inference::Session> session, std::string dictionary, Alphabet alphabet,
                 const TextRecognitionOptions& options);

  [[nodiscard]] int padded_width(const TextStrip& strip) const;
  [[nodiscard]] base::Result<void> read_batch(std::span<const TextStrip> strips, std::span<const std::size_t> batch,
                                              std::vector<Reading>& readings) const;
  [[nodiscard]] Reading decode(std::span<const float> probabilities, std::size_t step_count, int padded,
                               int width) const;

  std::shared_ptr<const inference::Session> session_;
  std::string dictionary_;
  Alphabet alphabet_;
  TextRecognitionOptions options_;
  std::size_t up_arrow_ = 0;  // classes
  std::size_t down_arrow_ = 0;
};

}  // namespace medmark::vision
