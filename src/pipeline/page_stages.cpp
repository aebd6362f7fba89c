#include "pipeline/page_stages.hpp"

#include <algorithm>

#include "pipeline/evidence.hpp"
#include "pipeline/figures.hpp"
#include "pipeline/office.hpp"
#include "pipeline/stage_timer.hpp"

namespace medmark::pipeline {
namespace {

structure::StructureOptions structure_options(const ParseOptions& options) {
  structure::StructureOptions structure;
  structure.tables.strategy = options.table_strategy == TableStrategy::kFast ? structure::TableStrategy::kFast
                                                                             : structure::TableStrategy::kAccurate;
  structure.tables.detection_threshold = options.table_detection_threshold;
  return structure;
}

// Rendering above the resolution of the page's own pixels adds nothing.
double rendering_dpi(const input::NativePage& page, const ParseOptions& options) {
  return page.source_dpi > 0 ? std::min(options.dpi, page.source_dpi) : options.dpi;
}

void append(std::vector<base::Error>& errors, const std::vector<base::Error>& more) {
  errors.insert(errors.end(), more.begin(), more.end());
}

// The table structure model's view of where geometry alone is unsure.
void look_at_tables(GatheredEvidence& gathered, const vision::Vision& vision, const ParseOptions& options,
                    StageTimer& timer, std::vector<base::Error>& errors) {
  if (gathered.clean.empty()) return;
  const auto regions = structure::regions_for_table_model(gathered.page, structure_options(options).tables);
  for (const base::Rect& region : regions) {
    auto table =
        timer.measure("tables", [&] { return vision.read_table(gathered.clean, gathered.picture_dpi, region); });
    if (!table.has_value()) {
      errors.push_back(table.error());
    } else if (!table->cells.empty()) {
      gathered.page.tables.push_back(std::move(*table));
    }
  }
}

// The text size of a formula on the flat page: that of the largest line in it.
double text_size(const document::PageEvidence& page, const base::Rect& box) {
  double size = 0;
  for (const document::TextLine& line : page.lines) {
    if (base::covered_share(line.bbox, box) > 0.5) size = std::max(size, line.font_size);
  }
  return size;
}

// The structure of a page; the formula model looks at the formulas of a scan, and the page is laid out anew with what
// it saw.
structure::PageBlocks blocks_of(const GatheredEvidence& gathered, const vision::Vision& vision,
                                const ParseOptions& options, StageTimer& timer, std::vector<base::Error>& errors) {
  std::vector<document::FormulaHypothesis> seen;
  const auto analyse = [&] { return structure::analyse_page(gathered.page, structure_options(options), seen); };
  structure::PageBlocks blocks = timer.measure("structure", analyse);
  if (gathered.clean.empty()) return blocks;
  constexpr double kAround = 0.6;  // ems around a formula that the model sees
  for (std::size_t i = 0; i < blocks.blocks.size() && i < blocks.flat_boxes.size(); ++i) {
    const document::Block& block = blocks.blocks[i];
    if (block.type != document::BlockType::kFormula || block.source == document::TextSource::kNative ||
        blocks.flat_boxes[i].empty())
      continue;
    const double size = text_size(gathered.page, blocks.flat_boxes[i]);
    if (size <= 0) continue;
    const base::Rect region = base::inflated(blocks.flat_boxes[i], kAround * size, kAround * size);
    auto formula = timer.measure(
        "formulas", [&] { return vision.read_formula(gathered.clean, gathered.picture_dpi, region, size); });
    if (!formula.has_value()) {
      errors.push_back(formula.error());
    } else if (!formula->signs.empty()) {
      seen.push_back(std::move(*formula));
    }
  }
  return seen.empty() ? blocks : timer.measure("structure", analyse);
}

class PageWork {
 public:
  PageWork(PageSource& source, int index, int index_in_document, const vision::Vision& vision,
           const ParseOptions& options, const std::stop_token& stop)
      : source_(source), index_(index), vision_(vision), options_(options), stop_(stop) {
    outcome_.page.index = index_in_document;
    outcome_.blocks.index = index_in_document;
  }

  PageOutcome run() {
    timer_.measure("total", [&] { work(); });
    outcome_.page.timings_ms = timer_.milliseconds();
    return std::move(outcome_);
  }

 private:
  void fail(base::Error error) { outcome_.page.errors.push_back(std::move(error)); }

  bool is_canceled() {
    if (!stop_.stop_requested()) return false;
    fail({base::ErrorCode::kCanceled, "The work was canceled before this page was done."});
    return true;
  }

  void work() {
    if (is_canceled()) return;
    auto native = timer_.measure("decode", [&] { return source_.page(index_); });
    if (!native.has_value()) return fail(native.error());
    native->index = outcome_.page.index;
    outcome_.page.width = outcome_.blocks.width = native->width;
    outcome_.page.height = outcome_.blocks.height = native->height;
    append(outcome_.page.errors, native->errors);

    auto gathered = gather(*native);
    if (!gathered.has_value()) return fail(gathered.error());
    append(outcome_.page.errors, gathered->errors);
    outcome_.page.source = gathered->page.source;
    outcome_.page.rotation = gathered->rotation;
    outcome_.page.skew_deg = gathered->skew_deg;
    if (is_canceled()) return;
    look_at_tables(*gathered, vision_, options_, timer_, outcome_.page.errors);
    outcome_.blocks = blocks_of(*gathered, vision_, options_, timer_, outcome_.page.errors);
    outcome_.blocks.width = native->width;
    outcome_.blocks.height = native->height;
    if (wants_figures(outcome_.blocks)) cut_figures(*native, *gathered);
  }

  base::Result<GatheredEvidence> gather(const input::NativePage& native) {
    if (native.kind == input::PageKind::kNative) return native_evidence(native);
    return render(native).map([&](const input::Picture& picture) {
      return native.kind == input::PageKind::kScanned ? scanned_evidence(native, picture, vision_, timer_)
                                                      : mixed_evidence(native, picture, vision_, timer_);
    });
  }

  base::Result<input::Picture> render(const input::NativePage& native) {
    auto picture = timer_.measure("render", [&] { return source_.render(index_, rendering_dpi(native, options_)); });
    if (picture.has_value()) append(outcome_.page.errors, picture->errors);
    return picture;
  }

  void cut_figures(const input::NativePage& native, GatheredEvidence& gathered) {
    if (gathered.picture.empty()) {
      auto picture = render(native);
      if (!picture.has_value()) return fail(picture.error());
      gathered.picture_dpi = picture->dpi;
      gathered.picture = cv::Mat(picture->height, picture->width, CV_8UC3, picture->bgr.data()).clone();
      outcome_.blocks.flat_boxes.clear();  // this picture shows the page as displayed
    }
    outcome_.figures = timer_.measure(
        "figures", [&] { return pipeline::cut_figures(outcome_.blocks, gathered.picture, gathered.picture_dpi); });
  }

  PageSource& source_;
  int index_;
  const vision::Vision& vision_;
  const ParseOptions& options_;
  const std::stop_token& stop_;
  StageTimer timer_;
  PageOutcome outcome_;
};

}  // namespace

base::Result<input::NativePage> PageSource::page(int index) {
  const std::lock_guard lock(mutex_);
  return decoder_->page(index);
}

base::Result<input::Picture> PageSource::render(int index, double dpi) {
  const std::lock_guard lock(mutex_);
  return decoder_->render(index, dpi);
}

base::Result<document::OfficePage> PageSource::office_page(int index) {
  const std::lock_guard lock(mutex_);
  return decoder_->office_page(index);
}

base::Result<input::Picture> PageSource::render_office_picture(int picture, double dpi) {
  const std::lock_guard lock(mutex_);
  return decoder_->render_office_picture(picture, dpi);
}

PictureReading read_picture(const input::Picture& picture, int page_index, const vision::Vision& vision,
                            const ParseOptions& options, StageTimer& timer) {
  input::NativePage page;
  page.index = page_index;
  page.kind = input::PageKind::kScanned;
  page.width = picture.width * 72 / picture.dpi;
  page.height = picture.height * 72 / picture.dpi;
  page.source_dpi = picture.dpi;
  PictureReading reading;
  GatheredEvidence gathered = scanned_evidence(page, picture, vision, timer);
  append(reading.errors, gathered.errors);
  look_at_tables(gathered, vision, options, timer, reading.errors);
  reading.blocks = blocks_of(gathered, vision, options, timer, reading.errors);
  reading.blocks.width = page.width;
  reading.blocks.height = page.height;
  if (wants_figures(reading.blocks)) {
    reading.figures =
        timer.measure("figures", [&] { return cut_figures(reading.blocks, gathered.picture, gathered.picture_dpi); });
  }
  return reading;
}

PageOutcome process_page(PageSource& source, int index, int index_in_document, const vision::Vision& vision,
                         const ParseOptions& options, const std::stop_token& stop) {
  if (source.document().is_office) {
    return process_office_page(source, index, index_in_document, vision, options, stop);
  }
  return PageWork(source, index, index_in_document, vision, options, stop).run();
}

}  // namespace medmark::pipeline
