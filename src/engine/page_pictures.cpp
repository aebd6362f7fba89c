#include "engine/page_pictures.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <opencv2/imgproc.hpp>

#include "engine/jpeg.hpp"
#include "engine/legibility.hpp"
#include "image/cover.hpp"
#include "input/format.hpp"
#include "input/png.hpp"

namespace medmark::engine {
namespace {

using base::ErrorCode;

// A page counted across the files, in the file that holds it.
struct FoundPage {
  std::unique_ptr<decoder::Decoder> decoder;
  int index = 0;
};

constexpr std::size_t kMagicBytes = 64;  // enough to know a picture's format

// Whether a file has one page whatever it holds, so that it need not be opened to be counted.
bool has_one_page(const pipeline::InputFile& file) {
  const input::Format format = input::detect_format(file.file.head(kMagicBytes));
  return format == input::Format::kPng || format == input::Format::kJpeg || format == input::Format::kBmp;
}

bool is_office(const pipeline::InputFile& file) {
  const input::Format format = input::detect_format(file.file.head(kMagicBytes));
  return input::is_zip(format) || format == input::Format::kLegacyOffice;
}

base::Result<FoundPage> find_page(const std::vector<pipeline::InputFile>& files, const decoder::DecodeOptions& options,
                                  int page) {
  for (const pipeline::InputFile& file : files) {
    if (page > 0 && has_one_page(file)) {
      --page;
      continue;
    }
    if (is_office(file)) {
      return base::fail(ErrorCode::kNotFound,
                        "An Office document has no page pictures; its result shows what it holds.");
    }
    auto decoder = decoder::Decoder::open(file.file, options);
    if (!decoder.has_value()) return tl::unexpected(decoder.error());
    const int count = (*decoder)->document().page_count;
    if (page < count) return FoundPage{std::move(*decoder), page};
    page -= count;
  }
  return base::fail(ErrorCode::kNotFound, "The document has no such page.");
}

base::Result<PagePicture> encoded(const cv::Mat& picture) {
  PagePicture page{.media_type = "image/jpeg", .width = picture.cols, .height = picture.rows, .bytes = {}};
  page.bytes = encode_jpeg(picture);
  if (page.bytes.empty()) return base::fail(ErrorCode::kInternal, "The page picture could not be written.");
  return page;
}

// The part of a page's picture that shows `place`.
base::Result<PagePicture> cropped(const cv::Mat& picture, const base::Rect& shown, const base::Rect& place) {
  const base::Rect inside = base::intersection(place, shown);
  if (inside.empty() || shown.empty()) return base::fail(ErrorCode::kNotFound, "The page has no such place.");
  const double x_scale = picture.cols / shown.width();
  const double y_scale = picture.rows / shown.height();
  const cv::Rect wanted(
      cv::Point(static_cast<int>(inside.x0 * x_scale), static_cast<int>(inside.y0 * y_scale)),
      cv::Point(static_cast<int>(std::ceil(inside.x1 * x_scale)), static_cast<int>(std::ceil(inside.y1 * y_scale))));
  const cv::Mat part = picture(wanted & cv::Rect(0, 0, picture.cols, picture.rows)).clone();
  input::Picture pixels{.width = part.cols, .height = part.rows, .dpi = 0, .bgr = {}, .errors = {}};
  pixels.bgr.assign(part.data, part.data + part.total() * part.elemSize());
  PagePicture result{.media_type = "image/png", .width = part.cols, .height = part.rows, .bytes = {}};
  result.bytes = input::encode_png(pixels);
  if (result.bytes.empty()) return base::fail(ErrorCode::kInternal, "The page picture could not be written.");
  return result;
}

PageInspection inspect_page(decoder::Decoder& decoder, int index) {
  PageInspection inspection;
  const auto page = decoder.page(index);
  if (!page.has_value()) {
    inspection.warning = "unreadable";
    return inspection;
  }
  inspection.width = page->width;
  inspection.height = page->height;
  inspection.is_scanned = page->kind == input::PageKind::kScanned;
  if (!inspection.is_scanned) return inspection;
  constexpr double kInspectionDpi = 200;  // what a parse reads by default
  auto picture =
      decoder.render(index, page->source_dpi > 0 ? std::min(kInspectionDpi, page->source_dpi) : kInspectionDpi);
  if (!picture.has_value()) {
    inspection.warning = "unreadable";
    return inspection;
  }
  const cv::Mat pixels(picture->height, picture->width, CV_8UC3, picture->bgr.data());
  inspection.warning = legibility_warning(pixels);
  return inspection;
}

}  // namespace

base::Result<PagePicture> render_page(const std::vector<pipeline::InputFile>& files,
                                      const decoder::DecodeOptions& options, const PageView& view) {
  constexpr int kLeastWidth = 16;
  constexpr int kMostWidth = 4000;
  const int width = view.width;
  if (width < kLeastWidth || width > kMostWidth) {
    return base::fail(ErrorCode::kInvalidParameter, "width must be a whole number from 16 to 4000.");
  }
  if (view.page < 0) return base::fail(ErrorCode::kNotFound, "The document has no such page.");
  auto found = find_page(files, options, view.page);
  if (!found.has_value()) return tl::unexpected(found.error());
  const auto native = found->decoder->page(found->index);
  if (!native.has_value()) return tl::unexpected(native.error());
  const double dpi = width * 72.0 / std::max(1.0, native->width);
  auto picture = found->decoder->render(found->index, dpi);
  if (!picture.has_value()) return tl::unexpected(picture.error());
  cv::Mat pixels(picture->height, picture->width, CV_8UC3, picture->bgr.data());
  const base::Rect shown{0, 0, native->width, native->height};
  image::cover(pixels, shown, view.covered);
  if (view.crop.has_value()) return cropped(pixels, shown, *view.crop);
  if (pixels.cols <= width) return encoded(pixels);
  const int height = std::max(1, static_cast<int>(std::int64_t{pixels.rows} * width / pixels.cols));
  cv::Mat smaller;
  cv::resize(pixels, smaller, {width, height}, 0, 0, cv::INTER_AREA);
  return encoded(smaller);
}

base::Result<Inspection> inspect_files(const std::vector<pipeline::InputFile>& files,
                                       const decoder::DecodeOptions& options) {
  Inspection inspection;
  for (const pipeline::InputFile& file : files) {
    const auto decoder = decoder::Decoder::open(file.file, options);
    if (!decoder.has_value()) return tl::unexpected(decoder.error());
    const decoder::DocumentInfo& info = (*decoder)->document();
    if (inspection.media_type.empty()) inspection.media_type = info.media_type;
    inspection.page_count += info.page_count;
    for (int page = 0; page < info.page_count && inspection.pages.size() < kInspectedPages; ++page) {
      inspection.pages.push_back(inspect_page(**decoder, page));
    }
  }
  return inspection;
}

}  // namespace medmark::engine
