#include "vision/ion_charges.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "vision/ink_pieces.hpp"

namespace medmark::vision {
namespace {

struct Ion {
  std::u32string_view formula;
  std::u32string_view charge;
};

// Ions of clinical chemistry; one of several charges has a row for each. O2⁻ and such are left to the reader.
constexpr auto kIons = std::to_array<Ion>(
    {{U"Na", U"+"},    {U"K", U"+"},    {U"Li", U"+"},   {U"H", U"+"},    {U"NH4", U"+"},   {U"H3O", U"+"},
     {U"Ag", U"+"},    {U"Ca", U"2+"},  {U"Mg", U"2+"},  {U"Zn", U"2+"},  {U"Ba", U"2+"},   {U"Pb", U"2+"},
     {U"Hg", U"2+"},   {U"Hg", U"+"},   {U"Cu", U"2+"},  {U"Cu", U"+"},   {U"Mn", U"2+"},   {U"Co", U"2+"},
     {U"Fe", U"2+"},   {U"Fe", U"3+"},  {U"Al", U"3+"},  {U"Cr", U"3+"},  {U"Cl", U"-"},    {U"F", U"-"},
     {U"Br", U"-"},    {U"I", U"-"},    {U"OH", U"-"},   {U"HCO3", U"-"}, {U"NO3", U"-"},   {U"NO2", U"-"},
     {U"H2PO4", U"-"}, {U"HSO4", U"-"}, {U"CO3", U"2-"}, {U"SO4", U"2-"}, {U"HPO4", U"2-"}, {U"PO4", U"3-"}});

// Shares of the cap height unless said otherwise. Hyphens and minus signs set as charges are 1.8 times as wide as high
// and more (scripts.cpp), plus signs within a quarter as high as wide.
struct StrokeLimits {
  double reach = 0.35;      // from the character's middle to the sign's
  double lowest = 0.35;     // foot of a raised sign above the baseline
  double highest = 0.5;     // its top over the capitals
  double least = 0.12;      // width
  double minus = 1.8;       // width over height
  double plus = 0.75;       // lesser side over the larger one
  double stroke = 0.7;      // of the middle column and row that a plus fills
  double witnessed = 0.85;  // confidence where strokes and table agree against the reader
};
constexpr StrokeLimits kLimits;

char32_t without_lowering(char32_t code) {
  const char32_t plain = base::plain_of_lowered(code);
  return plain == 0 ? code : plain;
}

bool is_of_formula(char32_t code) { return base::is_latin_letter(code) || base::is_digit(code); }

// The sign drawn near a character: '+', '-', or 0 where its strokes do not tell.
char32_t drawn_sign(const cv::Mat& ink, const LineMetrics& metrics, double center) {
  const double h = metrics.cap_height;
  const int top = static_cast<int>(metrics.baseline - (1 + kLimits.highest) * h);
  const int foot = static_cast<int>(metrics.baseline - kLimits.lowest * h);
  const cv::Rect place = cv::Rect(cv::Point(static_cast<int>(center - 2 * kLimits.reach * h), top),
                                  cv::Point(static_cast<int>(center + 2 * kLimits.reach * h), foot)) &
                         cv::Rect(0, 0, ink.cols, ink.rows);
  if (place.empty()) return 0;
  const cv::Mat part = ink(place);
  std::optional<cv::Rect> sign;
  for (const InkPiece& piece : ink_pieces(part)) {
    const double middle = place.x + piece.box.x + piece.box.width / 2.0;
    const bool reaches_down = piece.box.br().y >= part.rows;  // the letter before it
    if (reaches_down || piece.box.width < kLimits.least * h || std::abs(middle - center) > kLimits.reach * h) continue;
    if (sign) return 0;
    sign = piece.box;
  }
  if (!sign) return 0;
  if (sign->width >= kLimits.minus * sign->height) return U'-';
  const double squareness =
      static_cast<double>(std::min(sign->width, sign->height)) / std::max(sign->width, sign->height);
  if (squareness < kLimits.plus) return 0;
  const cv::Mat drawn = part(*sign);
  int column = 0;
  for (int x = drawn.cols / 3; x <= 2 * drawn.cols / 3 && x < drawn.cols; ++x)
    column = std::max(column, cv::countNonZero(drawn.col(x)));
  int row = 0;
  for (int y = drawn.rows / 3; y <= 2 * drawn.rows / 3 && y < drawn.rows; ++y)
    row = std::max(row, cv::countNonZero(drawn.row(y)));
  const bool is_cross = column >= kLimits.stroke * drawn.rows && row >= kLimits.stroke * drawn.cols;
  return is_cross ? U'+' : 0;
}

}  // namespace

bool may_bear_charge(std::u32string_view ion, std::u32string_view charge) {
  const auto is_ion = [&](const Ion& known) { return known.formula == ion; };
  if (std::none_of(kIons.begin(), kIons.end(), is_ion)) return true;
  return std::any_of(kIons.begin(), kIons.end(),
                     [&](const Ion& known) { return known.formula == ion && known.charge == charge; });
}

void check_charges(const cv::Mat& ink, const LineMetrics& metrics, Reading& reading) {
  auto& characters = reading.characters;
  for (std::size_t i = 1; i < characters.size(); ++i) {
    const char32_t sign = base::plain_of_raised(characters[i].code);
    if (sign != U'+' && sign != U'-') continue;
    std::size_t first = i;  // of the charge: ²⁺
    while (first > 0 && base::is_digit(base::plain_of_raised(characters[first - 1].code))) --first;
    std::size_t begin = first;
    while (begin > 0 && is_of_formula(without_lowering(characters[begin - 1].code))) --begin;
    std::u32string ion;
    std::u32string charge;
    for (std::size_t k = begin; k < first; ++k) ion.push_back(without_lowering(characters[k].code));
    for (std::size_t k = first; k <= i; ++k) charge.push_back(base::plain_of_raised(characters[k].code));
    if (may_bear_charge(ion, charge)) continue;
    charge.back() = sign == U'+' ? U'-' : U'+';
    const bool is_other_sign = drawn_sign(ink, metrics, characters[i].center) == charge.back();
    if (is_other_sign && may_bear_charge(ion, charge)) {
      characters[i].code = base::raised_of_plain(charge.back());
      characters[i].confidence = std::min(characters[i].confidence, kLimits.witnessed);
      continue;
    }
    for (std::size_t k = first; k <= i; ++k) characters[k].confidence = std::min(characters[k].confidence, kDoubtful);
  }
}

}  // namespace medmark::vision
