#include "clinical/lexicon/lexicons.hpp"

#include "clinical/lexicon/load.hpp"

namespace medmark::clinical {
namespace {

// A loader and the files in which a key may be missing.
struct Part {
  base::Result<void> (*load)(const std::filesystem::path&, Lexicons&);
  const char* files;
};
constexpr Part kParts[] = {{load_labels, "fields.json or sections.json"},
                           {load_report_types, "report_types.json"},
                           {load_laboratory, "lab_columns.json or results.json"},
                           {load_antibiograms, "antibiograms.json"},
                           {load_certainty, "certainty.json"},
                           {load_medications, "medication_words.json"},
                           {load_diagnoses, "diagnoses.tsv"},
                           {load_identifiers, "identifiers.json"}};

}  // namespace

base::Result<Lexicons> Lexicons::load(const std::filesystem::path& folder) {
  Lexicons lexicons;
  for (const Part& part : kParts) {
    try {
      const auto loaded = part.load(folder, lexicons);
      if (!loaded) return tl::unexpected(loaded.error());
    } catch (const nlohmann::json::exception& error) {
      return base::fail(base::ErrorCode::kInvalidParameter,
                        "lexicon " + std::string(part.files) + " breaks its schema: " + error.what());
    }
  }
  return lexicons;
}

}  // namespace medmark::clinical
