// Moving files between folders without ever replacing one or losing one, across file systems if need be.
//
// Thread-safe for different files. Fails with storage_full, not_found (the file or a share is away) or internal.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.hpp"

namespace medmark::watch {

// Lower-case hexadecimal SHA-256 of a file's bytes, read piece by piece.
[[nodiscard]] base::Result<std::string> hash_file(const std::filesystem::path& file);

// Where `file` can stand under `folder` as `relative`, or beside it with a number where another file has the name
// ("a-2.pdf"). A place that holds the very same bytes is one: a move that was cut off is taken up there. Folders on the
// way are made.
[[nodiscard]] base::Result<std::filesystem::path> choose_place(const std::filesystem::path& file,
                                                               const std::filesystem::path& folder,
                                                               const std::filesystem::path& relative);

// Moves `file` to `place`. Where the very same bytes stand there already, `file` is removed; other bytes: conflict.
[[nodiscard]] base::Result<void> move_to(const std::filesystem::path& file, const std::filesystem::path& place);

// What errno says about a move.
[[nodiscard]] base::Error move_error(int error_number);

}  // namespace medmark::watch
