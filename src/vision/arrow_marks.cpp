#include "vision/arrow_marks.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "vision/glyphs.hpp"
#include "vision/printed_row.hpp"
#include "vision/scripts.hpp"

namespace medmark::vision {
namespace {

// What arrows are read as. Han characters of the shape are among them; other Han characters have arrow-like parts.
constexpr std::u32string_view kLookalikes = U"0123456789lIi|!！｜JjTtfrYy1Ll个丁下小木卜上十+†‡丨ⅠΤ'’‘`,.:*^~-";
// A thin shaft fades, so that shapes are looked for at two levels of ink.
constexpr double kFaintLevel = 0.33;
constexpr double kFullLevel = 0.5;
// Of a strip's height; smaller ink is not as tall as the digits beside it.
constexpr double kLeastHeight = 0.36;
// Strip pixels between a glyph and a Han character that it may be part of.
constexpr int kHanReach = 9;
// The recogniser's belief in an arrow from which on a digit is in doubt.
constexpr double kSuspicion = 0.08;
// The last digit of a number is read again alone from this belief in an arrow on (an eighth of kSuspicion), or below
// this confidence of its own (that of values which go to a person).
constexpr double kTrace = 0.01;
constexpr double kSureDigit = 0.9;

bool is_arrow(char32_t code) { return code == U'↑' || code == U'↓'; }

bool is_lookalike(char32_t code) { return kLookalikes.find(code) != std::u32string_view::npos; }

bool is_stemless_digit(char32_t code) { return base::is_digit(code) && code != U'1' && code != U'4'; }

bool is_beside_han(const PrintedRow& row, const Reading& reading, const cv::Rect& glyph) {
  const cv::Rect wide(glyph.x - kHanReach, glyph.y, glyph.width + 2 * kHanReach, glyph.height);
  for (std::size_t k = 0; k < row.printed.size(); ++k) {
    const char32_t code = reading.characters[row.printed[k]].code;
    if (!base::is_han(code) || is_lookalike(code)) continue;
    if (row.owner[k] != kNoGlyph && (row.glyphs[row.owner[k]] & wide).area() > 0) return true;
    if (std::abs(reading.characters[row.printed[k]].center - (glyph.x + glyph.width / 2.0)) < kStripHeight / 2.0) {
      return true;
    }
  }
  return false;
}

void look(const cv::Mat& ink, const Reading& reading, std::vector<ArrowMark>& marks) {
  const PrintedRow row = printed_row(ink, reading);
  for (std::size_t g = 0; g < row.glyphs.size(); ++g) {
    const cv::Rect& glyph = row.glyphs[g];
    if (glyph.height < kLeastHeight * ink.rows) continue;
    const bool is_known =
        std::any_of(marks.begin(), marks.end(), [&](const ArrowMark& mark) { return (mark.glyph & glyph).area() > 0; });
    if (is_known || is_beside_han(row, reading, glyph)) continue;
    ArrowMark mark{arrow_shape(ink(glyph)), glyph, 0, 0};
    if (mark.shape == ArrowShape::kNone) continue;
    const auto count = std::count(row.owner.begin(), row.owner.end(), g);
    if (count > 1) continue;
    if (count == 1) {
      const auto at = std::find(row.owner.begin(), row.owner.end(), g) - row.owner.begin();
      mark.first = row.printed[static_cast<std::size_t>(at)];
      mark.last = mark.first + 1;
      const char32_t code = reading.characters[mark.first].code;
      if (is_arrow(code) || !is_lookalike(code)) continue;
    } else {
      const double middle = glyph.x + glyph.width / 2.0;
      while (mark.first < reading.characters.size() && reading.characters[mark.first].center < middle) ++mark.first;
      mark.last = mark.first;
    }
    marks.push_back(mark);
  }
}

bool ends_number(const Reading& reading, std::size_t i) {
  const auto& characters = reading.characters;
  const bool is_last = i + 1 == characters.size() || characters[i + 1].code == U' ';
  return is_last && i > 0 && base::is_digit(characters[i].code) &&
         (base::is_digit(characters[i - 1].code) || characters[i - 1].code == U'.');
}

// Last digits of numbers that may be an arrow as far as the recogniser knows.
void add_doubtful_ends(const cv::Mat& ink, const Reading& reading, std::optional<std::size_t> contradicted,
                       std::vector<ArrowMark>& marks) {
  const auto& characters = reading.characters;
  const bool has_doubt =
      contradicted.has_value() || std::any_of(characters.begin(), characters.end(), [](const RecognisedCharacter& c) {
        return c.up_arrow + c.down_arrow >= kTrace || c.confidence < kSureDigit;
      });
  if (!has_doubt) return;
  const PrintedRow row = printed_row(ink, reading);
  for (std::size_t k = 0; k < row.printed.size(); ++k) {
    const std::size_t i = row.printed[k];
    const RecognisedCharacter& c = characters[i];
    if (!ends_number(reading, i) || row.owner[k] == kNoGlyph) continue;
    const bool is_sure = c.up_arrow + c.down_arrow < kTrace && c.confidence >= kSureDigit;
    if (is_sure && contradicted != i) continue;
    const cv::Rect& glyph = row.glyphs[row.owner[k]];
    const bool is_known =
        std::any_of(marks.begin(), marks.end(), [&](const ArrowMark& mark) { return (mark.glyph & glyph).area() > 0; });
    // Digits that touch are one glyph.
    const bool is_shared = std::count(row.owner.begin(), row.owner.end(), row.owner[k]) > 1;
    if (!is_known && !is_shared) marks.push_back({ArrowShape::kNone, glyph, i, i + 1});
  }
}

}  // namespace

std::u32string_view arrow_alphabet() { return U"0123456789↑↓lI|iJTtf个"; }

std::vector<ArrowMark> find_arrows(const cv::Mat& strip_bgr, const Reading& reading,
                                   std::optional<std::size_t> contradicted) {
  std::vector<ArrowMark> marks;
  look(strip_ink(strip_bgr, kFullLevel), reading, marks);
  look(strip_ink(strip_bgr, kFaintLevel), reading, marks);
  add_doubtful_ends(strip_ink(strip_bgr, kFullLevel), reading, contradicted, marks);
  std::sort(marks.begin(), marks.end(), [](const ArrowMark& a, const ArrowMark& b) { return a.glyph.x < b.glyph.x; });
  return marks;
}

void write_arrows(Reading& reading, const std::vector<ArrowMark>& marks, const std::vector<Reading>& second_readings) {
  auto& characters = reading.characters;
  for (RecognisedCharacter& character : characters) {
    const bool is_suspected = character.up_arrow + character.down_arrow >= kSuspicion;
    if (is_suspected && !is_arrow(character.code)) character.confidence = std::min(character.confidence, kDoubtful);
  }
  // From the right, so that the places of the marks before stay valid.
  for (std::size_t k = marks.size(); k-- > 0;) {
    const ArrowMark& mark = marks[k];
    if (mark.shape == ArrowShape::kNone) {
      const auto& again = second_readings[k].characters;
      const bool is_arrow_now = std::any_of(again.begin(), again.end(), [](const auto& c) { return is_arrow(c.code); });
      RecognisedCharacter& digit = characters[mark.first];
      if (is_arrow_now) digit.confidence = std::min(digit.confidence, kDoubtful);
      continue;
    }
    const char32_t code = mark.shape == ArrowShape::kUp ? U'↑' : U'↓';
    const auto& second = second_readings[k].characters;
    const bool is_agreed = second.size() == 1 && second[0].code == code;
    const bool is_alone = std::none_of(characters.begin(), characters.end(), [&](const RecognisedCharacter& c) {
      const auto index = static_cast<std::size_t>(&c - characters.data());
      return c.code != U' ' && (index < mark.first || index >= mark.last);
    });
    // Beside other print a character that was read twice is not overruled, only doubted; nor is a digit that has no
    // stem in its middle, wherever it stands.
    const bool is_read_twice = mark.last == mark.first + 1 && second.size() == 1 &&
                               second[0].code == characters[mark.first].code && is_stemless_digit(second[0].code);
    if (!is_agreed && (!is_alone || is_read_twice)) {
      for (std::size_t i = mark.first; i < mark.last; ++i) {
        characters[i].confidence = std::min(characters[i].confidence, kDoubtful);
      }
      continue;
    }
    const RecognisedCharacter arrow{code, is_agreed ? std::max(second[0].confidence, kDoubtful) : kDoubtful,
                                    mark.glyph.x + mark.glyph.width / 2.0, 0, 0};
    const auto at = characters.erase(characters.begin() + static_cast<std::ptrdiff_t>(mark.first),
                                     characters.begin() + static_cast<std::ptrdiff_t>(mark.last));
    characters.insert(at, arrow);
  }
}

}  // namespace medmark::vision
