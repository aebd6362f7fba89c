#include "structure/page/marks.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "structure/text/line_text.hpp"

namespace medmark::structure {
namespace {

using document::Block;
using document::BlockType;
using document::RegionKind;
using document::TextLine;

struct MarkLimits {
  double slant = 8;                    // degrees; lines of a flat page are within 1, watermarks are set at 20 to 45
  double margin = 0.08;                // share of the page's width
  double inside_seal = 0.95;           // share of the words in a seal that lies inside its box
  std::size_t longest_seal_name = 12;  // characters
};
constexpr MarkLimits kLimits;

double slant_of(const TextLine& line) {
  const double dx = line.quad[1].x - line.quad[0].x;
  const double dy = line.quad[1].y - line.quad[0].y;
  if (dx == 0 && dy == 0) return 0;
  const double degrees = std::abs(std::atan2(dy, dx)) * 180 / std::numbers::pi;
  return std::min({degrees, std::abs(degrees - 90), std::abs(degrees - 180)});
}

bool in_margin(const document::PageEvidence& page, const TextLine& line) {
  return line.bbox.x1 < kLimits.margin * page.width || line.bbox.x0 > (1 - kLimits.margin) * page.width;
}

// The words in the middle of a seal whose colour was not told from the print: "检验专用章" inside its ring.
bool is_name_of_seal(const document::PageEvidence& page, const TextLine& line) {
  constexpr std::u32string_view kEnding = U"专用章";
  const std::size_t count = line.characters.size();
  if (count <= kEnding.size() || count > kLimits.longest_seal_name) return false;
  for (std::size_t k = 0; k < kEnding.size(); ++k) {
    if (line.characters[count - kEnding.size() + k].code != kEnding[k]) return false;
  }
  return std::any_of(page.regions.begin(), page.regions.end(), [&](const document::Region& region) {
    return region.kind == RegionKind::kSeal && base::covered_share(line.bbox, region.bbox) > kLimits.inside_seal;
  });
}

std::optional<BlockType> mark_type(const document::PageEvidence& page, const TextLine& line) {
  if (line.hint == BlockType::kSeal || line.hint == BlockType::kWatermark || line.hint == BlockType::kHandwriting) {
    return line.hint;
  }
  if (slant_of(line) > kLimits.slant && line.characters.size() > 1) return BlockType::kWatermark;
  if (line.is_vertical && in_margin(page, line)) return BlockType::kHeader;
  if (is_name_of_seal(page, line)) return BlockType::kSeal;
  return std::nullopt;
}

BlockType type_of(RegionKind kind) {
  switch (kind) {
    case RegionKind::kSeal:
      return BlockType::kSeal;
    case RegionKind::kWatermark:
      return BlockType::kWatermark;
    case RegionKind::kHandwriting:
      return BlockType::kHandwriting;
    case RegionKind::kPicture:
      return BlockType::kFigure;
  }
  return BlockType::kOther;
}

}  // namespace

std::vector<MarkBlock> marks_of(const document::PageEvidence& page, std::vector<bool>& taken) {
  std::vector<MarkBlock> marks;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (taken[i]) continue;
    const TextLine& line = page.lines[i];
    const std::optional<BlockType> type = mark_type(page, line);
    if (!type.has_value()) continue;
    taken[i] = true;
    RunText text;
    append_line(text, line, page.index);
    Block block;
    block.type = *type;
    block.page = page.index;
    block.bbox = line.bbox;
    block.text = std::move(text.text);
    block.runs = std::move(text.runs);
    block.confidence = line.confidence;
    block.source = line.source;
    block.needs_review = *type == BlockType::kHandwriting;
    marks.push_back({std::move(block), *type == BlockType::kHandwriting});
  }
  for (const document::Region& region : page.regions) {
    if (region.kind == RegionKind::kPicture) continue;
    Block block;
    block.type = type_of(region.kind);
    block.page = page.index;
    block.bbox = region.bbox;
    block.text = region.text;
    block.confidence = region.confidence;
    block.source = page.source;
    block.needs_review = region.kind == RegionKind::kHandwriting;
    marks.push_back({std::move(block), region.kind == RegionKind::kHandwriting});
  }
  return marks;
}

}  // namespace medmark::structure
