#include "input/picture/picture_source.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <utility>

namespace medmark::input::picture {
namespace {

using base::ErrorCode;

bool is_transposed(int orientation) { return orientation >= 5; }

// Turns stored pixels upright: EXIF orientation 2 mirrored, 3 upside down, 4 both, 5..8 the same transposed.
cv::Mat turned_upright(const cv::Mat& stored, int orientation) {
  cv::Mat upright;
  switch (orientation) {
    case 2:
      cv::flip(stored, upright, 1);
      return upright;
    case 3:
      cv::rotate(stored, upright, cv::ROTATE_180);
      return upright;
    case 4:
      cv::flip(stored, upright, 0);
      return upright;
    case 5:
      cv::transpose(stored, upright);
      return upright;
    case 6:
      cv::rotate(stored, upright, cv::ROTATE_90_CLOCKWISE);
      return upright;
    case 7: {
      cv::Mat transposed;
      cv::transpose(stored, transposed);
      cv::rotate(transposed, upright, cv::ROTATE_180);
      return upright;
    }
    case 8:
      cv::rotate(stored, upright, cv::ROTATE_90_COUNTERCLOCKWISE);
      return upright;
    default:
      return stored;
  }
}

class PictureSource : public Source {
 public:
  PictureSource(Format format, std::span<const std::uint8_t> bytes, int page_count, const SourceOptions& options)
      : format_(format), bytes_(bytes), page_count_(page_count), options_(options) {}

  std::string_view media_type() const override { return input::media_type(format_); }
  int page_count() const override { return page_count_; }
  std::vector<document::OutlineEntry> outline() override { return {}; }

  base::Result<NativePage> page(int index) override {
    const auto header = checked_header(index);
    if (!header) return tl::unexpected(header.error());
    const PagePlan plan = plan_page(*header);
    NativePage page;
    page.index = index;
    page.width = plan.width;
    page.height = plan.height;
    page.kind = PageKind::kScanned;
    page.source_dpi = plan.dpi;
    page.pictures = {base::Rect{0, 0, plan.width, plan.height}};
    return page;
  }

  base::Result<RenderedSize> render(int index, double dpi, const PixelAllocator& allocate) override {
    const auto header = checked_header(index);
    if (!header) return tl::unexpected(header.error());
    const PagePlan plan = plan_page(*header);
    const double square_inches = plan.width * plan.height / (72 * 72);
    dpi = std::min({dpi, plan.dpi, std::sqrt(static_cast<double>(options_.max_rendered_pixels) / square_inches)});
    RenderedSize size{std::max(1, static_cast<int>(std::lround(plan.width * dpi / 72))),
                      std::max(1, static_cast<int>(std::lround(plan.height * dpi / 72))), dpi, std::nullopt};
    DecodeRequest request{.page = index, .least_width = size.width, .least_height = size.height};
    if (is_transposed(header->orientation)) std::swap(request.least_width, request.least_height);
    auto pixels = decode(format_, bytes_, request);
    if (!pixels) return tl::unexpected(pixels.error());
    if (pixels->is_incomplete) {
      size.damage = base::Error{ErrorCode::kCorruptDocument, "A part of the picture is damaged and could not be read."};
    }
    const std::span<std::uint8_t> target =
        allocate(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 3);
    if (target.empty()) return base::fail(ErrorCode::kTooLarge, "The picture is too large.");
    write_upright(*pixels, header->orientation, cv::Mat(size.height, size.width, CV_8UC3, target.data()));
    return size;
  }

 private:
  base::Result<Header> checked_header(int index) const {
    if (index < 0 || index >= page_count_) return base::fail(ErrorCode::kNotFound, "The document has no such page.");
    auto header = read_header(format_, bytes_, index);
    if (header && std::int64_t{header->width} * header->height > options_.max_picture_pixels) {
      return base::fail(ErrorCode::kTooLarge, "The picture has more pixels than are read.");
    }
    return header;
  }

  static void write_upright(Pixels& pixels, int orientation, cv::Mat target) {
    const cv::Mat stored(pixels.height, pixels.width, CV_8UC3, pixels.bgr.data());
    const cv::Size stored_size = is_transposed(orientation) ? cv::Size(target.rows, target.cols) : target.size();
    if (stored.size() == stored_size && orientation == 1) {
      stored.copyTo(target);
      return;
    }
    cv::Mat scaled = stored;
    if (stored.size() != stored_size) cv::resize(stored, scaled, stored_size, 0, 0, cv::INTER_AREA);
    turned_upright(scaled, orientation).copyTo(target);
  }

  Format format_;
  std::span<const std::uint8_t> bytes_;
  int page_count_;
  SourceOptions options_;
};

}  // namespace

PagePlan plan_page(const Header& header, const ResolutionLimits& limits) {
  double dpi_x = header.dpi_x;
  double dpi_y = header.dpi_y > 0 ? header.dpi_y : dpi_x;
  const double long_side = std::max(header.width * 72 / dpi_x, header.height * 72 / dpi_y);
  // Comparisons fail for what is not a number, too.
  const bool is_sane = std::max(dpi_x, dpi_y) >= limits.least_dpi && std::max(dpi_x, dpi_y) <= limits.most_dpi &&
                       std::min(dpi_x, dpi_y) * 2.5 > std::max(dpi_x, dpi_y) && long_side >= limits.least_long_side &&
                       long_side <= limits.most_long_side;
  if (!is_sane) dpi_x = dpi_y = std::max(header.width, header.height) * 72 / limits.assumed_long_side;
  PagePlan plan{header.width * 72 / dpi_x, header.height * 72 / dpi_y, std::max(dpi_x, dpi_y)};
  if (is_transposed(header.orientation)) std::swap(plan.width, plan.height);
  return plan;
}

base::Result<std::unique_ptr<Source>> open_picture(Format format, std::span<const std::uint8_t> bytes,
                                                   const SourceOptions& options) {
  const auto pages = count_pages(format, bytes);
  if (!pages) return tl::unexpected(pages.error());
  if (*pages > options.max_pages) {
    return base::fail(ErrorCode::kTooManyPages,
                      "The document has more than " + std::to_string(options.max_pages) + " pages.");
  }
  auto source = std::make_unique<PictureSource>(format, bytes, *pages, options);
  // A single picture that cannot be read is refused at once; of several pages, each answers for itself.
  if (*pages == 1) {
    if (const auto first = source->page(0); !first) return tl::unexpected(first.error());
  }
  return source;
}

}  // namespace medmark::input::picture
