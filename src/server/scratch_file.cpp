#include "server/scratch_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "store/files.hpp"
#include "store/identifiers.hpp"

namespace medmark::server {

base::Result<ScratchFile> ScratchFile::create(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "incoming" / (store::new_id() + ".part");
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return tl::unexpected(store::storage_error(errno));
  ScratchFile file(descriptor);
  ::unlink(path.c_str());
  return file;
}

base::Result<void> ScratchFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_->descriptor(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected(store::storage_error(errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
    size_ += static_cast<std::uint64_t>(written);
  }
  return {};
}

std::shared_ptr<OpenFile> ScratchFile::finish() && {
  file_->set_size(size_);
  return std::move(file_);
}

}  // namespace medmark::server
