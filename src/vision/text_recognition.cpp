#include "vision/text_recognition.hpp"

#include <algorithm>
#include <numeric>

#include "vision/tensor_input.hpp"

namespace medmark::vision {

double Reading::mean_confidence() const {
  if (characters.empty()) return 0;
  const double sum = std::accumulate(characters.begin(), characters.end(), 0.0,
                                     [](double s, const RecognisedCharacter& c) { return s + c.confidence; });
  return sum / static_cast<double>(characters.size());
}

base::Result<TextRecogniser> TextRecogniser::create(std::shared_ptr<const inference::Session> session,
                                                    const TextRecognitionOptions& options) {
  const std::optional<std::string> dictionary = session->metadata("character");
  if (!dictionary) {
    return base::fail(base::ErrorCode::kModelCorrupt, "The text recognition model carries no dictionary.");
  }
  return TextRecogniser(std::move(session), *dictionary, Alphabet(*dictionary, options.language), options);
}

TextRecogniser TextRecogniser::restricted_to(std::u32string_view allowed, int least_width) const {
  TextRecognitionOptions options = options_;
  options.least_width = least_width;
  return {session_, dictionary_, Alphabet(dictionary_, allowed), options};
}

TextRecogniser::TextRecogniser(std::shared_ptr<const inference::Session> session, std::string dictionary,
                               Alphabet alphabet, const TextRecognitionOptions& options)
    : session_(std::move(session)),
      dictionary_(std::move(dictionary)),
      alphabet_(std::move(alphabet)),
      options_(options),
      up_arrow_(alphabet_.class_of(U'↑')),
      down_arrow_(alphabet_.class_of(U'↓')) {}

int TextRecogniser::padded_width(const TextStrip& strip) const {
  const int step = options_.width_step;
  return std::max(options_.least_width, (strip.pixels.cols + step - 1) / step * step);
}

base::Result<std::vector<Reading>> TextRecogniser::read(std::span<const TextStrip> strips) const {
  std::vector<std::size_t> order(strips.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return strips[a].pixels.cols < strips[b].pixels.cols; });
  std::vector<Reading> readings(strips.size());
  const auto size = static_cast<std::size_t>(std::max(1, options_.batch_size));
  for (std::size_t begin = 0; begin < order.size(); begin += size) {
    const auto batch = std::span(order).subspan(begin, std::min(size, order.size() - begin));
    if (auto done = read_batch(strips, batch, readings); !done) return tl::unexpected(done.error());
  }
  return readings;
}

base::Result<void> TextRecogniser::read_batch(std::span<const TextStrip> strips, std::span<const std::size_t> batch,
                                              std::vector<Reading>& readings) const {
  const int width = padded_width(strips[batch.back()]);  // the widest: the batch is sorted
  const std::size_t planes = 3 * static_cast<std::size_t>(kStripHeight) * static_cast<std::size_t>(width);
  std::vector<float> input(planes * batch.size(), 0.0F);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    write_planes(strips[batch[i]].pixels, kCenteredScaling, width, kStripHeight,
                 std::span(input).subspan(i * planes, planes));
  }
  auto outputs = session_->run({input, {static_cast<std::int64_t>(batch.size()), 3, kStripHeight, width}});
  if (!outputs) return tl::unexpected(outputs.error());
  const inference::Tensor& output = outputs->front();
  if (output.shape.size() != 3 || output.shape[0] != static_cast<std::int64_t>(batch.size()) ||
      output.shape[2] != static_cast<std::int64_t>(alphabet_.class_count())) {
    return base::fail(base::ErrorCode::kInternal, "The text recognition model answered with an unexpected shape.");
  }
  const auto steps = static_cast<std::size_t>(output.shape[1]);
  const std::size_t row = steps * alphabet_.class_count();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    readings[batch[i]] = decode(output.values.subspan(i * row, row), steps, width, strips[batch[i]].pixels.cols);
  }
  return {};
}

Reading TextRecogniser::decode(std::span<const float> probabilities, std::size_t step_count, int padded,
                               int width) const {
  const double step_width = static_cast<double>(padded) / static_cast<double>(std::max<std::size_t>(1, step_count));
  const std::size_t classes = alphabet_.class_count();
  Reading reading;
  for (const DecodedCharacter& decoded : decode_greedily(probabilities, step_count, alphabet_)) {
    RecognisedCharacter character{decoded.code, decoded.confidence, 0, 0, 0};
    character.center =
        std::min<double>((static_cast<double>(decoded.first + decoded.last) / 2 + 0.5) * step_width, width);
    for (std::size_t step = decoded.first; step <= decoded.last; ++step) {
      const auto belief = [&](std::size_t index) {
        return index == 0 ? 0.0 : static_cast<double>(probabilities[step * classes + index]);
      };
      character.up_arrow = std::max(character.up_arrow, belief(up_arrow_));
      character.down_arrow = std::max(character.down_arrow, belief(down_arrow_));
    }
    reading.characters.push_back(character);
  }
  return reading;
}

}  // namespace medmark::vision
