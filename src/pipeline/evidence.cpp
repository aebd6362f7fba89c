#include "pipeline/evidence.hpp"

#include <algorithm>
#include <iterator>

#include "base/text.hpp"
#include "image/ink_map.hpp"
#include "image/light.hpp"
#include "image/picture_region.hpp"
#include "image/pixel_rect.hpp"
#include "image/prepare.hpp"
#include "image/ruling.hpp"
#include "image/seal.hpp"
#include "image/watermark.hpp"
#include "input/upright.hpp"
#include "vision/check_boxes.hpp"
#include "vision/signatures.hpp"
#include "vision/unread_ink.hpp"

namespace medmark::pipeline {
namespace {

using document::TextLine;

// A view of the decoder's pixels; valid as long as the picture is.
cv::Mat pixels_of(const input::Picture& picture) {
  return {picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.bgr.data())};
}

// What is left as it was on the way (a page that was straight already) is still such a view: a copy where it is to
// last.
cv::Mat lasting(const cv::Mat& pixels) { return pixels.u == nullptr ? pixels.clone() : pixels; }

cv::Mat cleaned(const cv::Mat& flat) {
  return image::normalise_light(flat, image::ink_map(image::analysis_picture(flat)));
}

template <typename T>
std::vector<T> value_or_note(base::Result<std::vector<T>> result, std::vector<base::Error>& errors) {
  if (result.has_value()) return std::move(*result);
  errors.push_back(result.error());
  return {};
}

image::OrientationClassifier classifier(const vision::Vision& vision, std::vector<base::Error>& errors) {
  return [&](const cv::Mat& crop) {
    const auto probabilities = vision.orientation(crop);
    if (probabilities.has_value()) return *probabilities;
    if (errors.empty()) errors.push_back(probabilities.error());
    return std::array<double, 4>{0.25, 0.25, 0.25, 0.25};
  };
}

// Ink of a seal hides what it covers, red print above all: a digit or point read there is never sure enough to go
// unchecked (values below 0.9 say `needs_review`). Measured: one 56.98 under a seal of its own colour read as 50.98.
constexpr double kMostUnderSeal = 0.85;

void doubt_digits_under_seals(document::PageEvidence& page) {
  for (TextLine& line : page.lines) {
    for (document::Character& character : line.characters) {
      if (!base::is_digit(character.code) && character.code != U'.') continue;
      const bool is_covered = std::any_of(page.regions.begin(), page.regions.end(), [&](const auto& region) {
        return region.kind == document::RegionKind::kSeal && !base::intersection(region.bbox, character.bbox).empty();
      });
      if (is_covered) character.confidence = std::min(character.confidence, kMostUnderSeal);
    }
  }
}

// A hand that writes over print leaves what was printed uncertain, whatever it still reads as.
constexpr double kMostUnderPen = 0.8;

void doubt_print_under_handwriting(document::PageEvidence& page, const std::vector<base::Rect>& touched) {
  for (TextLine& line : page.lines) {
    for (document::Character& character : line.characters) {
      const bool is_touched = std::any_of(touched.begin(), touched.end(), [&](const base::Rect& place) {
        return !base::intersection(place, character.bbox).empty();
      });
      if (is_touched) character.confidence = std::min(character.confidence, kMostUnderPen);
    }
  }
}

// Lines read from a crop of the page, moved from the crop's flat points to those of the page.
void move_lines(std::vector<TextLine>& lines, const document::PageMapping& crop_to_displayed, double x, double y) {
  const auto moved = [&](const base::Rect& rect) {
    const base::Rect displayed = crop_to_displayed.map(rect);
    return base::Rect{displayed.x0 + x, displayed.y0 + y, displayed.x1 + x, displayed.y1 + y};
  };
  for (TextLine& line : lines) {
    line.bbox = moved(line.bbox);
    for (base::Point& corner : line.quad) {
      corner = crop_to_displayed.map(corner);
      corner = {corner.x + x, corner.y + y};
    }
    for (document::Character& character : line.characters) character.bbox = moved(character.bbox);
  }
}

void append(std::vector<document::Region>& regions, std::vector<document::Region> more) {
  std::move(more.begin(), more.end(), std::back_inserter(regions));
}

// Seals, watermarks and handwriting out of the way of the text; pictures and ruling lines found. The answer: where
// handwriting touches print.
std::vector<base::Rect> find_ink(const image::PreparedPage& prepared, const vision::Vision& vision,
                                 GatheredEvidence& gathered) {
  image::SealSeparation seals = image::separate_seals(prepared.flat, prepared.dpi);
  image::WatermarkSuppression watermark = image::suppress_watermark(seals.without_seals, prepared.dpi);
  bool is_touched = !seals.seals.empty() || !watermark.watermarks.empty();
  append(gathered.page.regions, std::move(seals.seals));
  append(gathered.page.regions, std::move(watermark.watermarks));
  append(gathered.page.regions, image::find_picture_regions(watermark.without_watermark, prepared.dpi));
  cv::Mat print = watermark.without_watermark;
  std::vector<base::Rect> touched;
  auto writing = vision.separate_handwriting(print, prepared.dpi, gathered.page.regions);
  if (!writing.has_value()) {
    gathered.errors.push_back(writing.error());
  } else if (!writing->handwriting.empty()) {
    print = writing->without;
    touched = std::move(writing->touched);
    append(gathered.page.regions, std::move(writing->handwriting));
    is_touched = true;
  }
  gathered.clean = lasting(is_touched ? cleaned(print) : prepared.clean);
  gathered.page.rulings = image::detect_rulings(gathered.clean, prepared.dpi);
  return touched;
}

// A recognised line is known where native text covers the middle of it: regions to recognise may reach over native
// lines.
bool is_known(const TextLine& line, const std::vector<TextLine>& native_lines) {
  const base::Point middle{line.bbox.center_x(), line.bbox.center_y()};
  return std::any_of(native_lines.begin(), native_lines.end(),
                     [&](const TextLine& native) { return native.bbox.contains(middle); });
}

GatheredEvidence empty_evidence(const input::NativePage& page, document::TextSource source) {
  GatheredEvidence gathered;
  gathered.page.index = page.index;
  gathered.page.width = page.width;
  gathered.page.height = page.height;
  gathered.page.source = source;
  return gathered;
}

// What the file itself says, as the page is displayed.
GatheredEvidence displayed_evidence(const input::NativePage& page, document::TextSource source) {
  GatheredEvidence gathered = empty_evidence(page, source);
  gathered.page.lines = page.lines;
  gathered.page.rulings = page.rulings;
  for (const base::Rect& picture : page.pictures) {
    gathered.page.regions.push_back(
        {.kind = document::RegionKind::kPicture, .bbox = picture, .confidence = 1, .text = {}});
  }
  return gathered;
}

}  // namespace

GatheredEvidence native_evidence(const input::NativePage& page) {
  const int turn = input::upright_rotation(page);
  if (turn == 0) return displayed_evidence(page, document::TextSource::kNative);
  GatheredEvidence gathered = displayed_evidence(input::turned(page, turn), document::TextSource::kNative);
  gathered.rotation = turn;
  gathered.page.flat_to_page = input::mapping_of_turn(page.width, page.height, turn);
  return gathered;
}

GatheredEvidence scanned_evidence(const input::NativePage& page, const input::Picture& picture,
                                  const vision::Vision& vision, StageTimer& timer) {
  GatheredEvidence gathered = empty_evidence(page, document::TextSource::kOcr);
  const image::PreparedPage prepared = timer.measure(
      "upright", [&] { return image::prepare(pixels_of(picture), picture.dpi, classifier(vision, gathered.errors)); });
  gathered.rotation = prepared.rotation;
  gathered.skew_deg = prepared.skew_deg;
  gathered.picture = lasting(prepared.flat);
  gathered.picture_dpi = prepared.dpi;
  gathered.page.width = prepared.flat.cols * 72 / prepared.dpi;
  gathered.page.height = prepared.flat.rows * 72 / prepared.dpi;
  gathered.page.flat_to_page = prepared.flat_to_page;

  const std::vector<base::Rect> touched = timer.measure("clean", [&] { return find_ink(prepared, vision, gathered); });
  timer.measure("layout", [&] {
    gathered.page.layout =
        value_or_note(vision.find_layout(gathered.clean, prepared.flat, prepared.dpi), gathered.errors);
  });
  timer.measure("text", [&] {
    gathered.page.lines = value_or_note(vision.read_text(gathered.clean, prepared.dpi), gathered.errors);
  });
  append(gathered.page.regions,
         vision::take_signatures(gathered.clean, prepared.dpi, gathered.page.regions, gathered.page.lines));
  timer.measure("text", [&] {
    if (auto taken = vision.take_black_marks(gathered.clean, prepared.dpi, gathered.page); !taken)
      gathered.errors.push_back(taken.error());
    vision::write_check_boxes(gathered.clean, prepared.dpi, gathered.page.regions, gathered.page.lines);
  });
  doubt_digits_under_seals(gathered.page);
  doubt_print_under_handwriting(gathered.page, touched);
  // Not on photographs yet: what is left unread there is small (the minus of a charge), and the LaTeX asks for review.
  if (!prepared.is_photograph) {
    gathered.page.unread_ink = vision::find_unread_ink(gathered.clean, prepared.dpi, gathered.page);
  }
  return gathered;
}

GatheredEvidence mixed_evidence(const input::NativePage& page, const input::Picture& picture,
                                const vision::Vision& vision, StageTimer& timer) {
  GatheredEvidence gathered = displayed_evidence(page, document::TextSource::kMixed);
  const std::vector<TextLine> native_lines = gathered.page.lines;
  gathered.picture = pixels_of(picture).clone();
  gathered.picture_dpi = picture.dpi;
  for (const base::Rect& region : page.recognise) {
    const cv::Rect rect = image::pixel_rect(region, picture.dpi, gathered.picture.size());
    if (rect.empty()) continue;
    const image::PreparedPage prepared = timer.measure("upright", [&] {
      return image::prepare(gathered.picture(rect).clone(), picture.dpi, classifier(vision, gathered.errors),
                            {.find_sheet = false, .find_curl = false});
    });
    auto lines = timer.measure(
        "text", [&] { return value_or_note(vision.read_text(prepared.clean, prepared.dpi), gathered.errors); });
    move_lines(lines, prepared.flat_to_page, rect.x * 72 / picture.dpi, rect.y * 72 / picture.dpi);
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(gathered.page.lines),
                 [&](const TextLine& line) { return !is_known(line, native_lines); });
  }
  return gathered;
}

}  // namespace medmark::pipeline
