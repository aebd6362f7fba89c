// Writes the result of a document into a folder of a user's: STEM.md, STEM.json, STEM.assets/.
//
// Each is written beside its place and renamed, the JSON last: a reader never sees half a file, and a JSON that is
// there means that the rest is. What stands there from an earlier run is replaced whole. Different stems may be written
// at the same time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "document/document.hpp"

namespace medmark::results {

struct AssetView {
  std::string_view name;  // a plain file name
  std::span<const std::uint8_t> bytes;
};

// A result as it is written, wherever it comes from; views.
struct ResultView {
  std::string_view markdown;
  std::string_view json;
  std::vector<AssetView> assets;
};

// Whether what is written is on the disk when the call returns, or in the system's hands.
enum class Durability { kWritten, kSynced };

// Fails with storage_full or internal.
[[nodiscard]] base::Result<void> write_result(const std::filesystem::path& output_folder,
                                              const std::filesystem::path& stem, const ResultView& result,
                                              Durability durability = Durability::kWritten);
[[nodiscard]] base::Result<void> write_result(const std::filesystem::path& output_folder,
                                              const std::filesystem::path& stem, const document::Document& document);

// A plain file, not beside its place: for folders that nobody reads yet. Fails with storage_full or internal.
[[nodiscard]] base::Result<void> write_file(const std::filesystem::path& path, std::string_view bytes,
                                            Durability durability = Durability::kWritten);
// Written beside and renamed.
[[nodiscard]] base::Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes,
                                              Durability durability = Durability::kWritten);

// Whether STEM.json stands there for the same bytes, options and version.
[[nodiscard]] bool is_already_done(const std::filesystem::path& output_folder, const std::filesystem::path& stem,
                                   const std::string& sha256, const std::map<std::string, std::string>& parameters);

// storage_full or internal, as the system's error number says.
[[nodiscard]] base::Error write_error(int error_number);

}  // namespace medmark::results
