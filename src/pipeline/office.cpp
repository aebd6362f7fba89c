#include "pipeline/office.hpp"

#include <algorithm>
#include <map>
#include <opencv2/core.hpp>
#include <string>
#include <utility>

#include "input/png.hpp"
#include "pipeline/stage_timer.hpp"
#include "structure/office/office.hpp"

namespace medmark::pipeline {
namespace {

using document::OfficePicture;

// Of a page by a picture, from which on it may be a scan whatever it looks like: scanned tables and forms hold more
// lines than text. Pasted scans cover 0.4 to 0.7 of their page within its margins.
constexpr double kScanCover = 0.35;

// As displayed and cropped.
struct ShownPicture {
  cv::Mat bgr;
  double dpi = 0;  // pixels per 72 points of the picture's own page
};

cv::Mat as_shown(const input::Picture& picture, const OfficePicture& placed) {
  const cv::Mat whole(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.bgr.data()));
  const auto pixels = [](double share, int size) { return static_cast<int>(std::clamp(share, 0.0, 1.0) * size); };
  const int left = pixels(placed.crop.x0, whole.cols);
  const int top = pixels(placed.crop.y0, whole.rows);
  const int right = whole.cols - pixels(placed.crop.x1, whole.cols);
  const int bottom = whole.rows - pixels(placed.crop.y1, whole.rows);
  const bool is_sane = left < right && top < bottom;
  const cv::Mat cropped = is_sane ? whole(cv::Rect(left, top, right - left, bottom - top)) : whole;
  cv::Mat out;
  switch (placed.rotation) {
    case 90:
      cv::rotate(cropped, out, cv::ROTATE_90_CLOCKWISE);
      return out;
    case 180:
      cv::rotate(cropped, out, cv::ROTATE_180);
      return out;
    case 270:
      cv::rotate(cropped, out, cv::ROTATE_90_COUNTERCLOCKWISE);
      return out;
    default:
      return cropped.clone();
  }
}

input::Picture picture_of(const ShownPicture& shown) {
  input::Picture picture;
  picture.width = shown.bgr.cols;
  picture.height = shown.bgr.rows;
  picture.dpi = shown.dpi;
  picture.bgr.assign(shown.bgr.datastart, shown.bgr.dataend);
  return picture;
}

class OfficePageWork {
 public:
  OfficePageWork(PageSource& source, int index, const vision::Vision& vision, const ParseOptions& options,
                 const std::stop_token& stop, PageOutcome& outcome)
      : source_(source), index_(index), vision_(vision), options_(options), stop_(stop), outcome_(outcome) {}

  void run() {
    timer_.measure("total", [&] { work(); });
    outcome_.page.timings_ms = timer_.milliseconds();
  }

 private:
  void fail(base::Error error) { outcome_.page.errors.push_back(std::move(error)); }

  bool is_canceled() {
    if (!stop_.stop_requested()) return false;
    fail({base::ErrorCode::kCanceled, "The work was canceled before this page was done."});
    return true;
  }

  void work() {
    outcome_.page.source = document::TextSource::kOffice;
    if (is_canceled()) return;
    auto page = timer_.measure("decode", [&] { return source_.office_page(index_); });
    if (!page.has_value()) return fail(page.error());
    page->index = outcome_.page.index;
    outcome_.page.width = page->width;
    outcome_.page.height = page->height;
    for (base::Error& error : page->errors) fail(std::move(error));
    structure::OfficePageBlocks blocks =
        timer_.measure("structure", [&] { return structure::analyse_office_page(*page); });
    for (std::size_t i = 0; i < blocks.figures.size() && !is_canceled();) {
      const std::size_t before = blocks.figures.size();
      add_picture(blocks, i);
      if (blocks.figures.size() == before) ++i;
    }
    outcome_.blocks = std::move(blocks.page);
    outcome_.blocks.page_in_file = index_;
  }

  void add_picture(structure::OfficePageBlocks& blocks, std::size_t i) {
    const OfficePicture placed = blocks.figures[i].picture;
    // Before anything is put behind the figure, its block stays where it is.
    const std::size_t block = blocks.figures[i].block;
    const base::Rect box = blocks.page.blocks[block].bbox;
    const bool is_read = placed.shows_text || box.area() > kScanCover * blocks.page.width * blocks.page.height;
    const auto shown = render(placed, box, is_read);
    if (!shown.has_value()) return fail(shown.error());
    const bool was_captioned = !blocks.page.blocks[block].caption.empty();
    if (is_read && read_text(*shown, blocks, i) && !was_captioned) return;
    keep_figure(blocks.page.blocks[block], *shown);
  }

  base::Result<ShownPicture> render(const OfficePicture& placed, const base::Rect& box, bool is_read) {
    // Pixels finer than what a page would be read at add nothing, neither to reading nor to looking.
    const bool is_turned = placed.rotation % 180 != 0;
    const double shown_width = std::max(1.0, is_turned ? box.height() : box.width());
    const double displayed = options_.dpi * shown_width / placed.page_width;
    const double wanted = is_read ? std::max(displayed, options_.dpi) : displayed;
    auto picture = timer_.measure(
        "render", [&] { return source_.render_office_picture(placed.index, std::min(wanted, placed.page_dpi)); });
    if (!picture.has_value()) return tl::unexpected(picture.error());
    for (base::Error& error : picture->errors) fail(std::move(error));
    return ShownPicture{as_shown(*picture, placed), picture->dpi};
  }

  // Whether the picture's text took its place, or stands behind it.
  bool read_text(const ShownPicture& shown, structure::OfficePageBlocks& blocks, std::size_t i) {
    const input::Picture picture = picture_of(shown);
    PictureReading read = read_picture(picture, outcome_.page.index, vision_, options_, timer_);
    for (base::Error& error : read.errors) fail(std::move(error));
    const std::size_t first_asset = outcome_.figures.size();
    // Figures inside a scan get names of this page.
    std::map<std::string, std::string> names;
    for (document::Asset& figure : read.figures) {
      const std::string name = next_name();
      names.emplace(figure.name, name);
      outcome_.figures.push_back({name, std::move(figure.bytes)});
    }
    for (document::Block& block : read.blocks.blocks) {
      if (const auto name = names.find(block.image_name); name != names.end()) block.image_name = name->second;
    }
    if (structure::place_picture_text(blocks, i, std::move(read.blocks))) return true;
    outcome_.figures.resize(first_asset);
    return false;
  }

  void keep_figure(document::Block& block, const ShownPicture& shown) {
    const input::Picture picture = picture_of(shown);
    auto png = timer_.measure("figures", [&] { return input::encode_png(picture); });
    if (png.empty()) return;
    block.image_name = next_name();
    outcome_.figures.push_back({block.image_name, std::move(png)});
  }

  [[nodiscard]] std::string next_name() const {
    return "page_" + std::to_string(outcome_.page.index + 1) + "_figure_" +
           std::to_string(outcome_.figures.size() + 1) + ".png";
  }

  PageSource& source_;
  int index_;
  const vision::Vision& vision_;
  const ParseOptions& options_;
  const std::stop_token& stop_;
  StageTimer timer_;
  PageOutcome& outcome_;
};

}  // namespace

PageOutcome process_office_page(PageSource& source, int index, int index_in_document, const vision::Vision& vision,
                                const ParseOptions& options, const std::stop_token& stop) {
  PageOutcome outcome;
  outcome.page.index = index_in_document;
  outcome.blocks.index = index_in_document;
  outcome.blocks.is_office = true;
  OfficePageWork(source, index, vision, options, stop, outcome).run();
  return outcome;
}

}  // namespace medmark::pipeline
