// The table of a susceptibility test: which cells say what of which drug.
//
// Pure functions, thread-safe. A table that is none gives no rows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clinical/lexicon/lexicons.hpp"
#include "document/block.hpp"

namespace medmark::clinical {

enum class SusceptibilityMeasure { kConcentration, kZone, kUnknown, kVerdictOnly };

// The cells of one drug's result; null where there is no such cell.
struct SusceptibilityCells {
  const document::TableCell* drug = nullptr;
  const document::TableCell* value = nullptr;  // of kVerdictOnly: the verdict
  const document::TableCell* verdict = nullptr;
  const document::TableCell* breakpoints = nullptr;
  const document::TableCell* method = nullptr;
  SusceptibilityMeasure measure = SusceptibilityMeasure::kUnknown;
  std::string heading;       // "MIC", "KB" of the value's column, without its unit
  std::string heading_unit;  // "μg/mL", "mm"
  std::string germ;          // of a row over the drugs that names it
};

// Down the first group of columns, then down the next.
[[nodiscard]] std::vector<SusceptibilityCells> find_susceptibility_rows(const document::Table& table,
                                                                        const Lexicons& lexicons);

// S, I, R and what else stands for them.
struct SusceptibilityVerdict {
  std::string printed;
  bool is_known = false;
  bool is_abnormal = false;
};

[[nodiscard]] SusceptibilityVerdict verdict_of(const std::string& printed, const Lexicons& lexicons);
// "≤0.25 S", "24(R)": the verdict behind a value in its cell; the value is left.
SusceptibilityVerdict take_verdict(std::string& value, const Lexicons& lexicons);

[[nodiscard]] bool names_germ(std::string_view text, const Lexicons& lexicons);

// "" for no cell.
[[nodiscard]] std::string trimmed_text(const document::TableCell* cell);

}  // namespace medmark::clinical
