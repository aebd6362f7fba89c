#include "input/pdf/outline.hpp"

#include <fpdf_doc.h>

#include <set>
#include <string>

#include "base/text.hpp"
#include "input/pdf/handles.hpp"

namespace medmark::input::pdf {
namespace {

constexpr std::size_t kMaxEntries = 5000;
constexpr int kMaxLevel = 16;
constexpr unsigned long kMaxTitleBytes = 2048;

class OutlineReader {
 public:
  explicit OutlineReader(FPDF_DOCUMENT document) : document_(document) {}

  std::vector<document::OutlineEntry> read() {
    visit_children(nullptr, 1);
    return std::move(entries_);
  }

 private:
  void visit_children(FPDF_BOOKMARK parent, int level) {
    if (level > kMaxLevel) return;
    for (FPDF_BOOKMARK bookmark = FPDFBookmark_GetFirstChild(document_, parent); bookmark != nullptr;
         bookmark = FPDFBookmark_GetNextSibling(document_, bookmark)) {
      if (entries_.size() >= kMaxEntries || !seen_.insert(bookmark).second) return;
      add(bookmark, level);
      visit_children(bookmark, level + 1);
    }
  }

  void add(FPDF_BOOKMARK bookmark, int level) {
    const FPDF_DEST destination = FPDFBookmark_GetDest(document_, bookmark);
    const int page = destination == nullptr ? -1 : FPDFDest_GetDestPageIndex(document_, destination);
    const unsigned long size = FPDFBookmark_GetTitle(bookmark, nullptr, 0);
    if (page < 0 || size < 2 || size > kMaxTitleBytes) return;
    std::u16string title(size / 2, u'\0');
    FPDFBookmark_GetTitle(bookmark, title.data(), size);
    std::string text = base::trimmed(from_utf16(title));
    if (!text.empty()) entries_.push_back({std::move(text), page, level});
  }

  FPDF_DOCUMENT document_;
  std::set<FPDF_BOOKMARK> seen_;
  std::vector<document::OutlineEntry> entries_;
};

}  // namespace

std::vector<document::OutlineEntry> read_outline(FPDF_DOCUMENT document) { return OutlineReader(document).read(); }

}  // namespace medmark::input::pdf
