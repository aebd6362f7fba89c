// What kind of report a piece of a document is, by its title, its sections and its tables. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clinical/report.hpp"

namespace medmark::clinical {

struct ReportType {
  std::string type = "other";   // name of the contract
  double confidence = 0;        // 0..1
  document::Evidence evidence;  // of the title that says so, where one does
  bool from_title = false;
};

// The type a title names ("某某医院出院小结"); nothing where it names none. `length` gets the folded characters of the
// words that say so.
[[nodiscard]] std::optional<std::string> type_of_title(std::u32string_view folded_title, const Lexicons& lexicons,
                                                       std::size_t* length = nullptr);

// `laboratory_rows`: how many rows of the report's tables look like laboratory results.
[[nodiscard]] ReportType find_report_type(const Report& report, std::size_t laboratory_rows);

}  // namespace medmark::clinical
