// The model files the program knows: their names, their SHA-256 and their licences, pinned here in the source tree.
//
// A file is read whole, checked against its hash, and only then handed to a runtime (as those very bytes, so that
// nothing can change between the check and the use). Pure functions and a value; thread-safe.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace medmark::inference {

enum class Model {
  kTextDetection,
  kTextRecognition,
  kLineDirection,
  kPageLayout,
  kTableStructure,
  kPageOrientation,
  kFormulaSigns,
  kPageDetector,
  kMarks,
};
inline constexpr std::size_t kModelCount = static_cast<std::size_t>(Model::kMarks) + 1;

struct ModelFile {
  Model model;
  std::string_view name;     // as printed by `doctor` and written into the document's JSON
  std::string_view file;     // in the models folder
  std::string_view sha256;   // lower-case hexadecimal
  std::string_view licence;  // SPDX
  std::string_view source;   // package and version it was taken from, or the recipe that made it
};

// All of them, in the order of `Model`.
[[nodiscard]] std::span<const ModelFile> model_files();
[[nodiscard]] const ModelFile& model_file(Model model);

// A folder of model files.
class ModelStore {
 public:
  explicit ModelStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // The whole file, checked. Fails with `model_missing` where it is not there or cannot be read, with `model_corrupt`
  // where a single byte differs.
  [[nodiscard]] base::Result<std::vector<std::byte>> read(Model model) const;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

}  // namespace medmark::inference
