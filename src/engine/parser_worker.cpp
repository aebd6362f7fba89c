#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "engine/page_pictures.hpp"
#include "engine/worker.hpp"
#include "inference/device.hpp"
#include "input/png.hpp"

namespace medmark::engine {
namespace {

// A small picture with a word on it: reading it loads every model that a scanned page needs first.
std::vector<std::uint8_t> warm_up_picture() {
  cv::Mat page(600, 800, CV_8UC3, cv::Scalar::all(255));
  cv::putText(page, "Hemoglobin 135 g/L", {80, 120}, cv::FONT_HERSHEY_SIMPLEX, 1.2, cv::Scalar::all(0), 2);
  input::Picture picture{.width = page.cols, .height = page.rows, .dpi = 100, .bgr = {}, .errors = {}};
  picture.bgr.assign(page.data, page.data + page.total() * page.elemSize());
  return input::encode_png(picture);
}

class ParserWorker : public Worker {
 public:
  ParserWorker(std::unique_ptr<pipeline::Parser> parser, std::filesystem::path share_directory)
      : parser_(std::move(parser)), share_directory_(std::move(share_directory)) {}

  base::Result<document::Document> parse(const std::vector<pipeline::InputFile>& files,
                                         const pipeline::ParseOptions& options, const pipeline::ProgressSink& progress,
                                         const std::stop_token& stop) override {
    return parser_->parse(files, options, progress, stop);
  }
  base::Result<PagePicture> render(const std::vector<pipeline::InputFile>& files, const std::string& password,
                                   const PageView& view) override {
    return render_page(files, decode_options(password), view);
  }
  base::Result<Inspection> inspect(const std::vector<pipeline::InputFile>& files,
                                   const std::string& password) override {
    return inspect_files(files, decode_options(password));
  }
  base::Result<void> warm_up() override {
    auto picture = decoder::DocumentFile::copy_of(warm_up_picture());
    if (!picture.has_value()) return tl::unexpected(picture.error());
    std::vector<pipeline::InputFile> files;
    files.push_back({"warm-up", std::move(*picture)});
    const auto document = parser_->parse(files, {}, {}, {});
    if (!document.has_value()) return tl::unexpected(document.error());
    for (const document::Page& page : document->pages) {
      if (!page.errors.empty()) return tl::unexpected(page.errors.front());
    }
    return {};
  }
  int threads() const override { return parser_->threads(); }
  std::string device_note() const override { return parser_->device_note(); }

 private:
  [[nodiscard]] decoder::DecodeOptions decode_options(const std::string& password) const {
    decoder::DecodeOptions options;
    options.password = password;
    options.fallback_font = share_directory_ / "fonts" / "wqy-microhei.ttc";
    return options;
  }

  std::unique_ptr<pipeline::Parser> parser_;
  std::filesystem::path share_directory_;
};

}  // namespace

base::Result<std::unique_ptr<Worker>> make_parser_worker(const Request& configuration) {
  const auto device = inference::parse_device(configuration.device);
  if (!device.has_value()) return tl::unexpected(device.error());
  auto parser = pipeline::Parser::create(
      {.share_directory = configuration.share_directory, .device = *device, .threads = configuration.threads});
  if (!parser.has_value()) return tl::unexpected(parser.error());
  return std::make_unique<ParserWorker>(std::move(*parser), configuration.share_directory);
}

}  // namespace medmark::engine
