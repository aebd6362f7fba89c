#include <map>

#include "base/text.hpp"
#include "clinical/lexicon/load.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

using Json = nlohmann::ordered_json;

const std::map<std::string, FieldKind, std::less<>> kFieldKinds = {
    {"person", FieldKind::kPerson}, {"sex", FieldKind::kSex},           {"age", FieldKind::kAge},
    {"date", FieldKind::kDate},     {"identity", FieldKind::kIdentity}, {"phone", FieldKind::kPhone},
    {"text", FieldKind::kText},     {"code", FieldKind::kCode},         {"bed", FieldKind::kBed},
    {"other", FieldKind::kOther}};

bool starts_latin(const std::u32string& key) { return !key.empty() && key.front() < 0x80; }

// A label as printed, and as poor scans read it: one character of it taken for another ("报告11期" for 报告日期).
// Labels of two characters stay as they are: little is left of them to know them by.
std::vector<std::string> readings_of(const std::string& wording, const Json& misread) {
  constexpr std::size_t kLeastLength = 3;
  std::vector<std::string> readings{wording};
  if (base::decode_utf8(wording).size() < kLeastLength) return readings;
  for (const auto& [character, others] : misread.items()) {
    const std::size_t at = wording.find(character);
    if (at == std::string::npos) continue;
    for (const Json& other : others) {
      readings.push_back(std::string(wording).replace(at, character.size(), other.get<std::string>()));
    }
  }
  return readings;
}

base::Result<void> add_fields(LabelLexicon& lexicon, const Json& fields, const Json& misread) {
  for (const Json& field : fields) {
    const std::string key = field.at("key").get<std::string>();
    const auto kind = kFieldKinds.find(field.at("kind").get<std::string>());
    if (kind == kFieldKinds.end()) {
      return base::fail(base::ErrorCode::kInvalidParameter, "lexicon fields.json: unknown kind of field " + key);
    }
    const auto add = [&](const std::string& wording, bool is_fallback) {
      Label& label = lexicon.label_of(wording);
      label.is_field = true;
      if (!label.field.empty()) return;
      label.field = key;
      label.field_kind = kind->second;
      label.is_fallback = is_fallback;
    };
    for (const Json& wording : field.at("labels")) {
      for (const std::string& reading : readings_of(wording.get<std::string>(), misread)) add(reading, false);
    }
    if (!field.contains("fallback_labels")) continue;
    for (const Json& wording : field.at("fallback_labels")) add(wording.get<std::string>(), true);
  }
  return {};
}

void add_composites(LabelLexicon& lexicon, const Json& composites) {
  for (const Json& composite : composites) {
    for (const Json& wording : composite.at("labels")) {
      Label& label = lexicon.label_of(wording.get<std::string>());
      label.is_field = true;
      label.composite = composite.at("keys").get<std::vector<std::string>>();
    }
  }
}

void add_sections(LabelLexicon& lexicon, const Json& json) {
  for (const Json& section : json.at("sections")) {
    for (const Json& wording : section.at("labels")) {
      lexicon.label_of(wording.get<std::string>()).section = section.at("key").get<std::string>();
    }
    if (!section.contains("fallback_labels")) continue;
    for (const Json& wording : section.at("fallback_labels")) {
      Label& label = lexicon.label_of(wording.get<std::string>());
      label.section = section.at("key").get<std::string>();
      label.is_fallback_section = true;
    }
  }
  for (const Json& diagnosis : json.at("diagnoses")) {
    for (const Json& wording : diagnosis.at("labels")) {
      lexicon.label_of(wording.get<std::string>()).diagnosis = diagnosis.at("kind").get<std::string>();
    }
  }
  for (const Json& wording : json.at("parts_of_diagnoses")) {
    lexicon.label_of(wording.get<std::string>()).is_part_of_diagnoses = true;
  }
  for (const Json& wording : json.at("medications")) {
    lexicon.label_of(wording.get<std::string>()).is_medications = true;
  }
  for (const Json& wording : json.at("orders")) lexicon.label_of(wording.get<std::string>()).is_orders = true;
  for (const Json& wording : json.at("pair_endings")) lexicon.pair_endings.add(wording.get<std::string>(), 0);
  for (const Json& wording : json.at("code_columns")) {
    lexicon.beside_diagnoses.add(wording.get<std::string>(), LabelLexicon::kCodeBesideDiagnosis);
  }
  for (const Json& wording : json.at("columns_beside_diagnoses")) {
    lexicon.beside_diagnoses.add(wording.get<std::string>(), LabelLexicon::kOtherBesideDiagnosis);
  }
  lexicon.unknown_pair.is_field = true;
  lexicon.unknown_pair.is_other = true;
  lexicon.unknown_heading.is_other = true;
  for (const Json& wording : json.at("other_labels")) lexicon.label_of(wording.get<std::string>()).is_other = true;
  for (const Json& wording : json.at("endings")) lexicon.endings.add(wording.get<std::string>(), 0);
  for (const Json& wording : json.at("inside")) lexicon.label_of(wording.get<std::string>()).is_inside = true;
}

}  // namespace

Label& LabelLexicon::label_of(std::string_view wording) {
  const std::u32string key = folded_key(wording);
  if (const auto id = index.whole(key)) return labels[static_cast<std::size_t>(*id)];
  index.add(wording, static_cast<int>(labels.size()));
  Label& label = labels.emplace_back();
  label.length = key.size();
  label.is_latin = starts_latin(key);
  return label;
}

base::Result<void> load_labels(const std::filesystem::path& folder, Lexicons& lexicons) {
  const auto fields = read_object(folder / "fields.json");
  if (!fields) return tl::unexpected(fields.error());
  const auto sections = read_object(folder / "sections.json");
  if (!sections) return tl::unexpected(sections.error());
  LabelLexicon& lexicon = lexicons.labels;
  const auto added = add_fields(lexicon, fields->json.at("fields"), fields->json.value("misread", Json::object()));
  if (!added) return added;
  add_composites(lexicon, fields->json.at("composites"));
  add_sections(lexicon, sections->json);
  lexicon.hospital_suffixes = fields->json.at("hospital_suffixes").get<std::vector<std::string>>();
  lexicon.departments = fields->json.at("departments").get<std::vector<std::string>>();
  for (const Json& type : fields->json.at("sample_types")) lexicon.sample_types.add(type.get<std::string>(), 0);
  for (const Json& title : fields->json.at("professional_titles")) {
    lexicon.professional_titles.add(title.get<std::string>(), 0);
  }
  lexicons.versions.push_back(fields->version);
  lexicons.versions.push_back(sections->version);
  return {};
}

}  // namespace medmark::clinical
