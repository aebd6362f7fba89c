#include "clinical/lexicon/lexicons.hpp"

#include "clinical/lexicon/load.hpp"

namespace medmark::clinical {
base::Result<Lexicons> Lexicons::load(const std::filesystem::path& folder) {
  Lexicons lexicons;
  try {
    for (const auto load : {load_labels, load_report_types, load_laboratory, load_antibiograms, load_certainty,
                            load_medications, load_diagnoses, load_identifiers}) {
      const auto loaded = load(folder, lexicons);
      if (!loaded) return tl::unexpected(loaded.error());
    }
  } catch (const nlohmann::json::exception& error) {
    return base::fail(base::ErrorCode::kInvalidParameter, std::string("a lexicon breaks its schema: ") + error.what());
  }
  return lexicons;
}

}  // namespace medmark::clinical
