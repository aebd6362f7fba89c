#include <map>

#include "clinical/lexicon/load.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

base::Result<void> load_report_types(const std::filesystem::path& folder, Lexicons& lexicons) {
  const auto file = read_object(folder / "report_types.json");
  if (!file) return tl::unexpected(file.error());
  ReportTypeLexicon& lexicon = lexicons.report_types;
  for (const Json& type : file->json.at("types")) {
    const int id = static_cast<int>(lexicon.types.size());
    lexicon.types.push_back(type.at("type").get<std::string>());
    lexicon.sections.push_back(type.at("sections").get<std::vector<std::string>>());
    add_words(lexicon.titles, type.at("titles"), id);
  }
  lexicons.versions.push_back(file->version);
  return {};
}

base::Result<void> load_antibiograms(const std::filesystem::path& folder, Lexicons& lexicons) {
  static const std::map<std::string, SusceptibilityColumn, std::less<>> kRoles = {
      {"drug", SusceptibilityColumn::kDrug},     {"concentration", SusceptibilityColumn::kConcentration},
      {"zone", SusceptibilityColumn::kZone},     {"verdict", SusceptibilityColumn::kVerdict},
      {"result", SusceptibilityColumn::kResult}, {"breakpoints", SusceptibilityColumn::kBreakpoints},
      {"method", SusceptibilityColumn::kMethod}};
  const auto file = read_object(folder / "antibiograms.json");
  if (!file) return tl::unexpected(file.error());
  AntibiogramLexicon& lexicon = lexicons.antibiograms;
  for (const Json& column : file->json.at("columns")) {
    const auto role = kRoles.find(column.at("role").get<std::string>());
    if (role == kRoles.end()) {
      return base::fail(base::ErrorCode::kInvalidParameter, "lexicon antibiograms.json: unknown role of a column");
    }
    add_words(lexicon.columns, column.at("words"), static_cast<int>(role->second));
  }
  for (const Json& verdict : file->json.at("verdicts")) {
    add_words(lexicon.verdicts, verdict.at("words"), verdict.at("abnormal").get<bool>() ? 'A' : 0);
  }
  add_words(lexicon.germ_labels, file->json.at("germ_labels"), 0);
  add_words(lexicon.germ_words, file->json.at("germ_words"), 0);
  lexicon.concentrations = file->json.at("concentrations").get<std::vector<double>>();
  lexicon.least_zone = file->json.at("zones").at("least").get<double>();
  lexicon.most_zone = file->json.at("zones").at("most").get<double>();
  lexicons.versions.push_back(file->version);
  return {};
}

base::Result<void> load_certainty(const std::filesystem::path& folder, Lexicons& lexicons) {
  const auto file = read_object(folder / "certainty.json");
  if (!file) return tl::unexpected(file.error());
  CertaintyLexicon& lexicon = lexicons.certainty;
  const auto add = [&](PhraseIndex& index, const Json& groups) {
    for (const Json& group : groups) {
      lexicon.certainties.push_back(group.at("certainty").get<std::string>());
      add_words(index, group.at("words"), static_cast<int>(lexicon.certainties.size()) - 1);
    }
  };
  add(lexicon.before, file->json.at("before"));
  add(lexicon.inside, file->json.at("inside"));
  add(lexicon.after, file->json.at("after"));
  add_words(lexicon.turns, file->json.at("turns"), 0);
  add_words(lexicon.advice, file->json.at("advice"), 0);
  lexicons.versions.push_back(file->version);
  return {};
}

base::Result<void> load_medications(const std::filesystem::path& folder, Lexicons& lexicons) {
  const auto words = read_object(folder / "medication_words.json");
  if (!words) return tl::unexpected(words.error());
  const auto drugs = read_table(folder / "drugs.tsv", {"name", "class"});
  if (!drugs) return tl::unexpected(drugs.error());
  MedicationLexicon& lexicon = lexicons.medications;
  add_words(lexicon.forms, words->json.at("forms"), 0);
  add_words(lexicon.routes, words->json.at("routes"), 0);
  add_words(lexicon.frequencies, words->json.at("frequencies"), 0);
  add_words(lexicon.dose_units, words->json.at("dose_units"), 0);
  add_words(lexicon.usage_words, words->json.at("usage_words"), 0);
  for (const Json& column : words->json.at("columns")) {
    lexicon.column_roles.push_back(column.at("role").get<std::string>());
    add_words(lexicon.columns, column.at("words"), static_cast<int>(lexicon.column_roles.size()) - 1);
  }
  int id = 0;
  for (const auto& row : drugs->rows) lexicon.drugs.add(row[0], id++);
  lexicons.versions.push_back(words->version);
  lexicons.versions.push_back(drugs->version);
  return {};
}

base::Result<void> load_diagnoses(const std::filesystem::path& folder, Lexicons& lexicons) {
  const auto table = read_table(folder / "diagnoses.tsv", {"diagnosis", "aliases", "icd10"});
  if (!table) return tl::unexpected(table.error());
  for (const auto& row : table->rows) {
    lexicons.diagnoses.icd10.emplace(folded_key(row[0]), row[2]);
    for (const std::string& alias : split_list(row[1])) lexicons.diagnoses.icd10.emplace(folded_key(alias), row[2]);
  }
  lexicons.versions.push_back(table->version);
  return {};
}

base::Result<void> load_identifiers(const std::filesystem::path& folder, Lexicons& lexicons) {
  const auto file = read_object(folder / "identifiers.json");
  if (!file) return tl::unexpected(file.error());
  IdentifierLexicon& lexicon = lexicons.identifiers;
  add_words(lexicon.surnames, file->json.at("surnames"), 0);
  add_words(lexicon.surnames, file->json.at("compound_surnames"), 0);
  add_words(lexicon.person_labels, file->json.at("person_labels"), 0);
  for (const Json& word : file->json.at("person_labels"))
    lexicons.labels.label_of(word.get<std::string>()).is_other = true;
  add_words(lexicon.person_endings, file->json.at("person_endings"), 0);
  add_words(lexicon.not_person_labels, file->json.at("not_person_labels"), 0);
  add_words(lexicon.number_endings, file->json.at("number_endings"), 0);
  add_words(lexicon.not_number_labels, file->json.at("not_number_labels"), 0);
  add_words(lexicon.address_labels, file->json.at("address_labels"), 0);
  add_words(lexicon.address_places, file->json.at("address_places"), 0);
  add_words(lexicon.address_endings, file->json.at("address_endings"), 0);
  add_words(lexicon.regions, file->json.at("regions"), 0);
  add_words(lexicon.titles, file->json.at("titles"), 0);
  add_words(lexicon.titles_before, file->json.at("titles_before"), 0);
  add_words(lexicon.behind_names, file->json.at("behind_names"), 0);
  add_words(lexicon.english_titles, file->json.at("english_titles"), 0);
  add_words(lexicon.not_names, file->json.at("not_names"), 0);
  lexicons.versions.push_back(file->version);
  return {};
}

}  // namespace medmark::clinical
