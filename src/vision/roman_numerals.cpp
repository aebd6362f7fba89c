#include "vision/roman_numerals.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "vision/line_geometry.hpp"
#include "vision/scripts.hpp"

namespace medmark::vision {
namespace {

// In em of the line where nothing else is said. Numerals of Song, Hei and Kai faces at 150 to 200 DPI.
struct NumeralGeometry {
  double widest = 1.2;  // of a numeral of one character
  double least_height = 0.5;
  double middle_from = 0.3;  // of its height: rows without serifs
  double middle_to = 0.7;
  double some_ink = 0.2;  // share of the middle rows of a column that holds a stroke
  double stem_ink = 0.9;  // of one in the middle of a stem
  double widest_stem = 0.24;
  double lean = 0.04;        // that a stem's upper and lower thirds may stand apart
  double confidence = 0.87;  // of what the stems say: believed where it stands alone, and for a person to see
  double same_end = 0.07;    // between the ends of stems of one numeral
};
constexpr NumeralGeometry kGeometry;

constexpr std::u32string_view kNumerals = U"ⅠⅡⅢⅣⅤⅥⅦⅧ";

// Stems that a code is read for; 0 for codes that are none of a numeral.
int stems_of(char32_t code) {
  if (std::u32string_view(U"ⅠI1l|丨").find(code) != std::u32string_view::npos) return 1;
  if (code == U'Ⅱ' || code == U'H') return 2;
  if (code == U'Ⅲ' || code == U'川') return 3;
  return 0;
}

bool is_part(char32_t code) { return stems_of(code) > 0 || code == U'V' || code == U'Ⅴ'; }

// A run of such codes, [begin, end) of the reading.
struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<Run> runs_of(const std::vector<RecognisedCharacter>& characters) {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < characters.size();) {
    std::size_t end = i;
    while (end < characters.size() && is_part(characters[end].code)) ++end;
    if (end > i) runs.push_back({i, end});
    i = std::max(end, i + 1);
  }
  return runs;
}

bool is_lower(char32_t c) { return c >= U'a' && c <= U'z'; }

// Whether the run may be a numeral by what stands beside it: no word, no number.
bool may_be_numeral(const std::vector<RecognisedCharacter>& characters, const Run& run) {
  const auto neighbour = [&](std::size_t i) { return i < characters.size() ? characters[i].code : U' '; };
  const char32_t before = run.begin > 0 ? neighbour(run.begin - 1) : U' ';
  const char32_t after = neighbour(run.end);
  for (const char32_t c : {before, after}) {
    if (is_lower(c) || base::is_digit(c) || c == U'.' || c == U'-' || c == U'/' || c == U'+' || c == U'%') return false;
  }
  const auto is_one = [&](std::size_t i) { return characters[i].code == U'1'; };
  // Beside Chinese print alone, or before the letter of a stage (ⅢC期): in H×W and HCO₃ of a formula stand letters.
  const auto is_chinese = [](char32_t c) { return base::is_han(c) || c == U'、'; };
  const bool has_letter = after >= U'A' && after <= U'C' && is_chinese(neighbour(run.end + 1));
  if (!is_chinese(before) && !is_chinese(after) && !has_letter) return false;
  if (base::is_latin_letter(before) || (base::is_latin_letter(after) && !has_letter)) return false;
  bool is_number = true;
  for (std::size_t i = run.begin; i < run.end; ++i) {
    is_number = is_number && is_one(i);
    if (characters[i].code == U'H' && run.end - run.begin == 1) return false;
  }
  return !is_number || (run.end - run.begin == 1 && base::is_han(before) && base::is_han(after));
}

// What is drawn in the middle rows: upright stems, and columns of slanted strokes.
struct Strokes {
  std::vector<double> stems;  // their middles
  std::vector<double> slants;
};

// How far the ink of the columns moves sideways between the upper and the lower third of the rows.
double lean_of(const cv::Mat& ink, int begin, int end, int from, int to) {
  const int third = (to - from) / 3;
  const auto middle = [&](int row) {
    const cv::Moments m = cv::moments(ink(cv::Rect(begin, row, end - begin, third)), true);
    return m.m00 > 0 ? m.m10 / m.m00 : 0;
  };
  return std::abs(middle(from) - middle(to - third));
}

std::optional<Strokes> strokes_in(const cv::Mat& ink, const cv::Rect& box, double em) {
  const int from = box.y + static_cast<int>(kGeometry.middle_from * box.height);
  const int to = box.y + static_cast<int>(kGeometry.middle_to * box.height);
  if (to - from < 4) return std::nullopt;
  const auto share = [&](int x) {
    return static_cast<double>(cv::countNonZero(ink(cv::Rect(x, from, 1, to - from)))) / (to - from);
  };
  Strokes strokes;
  int highest = box.height;  // of the upper ends of stems
  int lowest = 0;
  int shortest = box.height;  // of the lower ends
  int longest = 0;
  for (int x = box.x; x < box.br().x;) {
    if (share(x) < kGeometry.some_ink) {
      ++x;
      continue;
    }
    const int begin = x;
    double most = 0;
    for (; x < box.br().x && share(x) >= kGeometry.some_ink; ++x) most = std::max(most, share(x));
    const bool is_stem = most >= kGeometry.stem_ink && x - begin <= kGeometry.widest_stem * em &&
                         lean_of(ink, begin, x, from, to) <= kGeometry.lean * em;
    (is_stem ? strokes.stems : strokes.slants).push_back((begin + x) / 2.0);
    if (!is_stem) continue;
    const cv::Rect stem = cv::boundingRect(ink(cv::Rect(begin, box.y, x - begin, box.height)));
    highest = std::min(highest, stem.y);
    lowest = std::max(lowest, stem.y);
    shortest = std::min(shortest, stem.br().y);
    longest = std::max(longest, stem.br().y);
  }
  const double most = kGeometry.same_end * em;
  if (strokes.stems.size() > 1 && (lowest - highest > most || longest - shortest > most)) return std::nullopt;
  return strokes;
}

// The numeral that the strokes draw; 0 where they draw none for certain.
char32_t numeral_of(const Strokes& strokes) {
  const std::size_t stems = strokes.stems.size();
  if (strokes.slants.empty()) return stems >= 1 && stems <= 3 ? kNumerals[stems - 1] : 0;
  if (strokes.slants.size() > 2 || stems == 0) return 0;
  const bool is_left = strokes.stems.back() < strokes.slants.front();
  const bool is_right = strokes.stems.front() > strokes.slants.back();
  if (is_left && stems == 1) return U'Ⅳ';
  return is_right && stems <= 3 ? kNumerals[4 + stems] : 0;
}

// The numeral that was read, however it is spelt; 0 where the codes spell none.
char32_t numeral_read(const std::vector<RecognisedCharacter>& characters, const Run& run) {
  int before = 0;
  int after = 0;
  int fives = 0;
  for (std::size_t i = run.begin; i < run.end; ++i) {
    const int stems = stems_of(characters[i].code);
    if (stems == 0) ++fives;
    (fives > 0 ? after : before) += stems;
  }
  if (fives == 0) return before >= 1 && before <= 3 ? kNumerals[static_cast<std::size_t>(before) - 1] : 0;
  if (fives > 1 || (before > 0 && after > 0) || before > 1 || after > 3) return 0;
  return before == 1 ? U'Ⅳ' : kNumerals[4 + static_cast<std::size_t>(after)];
}

bool is_numeral(char32_t code) { return kNumerals.find(code) != std::u32string_view::npos; }

// Whether a word for a stage, grade or region stands beside the run.
bool counts_stages(const std::vector<RecognisedCharacter>& characters, const Run& run) {
  constexpr std::u32string_view kCounted = U"期级度区类型程段组相";
  const bool has_ordinal = run.begin > 0 && characters[run.begin - 1].code == U'第';
  return has_ordinal ||
         (run.end < characters.size() && kCounted.find(characters[run.end].code) != std::u32string_view::npos);
}

// What the run is to be: `code` 0 where it stays. The places of stems are known to a stem's distance, so that one at
// the end may be counted to the character beside it: a numeral that was read as one is believed.
struct Verdict {
  char32_t code = 0;
  double confidence = kGeometry.confidence;
};

Verdict verdict_on(const std::vector<RecognisedCharacter>& characters, const Run& run, char32_t drawn) {
  if (run.end - run.begin == 1) {
    const char32_t code = characters[run.begin].code;
    if (is_numeral(code)) return {};
    if (code == U'川') return counts_stages(characters, run) ? Verdict{U'Ⅲ', kDoubtful} : Verdict{};
  }
  const auto begin = characters.begin() + static_cast<std::ptrdiff_t>(run.begin);
  const auto end = characters.begin() + static_cast<std::ptrdiff_t>(run.end);
  const auto read = std::find_if(begin, end, [](const auto& c) { return is_numeral(c.code); });
  if (read != end) {
    const bool is_drawn = std::any_of(begin, end, [&](const auto& c) { return c.code == drawn; });
    return is_drawn ? Verdict{drawn} : Verdict{read->code, kDoubtful};
  }
  // One stem alone is an I as much as a 1.
  return drawn != 0 && drawn != U'Ⅰ' && numeral_read(characters, run) != drawn ? Verdict{drawn} : Verdict{};
}

}  // namespace

void write_roman_numerals(const cv::Mat& ink, Reading& reading) {
  auto& characters = reading.characters;
  // Only Chinese faces print a numeral as one character.
  const bool has_han = std::any_of(characters.begin(), characters.end(),
                                   [](const auto& c) { return base::is_han(c.code) || is_numeral(c.code); });
  if (!has_han) return;
  std::vector<Run> runs = runs_of(characters);
  std::erase_if(runs, [&](const Run& run) { return !may_be_numeral(characters, run); });
  if (runs.empty()) return;
  const std::vector<CharacterPlace> places = place_characters(ink, characters);
  const double em = em_height(characters, places);
  if (em <= 0) return;
  for (std::size_t k = runs.size(); k-- > 0;) {  // from the right, so that the indices before stay valid
    const Run& run = runs[k];
    const int from = static_cast<int>(places[run.begin].begin);
    const int to = std::min(ink.cols, static_cast<int>(places[run.end - 1].end + 0.5));
    if (to <= from || to - from > kGeometry.widest * em) continue;
    cv::Rect box = cv::boundingRect(ink.colRange(from, to));
    box.x += from;
    if (box.height < kGeometry.least_height * em) continue;
    const auto strokes = strokes_in(ink, box, em);
    const Verdict verdict = verdict_on(characters, run, strokes ? numeral_of(*strokes) : 0);
    if (verdict.code == 0) continue;
    RecognisedCharacter numeral = characters[run.begin];
    numeral.code = verdict.code;
    numeral.center = box.x + box.width / 2.0;
    for (std::size_t i = run.begin; i < run.end; ++i) {
      numeral.confidence = std::min(numeral.confidence, characters[i].confidence);
    }
    numeral.confidence = std::min(numeral.confidence, verdict.confidence);
    characters.erase(characters.begin() + static_cast<std::ptrdiff_t>(run.begin) + 1,
                     characters.begin() + static_cast<std::ptrdiff_t>(run.end));
    characters[run.begin] = numeral;
  }
}

}  // namespace medmark::vision
