#include "input/office/picture_store.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <span>
#include <utility>

#include "input/format.hpp"
#include "input/picture/picture_source.hpp"
#include "input/picture_text.hpp"

namespace medmark::input::office {
namespace {

using base::ErrorCode;

// As displayed, in points. Of a picture that may hold a line of text, as on PDF pages; logos of letterheads are smaller
// than a pasted scan in both directions.
constexpr double kLeastTextWidth = 40;
constexpr double kLeastTextHeight = 8;
// The resolution that shows_text() is measured at.
constexpr double kTextDpi = 110;
constexpr double kMostPictureSide = 20'000;  // points; above, the file's sizes are nonsense

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

std::optional<document::OfficePicture> PictureStore::add(const std::string& part, const PicturePlacement& placement) {
  const bool is_sane = placement.width > 0 && placement.height > 0 && placement.width < kMostPictureSide &&
                       placement.height < kMostPictureSide;
  if (!is_sane || part.empty() || is_full()) return std::nullopt;
  document::OfficePicture picture;
  picture.index = static_cast<int>(parts_.size());
  picture.width = placement.width;
  picture.height = placement.height;
  picture.crop = placement.crop;
  picture.rotation = placement.rotation;
  parts_.push_back(part);
  return picture;
}

bool PictureStore::is_full() const { return parts_.size() >= static_cast<std::size_t>(package_.limits().pictures); }

std::string PictureStore::kind_of(const document::OfficePicture& picture) const {
  const std::string& part = parts_.at(static_cast<std::size_t>(picture.index));
  const std::size_t point = part.rfind('.');
  std::string kind = point == std::string::npos ? std::string() : part.substr(point + 1);
  for (char& c : kind) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  constexpr std::string_view kKinds[] = {"EMF", "WMF", "EMZ", "WMZ", "GIF", "PCT", "SVG", "WDP", "HEIC", "WEBP"};
  return std::find(std::begin(kKinds), std::end(kKinds), kind) == std::end(kKinds) ? std::string() : kind;
}

base::Result<Source*> PictureStore::open(int index) {
  if (index < 0 || static_cast<std::size_t>(index) >= parts_.size()) {
    return base::fail(ErrorCode::kNotFound, "The Office file has no such picture.");
  }
  if (index == open_index_) return open_source_.get();
  open_source_.reset();
  open_index_ = -1;
  auto content = package_.read(parts_[static_cast<std::size_t>(index)]);
  if (!content) return tl::unexpected(content.error());
  bytes_ = std::move(*content);
  const Format format = detect_format(bytes_of(bytes_));
  if (!is_picture(format)) {
    return base::fail(ErrorCode::kUnsupportedFormat,
                      "A picture of a kind that is not read (such as EMF, WMF or GIF) was left out.");
  }
  auto source = picture::open_picture(format, bytes_of(bytes_), options_);
  if (!source) return tl::unexpected(source.error());
  open_source_ = std::move(*source);
  open_index_ = index;
  return open_source_.get();
}

base::Result<void> PictureStore::look_at(document::OfficePicture& picture) {
  const auto source = open(picture.index);
  if (!source) return tl::unexpected(source.error());
  const auto page = (*source)->page(0);
  if (!page) return tl::unexpected(page.error());
  picture.page_width = page->width;
  picture.page_height = page->height;
  picture.page_dpi = page->source_dpi;
  const bool is_turned = picture.rotation % 180 != 0;
  const double width = is_turned ? picture.height : picture.width;
  const double height = is_turned ? picture.width : picture.height;
  if (width < kLeastTextWidth || height < kLeastTextHeight) return {};
  const auto text = shows_text(picture);
  if (!text) return tl::unexpected(text.error());
  picture.shows_text = *text;
  return {};
}

base::Result<bool> PictureStore::shows_text(const document::OfficePicture& picture) {
  std::vector<std::uint8_t> pixels;
  const auto size = render(picture.index, picture.page_dpi, [&](std::size_t count) {
    pixels.resize(count);
    return std::span(pixels);
  });
  if (!size) return tl::unexpected(size.error());
  const cv::Mat colours(size->height, size->width, CV_8UC3, pixels.data());
  cv::Mat grey;
  cv::cvtColor(colours, grey, cv::COLOR_BGR2GRAY);
  // A scan is pasted at any size: the page that the picture would be by itself says how large its letters are, and so
  // does the size it is shown at. Text shows at one of them.
  for (const double shown_width :
       {picture.width / std::max(0.05, 1 - picture.crop.x0 - picture.crop.x1), picture.page_width}) {
    const double scale = std::min(1.0, shown_width * kTextDpi / 72 / grey.cols);
    if (scale * std::min(grey.cols, grey.rows) < 8) continue;
    cv::Mat scaled;
    cv::resize(grey, scaled, {}, scale, scale, cv::INTER_AREA);
    if (input::shows_text(scaled)) return true;
  }
  return false;
}

base::Result<RenderedSize> PictureStore::render(int index, double dpi, const PixelAllocator& allocate) {
  const auto source = open(index);
  if (!source) return tl::unexpected(source.error());
  return (*source)->render(0, dpi, allocate);
}

}  // namespace medmark::input::office
