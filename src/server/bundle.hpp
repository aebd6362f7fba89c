// Archives of results, as the command line lays them out. Thread-safe; blocks for the disk.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/message.hpp"
#include "store/store.hpp"

namespace medmark::server {

// A zip that is being written to a file without a name in the data folder. Confined to one thread at a time.
class Archive {
 public:
  // kStorageFull, kInternal.
  [[nodiscard]] static base::Result<std::unique_ptr<Archive>> create(const std::filesystem::path& folder);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  [[nodiscard]] base::Result<void> add_text(const std::string& name, std::string bytes);
  [[nodiscard]] base::Result<void> add_file(const std::string& name, const std::filesystem::path& file);
  // The finished file, open; its name is gone already.
  [[nodiscard]] base::Result<std::shared_ptr<OpenFile>> finish();

 private:
  class Writer;
  explicit Archive(std::unique_ptr<Writer> writer);
  std::unique_ptr<Writer> writer_;
};

// STEM.md, STEM.json, STEM.assets/ and corrections.json of one document, under `folder` (empty, or ending in '/').
[[nodiscard]] base::Result<void> add_document(Archive& archive, store::Store& store, const std::string& document_id,
                                              const std::string& folder);

}  // namespace medmark::server
