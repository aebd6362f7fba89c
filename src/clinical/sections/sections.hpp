// The sections of a report: which text stands under 主诉, 现病史, 检查所见, …, wherever and however it is headed.
//
// A section opens at a heading, a bracketed or inline label or a form's cell, and ends where the next one begins, over
// blocks, columns and pages. Pure functions, thread-safe.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "clinical/report.hpp"

namespace medmark::clinical {

// A stretch of one unit's text, folded characters [begin, end).
struct Stretch {
  std::size_t unit = 0;  // index into Report::units
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_table = false;  // from a table's cell
};

// What stands under one label.
struct Passage {
  const Label* label = nullptr;
  std::string section;    // contract key, "" for what is none of them
  std::string diagnosis;  // kind, "" where it is no diagnosis
  bool is_medications = false;
  bool is_orders = false;
  LabelStyle style = LabelStyle::kWhole;
  std::vector<Stretch> stretches;
  double certainty_of_label = 1;  // how sure the label is one
};

// All labelled passages of the report in reading order. `document_type` decides what a bare 诊断 means: in an imaging
// or endoscopy report the impression, in a pathology report the pathologist's diagnosis.
// What stands in `read_elsewhere` (units) belongs to no passage.
[[nodiscard]] std::vector<Passage> find_passages(const Report& report, const std::string& document_type,
                                                 const std::set<std::size_t>& read_elsewhere);

// Fills clinical.sections and their evidence.
void extract_sections(const Report& report, const std::vector<Passage>& passages, document::Clinical& clinical);

}  // namespace medmark::clinical
