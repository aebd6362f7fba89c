// A developer's look through text recognition: for every page of the files (scanned or rendered) one JSON object a line
// with each strip that the text reader cuts, what the recogniser reads there and the milliseconds of one core it took;
// the strips' grey pixels beside it. training/recogniser reads it. Not part of the product.
//
//   reading_probe MODELS_FOLDER SMALL.onnx|- OUT_FOLDER FILE...
//
// OUT_FOLDER gets STEM.strips (of all pages of a file: 48 rows of `cols` bytes a strip, one after another, at `at`).
// SMALL.onnx reads every strip too where one is named: [1, 1, 48, W] of ink 1 and paper 0, dictionary as the large one.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "decoder/decoder_process.hpp"
#include "inference/onnx_runtime.hpp"
#include "inference/runtime.hpp"
#include "pipeline/probe_pages.hpp"
#include "vision/ctc_decoder.hpp"
#include "vision/tensor_input.hpp"
#include "vision/text_detection.hpp"
#include "vision/text_pieces.hpp"
#include "vision/text_recognition.hpp"
#include "vision/text_strip.hpp"
#include "vision/vertical_text.hpp"
#include "vision/vision.hpp"

namespace {

namespace inference = medmark::inference;
namespace vision = medmark::vision;

constexpr double kVerticalRatio = 2.0;  // as TextReaderOptions
constexpr int kLeastGap = 72;
constexpr int kWidestPiece = 1600;

// Milliseconds of this thread on the processor: other work on the machine does not count. Models run on one thread.
double spent() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

// The small recogniser, asked as the large one is: narrow strips padded, greedily decoded.
struct SmallReader {
  std::shared_ptr<const inference::Session> session;
  vision::Alphabet alphabet;
  static constexpr int kLeastWidth = 96;
  static constexpr int kStep = 32;

  [[nodiscard]] std::vector<vision::RecognisedCharacter> read(const cv::Mat& grey) const {
    const int width = std::max(kLeastWidth, (grey.cols + kStep - 1) / kStep * kStep);
    std::vector<float> input(static_cast<std::size_t>(vision::kStripHeight) * static_cast<std::size_t>(width), 0.0F);
    vision::write_ink(grey, width, 0, input);
    std::vector<vision::RecognisedCharacter> characters;
    const auto outputs = session->run({input, {1, 1, vision::kStripHeight, width}});
    if (!outputs.has_value()) return characters;
    const auto steps = static_cast<std::size_t>(outputs->front().shape[1]);
    for (const auto& decoded : vision::decode_greedily(outputs->front().values, steps, alphabet)) {
      const double middle = static_cast<double>(decoded.first + decoded.last) / 2 + 0.5;
      characters.push_back({decoded.code, decoded.confidence, middle * width / static_cast<double>(steps), 0, 0});
    }
    return characters;
  }
};

struct Models {
  vision::Vision vision;
  vision::TextDetector detector;
  vision::TextRecogniser large;
  std::optional<SmallReader> small;
};

std::vector<vision::TextStrip> strips_of(const cv::Mat& clean, const vision::TextDetector& detector, double& ms) {
  const auto start = spent();
  const auto boxes = detector.detect(clean);
  ms = spent() - start;
  std::vector<vision::TextStrip> strips;
  if (!boxes.has_value()) return strips;
  for (const vision::TextBox& box : *boxes) {
    const vision::TextStrip whole = vision::cut_strip(clean, box.quad);
    if (vision::may_be_vertical(whole, box.quad, kVerticalRatio)) continue;
    const cv::Mat ink = vision::strip_ink(whole.pixels);
    for (const vision::Span& columns : vision::part_at_gaps(ink, {.least_gap = kLeastGap})) {
      const vision::TextStrip part = vision::cut_columns(whole, columns);
      const cv::Mat part_ink = ink.colRange(columns.begin, columns.end);
      for (const vision::Span& piece : vision::cut_long(part_ink, {0, columns.length()}, kWidestPiece)) {
        strips.push_back(vision::cut_columns(part, piece));
      }
    }
  }
  return strips;
}

void print_reading(const std::vector<vision::RecognisedCharacter>& characters) {
  std::printf("[");
  for (std::size_t i = 0; i < characters.size(); ++i) {
    std::printf("%s[%u,%.4f,%.1f]", i > 0 ? "," : "", static_cast<unsigned>(characters[i].code),
                characters[i].confidence, characters[i].center);
  }
  std::printf("]");
}

void print_strip(const vision::TextStrip& strip, const Models& models, double scale, std::ofstream& pixels) {
  cv::Mat grey;
  cv::cvtColor(strip.pixels, grey, cv::COLOR_BGR2GRAY);
  const auto quad = strip.to_page({0, 0, static_cast<double>(grey.cols), static_cast<double>(grey.rows)});
  std::printf("{\"cols\":%d,\"at\":%lld,\"quad\":[", grey.cols, static_cast<long long>(pixels.tellp()));
  for (std::size_t i = 0; i < 4; ++i) {
    std::printf("%s%.2f,%.2f", i > 0 ? "," : "", quad[i].x * scale, quad[i].y * scale);
  }
  for (int y = 0; y < grey.rows; ++y) pixels.write(grey.ptr<char>(y), grey.cols);
  const auto start = spent();
  const auto readings = models.large.read(std::span(&strip, 1));
  std::printf("],\"large\":{\"ms\":%.2f,\"read\":", spent() - start);
  print_reading(readings.has_value() ? readings->front().characters : std::vector<vision::RecognisedCharacter>{});
  std::printf("}");
  if (models.small) {
    const auto begun = spent();
    const auto quick = models.small->read(grey);
    std::printf(",\"small\":{\"ms\":%.2f,\"read\":", spent() - begun);
    print_reading(quick);
    std::printf("}");
  }
  std::printf("}");
}

void probe_page(const medmark::input::Picture& picture, const Models& models, const std::string& stem, int index,
                std::ofstream& pixels) {
  const auto start = spent();
  const medmark::image::PreparedPage page = medmark::pipeline::prepared_page(picture, models.vision);
  const cv::Mat clean = medmark::pipeline::clean_page(page);
  const double prepare_ms = spent() - start;
  double detect_ms = 0;
  const std::vector<vision::TextStrip> strips = strips_of(clean, models.detector, detect_ms);
  const double scale = 72 / page.dpi;
  std::printf("{\"file\":\"%s\",\"page\":%d,\"width\":%.2f,\"height\":%.2f,\"prepare_ms\":%.1f,\"detect_ms\":%.1f,",
              stem.c_str(), index, clean.cols * scale, clean.rows * scale, prepare_ms, detect_ms);
  std::printf("\"strips\":[");
  for (std::size_t i = 0; i < strips.size(); ++i) {
    if (i > 0) std::printf(",");
    print_strip(strips[i], models, scale, pixels);
  }
  std::printf("]}\n");
  std::fflush(stdout);
}

void probe_file(const std::filesystem::path& path, const Models& models, const std::filesystem::path& out) {
  std::ofstream pixels(out / (path.stem().string() + ".strips"), std::ios::binary);
  medmark::pipeline::for_each_page(path, [&](const auto& picture, const auto&, int index) {
    probe_page(picture, models, path.stem().string(), index, pixels);
  });
}

std::optional<SmallReader> small_reader(const std::string& path) {
  if (path == "-") return {};
  const std::vector<char> bytes = medmark::pipeline::bytes_of(path);
  auto session = inference::OnnxEnvironment::create()
                     .value()
                     ->open(std::as_bytes(std::span(bytes)), {inference::DeviceKind::kCpu, 0})
                     .value();
  const std::string dictionary = session->metadata("character").value();
  return SmallReader{std::move(session), vision::Alphabet(dictionary, vision::Language::kMixed)};
}

}  // namespace

int main(int argc, char** argv) {
  if (medmark::decoder::is_decoder_process(argc, argv)) return medmark::decoder::run_decoder_process(argc, argv);
  if (argc < 5) {
    std::fprintf(stderr, "usage: reading_probe MODELS_FOLDER SMALL.onnx|- OUT_FOLDER FILE...\n");
    return 2;
  }
  cv::setNumThreads(1);
  const auto runtime = inference::Runtime::create({argv[1], {false, {}}}).value();
  const Models models{
      vision::Vision(runtime, {}), vision::TextDetector(runtime->session(inference::Model::kTextDetection).value(), {}),
      vision::TextRecogniser::create(runtime->session(inference::Model::kTextRecognition).value(), {}).value(),
      small_reader(argv[2])};
  for (int i = 4; i < argc; ++i) probe_file(argv[i], models, argv[3]);
  return 0;
}
