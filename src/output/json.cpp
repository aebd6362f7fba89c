#include "output/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "output/markdown.hpp"

namespace medmark::output {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value, double steps_per_unit) { return std::round(value * steps_per_unit) / steps_per_unit; }
double points(double value) { return rounded(value, 100); }
double share(double value) { return rounded(value, 10000); }

Json box(const base::Rect& r) { return Json::array({points(r.x0), points(r.y0), points(r.x1), points(r.y1)}); }

void put_text(Json& object, const char* key, const std::string& value) {
  if (!value.empty()) object[key] = value;
}

void put_number(Json& object, const char* key, const std::optional<double>& value) {
  if (value.has_value()) object[key] = *value;
}

Json engine(const document::EngineInfo& info) {
  Json models = Json::array();
  for (const auto& model : info.models) models.push_back({{"name", model.name}, {"sha256", model.sha256}});
  Json lexicons = Json::array();
  for (const auto& lexicon : info.lexicons) lexicons.push_back({{"name", lexicon.name}, {"version", lexicon.version}});
  return {{"name", info.name},
          {"version", info.version},
          {"models", std::move(models)},
          {"parameters", info.parameters},
          {"lexicons", std::move(lexicons)}};
}

Json page(const document::Page& p) {
  Json timings = Json::object();
  for (const auto& [stage, milliseconds] : p.timings_ms) timings[stage] = rounded(milliseconds, 10);
  Json errors = Json::array();
  for (const auto& error : p.errors) {
    errors.push_back({{"code", base::error_code_name(error.code)}, {"message", error.message}});
  }
  return {{"index", p.index},
          {"width", points(p.width)},
          {"height", points(p.height)},
          {"rotation", p.rotation},
          {"skew_deg", points(p.skew_deg)},
          {"source", document::text_source_name(p.source)},
          {"timings_ms", std::move(timings)},
          {"errors", std::move(errors)}};
}

Json table_cells(const document::Table& table) {
  Json cells = Json::array();
  for (const auto& cell : table.cells) {
    Json item = {{"row", cell.row}, {"column", cell.column}};
    if (cell.row_span > 1) item["row_span"] = cell.row_span;
    if (cell.column_span > 1) item["column_span"] = cell.column_span;
    item["text"] = cell.text;
    item["page"] = cell.page;
    item["bbox"] = box(cell.bbox);
    item["confidence"] = share(cell.confidence);
    if (cell.needs_review) item["needs_review"] = true;
    cells.push_back(std::move(item));
  }
  return cells;
}

Json block(const document::Block& b) {
  Json item = {{"id", b.id}, {"page", b.page}, {"order", b.order}, {"type", document::block_type_name(b.type)}};
  if (b.level.has_value()) item["level"] = *b.level;
  item["bbox"] = box(b.bbox);
  put_text(item, "text", b.text);
  if (b.type == document::BlockType::kKeyValue) {
    item["key"] = b.text.substr(0, b.key_size);
    item["value"] = b.text.substr(std::min(b.value_offset, b.text.size()));
  }
  if (b.table.has_value()) {
    item["html"] = to_html(*b.table);
    item["cells"] = table_cells(*b.table);
    if (!b.table->parts.empty()) {
      Json parts = Json::array();
      for (const auto& part : b.table->parts) parts.push_back({{"page", part.page}, {"bbox", box(part.bbox)}});
      item["parts"] = std::move(parts);
    }
  }
  put_text(item, "latex", b.latex);
  put_text(item, "image", b.image_name);
  put_text(item, "caption", b.caption);
  put_text(item, "caption_of", b.caption_of);
  put_text(item, "section", b.section);
  item["confidence"] = share(b.confidence);
  item["source"] = document::text_source_name(b.source);
  if (b.needs_review) item["needs_review"] = true;
  return item;
}

Json diagnosis(const document::Diagnosis& d) {
  Json item = {{"text", d.text}};
  put_text(item, "kind", d.kind);
  put_text(item, "certainty", d.certainty);
  put_text(item, "code", d.code);
  put_text(item, "code_system", d.code_system);
  return item;
}

Json lab_result(const document::LabResult& r) {
  Json item = {{"name", r.name},
               {"code", r.code},
               {"value", r.value},
               {"unit", r.unit},
               {"reference_range", r.reference_range},
               {"flag", r.flag},
               {"flag_raw", r.flag_raw}};
  put_text(item, "specimen", r.specimen);
  put_text(item, "panel", r.panel);
  put_text(item, "method", r.method);
  put_text(item, "standard_name", r.standard_name);
  put_number(item, "value_num", r.value_num);
  put_text(item, "comparator", r.comparator);
  put_number(item, "low", r.low);
  put_number(item, "high", r.high);
  put_text(item, "unit_ucum", r.unit_ucum);
  put_text(item, "loinc", r.loinc);
  put_text(item, "flag_computed", r.flag_computed);
  item["confidence"] = share(r.confidence);
  item["needs_review"] = r.needs_review;
  return item;
}

Json medication(const document::Medication& m) {
  Json item = {{"name", m.name}};
  put_text(item, "strength", m.strength);
  put_text(item, "dose", m.dose);
  put_text(item, "frequency", m.frequency);
  put_text(item, "route", m.route);
  item["text"] = m.text;
  return item;
}

Json evidence(const document::Evidence& e) {
  return {{"page", e.page},
          {"bbox", box(e.bbox)},
          {"block", e.block},
          {"confidence", share(e.confidence)},
          {"needs_review", e.needs_review}};
}

Json clinical(const document::Clinical& c) {
  Json item = {{"document_type", c.document_type}, {"patient", c.patient}, {"sections", c.sections}};
  const auto list = [](const auto& values, auto convert) {
    Json array = Json::array();
    for (const auto& value : values) array.push_back(convert(value));
    return array;
  };
  item["diagnoses"] = list(c.diagnoses, diagnosis);
  item["lab_results"] = list(c.lab_results, lab_result);
  item["medications"] = list(c.medications, medication);
  Json proofs = Json::object();
  for (const auto& [field, proof] : c.evidence) proofs[field] = evidence(proof);
  item["evidence"] = std::move(proofs);
  if (!c.normalised.empty()) item["normalised"] = c.normalised;
  if (!c.pages.empty()) item["pages"] = c.pages;
  if (!c.parts.empty()) item["parts"] = list(c.parts, clinical);
  return item;
}

}  // namespace

std::string to_json(const document::Document& d) {
  Json root;
  root["schema_version"] = "1.0";
  root["source"] = {{"file_name", d.source.file_name},
                    {"sha256", d.source.sha256},
                    {"media_type", d.source.media_type},
                    {"page_count", d.source.page_count}};
  root["engine"] = engine(d.engine);
  root["pages"] = Json::array();
  for (const auto& p : d.pages) root["pages"].push_back(page(p));
  root["blocks"] = Json::array();
  for (const auto& b : d.blocks) root["blocks"].push_back(block(b));
  root["clinical"] = clinical(d.clinical);
  if (!d.removed.empty()) {
    root["removed"] = Json::array();
    for (const auto& place : d.removed)
      root["removed"].push_back({{"kind", place.kind}, {"page", place.page}, {"bbox", box(place.bbox)}});
  }
  root["content"] = d.content;
  // File names may hold bytes that are no UTF-8: they are replaced rather than thrown over.
  return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace medmark::output
