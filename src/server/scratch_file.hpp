// A file of the data folder without a name, for answers that are too long for memory. Goes when it is closed.
//
// Confined to one thread at a time. Fails with kStorageFull or kInternal.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "server/message.hpp"

namespace medmark::server {

class ScratchFile {
 public:
  [[nodiscard]] static base::Result<ScratchFile> create(const std::filesystem::path& folder);
  [[nodiscard]] base::Result<void> write(std::string_view bytes);
  // The file, to be sent.
  [[nodiscard]] std::shared_ptr<OpenFile> finish() &&;

 private:
  explicit ScratchFile(int descriptor) : file_(std::make_shared<OpenFile>(descriptor, 0)) {}
  std::shared_ptr<OpenFile> file_;
  std::uint64_t size_ = 0;
};

}  // namespace medmark::server
