#include "vision/doubled_ink.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "vision/scripts.hpp"

namespace medmark::vision {
namespace {

using document::Character;
using document::TextLine;

constexpr double kSameRow = 0.5;  // of the lower line's height
constexpr double kSameInk = 0.5;  // of the narrower character's width

double shared(double a0, double a1, double b0, double b1) { return std::min(a1, b1) - std::max(a0, b0); }

bool may_share_ink(const TextLine& a, const TextLine& b) {
  const double height = std::min(a.bbox.height(), b.bbox.height());
  return shared(a.bbox.y0, a.bbox.y1, b.bbox.y0, b.bbox.y1) > kSameRow * height &&
         shared(a.bbox.x0, a.bbox.x1, b.bbox.x0, b.bbox.x1) > 0;
}

bool is_same_ink(const Character& a, const Character& b) {
  const double width = std::min(a.bbox.width(), b.bbox.width());
  return a.code != U' ' && b.code != U' ' && width > 0 &&
         shared(a.bbox.x0, a.bbox.x1, b.bbox.x0, b.bbox.x1) > kSameInk * width;
}

// Indices of characters that stand on the same ink, of the left line and of the right one.
std::vector<std::pair<std::size_t, std::size_t>> doubled(const TextLine& left, const TextLine& right) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0; i < left.characters.size(); ++i) {
    for (std::size_t k = 0; k < right.characters.size(); ++k) {
      if (is_same_ink(left.characters[i], right.characters[k])) pairs.emplace_back(i, k);
    }
  }
  return pairs;
}

void remove(TextLine& line, std::vector<std::size_t> indices) {
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
  auto& characters = line.characters;
  for (auto index = indices.rbegin(); index != indices.rend(); ++index)
    characters.erase(characters.begin() + static_cast<std::ptrdiff_t>(*index));
  const auto is_ink = [](const Character& c) { return c.code != U' '; };
  characters.erase(std::find_if(characters.rbegin(), characters.rend(), is_ink).base(), characters.end());
  characters.erase(characters.begin(), std::find_if(characters.begin(), characters.end(), is_ink));
  if (characters.empty() || line.bbox.width() <= 0) return;
  // The line's ends move along its own slope to the characters that are left.
  const auto along = [&](double x, std::size_t from, std::size_t to) {
    const double part = (x - line.bbox.x0) / line.bbox.width();
    const base::Quad& q = line.quad;
    return base::Point{q[from].x + (q[to].x - q[from].x) * part, q[from].y + (q[to].y - q[from].y) * part};
  };
  const double x0 = characters.front().bbox.x0;
  const double x1 = characters.back().bbox.x1;
  line.quad = {along(x0, 0, 1), along(x1, 0, 1), along(x1, 3, 2), along(x0, 3, 2)};
  line.bbox = base::bounding_box(line.quad);
  double sum = 0;
  for (const Character& c : characters) sum += c.confidence;
  line.confidence = sum / static_cast<double>(characters.size());
}

void part(TextLine& left, TextLine& right) {
  const auto pairs = doubled(left, right);
  if (pairs.empty()) return;
  double sure_left = 0;
  double sure_right = 0;
  for (const auto& [i, k] : pairs) {
    sure_left += left.characters[i].confidence;
    sure_right += right.characters[k].confidence;
  }
  const bool left_keeps = sure_left >= sure_right;
  TextLine& keeper = left_keeps ? left : right;
  std::vector<std::size_t> dropped;
  for (const auto& [i, k] : pairs) {
    Character& kept = keeper.characters[left_keeps ? i : k];
    if (left.characters[i].code != right.characters[k].code) kept.confidence = std::min(kept.confidence, kDoubtful);
    dropped.push_back(left_keeps ? k : i);
  }
  remove(left_keeps ? right : left, std::move(dropped));
}

}  // namespace

void drop_doubled_characters(std::vector<TextLine>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t k = i + 1; k < lines.size(); ++k) {
      TextLine& a = lines[i];
      TextLine& b = lines[k];
      if (a.is_vertical || b.is_vertical || !may_share_ink(a, b)) continue;
      if (a.bbox.x0 <= b.bbox.x0) {
        part(a, b);
      } else {
        part(b, a);
      }
    }
  }
  std::erase_if(lines, [](const TextLine& line) { return line.characters.empty(); });
}

}  // namespace medmark::vision
