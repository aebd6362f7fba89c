// Which bytes were parsed with which options, and where their result stands: the memory that tells duplicates.
//
// A text file in the output folder, one line added (synced) for each document; a line that was cut off by a crash is
// ignored. Thread-safe. Fails with storage_full or internal.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/error.hpp"

namespace medmark::watch {

struct KnownFile {
  std::string claim;           // that brought it
  std::filesystem::path stem;  // of its result, relative to the output folder
};

class KnownFiles {
 public:
  static constexpr const char* kFileName = ".medmark-known";

  // An index that is not there is empty.
  explicit KnownFiles(std::filesystem::path output);

  [[nodiscard]] std::optional<KnownFile> find(const std::string& sha256,
                                              const std::map<std::string, std::string>& options) const;
  [[nodiscard]] base::Result<void> add(const std::string& sha256, const std::map<std::string, std::string>& options,
                                       const KnownFile& known);

 private:
  void read();

  std::filesystem::path file_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, KnownFile> known_;
};

}  // namespace medmark::watch
