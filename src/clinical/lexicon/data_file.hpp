// Reading one data file of the lexicons: JSON objects and tables of tab-separated values, each with name, version,
// source.
//
// Failures are values: kNotFound for a file that cannot be opened, kInvalidParameter for one that breaks its schema.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "document/document.hpp"

namespace medmark::clinical {

struct DataTable {
  document::NamedVersion version;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // each as long as `columns`
  std::vector<int> lines;                      // beside rows: the line of the file, from 1
};

struct DataObject {
  document::NamedVersion version;
  nlohmann::ordered_json json;
  std::string text;  // of the file

  // The first line (from 1) that holds `"key": "value"`; 0 where none does.
  [[nodiscard]] int line_of(std::string_view key, std::string_view value) const;
};

[[nodiscard]] base::Result<DataTable> read_table(const std::filesystem::path& file,
                                                 const std::vector<std::string>& expected_columns);
[[nodiscard]] base::Result<DataObject> read_object(const std::filesystem::path& file);

// "a|b|c" to its parts; "" to none.
[[nodiscard]] std::vector<std::string> split_list(std::string_view text);

}  // namespace medmark::clinical
