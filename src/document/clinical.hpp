// What a report says: the clinical object of the contract, as value types. Strings stand as printed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.hpp"

namespace medmark::document {

struct Diagnosis {
  std::string text;       // without its number
  std::string kind;       // admission, discharge, clinical, imaging, pathology
  std::string certainty;  // confirmed, possible, excluded, ...
  std::string code;
  std::string code_system;
};

struct LabResult {
  std::string name;
  std::string code;
  std::string value;
  std::string unit;
  std::string reference_range;
  std::string flag;      // "H", "L", "A" or ""
  std::string flag_raw;  // as printed
  std::string specimen;
  std::string panel;
  std::string method;
  std::string standard_name;
  std::optional<double> value_num;
  std::string comparator;
  std::optional<double> low;
  std::optional<double> high;
  std::string unit_ucum;
  std::string loinc;
  std::string flag_computed;
  double confidence = 1;
  bool needs_review = false;
};

struct Medication {
  std::string name;
  std::string strength;
  std::string dose;
  std::string frequency;
  std::string route;
  std::string text;
};

struct Evidence {
  int page = 0;
  base::Rect bbox;    // points, as displayed
  std::string block;  // id
  double confidence = 1;
  bool needs_review = false;
};

// One report. A file that holds several has one object each in `parts`.
struct Clinical {
  std::string document_type = "other";
  std::map<std::string, std::string> patient;   // contract key -> as printed
  std::map<std::string, std::string> sections;  // contract key -> text
  std::vector<Diagnosis> diagnoses;
  std::vector<LabResult> lab_results;
  std::vector<Medication> medications;
  std::map<std::string, Evidence> evidence;       // "patient.name", "lab_results.3.value", ...
  std::map<std::string, std::string> normalised;  // "patient.admission_date" -> ISO form beside the printed one
  std::vector<int> pages;                         // of a part
  std::vector<Clinical> parts;
};

}  // namespace medmark::document
