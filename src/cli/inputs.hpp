// Which files a command works on, and what it writes for each.
//
// Reads folders and first bytes only. Thread-safe.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace medmark::cli {

// One document to be: the files it is made of (several only with --join) and where its result goes, without extension.
struct InputDocument {
  std::vector<std::filesystem::path> files;
  std::filesystem::path stem;  // relative to the output folder
};

struct InputProblem {
  std::filesystem::path file;
  base::Error error;
};

struct CollectedInputs {
  std::vector<InputDocument> documents;
  std::vector<InputProblem> problems;
};

// Files as they are given; of a folder every supported file under it, in natural order, its subfolders mirrored. Where
// several would write the same name, all of them carry their extension.
[[nodiscard]] CollectedInputs collect_inputs(const std::vector<std::string>& arguments);

// All files as the pages of one document, named after the first argument: folders give their files in natural order.
[[nodiscard]] CollectedInputs collect_joined(const std::vector<std::string>& arguments);

// Natural order: runs of digits compare as numbers, so that page2 comes before page10.
[[nodiscard]] bool natural_less(const std::string& a, const std::string& b);

}  // namespace medmark::cli
