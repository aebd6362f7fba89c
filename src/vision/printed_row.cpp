#include "vision/printed_row.hpp"

#include "vision/glyphs.hpp"

namespace medmark::vision {

PrintedRow printed_row(const cv::Mat& ink, const Reading& reading) {
  PrintedRow row{glyphs_of(ink), {}, {}};
  std::vector<double> centers;
  for (std::size_t i = 0; i < reading.characters.size(); ++i) {
    if (reading.characters[i].code == U' ') continue;
    row.printed.push_back(i);
    centers.push_back(reading.characters[i].center);
  }
  row.owner = assign_glyphs(row.glyphs, centers);
  return row;
}

}  // namespace medmark::vision
