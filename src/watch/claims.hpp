// Files taken out of the incoming folder to be worked on: each by one rename, into a hidden folder of its own beside.
//
// INCOMING/.medmark/ID/file/SUBFOLDERS/NAME. A claim that a dead watcher left is found again at the next start; how
// often it was begun is counted beside it. Two watchers of one folder are kept apart by a lock on
// INCOMING/.medmark/lock where the file system has locks; where it has none, a rename succeeds for one of them only.
// Thread-safe.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "decoder/channel.hpp"

namespace medmark::watch {

struct Claim {
  std::string id;                  // of our own making; what logs may name
  std::filesystem::path relative;  // as it stood in the incoming folder
  std::filesystem::path file;      // where it stands now
  int attempts = 0;                // times it was begun
};

class Claims {
 public:
  // The hidden folder's name.
  static constexpr const char* kFolderName = ".medmark";

  // Fails with conflict where another watcher holds the folder, not_found where the folder is away, storage_full,
  // internal.
  [[nodiscard]] static base::Result<std::unique_ptr<Claims>> open(const std::filesystem::path& incoming);

  // What a dead watcher left; folders with nothing in them are removed. Asked once, before the first take().
  [[nodiscard]] std::vector<Claim> left_over() const;
  // Fails with not_found where the file is gone (another took it), storage_full, internal.
  [[nodiscard]] base::Result<Claim> take(const std::filesystem::path& relative);
  // Counts an attempt, as far as the disk lets it.
  void count_attempt(Claim& claim) const;
  // Back to where it came from.
  [[nodiscard]] base::Result<void> put_back(const Claim& claim) const;
  // Forgets a claim whose file stands elsewhere now.
  void forget(const Claim& claim) const;
  // A small file beside the claim's own, which lives as long as the claim.
  [[nodiscard]] std::filesystem::path note(const Claim& claim, const std::string& name) const;

 private:
  Claims(std::filesystem::path incoming, decoder::Descriptor lock);
  [[nodiscard]] std::filesystem::path folder_of(const std::string& id) const;

  std::filesystem::path incoming_;
  std::filesystem::path folder_;
  decoder::Descriptor lock_;
};

}  // namespace medmark::watch
