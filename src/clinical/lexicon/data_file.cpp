#include "clinical/lexicon/data_file.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace medmark::clinical {
namespace {

base::Result<std::string> read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return base::fail(base::ErrorCode::kNotFound, "lexicon " + file.filename().string() + " cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

tl::unexpected<base::Error> broken(const std::filesystem::path& file, const std::string& what) {
  return base::fail(base::ErrorCode::kInvalidParameter, "lexicon " + file.filename().string() + ": " + what);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (true) {
    const std::size_t to = text.find(separator, from);
    parts.emplace_back(text.substr(from, to == std::string_view::npos ? to : to - from));
    if (to == std::string_view::npos) return parts;
    from = to + 1;
  }
}

// "# version: 1.0.0" to its value where the line names `key`.
void take_comment(const std::string& line, const std::string& key, std::string& value) {
  const std::string start = "# " + key + ": ";
  if (line.starts_with(start)) value = line.substr(start.size());
}

int line_at(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  return 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
}

}  // namespace

int DataObject::line_of(std::string_view key, std::string_view value) const {
  const std::string wanted = "\"" + std::string(key) + "\": \"" + std::string(value) + "\"";
  const std::size_t place = text.find(wanted);
  return place == std::string::npos ? 0 : line_at(text, place);
}

base::Result<DataTable> read_table(const std::filesystem::path& file,
                                   const std::vector<std::string>& expected_columns) {
  auto text = read_text(file);
  if (!text) return tl::unexpected(text.error());
  DataTable table;
  std::string source;
  std::istringstream lines(*text);
  std::string line;
  int number = 0;
  while (std::getline(lines, line)) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    if (line.starts_with("# ")) {
      take_comment(line, "name", table.version.name);
      take_comment(line, "version", table.version.version);
      take_comment(line, "source", source);
      continue;
    }
    std::vector<std::string> cells = split(line, '\t');
    if (table.columns.empty()) {
      if (cells != expected_columns) return broken(file, "the heading line is not the one of the schema");
      table.columns = std::move(cells);
      continue;
    }
    if (cells.size() != table.columns.size()) {
      return broken(file, "line " + std::to_string(number) + " has " + std::to_string(cells.size()) + " columns");
    }
    table.rows.push_back(std::move(cells));
    table.lines.push_back(number);
  }
  if (table.version.name.empty() || table.version.version.empty() || source.empty()) {
    return broken(file, "name, version or source is not stated");
  }
  if (table.rows.empty()) return broken(file, "it has no rows");
  return table;
}

base::Result<DataObject> read_object(const std::filesystem::path& file) {
  auto text = read_text(file);
  if (!text) return tl::unexpected(text.error());
  DataObject object;
  try {
    object.json = nlohmann::ordered_json::parse(*text);
  } catch (const nlohmann::json::parse_error& error) {
    return broken(file, "line " + std::to_string(line_at(*text, error.byte)) + " breaks the form of JSON");
  }
  if (!object.json.is_object()) return broken(file, "it is no JSON object");
  for (const char* key : {"name", "version", "source"}) {
    const auto entry = object.json.find(key);
    if (entry == object.json.end() || !entry->is_string()) return broken(file, std::string(key) + " is not stated");
  }
  object.text = std::move(*text);
  object.version = {object.json["name"].get<std::string>(), object.json["version"].get<std::string>()};
  return object;
}

std::vector<std::string> split_list(std::string_view text) {
  if (text.empty()) return {};
  return split(text, '|');
}

}  // namespace medmark::clinical
