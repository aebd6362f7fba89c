// Files of the store's data folder: synced, private, named by us. Failures are kStorageFull where the disk says so,
// else kInternal; messages never hold paths. Thread-safe.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "store/store.hpp"

namespace medmark::store {

// What errno means to a user.
[[nodiscard]] base::Error storage_error(int error_number);

// Makes a folder (mode 0700) and those above it.
[[nodiscard]] base::Result<void> make_folder(const std::filesystem::path& folder);
// Syncs a folder's entries.
[[nodiscard]] base::Result<void> sync_folder(const std::filesystem::path& folder);
// Writes beside, syncs, renames (mode 0600).
[[nodiscard]] base::Result<void> write_file(const std::filesystem::path& file, std::string_view bytes);
// Syncs every file of a folder (not of folders within) and sets mode 0600.
[[nodiscard]] base::Result<void> sync_files(const std::filesystem::path& folder);
// A second name for a file. Fails where the file system knows no hard links.
[[nodiscard]] base::Result<void> link_path(const std::filesystem::path& from, const std::filesystem::path& to);
[[nodiscard]] base::Result<void> rename_path(const std::filesystem::path& from, const std::filesystem::path& to);
[[nodiscard]] base::Result<std::string> read_file(const std::filesystem::path& file);

// Receives a blob into `folder`/ID.
[[nodiscard]] base::Result<std::unique_ptr<BlobWriter>> write_blob(const std::filesystem::path& folder);

}  // namespace medmark::store
