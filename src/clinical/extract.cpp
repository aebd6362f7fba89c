#include "clinical/extract.hpp"

#include <set>

#include "clinical/diagnoses/diagnoses.hpp"
#include "clinical/diagnoses/diagnosis_table.hpp"
#include "clinical/fields/fields.hpp"
#include "clinical/labs/labs.hpp"
#include "clinical/labs/name_repair.hpp"
#include "clinical/medications/medications.hpp"
#include "clinical/parts.hpp"
#include "clinical/report.hpp"
#include "clinical/report_type.hpp"
#include "clinical/sections/sections.hpp"

namespace medmark::clinical {
namespace {

// Reports whose tables hold measurements, drugs or signs rather than laboratory results.
LabExpectation expectation_of(const std::string& type) {
  static const std::set<std::string> kUnusual = {"imaging_report", "endoscopy_report", "operative_record",
                                                 "prescription",   "nursing_record",   "pathology_report"};
  return kUnusual.contains(type) ? LabExpectation::kUnusual : LabExpectation::kUsual;
}

bool has_lab_sentences(const std::string& type) {
  static const std::set<std::string> kNarrative = {"discharge_summary", "admission_record", "progress_note",
                                                   "outpatient_record", "consultation"};
  return kNarrative.contains(type);
}

struct Reading {
  document::Clinical clinical;
  Report report;
  std::vector<Passage> passages;
};

void put_type(const ReportType& type, document::Clinical& clinical) {
  clinical.document_type = type.type;
  if (!type.from_title) return;
  document::Evidence evidence = type.evidence;
  evidence.confidence = std::min(evidence.confidence, type.confidence);
  put_evidence(clinical, "document_type", evidence, 1);
}

Reading read_report(const document::Document& document, const Lexicons& lexicons, BlockRange range) {
  Reading reading{{}, make_report(document, lexicons, range.first, range.last), {}};
  document::Clinical& clinical = reading.clinical;
  LabTables tables = find_lab_tables(reading.report, LabExpectation::kUsual);
  put_type(find_report_type(reading.report, tables.row_count()), clinical);
  const LabExpectation expectation = expectation_of(clinical.document_type);
  if (expectation != LabExpectation::kUsual) tables = find_lab_tables(reading.report, expectation);
  extract_fields(reading.report, tables.units, clinical);
  const DiagnosisTables listed = find_diagnosis_tables(reading.report);
  reading.passages = find_passages(reading.report, clinical.document_type, listed.units);
  extract_sections(reading.report, reading.passages, clinical);
  extract_lab_tables(reading.report, tables, clinical);
  if (has_lab_sentences(clinical.document_type)) extract_lab_text(reading.report, clinical);
  extract_diagnoses(reading.report, reading.passages, clinical);
  extract_listed_diagnoses(reading.report, listed, clinical);
  extract_medications(reading.report, reading.passages, clinical);
  return reading;
}

std::vector<int> pages_of(const document::Document& document, BlockRange range) {
  std::set<int> pages;
  for (std::size_t b = range.first; b < range.last; ++b) pages.insert(document.blocks[b].page);
  return {pages.begin(), pages.end()};
}

// The sections' keys for Block::section; what opens a list of diagnoses or drugs is named as well.
std::string section_name(const Passage& passage) {
  if (!passage.section.empty()) return passage.section;
  if (!passage.diagnosis.empty()) return passage.diagnosis + "_diagnosis";
  return passage.is_medications ? "medications" : "";
}

document::Clinical joined(const document::Document& document, const std::vector<BlockRange>& ranges,
                          std::vector<Reading>& readings) {
  document::Clinical first = readings.front().clinical;
  if (readings.size() < 2) return first;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    readings[i].clinical.pages = pages_of(document, ranges[i]);
    first.parts.push_back(std::move(readings[i].clinical));
  }
  return first;
}

std::vector<Reading> read_reports(const document::Document& document, const Lexicons& lexicons,
                                  const std::vector<BlockRange>& ranges) {
  std::vector<Reading> readings;
  readings.reserve(ranges.size());
  for (const BlockRange& range : ranges) readings.push_back(read_report(document, lexicons, range));
  return readings;
}

}  // namespace

document::Clinical extract(const document::Document& document, const Lexicons& lexicons) {
  const std::vector<BlockRange> ranges = split_reports(document, lexicons);
  std::vector<Reading> readings = read_reports(document, lexicons, ranges);
  return joined(document, ranges, readings);
}

void annotate(document::Document& document, const Lexicons& lexicons) {
  repair_item_names(document, lexicons);
  const std::vector<BlockRange> ranges = split_reports(document, lexicons);
  std::vector<Reading> readings = read_reports(document, lexicons, ranges);
  for (document::Block& block : document.blocks) block.section.clear();
  for (const Reading& reading : readings) {
    for (const Passage& passage : reading.passages) {
      const std::string name = section_name(passage);
      for (const Stretch& stretch : passage.stretches) {
        document::Block& block = document.blocks[reading.report.units[stretch.unit].block_index];
        if (block.section.empty()) block.section = name;
      }
    }
  }
  document.clinical = joined(document, ranges, readings);
  for (const document::NamedVersion& version : lexicons.versions) document.engine.lexicons.push_back(version);
}

}  // namespace medmark::clinical
