#include "pipeline/parser.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <opencv2/core/utility.hpp>
#include <thread>

#include "base/sha256.hpp"
#include "clinical/deidentify/deidentify.hpp"
#include "clinical/extract.hpp"
#include "clinical/lexicon/lexicons.hpp"
#include "clinical/lexicon/local_words.hpp"
#include "decoder/decoder.hpp"
#include "inference/model_files.hpp"
#include "inference/runtime.hpp"
#include "output/markdown.hpp"
#include "pipeline/figure_privacy.hpp"
#include "pipeline/opened_files.hpp"
#include "pipeline/page_pool.hpp"
#include "pipeline/page_stages.hpp"
#include "structure/page.hpp"
#include "vision/vision.hpp"

namespace medmark::pipeline {
namespace {

vision::Language vision_language(OcrLanguage language) {
  switch (language) {
    case OcrLanguage::kChinese:
      return vision::Language::kChinese;
    case OcrLanguage::kEnglish:
      return vision::Language::kEnglish;
    case OcrLanguage::kMixed:
      return vision::Language::kMixed;
  }
  return vision::Language::kMixed;
}

vision::VisionOptions vision_options(const ParseOptions& options) {
  return {.language = vision_language(options.ocr_lang),
          .batch_size = options.batch_size.value_or(0),
          .layout = options.layout_model == LayoutModel::kYolo ? vision::LayoutWitness::kPageDetector
                                                               : vision::LayoutWitness::kPicoDet};
}

// The models that pages of these options are read with.
std::vector<document::NamedHash> models_of(const ParseOptions& options) {
  std::vector<document::NamedHash> models;
  for (const inference::ModelFile& file : inference::model_files()) {
    if (file.model == inference::Model::kTableStructure && options.table_strategy == TableStrategy::kFast) continue;
    if (file.model == inference::Model::kPageLayout && options.layout_model == LayoutModel::kYolo) continue;
    if (file.model == inference::Model::kPageDetector && options.layout_model == LayoutModel::kLp) continue;
    models.push_back({std::string(file.name), std::string(file.sha256)});
  }
  return models;
}

// Counts pages as they are done and tells the caller, one call at a time.
class ProgressCounter {
 public:
  ProgressCounter(const ProgressSink& sink, int pages) : sink_(sink), progress_{0, pages} {
    if (sink_) sink_(progress_);
  }
  void page_done() {
    const std::lock_guard lock(mutex_);
    ++progress_.pages_done;
    if (sink_) sink_(progress_);
  }

 private:
  const ProgressSink& sink_;
  std::mutex mutex_;
  Progress progress_;
};

PageOutcome failed_page(int index, base::Error error) {
  PageOutcome outcome;
  outcome.page.index = index;
  outcome.blocks.index = index;
  outcome.page.errors.push_back(std::move(error));
  return outcome;
}

}  // namespace

class Parser::State {
 public:
  State(std::shared_ptr<inference::Runtime> runtime, clinical::Lexicons lexicons, std::filesystem::path share_directory,
        int threads)
      : runtime_(std::move(runtime)),
        lexicons_(std::move(lexicons)),
        share_directory_(std::move(share_directory)),
        threads_(threads),
        pool_(threads) {}

  base::Result<document::Document> read(const std::vector<InputFile>& files, const ParseOptions& options,
                                        const ProgressSink& progress, const std::stop_token& stop) {
    if (files.empty()) return base::fail(base::ErrorCode::kInvalidParameter, "There is no file to parse.");
    auto opened = OpenedFiles::open(files, decode_options(options), options.pages);
    if (!opened.has_value()) return tl::unexpected(opened.error());
    std::vector<PageOutcome> outcomes = process_pages(**opened, options, progress, stop);
    if (stop.stop_requested()) return base::fail(base::ErrorCode::kCanceled, "The work was canceled.");
    return assemble(files, **opened, options, std::move(outcomes));
  }

  // Clinical meaning and Markdown of what `read` gave.
  void understand(const std::vector<InputFile>& files, const ParseOptions& options,
                  document::Document& document) const {
    clinical::repair_words(document, options.words);
    clinical::annotate(document, lexicons_);
    if (!options.words.empty()) document.engine.lexicons.push_back(clinical::version_of(options.words));
    if (options.deidentify) deidentify(files, options, document);
    document.content = output::to_markdown(document, {});
  }

  [[nodiscard]] const inference::Runtime& runtime() const { return *runtime_; }
  [[nodiscard]] int threads() const { return threads_; }

 private:
  [[nodiscard]] decoder::DecodeOptions decode_options(const ParseOptions& options) const {
    decoder::DecodeOptions decode;
    decode.password = options.password;
    decode.fallback_font = share_directory_ / "fonts" / "wqy-microhei.ttc";
    return decode;
  }

  std::vector<PageOutcome> process_pages(OpenedFiles& files, const ParseOptions& options, const ProgressSink& sink,
                                         const std::stop_token& stop) {
    const vision::Vision vision(runtime_, vision_options(options));
    const int count = static_cast<int>(files.pages().size());
    std::vector<PageOutcome> outcomes(files.pages().size());
    ProgressCounter counter(sink, count);
    pool_.run_pages(count, [&](int page) {
      const PagePlace place = files.pages()[static_cast<std::size_t>(page)];
      PageOutcome& outcome = outcomes[static_cast<std::size_t>(page)];
      const auto source = files.source(place.file);
      outcome = source.has_value() ? process_page(**source, place.index, page, vision, options, stop)
                                   : failed_page(page, source.error());
      files.page_done(place.file);
      counter.page_done();
    });
    return outcomes;
  }

  static document::Document assemble(const std::vector<InputFile>& files, const OpenedFiles& opened,
                                     const ParseOptions& options, std::vector<PageOutcome> outcomes) {
    document::Document document;
    document.source = {files.front().file_name, content_hash(files), opened.media_type(), opened.page_count()};
    document.engine.version = MEDMARK_VERSION;
    document.engine.models = models_of(options);
    document.engine.parameters = options.parameters;
    std::vector<structure::PageBlocks> pages;
    pages.reserve(outcomes.size());
    for (PageOutcome& outcome : outcomes) {
      document.pages.push_back(std::move(outcome.page));
      pages.push_back(std::move(outcome.blocks));
      std::move(outcome.figures.begin(), outcome.figures.end(), std::back_inserter(document.assets));
    }
    document.blocks = structure::assemble(std::move(pages), opened.outline());
    return document;
  }

  // The days that dates move by come from the bytes of the files, by way of a hash that no result tells.
  void deidentify(const std::vector<InputFile>& files, const ParseOptions& options,
                  document::Document& document) const {
    constexpr std::array<std::uint8_t, 5> kPurpose = {'d', 'a', 't', 'e', 's'};
    base::Sha256 secret;
    secret.update(kPurpose);
    for (const InputFile& file : files) file.file.hash_into(secret);
    const vision::Vision vision(runtime_, vision_options(options));
    read_figures(document, vision);
    const auto removed = clinical::deidentify(document, lexicons_, {.secret = secret.hex()});
    cover_figures(document, removed.figure_places);
  }

  std::shared_ptr<inference::Runtime> runtime_;
  clinical::Lexicons lexicons_;
  std::filesystem::path share_directory_;
  int threads_;
  PagePool pool_;
};

Parser::Parser(std::unique_ptr<State> state) : state_(std::move(state)) {}
Parser::~Parser() = default;

base::Result<std::unique_ptr<Parser>> Parser::create(const ParserSettings& settings) {
  cv::setNumThreads(1);  // a page has one thread; the pages are what runs in parallel
  auto runtime = inference::Runtime::create({.models = settings.share_directory / "models", .device = settings.device});
  if (!runtime.has_value()) return tl::unexpected(runtime.error());
  auto lexicons = clinical::Lexicons::load(settings.share_directory / "lexicons");
  if (!lexicons.has_value()) return tl::unexpected(lexicons.error());
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const int threads = settings.threads > 0 ? settings.threads : cores;
  return std::unique_ptr<Parser>(new Parser(
      std::make_unique<State>(std::move(*runtime), std::move(*lexicons), settings.share_directory, threads)));
}

base::Result<document::Document> Parser::parse(const std::vector<InputFile>& files, const ParseOptions& options,
                                               const ProgressSink& progress, const std::stop_token& stop) const {
  auto document = state_->read(files, options, progress, stop);
  if (document.has_value()) state_->understand(files, options, *document);
  return document;
}

base::Result<document::Document> Parser::read(const std::vector<InputFile>& files, const ParseOptions& options,
                                              const ProgressSink& progress, const std::stop_token& stop) const {
  return state_->read(files, options, progress, stop);
}

const std::string& Parser::device_note() const { return state_->runtime().device_note(); }
int Parser::threads() const { return state_->threads(); }

std::string content_hash(const std::vector<InputFile>& files) {
  base::Sha256 digest;
  for (const InputFile& file : files) file.file.hash_into(digest);
  return digest.hex();
}

}  // namespace medmark::pipeline
