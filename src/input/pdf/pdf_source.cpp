#include "input/pdf/pdf_source.hpp"

#include <fpdf_flatten.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "input/page_kind.hpp"
#include "input/pdf/characters.hpp"
#include "input/pdf/drawings.hpp"
#include "input/pdf/fallback_font.hpp"
#include "input/pdf/handles.hpp"
#include "input/pdf/outline.hpp"
#include "input/pdf/picture_objects.hpp"
#include "input/pdf/shape_groups.hpp"
#include "input/text_lines.hpp"

namespace medmark::input::pdf {
namespace {

using base::ErrorCode;
using base::Rect;

constexpr int kMaxAnnotations = 2000;    // a page with more is hostile, and its annotations are left out
constexpr double kLargestSide = 20'000;  // points; PDF's own limit is 14,400
// PDFium keeps something of every page that was read (150 KB of a scanned one) for as long as its document is open.
constexpr int kPagesBeforeReload = 100;

struct OpenPage {
  int index = -1;
  PageHandle handle;
  PageGeometry geometry;
};

// Whether a page has annotations or form fields that show: everything but links and pop-ups.
bool has_visible_annotations(FPDF_PAGE page) {
  const int count = FPDFPage_GetAnnotCount(page);
  if (count > kMaxAnnotations) return false;
  for (int i = 0; i < count; ++i) {
    const AnnotationHandle annotation(FPDFPage_GetAnnot(page, i));
    const FPDF_ANNOTATION_SUBTYPE type = annotation ? FPDFAnnot_GetSubtype(annotation.get()) : FPDF_ANNOT_LINK;
    if (type != FPDF_ANNOT_LINK && type != FPDF_ANNOT_POPUP) return true;
  }
  return false;
}

// Makes PDFium write the looks of form fields that have none yet, by rendering the page into a single pixel.
void draw_missing_appearances(FPDF_PAGE page) {
  std::uint32_t pixel = 0;
  const BitmapHandle bitmap(FPDFBitmap_CreateEx(1, 1, FPDFBitmap_BGRx, &pixel, 4));
  if (bitmap) FPDF_RenderPageBitmap(bitmap.get(), page, 0, 0, 1, 1, 0, FPDF_ANNOT);
}

int count_printed(const std::vector<PlacedCharacter>& characters) {
  return static_cast<int>(std::count_if(characters.begin(), characters.end(),
                                        [](const PlacedCharacter& c) { return !base::is_space(c.code); }));
}

bool has_distrusted(const document::TextLine& line) {
  return std::any_of(line.characters.begin(), line.characters.end(),
                     [](const document::Character& c) { return c.code == kDistrusted; });
}

// Takes the lines with distrusted characters out of `lines` and returns their boxes. The whole line is recognised: a
// single glyph cut out of its line is not, and a line without it would be wrong in silence.
std::vector<Rect> take_distrusted(std::vector<document::TextLine>& lines) {
  const auto first = std::stable_partition(lines.begin(), lines.end(), std::not_fn(has_distrusted));
  std::vector<Rect> boxes;
  for (auto it = first; it != lines.end(); ++it) boxes.push_back(it->bbox);
  lines.erase(first, lines.end());
  return boxes;
}

std::vector<Rect> ink_of(const std::vector<PlacedCharacter>& characters) {
  std::vector<Rect> boxes;
  for (const PlacedCharacter& c : characters) {
    if (!c.ink.empty()) boxes.push_back(base::inflated(c.ink, 0.5, 0.5));
  }
  return boxes;
}

DocumentHandle load_document(std::span<const std::uint8_t> bytes, const std::string& password) {
  return DocumentHandle(
      FPDF_LoadMemDocument64(bytes.data(), bytes.size(), password.empty() ? nullptr : password.c_str()));
}

class PdfSource : public Source {
 public:
  // `repaired` holds the bytes of `document` where those are not the caller's, `given`.
  PdfSource(std::span<const std::uint8_t> given, std::vector<std::uint8_t> repaired, DocumentHandle document,
            int page_count, const SourceOptions& options)
      : given_(given),
        repaired_(std::move(repaired)),
        document_(std::move(document)),
        page_count_(page_count),
        options_(options) {}

  std::string_view media_type() const override { return "application/pdf"; }
  int page_count() const override { return page_count_; }
  std::vector<document::OutlineEntry> outline() override { return read_outline(document_.get()); }

  base::Result<NativePage> page(int index) override {
    if (const auto opened = open_page(index); !opened) return tl::unexpected(opened.error());
    const PageGeometry& geometry = page_.geometry;
    const Drawings drawings = read_drawings(page_.handle.get(), geometry);
    const std::vector<PlacedCharacter> characters = read_characters(page_.handle.get(), geometry);

    NativePage result;
    result.index = index;
    result.width = geometry.width;
    result.height = geometry.height;
    if (characters.size() >= kMaxCharacters) {
      result.errors.push_back({ErrorCode::kTooLarge, "The page holds more characters than are read."});
    }
    result.rulings = drawings.rulings;
    result.lines = group_into_lines(characters, drawings.rulings);
    result.pictures = picture_boxes(drawings);
    PageFacts facts = facts_of(drawings, characters, result.pictures);
    facts.distrusted_lines = take_distrusted(result.lines);
    const PageVerdict verdict = judge_page(facts);
    result.kind = verdict.kind;
    result.recognise = verdict.recognise;
    // Only where pixels are all there is: drawn text gains from every dot.
    const bool is_pixels_only =
        characters.empty() && drawings.vector_drawings.empty() && drawings.glyph_like_shapes == 0;
    if (is_pixels_only) result.source_dpi = scan_dpi(drawings.pictures, geometry.bounds());
    return result;
  }

  base::Result<RenderedSize> render(int index, double dpi, const PixelAllocator& allocate) override {
    if (const auto opened = open_page(index); !opened) return tl::unexpected(opened.error());
    const PageGeometry& geometry = page_.geometry;
    const double page_inches = geometry.width * geometry.height / (72 * 72);
    dpi = std::min(dpi, std::sqrt(static_cast<double>(options_.max_rendered_pixels) / page_inches));
    const auto pixels = [&](double points) { return std::max(1, static_cast<int>(std::lround(points * dpi / 72))); };
    const RenderedSize size{pixels(geometry.width), pixels(geometry.height), dpi, std::nullopt};
    const std::size_t stride = static_cast<std::size_t>(size.width) * 3;
    const std::span<std::uint8_t> target = allocate(stride * static_cast<std::size_t>(size.height));
    if (target.empty()) return base::fail(ErrorCode::kTooLarge, "The page is too large to render.");
    const BitmapHandle bitmap(
        FPDFBitmap_CreateEx(size.width, size.height, FPDFBitmap_BGR, target.data(), static_cast<int>(stride)));
    if (!bitmap) return base::fail(ErrorCode::kInternal, "The page could not be rendered.");
    FPDFBitmap_FillRect(bitmap.get(), 0, 0, size.width, size.height, 0xFFFFFFFF);
    FPDF_RenderPageBitmap(bitmap.get(), page_.handle.get(), 0, 0, size.width, size.height, 0, FPDF_ANNOT);
    return size;
  }

 private:
  base::Result<void> open_page(int index) {
    if (index < 0 || index >= page_count_) return base::fail(ErrorCode::kNotFound, "The document has no such page.");
    if (page_.index == index) return {};
    page_ = {};
    reload_after_many_pages();
    PageHandle handle(FPDF_LoadPage(document_.get(), index));
    if (!handle) return base::fail(ErrorCode::kCorruptDocument, "The page is damaged and cannot be read.");
    if (has_visible_annotations(handle.get())) {
      // Annotations and form fields become part of the page, so that their text and lines are read like all others.
      draw_missing_appearances(handle.get());
      if (FPDFPage_Flatten(handle.get(), FLAT_NORMALDISPLAY) == FLATTEN_SUCCESS) {
        handle.reset();
        handle.reset(FPDF_LoadPage(document_.get(), index));
        if (!handle) return base::fail(ErrorCode::kCorruptDocument, "The page is damaged and cannot be read.");
      }
    }
    FS_RECTF box{};
    if (FPDF_GetPageBoundingBox(handle.get(), &box) == 0) {
      return base::fail(ErrorCode::kCorruptDocument, "The page is damaged and cannot be read.");
    }
    const Rect visible{std::min(box.left, box.right), std::min(box.bottom, box.top), std::max(box.left, box.right),
                       std::max(box.bottom, box.top)};
    const PageGeometry geometry = page_geometry(visible, FPDFPage_GetRotation(handle.get()));
    if (!(geometry.width >= 1 && geometry.height >= 1 && geometry.width <= kLargestSide &&
          geometry.height <= kLargestSide)) {
      return base::fail(ErrorCode::kCorruptDocument, "The page has no sensible size.");
    }
    page_ = {index, std::move(handle), geometry};
    return {};
  }

  // The document that is open stays where it cannot be opened again.
  void reload_after_many_pages() {
    if (++pages_opened_ % kPagesBeforeReload != 0) return;
    DocumentHandle fresh = load_document(repaired_.empty() ? given_ : repaired_, options_.password);
    if (fresh && FPDF_GetPageCount(fresh.get()) == page_count_) document_ = std::move(fresh);
  }

  PageFacts facts_of(const Drawings& drawings, const std::vector<PlacedCharacter>& characters,
                     std::span<const Rect> pictures) {
    PageFacts facts;
    facts.width = page_.geometry.width;
    facts.height = page_.geometry.height;
    facts.distrusted_characters = static_cast<int>(std::count_if(
        characters.begin(), characters.end(), [](const PlacedCharacter& c) { return c.code == kDistrusted; }));
    facts.trusted_characters = count_printed(characters) - facts.distrusted_characters;
    facts.glyph_like_shapes = drawings.glyph_like_shapes;
    facts.draws_anything = drawings.has_any;
    std::vector<Rect> boxes;
    for (const PictureObject& picture : drawings.pictures) boxes.push_back(picture.box);
    facts.picture_cover = covered_share(boxes, page_.geometry.bounds());
    // Where there is no text of the file's own, everything is read from pixels anyway.
    if (facts.trusted_characters > 0) {
      facts.text_pictures = pictures_with_text(page_.handle.get(), page_.geometry, pictures, ink_of(characters));
    }
    return facts;
  }

  std::span<const std::uint8_t> given_;
  std::vector<std::uint8_t> repaired_;
  DocumentHandle document_;
  int page_count_;
  int pages_opened_ = 0;
  SourceOptions options_;
  OpenPage page_;  // the last one used stays open: reading and rendering come in pairs
};

base::Error open_error(const SourceOptions& options) {
  switch (FPDF_GetLastError()) {
    case FPDF_ERR_PASSWORD:
      if (options.password.empty())
        return {ErrorCode::kPasswordRequired, "The document is encrypted; give its password."};
      return {ErrorCode::kWrongPassword, "The password does not open the document."};
    case FPDF_ERR_SECURITY:
      return {ErrorCode::kUnsupportedFormat, "The document's encryption is not supported."};
    default:
      return {ErrorCode::kCorruptDocument, "The PDF is damaged and cannot be opened."};
  }
}

// A file that was cut off has lost the trailer that names its catalog, and PDFium finds objects again but not which of
// them is that. With a trailer of ours behind it, it does. Empty where the file holds no catalog.
std::vector<std::uint8_t> with_trailer(std::span<const std::uint8_t> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::size_t catalog = text.find("/Catalog");
  if (catalog == std::string_view::npos) return {};
  const std::size_t object = text.substr(0, catalog).rfind(" obj");
  if (object == std::string_view::npos) return {};
  // "12 0 obj": the number stands two words before.
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t end = object;
  while (end > 0 && is_digit(text[end - 1])) --end;
  while (end > 0 && text[end - 1] == ' ') --end;
  std::size_t begin = end;
  while (begin > 0 && is_digit(text[begin - 1])) --begin;
  const std::string_view number = text.substr(begin, end - begin);
  if (number.empty() || number.size() > 8) return {};
  std::vector<std::uint8_t> repaired(bytes.begin(), bytes.end());
  const std::string trailer = "\nendobj\ntrailer\n<< /Root " + std::string(number) + " 0 R >>\n%%EOF\n";
  repaired.insert(repaired.end(), trailer.begin(), trailer.end());
  return repaired;
}

}  // namespace

base::Result<std::unique_ptr<Source>> open_pdf(std::span<const std::uint8_t> bytes, const SourceOptions& options) {
  start_pdfium(options.fallback_font);
  std::vector<std::uint8_t> repaired;
  DocumentHandle document = load_document(bytes, options.password);
  if (!document && FPDF_GetLastError() == FPDF_ERR_FORMAT) {
    repaired = with_trailer(bytes);
    if (!repaired.empty()) document = load_document(repaired, options.password);
  }
  if (!document) return tl::unexpected(open_error(options));
  const int page_count = FPDF_GetPageCount(document.get());
  if (page_count <= 0) return base::fail(ErrorCode::kCorruptDocument, "The PDF holds no readable page.");
  if (page_count > options.max_pages) {
    return base::fail(ErrorCode::kTooManyPages,
                      "The document has more than " + std::to_string(options.max_pages) + " pages.");
  }
  return std::make_unique<PdfSource>(bytes, std::move(repaired), std::move(document), page_count, options);
}

}  // namespace medmark::input::pdf
