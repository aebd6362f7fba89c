#include "store/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/sha256.hpp"
#include "store/identifiers.hpp"

namespace medmark::store {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kPrivateFile = 0600;
constexpr mode_t kPrivateFolder = 0700;

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  Descriptor(Descriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool valid() const { return descriptor_ >= 0; }
  // The error of closing counts for files that were written.
  [[nodiscard]] bool close() { return ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  int descriptor_;
};

tl::unexpected<base::Error> failed() { return tl::unexpected(storage_error(errno)); }

base::Result<void> write_all(int descriptor, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed();
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

class BlobFile final : public BlobWriter {
 public:
  BlobFile(fs::path folder, std::string id, Descriptor file)
      : folder_(std::move(folder)), id_(std::move(id)), file_(std::move(file)) {}
  ~BlobFile() override {
    if (!is_finished_) ::unlink(temporary().c_str());
  }

  base::Result<void> write(std::span<const std::byte> bytes) override {
    if (auto written = write_all(file_.get(), bytes); !written.has_value()) return written;
    digest_.update({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    size_ += static_cast<std::int64_t>(bytes.size());
    return {};
  }

  base::Result<Blob> finish() override {
    if (::fdatasync(file_.get()) != 0) return failed();
    if (!file_.close()) return failed();
    if (::rename(temporary().c_str(), (folder_ / id_).c_str()) != 0) return failed();
    is_finished_ = true;
    if (auto synced = sync_folder(folder_); !synced.has_value()) return tl::unexpected(synced.error());
    return Blob{id_, digest_.hex(), size_};
  }

  fs::path temporary() const { return folder_ / (id_ + ".part"); }

 private:
  fs::path folder_;
  std::string id_;
  Descriptor file_;
  base::Sha256 digest_;
  std::int64_t size_ = 0;
  bool is_finished_ = false;
};

}  // namespace

base::Error storage_error(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
    case EROFS:
    case EACCES:
    case EPERM:
    case EIO:
      return {base::ErrorCode::kStorageFull, "The data folder cannot be written: the disk is full or read-only."};
    case ENOENT:
      return {base::ErrorCode::kNotFound, "The file is not there."};
    default:
      return {base::ErrorCode::kInternal, "A file of the store failed (" + std::to_string(error_number) + ")."};
  }
}

base::Result<void> make_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), kPrivateFolder) == 0 || errno == EEXIST) return {};
  if (errno != ENOENT || !folder.has_parent_path()) return failed();
  if (auto above = make_folder(folder.parent_path()); !above.has_value()) return above;
  if (::mkdir(folder.c_str(), kPrivateFolder) != 0 && errno != EEXIST) return failed();
  return {};
}

base::Result<void> sync_folder(const fs::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.valid()) return failed();
  // Some network shares refuse to sync a folder; what they keep is theirs to say.
  if (::fsync(opened.get()) != 0 && errno != EINVAL && errno != ENOTSUP) return failed();
  return {};
}

base::Result<void> write_file(const fs::path& file, std::string_view bytes) {
  fs::path temporary = file;
  temporary += ".part";
  Descriptor opened(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kPrivateFile));
  if (!opened.valid()) return failed();
  auto written = write_all(opened.get(), std::as_bytes(std::span(bytes)));
  if (written.has_value() && ::fdatasync(opened.get()) != 0) written = failed();
  if (written.has_value() && !opened.close()) written = failed();
  if (written.has_value()) written = rename_path(temporary, file);
  if (!written.has_value()) {
    ::unlink(temporary.c_str());
    return written;
  }
  return sync_folder(file.parent_path());
}

base::Result<void> sync_files(const fs::path& folder) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (!entry.is_regular_file(error)) continue;
    const Descriptor opened(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!opened.valid() || ::fchmod(opened.get(), kPrivateFile) != 0 || ::fdatasync(opened.get()) != 0) return failed();
  }
  if (error) return tl::unexpected(storage_error(error.value()));
  return sync_folder(folder);
}

base::Result<void> link_path(const fs::path& from, const fs::path& to) {
  if (::link(from.c_str(), to.c_str()) != 0) return failed();
  return sync_folder(to.parent_path());
}

base::Result<void> rename_path(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return failed();
  return {};
}

base::Result<std::string> read_file(const fs::path& file) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened.valid()) return failed();
  struct stat information {};
  if (::fstat(opened.get(), &information) != 0) return failed();
  std::string bytes(static_cast<std::size_t>(information.st_size), '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = ::read(opened.get(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed();
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

base::Result<std::unique_ptr<BlobWriter>> write_blob(const fs::path& folder) {
  std::string id = new_id();
  const fs::path temporary = folder / (id + ".part");
  Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kPrivateFile));
  if (!file.valid()) return failed();
  return std::make_unique<BlobFile>(folder, std::move(id), std::move(file));
}

}  // namespace medmark::store
