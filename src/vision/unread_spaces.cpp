#include "vision/unread_spaces.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "vision/line_geometry.hpp"
#include "vision/scripts.hpp"

namespace medmark::vision {
namespace {

// White between ink as shares of the height of capitals and digits. In eight faces (Liberation, DejaVu, Noto CJK, Ming,
// Kai, WenQuanYi, monospaced ones among them) characters of a word stand up to 0.35 apart, 0.53 beside a narrow letter
// of a monospaced face, 0.56 behind a point; with a space between them 0.37 to 1.2.
struct SpaceGeometry {
  double least = 0.34;
  // Between two digits only where their pitch says so as well, and a date meets its time or a code its number: 110 must
  // never become 1 10.
  double least_between_digits = 0.28;
  double least_behind_code = 0.45;
  double least_share_of_known = 0.75;  // of the spaces that were read in the same line
  double least_unknown = 0.58;         // where the line has no other space
  double least_digit_pitch = 1.3;      // between two digits, as a share of the line's usual pitch
};
constexpr SpaceGeometry kSpace;

// A value with a digit that was parted from its neighbour is never sure enough to go unchecked.
constexpr double kConfidenceBesidePartedDigits = 0.8;

bool is_wordly(char32_t code) { return base::is_digit(code) || base::is_latin_letter(code); }

// Their cell of a monospaced face is mostly white.
bool is_narrow_letter(char32_t code) { return std::u32string_view(U"fijlrtI").find(code) != std::u32string_view::npos; }

bool may_stand_before(char32_t code) {
  return is_wordly(code) || std::u32string_view(U".,:;)%").find(code) != std::u32string_view::npos;
}

// The lower one of two: wide gaps must not speak for themselves.
double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double white_between(const CharacterPlace& left, const CharacterPlace& right) {
  return right.ink_columns.begin - left.ink_columns.end;
}

double middle_of(const CharacterPlace& place) { return (place.ink_columns.begin + place.ink_columns.end) / 2.0; }

bool has_ink(const CharacterPlace& place) { return place.ink_columns.length() > 0; }

class SpaceFinder {
 public:
  SpaceFinder(const std::vector<RecognisedCharacter>& characters, const std::vector<CharacterPlace>& places,
              double cap_height)
      : characters_(characters), places_(places), cap_height_(cap_height) {
    std::vector<double> spaces;
    std::vector<double> pitches;
    for (std::size_t i = 1; i < characters.size(); ++i) {
      const bool is_number = base::is_digit(characters[i - 1].code) && base::is_digit(characters[i].code);
      if (is_number && has_ink(places[i - 1]) && has_ink(places[i]))
        pitches.push_back(middle_of(places[i]) - middle_of(places[i - 1]));
      const bool is_space = characters[i - 1].code == U' ' && i >= 2 && is_wordly(characters[i - 2].code) &&
                            is_wordly(characters[i].code);
      if (is_space && has_ink(places[i - 2]) && has_ink(places[i]))
        spaces.push_back(white_between(places[i - 2], places[i]));
    }
    if (!spaces.empty()) known_space_ = median(spaces);
    if (pitches.size() >= 2) digit_pitch_ = median(pitches);
  }

  // Whether a space stands before character `i`.
  [[nodiscard]] bool is_unread_before(std::size_t i) const {
    const char32_t before = characters_[i - 1].code;
    const char32_t after = characters_[i].code;
    if (!may_stand_before(before) || !is_wordly(after)) return false;
    if (!has_ink(places_[i - 1]) || !has_ink(places_[i])) return false;
    const bool is_mark = !is_wordly(before);
    if (is_mark && base::is_digit(after)) return false;  // 3.12, 10:30, 1,000: the point's own white is wide
    const bool is_narrow = is_narrow_letter(before) || is_narrow_letter(after);
    if (known_space_ <= 0 && (is_mark || is_narrow)) return false;
    const double white = white_between(places_[i - 1], places_[i]);
    if (parts_digits(i)) {
      const double pitch = middle_of(places_[i]) - middle_of(places_[i - 1]);
      const double least = ends_date(i) ? kSpace.least_between_digits : kSpace.least_behind_code;
      return (ends_date(i) || ends_code(i)) && white >= least * cap_height_ && digit_pitch_ > 0 &&
             pitch >= kSpace.least_digit_pitch * digit_pitch_;
    }
    return white >= (known_space_ > 0 ? std::max(kSpace.least * cap_height_, kSpace.least_share_of_known * known_space_)
                                      : kSpace.least_unknown * cap_height_);
  }

  [[nodiscard]] char32_t code_at(std::size_t i) const { return i < characters_.size() ? characters_[i].code : U' '; }

  // "2024-05-11" before "09:20".
  [[nodiscard]] bool ends_date(std::size_t i) const {
    std::size_t colon = i;
    while (base::is_digit(code_at(colon))) ++colon;
    if (colon - i > 2 || (code_at(colon) != U':' && code_at(colon) != U'：')) return false;
    if (!base::is_digit(code_at(colon + 1)) || !base::is_digit(code_at(colon + 2))) return false;
    std::size_t begin = i;
    while (begin > 0 && base::is_digit(code_at(begin - 1))) --begin;
    return begin > 0 && i - begin <= 2 &&
           std::u32string_view(U"-/.").find(code_at(begin - 1)) != std::u32string_view::npos;
  }

  // "2024-05-1109:20": two digits for the day and two for the hour leave no other place for the space.
  [[nodiscard]] bool is_forced(std::size_t i) const {
    if (!ends_date(i)) return false;
    const bool two_before = i >= 3 && base::is_digit(code_at(i - 2)) && !base::is_digit(code_at(i - 3));
    return two_before && base::is_digit(code_at(i + 1)) && !base::is_digit(code_at(i + 2));
  }

  // "D3" before "1000": one digit behind a letter, a number of several after it. No sign of multiplication: x10 is one.
  [[nodiscard]] bool ends_code(std::size_t i) const {
    if (i < 2 || !base::is_latin_letter(code_at(i - 2)) || code_at(i - 2) == U'x' || code_at(i - 2) == U'X')
      return false;
    return base::is_digit(code_at(i + 1)) && base::is_digit(code_at(i + 2));
  }

  [[nodiscard]] bool parts_digits(std::size_t i) const {
    return base::is_digit(characters_[i - 1].code) && base::is_digit(characters_[i].code);
  }

 private:
  const std::vector<RecognisedCharacter>& characters_;
  const std::vector<CharacterPlace>& places_;
  double cap_height_;
  double known_space_ = 0;  // 0: none was read
  double digit_pitch_ = 0;  // 0: too few digits
};

}  // namespace

void write_unread_spaces(const cv::Mat& ink, Reading& reading) {
  auto& characters = reading.characters;
  const auto is_joint = [](const RecognisedCharacter& a, const RecognisedCharacter& b) {
    return may_stand_before(a.code) && is_wordly(b.code);
  };
  if (std::adjacent_find(characters.begin(), characters.end(), is_joint) == characters.end()) return;
  const std::vector<CharacterPlace> places = place_characters(ink, characters);
  const auto metrics = measure_line(characters, places);
  if (!metrics) return;
  std::vector<RecognisedCharacter> out;
  out.reserve(characters.size());
  const SpaceFinder finder(characters, places, metrics->cap_height);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    RecognisedCharacter character = characters[i];
    if (i > 0 && finder.is_unread_before(i)) {
      if (finder.parts_digits(i) && !finder.is_forced(i)) {
        out.back().confidence = std::min(out.back().confidence, kConfidenceBesidePartedDigits);
        character.confidence = std::min(character.confidence, kConfidenceBesidePartedDigits);
      }
      const double center = (places[i - 1].ink_columns.end + places[i].ink_columns.begin) / 2.0;
      out.push_back({U' ', std::min(out.back().confidence, character.confidence), center, 0, 0});
    }
    out.push_back(character);
  }
  characters = std::move(out);
}

}  // namespace medmark::vision
