#include "server/lab_table.hpp"

#include <array>
#include <fstream>

#include "server/message.hpp"

namespace medmark::server {
namespace {

constexpr std::array<const char*, 12> kColumns = {"name",  "code",        "value", "unit",          "reference_range",
                                                  "flag",  "specimen",    "panel", "standard_name", "value_num",
                                                  "loinc", "needs_review"};

bool is_number(const std::string& text) {
  return text.size() > 1 && text.find_first_not_of("0123456789.", 1) == std::string::npos;
}

void add_rows(const Json& clinical, std::string& out) {
  if (!clinical.contains("lab_results")) return;
  for (const Json& row : clinical["lab_results"]) {
    std::vector<std::string> cells;
    for (const char* column : kColumns) {
      const auto cell = row.find(column);
      cells.push_back(cell == row.end() ? "" : cell->is_string() ? cell->get<std::string>() : cell->dump());
    }
    out += csv_line(cells);
  }
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (!line.empty() || &cell != &cells.front()) line += ',';
    const bool is_formula =
        !cell.empty() && std::string_view("=+-@\t").find(cell.front()) != std::string_view::npos && !is_number(cell);
    const std::string text = is_formula ? "'" + cell : cell;
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
      line += text;
      continue;
    }
    line += '"';
    for (const char c : text) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  return line + "\r\n";
}

base::Result<std::string> lab_results_csv(const std::filesystem::path& document_json) {
  std::ifstream stream(document_json, std::ios::binary);
  const auto keep = [](int depth, Json::parse_event_t event, Json& parsed) {
    return !(depth == 1 && event == Json::parse_event_t::key && parsed != Json("clinical"));
  };
  const Json root = Json::parse(stream, keep, false);
  if (!root.is_object() || !root.contains("clinical")) {
    return base::fail(base::ErrorCode::kInternal, "The result cannot be read.");
  }
  std::string out = kByteOrderMark + csv_line({kColumns.begin(), kColumns.end()});
  const Json& clinical = root["clinical"];
  if (clinical.contains("parts") && !clinical["parts"].empty()) {
    for (const Json& part : clinical["parts"]) add_rows(part, out);  // the first part is the top level
  } else {
    add_rows(clinical, out);
  }
  return out;
}

}  // namespace medmark::server
