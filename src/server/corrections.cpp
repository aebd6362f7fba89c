#include "server/corrections.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <set>

#include "output/markdown.hpp"
#include "server/document_reading.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

tl::unexpected<base::Error> no_target() {
  return base::fail(ErrorCode::kInvalidParameter, "There is no target of that form.");
}
tl::unexpected<base::Error> not_there() {
  return base::fail(ErrorCode::kNotFound, "The document has nothing at that target.");
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('.', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::optional<std::size_t> index_of(const std::string& text) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return index;
}

constexpr std::size_t kNoIndex = static_cast<std::size_t>(-1);

// Fields of a list's entries that may be corrected.
const std::set<std::string>* fields_of(const std::string& list) {
  static const std::set<std::string> kLab = {"name", "code",     "value", "unit", "reference_range",
                                             "flag", "specimen", "panel"};
  static const std::set<std::string> kDiagnosis = {"text", "kind", "certainty", "code"};
  static const std::set<std::string> kMedication = {"name", "strength", "dose", "frequency", "route", "text"};
  if (list == "lab_results") return &kLab;
  if (list == "diagnoses") return &kDiagnosis;
  if (list == "medications") return &kMedication;
  return nullptr;
}

// Where a target leads: the object that holds the member, and around it what is marked as corrected.
struct Place {
  Json* holder = nullptr;
  std::string member;
  Json* block = nullptr;     // the block around a text or cell
  Json* clinical = nullptr;  // the report around a field
  std::string evidence;      // the field's name in `evidence`
  bool is_lab = false;
};

Json* member_of(Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

Result<Place> find_block_place(Json& document, const std::vector<std::string>& parts) {
  if (parts.size() < 3) return no_target();
  Json* blocks = member_of(document, "blocks");
  if (blocks == nullptr) return not_there();
  for (Json& block : *blocks) {
    if (block.value("id", "") != parts[1]) continue;
    if (parts.size() == 3 && (parts[2] == "text" || parts[2] == "latex" || parts[2] == "type" || parts[2] == "level")) {
      return Place{&block, parts[2], &block, nullptr, {}, false};
    }
    if (parts.size() != 5 || parts[2] != "cells") return no_target();
    const auto row = index_of(parts[3]);
    const auto column = index_of(parts[4]);
    Json* cells = member_of(block, "cells");
    if (!row.has_value() || !column.has_value()) return no_target();
    if (cells == nullptr) return not_there();
    for (Json& cell : *cells) {
      if (cell.value("row", std::size_t{0}) == *row && cell.value("column", std::size_t{0}) == *column) {
        return Place{&cell, "text", &block, nullptr, {}, false};
      }
    }
    return not_there();
  }
  return not_there();
}

Result<Place> find_clinical_place(Json& clinical, const std::vector<std::string>& parts, std::size_t at) {
  const std::size_t left = parts.size() - at;
  if (left == 1 && parts[at] == "document_type")
    return Place{&clinical, "document_type", nullptr, &clinical, "document_type", false};
  if (left == 2 && (parts[at] == "patient" || parts[at] == "sections") && !parts[at + 1].empty()) {
    if (!clinical.contains(parts[at])) clinical[parts[at]] = Json::object();
    return Place{&clinical[parts[at]], parts[at + 1], nullptr, &clinical, parts[at] + "." + parts[at + 1], false};
  }
  if (left != 3) return no_target();
  const std::set<std::string>* fields = fields_of(parts[at]);
  const std::size_t index = index_of(parts[at + 1]).value_or(kNoIndex);
  if (fields == nullptr || index == kNoIndex || !fields->contains(parts[at + 2])) return no_target();
  Json* list = member_of(clinical, parts[at].c_str());
  if (list == nullptr || index >= list->size()) return not_there();
  return Place{&(*list)[index],
               parts[at + 2],
               nullptr,
               &clinical,
               parts[at] + "." + parts[at + 1] + "." + parts[at + 2],
               parts[at] == "lab_results"};
}

Result<Place> find_place(Json& document, const std::string& target) {
  const std::vector<std::string> parts = split(target);
  if (parts.front() == "blocks") return find_block_place(document, parts);
  Json* clinical = member_of(document, "clinical");
  if (parts.front() != "clinical" || parts.size() < 2) return no_target();
  if (clinical == nullptr) return not_there();
  if (parts[1] != "parts") return find_clinical_place(*clinical, parts, 1);
  const std::size_t index = parts.size() > 3 ? index_of(parts[2]).value_or(kNoIndex) : kNoIndex;
  Json* reports = member_of(*clinical, "parts");
  if (index == kNoIndex) return no_target();
  if (reports == nullptr || index >= reports->size()) return not_there();
  return find_clinical_place((*reports)[index], parts, 3);
}

std::string text_of(const Json& holder, const std::string& member) {
  const auto found = holder.find(member);
  if (found == holder.end()) return {};
  return found->is_string() ? found->get<std::string>() : found->dump();
}

std::optional<double> plain_number(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// What was computed of a laboratory row is computed anew where the new text says it plainly, and else left out.
void renew_lab(Json& row, const std::string& member) {
  if (member == "name") {
    for (const char* name : {"standard_name", "loinc"}) row.erase(name);
  }
  if (member == "unit") row.erase("unit_ucum");
  if (member == "reference_range") {
    for (const char* name : {"low", "high"}) row.erase(name);
  }
  if (member == "flag") row["flag_raw"] = row["flag"];
  if (member != "value" && member != "reference_range") return;
  row.erase("flag_computed");
  if (member == "value") {
    for (const char* name : {"value_num", "comparator"}) row.erase(name);
    if (const auto number = plain_number(text_of(row, "value")); number.has_value()) row["value_num"] = *number;
  }
  const bool has_range = row.contains("value_num") && (row.contains("low") || row.contains("high"));
  if (!has_range) return;
  const double value = row["value_num"].get<double>();
  const bool is_high = row.contains("high") && value > row["high"].get<double>();
  const bool is_low = row.contains("low") && value < row["low"].get<double>();
  row["flag_computed"] = is_high ? "H" : is_low ? "L" : "";
}

void renew_key_value(Json& block) {
  if (!block.contains("key")) return;
  const std::string text = text_of(block, "text");
  const std::size_t wide = text.find("：");
  const std::size_t narrow = text.find(':');
  const std::size_t colon = std::min(wide, narrow);
  if (colon == std::string::npos) return;
  const std::size_t width = wide == colon ? std::string_view("：").size() : 1;
  block["key"] = text.substr(0, colon);
  block["value"] = text.substr(colon + width);
}

Result<void> write_value(const Place& place, const std::string& value) {
  if (place.member == "level") {
    const auto level = index_of(value);
    if (!level.has_value() || *level < 1 || *level > 6) {
      return base::fail(ErrorCode::kInvalidParameter, "A level is 1 to 6.");
    }
    (*place.holder)["level"] = *level;
    return {};
  }
  if (place.member == "type" && place.block != nullptr && !block_type_of(value).has_value()) {
    return base::fail(ErrorCode::kInvalidParameter, "There is no block type of that name.");
  }
  (*place.holder)[place.member] = value;
  return {};
}

void mark(const Place& place) {
  if (place.block != nullptr || place.is_lab) {
    (*place.holder)["corrected"] = true;
    if (place.holder->contains("needs_review")) (*place.holder)["needs_review"] = false;
  }
  if (place.clinical == nullptr) return;
  // The form that stands beside a printed date or age was computed from what was printed before.
  if (Json* normalised = member_of(*place.clinical, "normalised"); normalised != nullptr) {
    normalised->erase(place.evidence);
  }
  Json* evidence = member_of(*place.clinical, "evidence");
  Json* proof = evidence == nullptr ? nullptr : member_of(*evidence, place.evidence.c_str());
  if (proof == nullptr) return;
  (*proof)["corrected"] = true;
  (*proof)["needs_review"] = false;
}

Result<void> apply_once(Json& document, const std::string& target, const std::string& value) {
  const auto place = find_place(document, target);
  if (!place.has_value()) return tl::unexpected(place.error());
  if (auto written = write_value(*place, value); !written.has_value()) return written;
  if (place->is_lab) renew_lab(*place->holder, place->member);
  if (place->block != nullptr && place->member == "text" && place->holder == place->block)
    renew_key_value(*place->block);
  mark(*place);
  return {};
}

// Where a file holds several reports, the first stands at the top level as well: the other name of the same field.
std::optional<std::string> twin_of(const Json& document, const std::string& target) {
  constexpr std::string_view kTop = "clinical.";
  constexpr std::string_view kFirst = "clinical.parts.0.";
  const auto clinical = document.find("clinical");
  if (clinical == document.end() || !clinical->contains("parts") || (*clinical)["parts"].empty()) return std::nullopt;
  if (target.starts_with(kFirst)) return std::string(kTop) + target.substr(kFirst.size());
  if (target.starts_with(kTop) && !target.starts_with("clinical.parts.")) {
    return std::string(kFirst) + target.substr(kTop.size());
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> target_value(Json& document, const std::string& target) {
  const auto place = find_place(document, target);
  if (!place.has_value()) return tl::unexpected(place.error());
  return text_of(*place->holder, place->member);
}

Json target_region(Json& document, const std::string& target) {
  const auto place = find_place(document, target);
  if (!place.has_value()) return nullptr;
  const Json* holder = place->holder;
  if (place->clinical != nullptr) {
    Json* evidence = member_of(*place->clinical, "evidence");
    holder = evidence == nullptr ? nullptr : member_of(*evidence, place->evidence.c_str());
  }
  if (holder == nullptr || !holder->contains("page") || !holder->contains("bbox")) return nullptr;
  return {{"page", (*holder)["page"]}, {"bbox", (*holder)["bbox"]}};
}

Result<void> apply_correction(Json& document, const std::string& target, const std::string& value) {
  if (auto applied = apply_once(document, target, value); !applied.has_value()) return applied;
  if (const auto twin = twin_of(document, target); twin.has_value()) return apply_once(document, *twin, value);
  return {};
}

void renew_content(Json& document) {
  const document::Document read = read_blocks(document);
  std::size_t index = 0;
  for (Json& block : document["blocks"]) {
    const auto& table = read.blocks[index++].table;
    if (table.has_value()) block["html"] = output::to_html(*table);
  }
  const std::filesystem::path name = document["source"].value("file_name", "document");
  document["content"] = output::to_markdown(read, {.asset_prefix = name.stem().string() + ".assets/"});
}

}  // namespace medmark::server
