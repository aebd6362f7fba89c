#include <charconv>
#include <map>

#include "base/text.hpp"
#include "clinical/lexicon/load.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

using Json = nlohmann::ordered_json;

const std::map<std::string, ColumnRole, std::less<>> kRoles = {
    {"index", ColumnRole::kIndex}, {"code", ColumnRole::kCode},         {"name", ColumnRole::kName},
    {"value", ColumnRole::kValue}, {"unit", ColumnRole::kUnit},         {"range", ColumnRole::kRange},
    {"flag", ColumnRole::kFlag},   {"method", ColumnRole::kMethod},     {"specimen", ColumnRole::kSpecimen},
    {"panel", ColumnRole::kPanel}, {"previous", ColumnRole::kPrevious}, {"date", ColumnRole::kOther}};

base::Result<void> load_columns(const std::filesystem::path& folder, Lexicons& lexicons) {
  const auto file = read_object(folder / "lab_columns.json");
  if (!file) return tl::unexpected(file.error());
  for (const Json& column : file->json.at("columns")) {
    const auto role = kRoles.find(column.at("role").get<std::string>());
    if (role == kRoles.end()) {
      return base::fail(base::ErrorCode::kInvalidParameter, "lexicon lab_columns.json: unknown role of a column");
    }
    add_words(lexicons.lab_columns.words, column.at("words"), static_cast<int>(role->second));
  }
  add_words(lexicons.lab_columns.not_laboratory_columns, file->json.at("not_laboratory_columns"), 0);
  add_words(lexicons.lab_columns.not_laboratory_items, file->json.at("not_laboratory_items"), 0);
  lexicons.versions.push_back(file->version);
  return {};
}

base::Result<void> load_results(const std::filesystem::path& folder, Lexicons& lexicons) {
  const auto file = read_object(folder / "results.json");
  if (!file) return tl::unexpected(file.error());
  ResultLexicon& results = lexicons.results;
  add_words(results.qualitative, file->json.at("qualitative"), 0);
  add_words(results.negative, file->json.at("negative"), 0);
  add_words(results.positive, file->json.at("positive"), 0);
  add_words(results.attached_flags, file->json.at("attached_flags"), 0);
  for (const Json& people : file->json.at("people")) {
    ResultLexicon::Ages ages;
    if (people.contains("from_years")) ages.from_years = people.at("from_years").get<double>();
    if (people.contains("below_years")) ages.below_years = people.at("below_years").get<double>();
    add_words(results.people, people.at("words"), static_cast<int>(results.ages_of_people.size()));
    results.ages_of_people.push_back(ages);
  }
  for (const Json& entry : file->json.at("flags")) {
    const std::string flag = entry.at("flag").get<std::string>();
    add_words(results.flags, entry.at("marks"), flag.empty() ? 0 : flag.front());
  }
  lexicons.versions.push_back(file->version);
  return {};
}

base::Result<void> load_units(const std::filesystem::path& folder, Lexicons& lexicons) {
  const auto table = read_table(folder / "units.tsv", kUnitColumns);
  if (!table) return tl::unexpected(table.error());
  UnitLexicon& units = lexicons.units;
  for (const auto& row : table->rows) {
    const int id = static_cast<int>(units.names.size());
    units.names.push_back(row[0]);
    units.ucum.push_back(row[2]);
    units.by_spelling.emplace(unit_key(row[0]), id);
  }
  // A unit's own name comes before the spellings of others: "G/L" must not take "g/L".
  for (std::size_t id = 0; id < table->rows.size(); ++id) {
    for (const std::string& spelling : split_list(table->rows[id][1])) {
      const auto [place, is_new] = units.by_spelling.emplace(unit_key(spelling), static_cast<int>(id));
      if (!is_new && place->second != static_cast<int>(id)) units.by_exact.emplace(spelling, static_cast<int>(id));
    }
  }
  lexicons.versions.push_back(table->version);
  return {};
}

std::optional<double> number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

base::Result<void> load_items(const std::filesystem::path& folder, Lexicons& lexicons) {
  const auto table = read_table(folder / "lab_items.tsv", kLabItemColumns);
  if (!table) return tl::unexpected(table.error());
  LabItemLexicon& lexicon = lexicons.lab_items;
  for (const auto& row : table->rows) {
    const int id = static_cast<int>(lexicon.items.size());
    LabItem item{row[0],
                 split_list(row[1]),
                 split_list(row[2]),
                 split_list(row[3]),
                 split_list(row[4]),
                 number(row[5]),
                 number(row[6]),
                 row[7],
                 row[8],
                 row[9]};
    lexicon.by_name[folded_key(item.standard_name)].push_back(id);
    for (const std::string& alias : item.aliases) {
      auto& list = lexicon.by_name[folded_key(alias)];
      if (list.empty() || list.back() != id) list.push_back(id);
    }
    for (const std::string& code : item.codes) {
      auto& list = lexicon.by_code[folded_key(code)];
      if (list.empty() || list.back() != id) list.push_back(id);
    }
    lexicon.mentions.add(item.standard_name, id);
    lexicon.by_shape[shape_key(item.standard_name)].push_back(item.standard_name);
    for (const std::string& alias : item.aliases) lexicon.by_shape[shape_key(alias)].push_back(alias);
    for (const auto* words : {&item.aliases, &item.codes}) {
      for (const std::string& word : *words) {
        if (folded_key(word).size() >= 2) lexicon.mentions.add(word, id);
      }
    }
    lexicon.items.push_back(std::move(item));
  }
  lexicons.versions.push_back(table->version);
  return {};
}

}  // namespace

std::u32string unit_key(std::string_view printed) {
  std::u32string key;
  for (const char32_t c : folded_key(printed)) {
    if (c == U'^' || c == U'*' || c == U'[' || c == U']') continue;
    if (c == U'x' && key.empty()) continue;  // the sign of multiplication before a power of ten
    key.push_back(c == U'μ' ? U'u' : c);
  }
  return key;
}

std::u32string shape_key(std::string_view printed) {
  std::u32string key = folded_key(printed);
  for (char32_t& c : key) {
    if (c == U'l' || c == U'1' || c == U'|' || c == U'!') c = U'i';
    if (c == U'0') c = U'o';
    if (c == U'γ') c = U'y';
  }
  return key;
}

std::optional<int> UnitLexicon::find(std::string_view printed) const {
  if (const auto exact = by_exact.find(base::trimmed(printed)); exact != by_exact.end()) return exact->second;
  const auto found = by_spelling.find(unit_key(printed));
  if (found == by_spelling.end()) return std::nullopt;
  return found->second;
}

base::Result<void> load_laboratory(const std::filesystem::path& folder, Lexicons& lexicons) {
  for (const auto load : {load_columns, load_results, load_units, load_items}) {
    const auto loaded = load(folder, lexicons);
    if (!loaded) return loaded;
  }
  return {};
}

}  // namespace medmark::clinical
