// Raised and lowered characters: 10⁹, m², CO₂, K⁺. The recogniser flattens them (10⁹ becomes 109 or 10°), so they are
// told by where their ink stands, read again on their own at full resolution, and written as Unicode superscripts and
// subscripts.
//
// Strip pixels. Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vision/line_geometry.hpp"
#include "vision/mark_cells.hpp"
#include "vision/text_recognition.hpp"
#include "vision/text_strip.hpp"

namespace medmark::vision {

// Where the print of a strip stands.
struct LineMetrics {
  double baseline = 0;
  double cap_height = 0;  // of capitals and digits
};

enum class ScriptLevel { kRaised, kLowered };

// Ink that stands together above or below the line of print.
struct ScriptCluster {
  ScriptLevel level = ScriptLevel::kRaised;
  cv::Rect box;
  double least_height = 0;  // of the print it belongs to: a dash is flatter than the sign it is
  // The characters that the recogniser read there, [first, last) of the reading; may be empty.
  std::size_t first = 0;
  std::size_t last = 0;
  bool is_exponent_of_ten = false;  // follows "10"
  bool is_flat = false;             // a dash by its shape: a minus whatever it is read as
  bool is_charge = false;           // follows an ion that bears one (Cl, HCO₃, K)
  bool is_after_ten = false;        // digits behind a bare 10, which may be a number: only the marks network tells
};

// Empty where the line holds nothing to measure by (only Han, only marks).
[[nodiscard]] std::optional<LineMetrics> measure_line(const std::vector<RecognisedCharacter>& characters,
                                                      const std::vector<CharacterPlace>& places);

// The clusters that may be scripts of the character before them, from left to right. What stands raised in its own
// right (a percent sign, the dot of an i, a stroke of a Han character, a degree) is not one.
[[nodiscard]] std::vector<ScriptCluster> find_scripts(const cv::Mat& ink, const Reading& reading,
                                                      const LineMetrics& metrics);

// The cluster alone as large as print, for reading it again with `script_alphabet()`.
[[nodiscard]] TextStrip cut_script(const cv::Mat& page_bgr, const TextStrip& strip, const cv::Mat& ink,
                                   const ScriptCluster& cluster);

// What may stand raised or lowered, for restricting the alphabet.
[[nodiscard]] std::u32string_view script_alphabet();

// Writes the scripts into the reading. `second_readings` stand beside `clusters`, and so does what the marks network
// sees there (`seen`, none where it was not asked). Where the two readings of a digit differ, the surer stays with a
// confidence of at most kDoubtful. Where the network is sure of another script, its own stands unless both readings
// agree, and what is written is doubted in any case.
void write_scripts(Reading& reading, const std::vector<ScriptCluster>& clusters,
                   const std::vector<Reading>& second_readings, std::span<const std::vector<SeenMark>> seen = {});

inline constexpr double kDoubtful = 0.4;

}  // namespace medmark::vision
