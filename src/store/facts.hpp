// What search and lists need to know of a document's JSON. Reads the whole JSON but keeps no blocks, so that a document
// of hundreds of pages costs little memory. Pure functions, thread-safe.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace medmark::store {

struct PatientFact {
  std::string field;  // contract key
  std::string value;
};

struct DiagnosisFact {
  std::string text;
  std::string certainty;
};

struct LabFact {
  int ordinal = 0;  // over all parts, the first part being the document itself
  std::string item;
  std::string name;
  std::string standard_name;
  std::string code;
  std::string value;
  std::optional<double> value_num;
  std::string unit;
  std::optional<double> low;
  std::optional<double> high;
  std::string flag;
  std::string date;  // ISO
  bool needs_review = false;
};

struct DocumentFacts {
  std::string media_type;
  int page_count = 0;
  std::string document_type;
  std::string title;
  std::string patient_name;
  // "i-..." where an identity number says who it is, "n-..." where a hospital's number or the birth date does, "w-..."
  // where there is only a name with sex: weak, two people may share it. A hash: no name stands in an address.
  std::string patient_key;
  std::string report_date;  // ISO
  bool needs_review = false;
  std::vector<PatientFact> patient;
  std::vector<DiagnosisFact> diagnoses;
  std::vector<LabFact> labs;
  std::string text;  // the Markdown without its escapes
};

// kInternal where the file is no document JSON.
[[nodiscard]] base::Result<DocumentFacts> read_facts(const std::filesystem::path& document_json);

}  // namespace medmark::store
