// Writes the result of a document into the output folder: STEM.md, STEM.json, STEM.assets/.
//
// Each is written beside its place and renamed, the JSON last: a reader never sees half a file, and a JSON that is
// there means that the rest is. What stands there from an earlier run is replaced whole. Different stems may be written
// at the same time.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/error.hpp"
#include "document/document.hpp"

namespace medmark::cli {

// Fails with storage_full or internal.
[[nodiscard]] base::Result<void> write_result(const std::filesystem::path& output_folder,
                                              const std::filesystem::path& stem, const document::Document& document);

// Whether STEM.json stands there for the same bytes, options and version.
[[nodiscard]] bool is_already_done(const std::filesystem::path& output_folder, const std::filesystem::path& stem,
                                   const std::string& sha256, const std::map<std::string, std::string>& parameters);

}  // namespace medmark::cli
