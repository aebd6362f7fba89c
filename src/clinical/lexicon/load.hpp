// The loaders of the single lexicons. Each reads its files, fills its part of `Lexicons` and appends their versions.
// A key that a JSON file lacks, or of another type, throws nlohmann::json::exception, which `Lexicons::load` turns into
// a failure that names the file.
#pragma once

#include <filesystem>

#include "base/error.hpp"
#include "clinical/lexicon/data_file.hpp"
#include "clinical/lexicon/lexicons.hpp"

namespace medmark::clinical {

inline const std::vector<std::string> kUnitColumns = {"unit", "spellings", "ucum"};
inline const std::vector<std::string> kLabItemColumns = {
    "standard_name", "codes", "aliases", "units", "other_units", "lowest", "highest", "loinc", "specimen", "panel"};

// Every word of a list stands for `id`.
inline void add_words(PhraseIndex& index, const nlohmann::ordered_json& words, int id) {
  for (const auto& word : words) index.add(word.get<std::string>(), id);
}

[[nodiscard]] base::Result<void> load_labels(const std::filesystem::path& folder, Lexicons& lexicons);
[[nodiscard]] base::Result<void> load_report_types(const std::filesystem::path& folder, Lexicons& lexicons);
[[nodiscard]] base::Result<void> load_laboratory(const std::filesystem::path& folder, Lexicons& lexicons);
[[nodiscard]] base::Result<void> load_antibiograms(const std::filesystem::path& folder, Lexicons& lexicons);
[[nodiscard]] base::Result<void> load_certainty(const std::filesystem::path& folder, Lexicons& lexicons);
[[nodiscard]] base::Result<void> load_medications(const std::filesystem::path& folder, Lexicons& lexicons);
[[nodiscard]] base::Result<void> load_diagnoses(const std::filesystem::path& folder, Lexicons& lexicons);
[[nodiscard]] base::Result<void> load_identifiers(const std::filesystem::path& folder, Lexicons& lexicons);

}  // namespace medmark::clinical
