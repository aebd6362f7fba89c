#include "clinical/lexicon/lexicons.hpp"

#include <cctype>

#include "clinical/lexicon/load.hpp"

namespace medmark::clinical {
namespace {

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

void check_items(const Lexicons& lexicons, std::vector<std::string>& doubts) {
  for (const LabItem& item : lexicons.lab_items.items) {
    const auto doubt = [&](const std::string& what) {
      doubts.push_back("lab_items.tsv: " + item.standard_name + what);
    };
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

}  // namespace

base::Result<Lexicons> Lexicons::load(const std::filesystem::path& folder) {
  Lexicons lexicons;
  try {
    for (const auto load : {load_labels, load_report_types, load_laboratory, load_certainty, load_medications,
                            load_diagnoses, load_identifiers}) {
      const auto loaded = load(folder, lexicons);
      if (!loaded) return tl::unexpected(loaded.error());
    }
  } catch (const nlohmann::json::exception& error) {
    return base::fail(base::ErrorCode::kInvalidParameter, std::string("a lexicon breaks its schema: ") + error.what());
  }
  return lexicons;
}

std::vector<std::string> validate(const std::filesystem::path& folder) {
  const auto lexicons = Lexicons::load(folder);
  if (!lexicons) return {lexicons.error().message};
  std::vector<std::string> doubts;
  check_items(*lexicons, doubts);
  return doubts;
}

}  // namespace medmark::clinical
