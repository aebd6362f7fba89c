#include "vision/range_contradictions.hpp"

#include <algorithm>
#include <string_view>

#include "base/text.hpp"

namespace medmark::vision {
namespace {

constexpr double kSameRow = 0.5;    // of the lower line's height that two lines of a row share
constexpr std::size_t kMost = 40;   // of a page: more is a page whose numbers are no results
constexpr std::size_t kDigits = 9;  // longer numbers are codes

enum class TokenKind { kNumber, kRange, kMark };

struct Token {
  TokenKind kind = TokenKind::kNumber;
  std::size_t line = 0;
  std::size_t last = 0;        // index of a number's last digit
  std::u32string digits = {};  // of a number, as printed
  double low = 0;              // of a range
  double high = 0;
};

bool is_dash(char32_t c) { return std::u32string_view(U"-~—–－～").find(c) != std::u32string_view::npos; }

bool is_mark(char32_t c) { return std::u32string_view(U"↑↓*★HL").find(c) != std::u32string_view::npos; }

double value_of(std::u32string_view digits) {
  double value = 0;
  double unit = 1;
  bool is_fraction = false;
  for (const char32_t c : digits) {
    if (c == U'.') {
      is_fraction = true;
      continue;
    }
    if (is_fraction) unit /= 10;
    value = is_fraction ? value + unit * (c - U'0') : 10 * value + (c - U'0');
  }
  return value;
}

// The end of digits with one point at most that begin at `i`.
std::size_t end_of_number(const std::u32string& text, std::size_t i) {
  bool has_point = false;
  while (i < text.size()) {
    const bool is_point = text[i] == U'.' && !has_point && i + 1 < text.size() && base::is_digit(text[i + 1]);
    if (!is_point && !base::is_digit(text[i])) break;
    has_point |= is_point;
    ++i;
  }
  return i;
}

bool joins(char32_t c) {
  return base::is_latin_letter(c) || c == U'/' || c == U':' || c == U'^' || c == U'.' || is_dash(c);
}

void add_tokens(const std::u32string& text, std::size_t line, std::vector<Token>& tokens) {
  for (std::size_t i = 0; i < text.size();) {
    const bool begins = i == 0 || text[i - 1] == U' ' || base::is_digit(text[i - 1]);
    if (is_mark(text[i]) && begins && (i + 1 == text.size() || text[i + 1] == U' ')) {
      tokens.push_back({.kind = TokenKind::kMark, .line = line});
    }
    if (!base::is_digit(text[i])) {
      ++i;
      continue;
    }
    const bool is_joined = i > 0 && joins(text[i - 1]);
    const std::size_t end = end_of_number(text, i);
    std::size_t next = end;
    while (next < text.size() && text[next] == U' ') ++next;
    std::size_t second = next;
    while (second < text.size() && (is_dash(text[second]) || (second > next && text[second] == U' '))) ++second;
    const std::size_t second_end = second > next ? end_of_number(text, second) : second;
    const auto number = text.substr(i, end - i);
    if (second_end > second && !is_joined && (second_end == text.size() || !is_dash(text[second_end]))) {
      tokens.push_back({.kind = TokenKind::kRange,
                        .line = line,
                        .low = value_of(number),
                        .high = value_of(text.substr(second, second_end - second))});
      i = second_end;
      continue;
    }
    if (!is_joined && (end == text.size() || !joins(text[end])) && number.size() <= kDigits && number.size() >= 2) {
      tokens.push_back({.kind = TokenKind::kNumber, .line = line, .last = end - 1, .digits = number});
    }
    i = end;
  }
}

bool share_row(const cv::Rect& a, const cv::Rect& b) {
  const int shared = std::min(a.br().y, b.br().y) - std::max(a.y, b.y);
  return shared > kSameRow * std::min(a.height, b.height);
}

// Rows of the page, each from the left.
std::vector<std::vector<std::size_t>> rows_of(std::span<const PlacedText> lines) {
  std::vector<std::size_t> order(lines.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return lines[a].frame.y + lines[a].frame.height / 2 < lines[b].frame.y + lines[b].frame.height / 2;
  });
  std::vector<std::vector<std::size_t>> rows;
  for (const std::size_t i : order) {
    if (rows.empty() || !share_row(lines[rows.back().front()].frame, lines[i].frame)) rows.emplace_back();
    rows.back().push_back(i);
  }
  for (auto& row : rows) {
    std::sort(row.begin(), row.end(),
              [&](std::size_t a, std::size_t b) { return lines[a].frame.x < lines[b].frame.x; });
  }
  return rows;
}

bool contradicts(const Token& number, const Token& range) {
  const double value = value_of(number.digits);
  return range.high > range.low && (value < range.low || value > range.high);
}

}  // namespace

std::vector<std::optional<std::size_t>> contradicted_ends(std::span<const PlacedText> lines) {
  std::vector<std::optional<std::size_t>> ends(lines.size());
  std::size_t count = 0;
  for (const std::vector<std::size_t>& row : rows_of(lines)) {
    std::vector<Token> tokens;
    for (const std::size_t line : row) add_tokens(lines[line].text, line, tokens);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind != TokenKind::kNumber) continue;
      // The range of a result stands behind it; what stands between tells whether it is marked.
      const auto range = std::find_if(tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1, tokens.end(),
                                      [](const Token& token) { return token.kind != TokenKind::kMark; });
      if (range == tokens.end() || range->kind != TokenKind::kRange) continue;
      const auto behind = range + 1;
      const bool is_marked = std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(i), range,
                                         [](const Token& token) { return token.kind == TokenKind::kMark; }) ||
                             (behind != tokens.end() && behind->kind == TokenKind::kMark);
      if (is_marked || !contradicts(tokens[i], *range)) continue;
      ends[tokens[i].line] = tokens[i].last;
      if (++count > kMost) return std::vector<std::optional<std::size_t>>(lines.size());
    }
  }
  return ends;
}

}  // namespace medmark::vision
