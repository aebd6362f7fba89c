// Laboratory rows as comma-separated values, for spreadsheets. Pure functions but for the file they read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace medmark::server {

// One line of RFC 4180. A text that a spreadsheet would run as a formula (=, +, -, @ at its beginning, but no plain
// number) gets an apostrophe before it.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);
inline constexpr const char* kByteOrderMark = "\xEF\xBB\xBF";  // spreadsheets take the file for UTF-8 then

// The rows of all reports of a document.
[[nodiscard]] base::Result<std::string> lab_results_csv(const std::filesystem::path& document_json);

}  // namespace medmark::server
