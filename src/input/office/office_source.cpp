#include "input/office/office_source.hpp"

#include <utility>

#include "input/format.hpp"
#include "input/office/docx_reader.hpp"
#include "input/office/package.hpp"
#include "input/office/picture_store.hpp"
#include "input/office/pptx_reader.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

using base::ErrorCode;
using document::OfficeItem;
using document::OfficeItemKind;
using document::OfficePage;

class OfficeSource : public Source {
 public:
  OfficeSource(Package package, const SourceOptions& options)
      : package_(std::move(package)), pictures_(package_, options), max_pages_(options.max_pages) {}

  base::Result<void> read() {
    const std::string part = target_of_type(package_.relationships(""), "officeDocument");
    const auto content = package_.read(part);
    if (!content) {
      return part.empty() || content.error().code == ErrorCode::kNotFound
                 ? base::fail(ErrorCode::kUnsupportedFormat, "The archive holds no Office document that is read.")
                 : tl::unexpected(content.error());
    }
    const auto xml = XmlPart::parse(*content, package_.limits());
    if (!xml) return tl::unexpected(xml.error());
    const std::string_view kind = local_name(xml->root());
    if (kind != "document" && kind != "presentation") {
      return base::fail(ErrorCode::kUnsupportedFormat, "The archive holds no Office document that is read.");
    }
    format_ = kind == "document" ? Format::kDocx : Format::kPptx;
    auto pages = format_ == Format::kDocx ? read_docx(package_, part, xml->root(), pictures_, max_pages_)
                                          : read_pptx(package_, part, xml->root(), pictures_, max_pages_);
    if (!pages) return tl::unexpected(pages.error());
    pages_ = std::move(*pages);
    return {};
  }

  std::string_view media_type() const override { return input::media_type(format_); }
  int page_count() const override { return static_cast<int>(pages_.size()); }
  std::vector<document::OutlineEntry> outline() override { return {}; }
  bool is_office() const override { return true; }

  base::Result<NativePage> page(int index) override {
    if (!has_page(index)) return no_page();
    const OfficePage& office = pages_[static_cast<std::size_t>(index)];
    NativePage page;
    page.index = index;
    page.width = office.width;
    page.height = office.height;
    return page;
  }

  base::Result<RenderedSize> render(int index, double, const PixelAllocator&) override {
    if (!has_page(index)) return no_page();
    return base::fail(ErrorCode::kUnsupportedFormat, "Pages of Office files are not drawn.");
  }

  base::Result<OfficePage> office_page(int index) override {
    if (!has_page(index)) return no_page();
    OfficePage page = pages_[static_cast<std::size_t>(index)];
    look_at(page.items, page.errors);
    return page;
  }

  base::Result<RenderedSize> render_office_picture(int index, double dpi, const PixelAllocator& allocate) override {
    return pictures_.render(index, dpi, allocate);
  }

 private:
  [[nodiscard]] bool has_page(int index) const { return index >= 0 && index < page_count(); }
  static tl::unexpected<base::Error> no_page() {
    return base::fail(ErrorCode::kNotFound, "The document has no such page.");
  }

  // What stands in the text where a picture cannot be shown, so that its loss is seen by whoever reads the result.
  [[nodiscard]] std::string placeholder_for(const document::OfficePicture& picture) const {
    const std::string kind = pictures_.kind_of(picture);
    return "[图片未读取 · picture not read" + (kind.empty() ? "" : " · " + kind) + "]";
  }

  // Pictures that cannot be read leave a line that says so, and a note.
  void look_at(std::vector<OfficeItem>& items, std::vector<base::Error>& errors) {
    for (OfficeItem& item : items) {
      look_at(item.items, errors);
      for (document::OfficeCell& cell : item.table.cells) look_at(cell.items, errors);
      if (item.kind != OfficeItemKind::kPicture) continue;
      const auto looked = pictures_.look_at(item.picture);
      if (looked) continue;
      const bool is_told = std::find(errors.begin(), errors.end(), looked.error()) != errors.end();
      if (!is_told) errors.push_back(looked.error());
      item.kind = OfficeItemKind::kParagraph;
      item.paragraph.runs.push_back({.text = placeholder_for(item.picture)});
    }
  }

  Package package_;
  PictureStore pictures_;
  int max_pages_;
  Format format_ = Format::kDocx;
  std::vector<OfficePage> pages_;
};

}  // namespace

base::Result<std::unique_ptr<Source>> open_office(std::span<const std::uint8_t> bytes, const SourceOptions& options,
                                                  const OfficeLimits& limits) {
  auto package = Package::open(bytes, limits);
  if (!package) return tl::unexpected(package.error());
  auto source = std::make_unique<OfficeSource>(std::move(*package), options);
  if (auto read = source->read(); !read) return tl::unexpected(read.error());
  return source;
}

}  // namespace medmark::input::office
