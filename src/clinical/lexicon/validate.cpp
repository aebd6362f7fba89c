#include <cctype>
#include <charconv>
#include <map>
#include <set>

#include "clinical/lexicon/lexicons.hpp"
#include "clinical/lexicon/load.hpp"

namespace medmark::clinical {
namespace {

using Json = nlohmann::ordered_json;
using Names = std::set<std::string, std::less<>>;

// The keys of the document JSON; a data file may add wordings, not keys.
const Names kSections = {"chief_complaint",
                         "history_of_present_illness",
                         "past_history",
                         "personal_history",
                         "marital_history",
                         "menstrual_history",
                         "family_history",
                         "physical_examination",
                         "specialist_examination",
                         "auxiliary_examination",
                         "admission_condition",
                         "treatment_course",
                         "discharge_condition",
                         "discharge_orders",
                         "imaging_findings",
                         "impression",
                         "operative_course",
                         "pathology_findings",
                         "summary"};
const Names kFields = {"name",
                       "sex",
                       "age",
                       "birth_date",
                       "id_number",
                       "phone",
                       "address",
                       "hospital",
                       "admission_number",
                       "outpatient_number",
                       "department",
                       "ward",
                       "bed",
                       "admission_date",
                       "discharge_date",
                       "sample_number",
                       "sample_type",
                       "collected_at",
                       "received_at",
                       "reported_at",
                       "examiner",
                       "reviewer",
                       "",
                       "ordering_doctor"};
const Names kTypes = {"discharge_summary", "admission_record",
                      "progress_note",     "outpatient_record",
                      "lab_report",        "imaging_report",
                      "endoscopy_report",  "pathology_report",
                      "operative_record",  "checkup_report",
                      "prescription",      "consultation",
                      "nursing_record",    "other"};

// LOINC codes end in a check digit by the Luhn algorithm (LOINC Users' Guide, appendix "Check digit").
bool has_loinc_check_digit(const std::string& code) {
  const std::size_t dash = code.find('-');
  if (dash == std::string::npos || dash + 2 != code.size() || dash == 0) return false;
  int sum = 0;
  bool doubled = true;
  for (std::size_t i = dash; i-- > 0;) {
    if (std::isdigit(static_cast<unsigned char>(code[i])) == 0) return false;
    int digit = code[i] - '0';
    if (doubled) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
    doubled = !doubled;
  }
  return (10 - sum % 10) % 10 == code[dash + 1] - '0';
}

bool is_number_or_empty(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return text.empty() || (error == std::errc() && end == text.data() + text.size());
}

std::string place_of(const std::string& file, int line) {
  return line > 0 ? file + " line " + std::to_string(line) + ": " : file + ": ";
}

// The rows of lab_items.tsv beside what was loaded from them.
void check_items(const std::filesystem::path& folder, const Lexicons& lexicons, std::vector<std::string>& doubts) {
  const auto table = read_table(folder / "lab_items.tsv", kLabItemColumns);
  if (!table) return;
  for (std::size_t i = 0; i < table->rows.size(); ++i) {
    const LabItem& item = lexicons.lab_items.items[i];
    const auto doubt = [&](const std::string& what) {
      doubts.push_back(place_of("lab_items.tsv", table->lines[i]) + item.standard_name + what);
    };
    if (item.standard_name.empty()) doubt("a row without a name");
    if (!is_number_or_empty(table->rows[i][5]) || !is_number_or_empty(table->rows[i][6]))
      doubt(": a limit is no number");
    if (!item.loinc.empty() && !has_loinc_check_digit(item.loinc)) doubt(": LOINC code with a wrong check digit");
    if (item.lowest.has_value() != item.highest.has_value()) doubt(": only one limit");
    if (item.lowest.has_value() && item.highest.has_value() && *item.lowest >= *item.highest)
      doubt(": limits reversed");
    for (const auto* list : {&item.units, &item.other_units}) {
      for (const std::string& unit : *list) {
        if (!unit.empty() && !lexicons.units.find(unit)) doubt(": unit " + unit + " is not in units.tsv");
      }
    }
  }
}

// Two units of one name, and names that only capitals tell apart, of which the second would never be found.
void check_units(const std::filesystem::path& folder, std::vector<std::string>& doubts) {
  const auto table = read_table(folder / "units.tsv", kUnitColumns);
  if (!table) return;
  std::map<std::u32string, std::string> names;
  for (std::size_t i = 0; i < table->rows.size(); ++i) {
    const std::string& name = table->rows[i][0];
    const auto [place, is_new] = names.emplace(unit_key(name), name);
    if (!is_new) doubts.push_back(place_of("units.tsv", table->lines[i]) + name + " is " + place->second + " again");
  }
}

// Entries of a JSON file's list whose `key` is none of `names`.
void check_keys(const std::filesystem::path& folder, const std::string& file, const char* list, const char* key,
                const Names& names, std::vector<std::string>& doubts) {
  const auto object = read_object(folder / file);
  if (!object) return;
  for (const Json& entry : object->json.at(list)) {
    const std::string name = entry.at(key).get<std::string>();
    if (!names.contains(name))
      doubts.push_back(place_of(file, object->line_of(key, name)) + "nobody knows the " + key + " " + name);
  }
}

}  // namespace

std::vector<std::string> validate(const std::filesystem::path& folder) {
  const auto lexicons = Lexicons::load(folder);
  if (!lexicons) return {lexicons.error().message};
  std::vector<std::string> doubts;
  check_items(folder, *lexicons, doubts);
  check_units(folder, doubts);
  check_keys(folder, "sections.json", "sections", "key", kSections, doubts);
  check_keys(folder, "fields.json", "fields", "key", kFields, doubts);
  check_keys(folder, "report_types.json", "types", "type", kTypes, doubts);
  return doubts;
}

}  // namespace medmark::clinical
