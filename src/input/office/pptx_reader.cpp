#include "input/office/pptx_reader.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "input/office/drawing.hpp"
#include "input/office/pptx_slide.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

using base::ErrorCode;
using document::OfficePage;
using pugi::xml_node;

constexpr double kLeastSlideSide = 36;   // points
constexpr double kMostSlideSide = 4032;  // 56 inches, the most PowerPoint allows

class PptxReader {
 public:
  PptxReader(Package& package, std::string part, PictureStore& pictures, int max_pages)
      : package_(package), part_(std::move(part)), drawings_(package, pictures), max_pages_(max_pages) {}

  base::Result<std::vector<OfficePage>> read(xml_node presentation) {
    const xml_node size = child(presentation, "sldSz");
    width_ = std::clamp(number_attribute(size, "cx", 9'144'000) / kEmusPerPoint, kLeastSlideSide, kMostSlideSide);
    height_ = std::clamp(number_attribute(size, "cy", 6'858'000) / kEmusPerPoint, kLeastSlideSide, kMostSlideSide);
    const Relationships& relationships = package_.relationships(part_);
    std::vector<OfficePage> pages;
    for (const xml_node slide : child(presentation, "sldIdLst").children()) {
      if (local_name(slide) != "sldId") continue;
      if (pages.size() >= static_cast<std::size_t>(max_pages_)) {
        return base::fail(ErrorCode::kTooManyPages,
                          "The document has more than " + std::to_string(max_pages_) + " pages.");
      }
      const auto found = relationships.find(std::string(prefixed_attribute(slide, "id")));
      pages.push_back(
          page_of(found == relationships.end() ? "" : found->second.target, static_cast<int>(pages.size())));
    }
    if (pages.empty()) return base::fail(ErrorCode::kCorruptDocument, "The PowerPoint file has no slides.");
    return pages;
  }

 private:
  base::Result<XmlPart> load(const std::string& name) {
    const auto content = package_.read(name);
    if (!content) return tl::unexpected(content.error());
    return XmlPart::parse(*content, package_.limits());
  }

  // Layouts and masters are shared by slides. One that cannot be read is as good as none.
  xml_node shared(const std::string& name) {
    const auto [it, is_new] = shared_.try_emplace(name);
    if (is_new && !name.empty()) {
      if (auto part = load(name)) it->second = std::move(*part);
    }
    return it->second ? it->second->root() : xml_node();
  }

  OfficePage page_of(const std::string& name, int index) {
    OfficePage page;
    page.index = index;
    page.is_slide = true;
    page.width = width_;
    page.height = height_;
    page.text_area = {0, 0, width_, height_};
    const auto slide = load(name);
    if (!slide) {
      page.errors.push_back({slide.error().code, "The slide could not be read."});
      return page;
    }
    const std::string layout = target_of_type(package_.relationships(name), "slideLayout");
    const std::string master = target_of_type(package_.relationships(layout), "slideMaster");
    SlideParts parts;
    parts.slide = slide->root();
    parts.layout = shared(layout);
    parts.master = shared(master);
    parts.name = name;
    parts.height = height_;
    page.items = items_of_slide(parts, drawings_, package_.limits());
    if (const std::string notes = target_of_type(package_.relationships(name), "notesSlide"); !notes.empty()) {
      if (const auto part = load(notes)) {
        auto items = notes_of(part->root());
        std::move(items.begin(), items.end(), std::back_inserter(page.items));
      } else {
        page.errors.push_back({part.error().code, "The slide's notes could not be read."});
      }
    }
    for (base::Error& error : drawings_.take_errors()) page.errors.push_back(std::move(error));
    return page;
  }

  Package& package_;
  std::string part_;
  DrawingReader drawings_;
  int max_pages_;
  double width_ = 720;
  double height_ = 540;
  std::map<std::string, std::optional<XmlPart>> shared_;
};

}  // namespace

base::Result<std::vector<OfficePage>> read_pptx(Package& package, const std::string& part, xml_node root,
                                                PictureStore& pictures, int max_pages) {
  return PptxReader(package, part, pictures, max_pages).read(root);
}

}  // namespace medmark::input::office
