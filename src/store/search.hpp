// What can be asked of all documents, and what comes back. Values, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/records.hpp"

namespace medmark::store {

enum class Comparison { kLess, kLessOrEqual, kEqual, kGreaterOrEqual, kGreater };

// A laboratory item by name, alias or code, and what its value must be; without a comparison any value.
struct LabCondition {
  std::string item;
  std::optional<Comparison> comparison;
  double value = 0;
};

struct SearchQuery {
  std::string text;  // words that must all occur; any two characters or more of Chinese are a word
  std::string document_type;
  std::string patient;  // part of name, or the whole of a number
  std::string patient_key;
  std::string date_from;  // ISO dates of the report, inclusive
  std::string date_to;
  std::string diagnosis;
  std::string diagnosis_certainty;  // confirmed, possible, excluded, history
  std::vector<LabCondition> labs;
  std::optional<ReviewState> state;
  std::optional<TaskStatus> status;
  std::optional<bool> needs_review;
  std::optional<bool> corrected;
  int offset = 0;
  int limit = 20;
};

// [begin, end) in code points of the snippet's text.
struct Highlight {
  int begin = 0;
  int end = 0;
};

struct Snippet {
  std::string text;
  std::vector<Highlight> highlights;
};

struct SearchHit {
  Document document;
  std::vector<Snippet> snippets;
};

struct SearchPage {
  std::vector<SearchHit> hits;  // newest report first
  int total = 0;
};

// One measured value of a patient.
struct LabPoint {
  std::string document_id;
  int index = 0;      // in clinical.lab_results of the document's part
  std::string item;   // what groups values of one item: standard name where known, else the printed one
  std::string name;   // as printed
  std::string date;   // ISO, empty where unknown
  std::string value;  // as printed
  std::optional<double> value_num;
  std::string unit;
  std::optional<double> low;
  std::optional<double> high;
  std::string flag;
  bool needs_review = false;
};

struct LabItem {
  std::string item;
  std::string unit;
  int count = 0;
};

}  // namespace medmark::store
