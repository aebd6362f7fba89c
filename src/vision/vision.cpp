#include "vision/vision.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "base/text.hpp"
#include "image/pixel_rect.hpp"
#include "vision/black_marks.hpp"
#include "vision/formula_reader.hpp"
#include "vision/layout.hpp"
#include "vision/marked_lines.hpp"
#include "vision/orientation.hpp"
#include "vision/page_detector.hpp"
#include "vision/table_structure.hpp"
#include "vision/tensor_input.hpp"
#include "vision/text_reader.hpp"

namespace medmark::vision {
namespace {

// Strips that a CUDA device reads at once; a processor is fastest one by one.
constexpr int kCudaBatch = 32;

base::Rect moved(const base::Rect& r, double x, double y) { return {r.x0 + x, r.y0 + y, r.x1 + x, r.y1 + y}; }

// A thing that is made when it is first asked for. Thread-safe.
template <typename T>
class Lazy {
 public:
  template <typename Make>
  base::Result<const T*> get(Make&& make) {
    const std::scoped_lock lock(mutex_);
    if (!value_) {
      base::Result<T> made = make();
      if (!made) return tl::unexpected(made.error());
      value_.emplace(std::move(*made));
    }
    return &*value_;
  }

 private:
  std::mutex mutex_;
  std::optional<T> value_;
};

}  // namespace

class Vision::Models {
 public:
  Models(std::shared_ptr<inference::Runtime> runtime, const VisionOptions& options)
      : runtime_(std::move(runtime)), options_(options) {}

  base::Result<const TextReader*> text() {
    return text_.get([this]() -> base::Result<TextReader> {
      auto detection = runtime_->session(inference::Model::kTextDetection);
      if (!detection) return tl::unexpected(detection.error());
      auto recognition = runtime_->session(inference::Model::kTextRecognition);
      if (!recognition) return tl::unexpected(recognition.error());
      auto marks_session = runtime_->session(inference::Model::kMarks);
      if (!marks_session) return tl::unexpected(marks_session.error());
      auto marks = MarkWitness::create(*marks_session);
      if (!marks) return tl::unexpected(marks.error());
      TextRecognitionOptions recognition_options;
      recognition_options.language = options_.language;
      const bool is_cuda = runtime_->device().kind == inference::DeviceKind::kCuda;
      recognition_options.batch_size = options_.batch_size > 0 ? options_.batch_size : (is_cuda ? kCudaBatch : 1);
      auto recogniser = TextRecogniser::create(*recognition, recognition_options);
      if (!recogniser) return tl::unexpected(recogniser.error());
      TextDetectionOptions detection_options;
      detection_options.concurrent_runs = std::max(1U, std::thread::hardware_concurrency() / 2);
      return TextReader(TextDetector(*detection, detection_options), std::move(*recogniser), std::move(*marks), {});
    });
  }

  // Words by themselves, as handwriting stands.
  base::Result<const TextRecogniser*> words() {
    return words_.get([this]() -> base::Result<TextRecogniser> {
      auto session = runtime_->session(inference::Model::kTextRecognition);
      if (!session) return tl::unexpected(session.error());
      TextRecognitionOptions options;
      options.language = options_.language;
      return TextRecogniser::create(*session, options);
    });
  }

  base::Result<WordReading> read_word(const cv::Mat& word) {
    auto recogniser = words();
    if (!recogniser) return tl::unexpected(recogniser.error());
    const base::Rect whole{0, 0, static_cast<double>(word.cols), static_cast<double>(word.rows)};
    const std::vector<TextStrip> strips{cut_strip(as_bgr(word), base::quad_of(whole))};
    auto readings = (*recogniser)->read(strips);
    if (!readings) return tl::unexpected(readings.error());
    WordReading reading;
    reading.confidence = readings->front().mean_confidence();
    for (const RecognisedCharacter& character : readings->front().characters) {
      base::append_utf8(reading.text, character.code);
    }
    return reading;
  }

  base::Result<const LayoutDetector*> layout() {
    return layout_.get([this]() -> base::Result<LayoutDetector> {
      auto session = runtime_->session(inference::Model::kPageLayout);
      if (!session) return tl::unexpected(session.error());
      return LayoutDetector(*session, {});
    });
  }

  base::Result<const PageDetector*> page_detector() {
    return page_detector_.get([this]() -> base::Result<PageDetector> {
      auto session = runtime_->session(inference::Model::kPageDetector);
      if (!session) return tl::unexpected(session.error());
      return PageDetector::create(*session, {});
    });
  }

  [[nodiscard]] LayoutWitness layout_witness() const { return options_.layout; }

  base::Result<const TableStructureReader*> table() {
    return table_.get([this]() -> base::Result<TableStructureReader> {
      auto session = runtime_->session(inference::Model::kTableStructure);
      if (!session) return tl::unexpected(session.error());
      return TableStructureReader::create(*session);
    });
  }

  base::Result<const FormulaReader*> formula() {
    return formula_.get([this]() -> base::Result<FormulaReader> {
      auto session = runtime_->session(inference::Model::kFormulaSigns);
      if (!session) return tl::unexpected(session.error());
      return FormulaReader::create(*session);
    });
  }

  base::Result<const OrientationClassifier*> orientation() {
    return orientation_.get([this]() -> base::Result<OrientationClassifier> {
      auto session = runtime_->session(inference::Model::kPageOrientation);
      if (!session) return tl::unexpected(session.error());
      return OrientationClassifier(*session);
    });
  }

 private:
  std::shared_ptr<inference::Runtime> runtime_;
  VisionOptions options_;
  Lazy<TextReader> text_;
  Lazy<TextRecogniser> words_;
  Lazy<LayoutDetector> layout_;
  Lazy<PageDetector> page_detector_;
  Lazy<TableStructureReader> table_;
  Lazy<FormulaReader> formula_;
  Lazy<OrientationClassifier> orientation_;
};

Vision::Vision(std::shared_ptr<inference::Runtime> runtime, const VisionOptions& options)
    : models_(std::make_unique<Models>(std::move(runtime), options)) {}
Vision::~Vision() = default;

base::Result<void> Vision::warm_up() const {
  if (auto text = models_->text(); !text) return tl::unexpected(text.error());
  if (models_->layout_witness() == LayoutWitness::kPicoDet) {
    if (auto layout = models_->layout(); !layout) return tl::unexpected(layout.error());
  } else if (auto detector = models_->page_detector(); !detector) {
    return tl::unexpected(detector.error());
  }
  if (auto orientation = models_->orientation(); !orientation) return tl::unexpected(orientation.error());
  return {};
}

base::Result<std::vector<document::TextLine>> Vision::read_text(const cv::Mat& flat_bgr, double dpi) const {
  auto reader = models_->text();
  if (!reader) return tl::unexpected(reader.error());
  return (*reader)->read(flat_bgr, dpi);
}

base::Result<std::vector<document::TextLine>> Vision::read_text(const cv::Mat& flat_bgr, double dpi,
                                                                const base::Rect& region) const {
  const cv::Rect pixels = image::pixel_rect(region, dpi, flat_bgr.size());
  if (pixels.empty()) return std::vector<document::TextLine>{};
  auto lines = read_text(flat_bgr(pixels), dpi);
  if (!lines) return lines;
  const double x = pixels.x * 72 / dpi;
  const double y = pixels.y * 72 / dpi;
  for (document::TextLine& line : *lines) {
    line.bbox = moved(line.bbox, x, y);
    for (base::Point& p : line.quad) p = {p.x + x, p.y + y};
    for (document::Character& character : line.characters) character.bbox = moved(character.bbox, x, y);
  }
  return lines;
}

base::Result<HandwritingSeparation> Vision::separate_handwriting(const cv::Mat& flat_bgr, double dpi,
                                                                 std::span<const document::Region> known) const {
  const auto read = [this](const cv::Mat& word) { return models_->read_word(word); };
  return vision::separate_handwriting(flat_bgr, dpi, known, read);
}

base::Result<void> Vision::take_black_marks(cv::Mat& clean, double dpi, document::PageEvidence& page) const {
  BlackMarks marks = find_black_marks(clean, dpi, page);
  if (marks.handwriting.empty()) return {};
  const auto read = [&](const cv::Mat& picture, const base::Rect& region) { return read_text(picture, dpi, region); };
  if (auto done = read_marked_lines(marks, read, page.lines); !done) return done;
  clean = std::move(marks.without);
  std::move(marks.handwriting.begin(), marks.handwriting.end(), std::back_inserter(page.regions));
  return {};
}

base::Result<document::FormulaHypothesis> Vision::read_formula(const cv::Mat& flat_bgr, double dpi,
                                                               const base::Rect& region, double size) const {
  auto reader = models_->formula();
  if (!reader) return tl::unexpected(reader.error());
  const cv::Rect pixels = image::pixel_rect(region, dpi, flat_bgr.size());
  if (pixels.empty()) return document::FormulaHypothesis{};
  const auto read = [this](const cv::Mat& word) { return models_->read_word(word); };
  auto formula = (*reader)->read(flat_bgr(pixels), size * dpi / 72, read);
  if (!formula) return formula;
  const double scale = 72 / dpi;
  const auto to_page = [&](const base::Rect& r) {
    return moved({r.x0 * scale, r.y0 * scale, r.x1 * scale, r.y1 * scale}, pixels.x * scale, pixels.y * scale);
  };
  formula->bbox = to_page(formula->bbox);
  for (document::FormulaSign& sign : formula->signs) {
    sign.bbox = to_page(sign.bbox);
    sign.baseline = (sign.baseline + pixels.y) * scale;
    sign.size *= scale;
  }
  for (document::RulingLine& bar : formula->bars) {
    for (base::Point* end : {&bar.a, &bar.b}) *end = {(end->x + pixels.x) * scale, (end->y + pixels.y) * scale};
  }
  return formula;
}

base::Result<std::vector<document::LayoutRegion>> Vision::find_layout(const cv::Mat& clean, const cv::Mat& flat_bgr,
                                                                      double dpi) const {
  if (models_->layout_witness() == LayoutWitness::kPicoDet) {
    auto detector = models_->layout();
    if (!detector) return tl::unexpected(detector.error());
    return (*detector)->find(clean, dpi);
  }
  auto detector = models_->page_detector();
  if (!detector) return tl::unexpected(detector.error());
  return (*detector)->find(flat_bgr, dpi);
}

base::Result<document::TableHypothesis> Vision::read_table(const cv::Mat& flat_bgr, double dpi,
                                                           const base::Rect& region) const {
  auto reader = models_->table();
  if (!reader) return tl::unexpected(reader.error());
  const cv::Rect pixels = image::pixel_rect(region, dpi, flat_bgr.size());
  if (pixels.empty()) return document::TableHypothesis{};
  auto table = (*reader)->read(flat_bgr(pixels));
  if (!table) return table;
  const double scale = 72 / dpi;
  const auto to_page = [&](const base::Rect& r) {
    return moved({r.x0 * scale, r.y0 * scale, r.x1 * scale, r.y1 * scale}, pixels.x * scale, pixels.y * scale);
  };
  table->bbox = to_page(table->bbox);
  for (document::TableCell& cell : table->cells) {
    if (!cell.bbox.empty()) cell.bbox = to_page(cell.bbox);
  }
  return table;
}

base::Result<std::array<double, 4>> Vision::orientation(const cv::Mat& crop) const {
  auto classifier = models_->orientation();
  if (!classifier) return tl::unexpected(classifier.error());
  return (*classifier)->classify(crop);
}

}  // namespace medmark::vision
