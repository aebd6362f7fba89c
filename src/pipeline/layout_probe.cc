// A developer's look through the layout models: for every page of the files (scanned or rendered) one JSON object a
// line with the regions each model sees, down to a low confidence, and how long each took; the flat page at 90 DPI
// beside it. training/page_detector/evaluate.py reads it. Not part of the product.
//
//   layout_probe MODELS_FOLDER DETECTOR.onnx OUT_FOLDER FILE...
//
// The detector's file need not be the pinned one: a model is evaluated before it is pinned.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>
#include <span>
#include <string>
#include <vector>

#include "decoder/decoder_process.hpp"
#include "inference/onnx_runtime.hpp"
#include "inference/runtime.hpp"
#include "input/png.hpp"
#include "pipeline/probe_pages.hpp"
#include "vision/layout.hpp"
#include "vision/page_detector.hpp"
#include "vision/vision.hpp"

namespace {

using medmark::document::LayoutRegion;

constexpr double kLeastConfidence = 0.02;
constexpr double kWrittenDpi = 90;

struct Models {
  medmark::vision::Vision vision;
  medmark::vision::LayoutDetector picodet;
  medmark::vision::PageDetector own;
};

template <typename Detector>
std::vector<LayoutRegion> timed(const Detector& detector, const cv::Mat& picture, double dpi, double& milliseconds) {
  const auto start = std::chrono::steady_clock::now();
  auto regions = detector.find(picture, dpi);
  milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return regions.has_value() ? std::move(*regions) : std::vector<LayoutRegion>{};
}

void print_regions(const char* name, const std::vector<LayoutRegion>& regions, double milliseconds) {
  std::printf(",\"%s\":{\"ms\":%.1f,\"regions\":[", name, milliseconds);
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const auto& [type, box, confidence, witness] = regions[i];
    std::printf("%s[\"%s\",%.4f,%.2f,%.2f,%.2f,%.2f]", i > 0 ? "," : "",
                std::string(medmark::document::block_type_name(type)).c_str(), confidence, box.x0, box.y0, box.x1,
                box.y1);
  }
  std::printf("]}");
}

void write_picture(const cv::Mat& flat, double dpi, const std::filesystem::path& path) {
  cv::Mat small;
  cv::resize(flat, small, {}, kWrittenDpi / dpi, kWrittenDpi / dpi, cv::INTER_AREA);
  medmark::input::Picture picture;
  picture.width = small.cols;
  picture.height = small.rows;
  picture.dpi = kWrittenDpi;
  picture.bgr.assign(small.datastart, small.dataend);
  const auto png = medmark::input::encode_png(picture);
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(png.data()), static_cast<std::streamsize>(png.size()));
}

void probe_page(const medmark::input::Picture& picture, const Models& models, const std::string& stem, int index,
                const std::filesystem::path& out) {
  const medmark::image::PreparedPage page = medmark::pipeline::prepared_page(picture, models.vision);
  double picodet_ms = 0;
  double own_ms = 0;
  const auto picodet = timed(models.picodet, medmark::pipeline::clean_page(page), page.dpi, picodet_ms);
  const auto own = timed(models.own, page.flat, page.dpi, own_ms);
  write_picture(page.flat, page.dpi, out / (stem + "-" + std::to_string(index) + ".png"));
  std::printf("{\"file\":\"%s\",\"page\":%d,\"width\":%.2f,\"height\":%.2f", stem.c_str(), index,
              page.flat.cols * 72 / page.dpi, page.flat.rows * 72 / page.dpi);
  print_regions("picodet", picodet, picodet_ms);
  print_regions("own", own, own_ms);
  std::printf("}\n");
}

void probe_file(const std::filesystem::path& path, const Models& models, const std::filesystem::path& out) {
  medmark::pipeline::for_each_page(path, [&](const auto& picture, const auto&, int index) {
    probe_page(picture, models, path.stem().string(), index, out);
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (medmark::decoder::is_decoder_process(argc, argv)) return medmark::decoder::run_decoder_process(argc, argv);
  if (argc < 5) {
    std::fprintf(stderr, "usage: layout_probe MODELS_FOLDER DETECTOR.onnx OUT_FOLDER FILE...\n");
    return 2;
  }
  namespace inference = medmark::inference;
  namespace vision = medmark::vision;
  cv::setNumThreads(1);
  const auto runtime = inference::Runtime::create({argv[1], {false, {}}}).value();
  const std::vector<char> detector = medmark::pipeline::bytes_of(argv[2]);
  const auto own = inference::OnnxEnvironment::create()
                       .value()
                       ->open(std::as_bytes(std::span(detector)), {inference::DeviceKind::kCpu, 0})
                       .value();
  const auto picodet = runtime->session(inference::Model::kPageLayout).value();
  const Models models{vision::Vision(runtime, {}),
                      vision::LayoutDetector(picodet, {.least_confidence = kLeastConfidence}),
                      vision::PageDetector::create(own, {.least_confidence = kLeastConfidence}).value()};
  for (int i = 4; i < argc; ++i) probe_file(argv[i], models, argv[3]);
  return 0;
}
