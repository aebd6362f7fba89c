#include "watch/file_moves.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "base/sha256.hpp"
#include "decoder/channel.hpp"
#include "results/result_files.hpp"

namespace medmark::watch {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using decoder::Descriptor;

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

// Calls `use(piece)` for the file's bytes in order; 0 or errno.
template <typename Use>
int read_pieces(const fs::path& file, Use use) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!descriptor) return errno;
  std::vector<std::uint8_t> piece(kPieceBytes);
  while (true) {
    const ssize_t count = ::read(descriptor.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    if (count == 0) return 0;
    if (!use(std::span(piece).first(static_cast<std::size_t>(count)))) return errno;
  }
}

// Copies beside `target`, synced. 0 or errno.
int copy_beside(const fs::path& file, const fs::path& beside) {
  const Descriptor out(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!out) return errno;
  const int error = read_pieces(file, [&](std::span<const std::uint8_t> piece) {
    while (!piece.empty()) {
      const ssize_t count = ::write(out.get(), piece.data(), piece.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      piece = piece.subspan(static_cast<std::size_t>(count));
    }
    return true;
  });
  if (error != 0) return error;
  return ::fsync(out.get()) == 0 || errno == EINVAL || errno == ENOTSUP ? 0 : errno;
}

// Renames without replacing; EEXIST where the name is taken. File systems that cannot promise it are asked first.
int rename_new(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  if (::access(to.c_str(), F_OK) == 0) return EEXIST;
  return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

int move_new(const fs::path& from, const fs::path& to) {
  const int error = rename_new(from, to);
  if (error != EXDEV) return error;
  if (::access(to.c_str(), F_OK) == 0) return EEXIST;
  const fs::path beside = to.string() + ".part";
  if (const int copied = copy_beside(from, beside); copied != 0) {
    ::unlink(beside.c_str());
    return copied;
  }
  if (const int renamed = rename_new(beside, to); renamed != 0) return renamed;
  return ::unlink(from.c_str()) == 0 ? 0 : errno;
}

bool has_same_bytes(const fs::path& a, const fs::path& b) {
  std::error_code error;
  if (fs::file_size(a, error) != fs::file_size(b, error) || error) return false;
  const auto hash_a = hash_file(a);
  const auto hash_b = hash_file(b);
  return hash_a.has_value() && hash_b.has_value() && *hash_a == *hash_b;
}

fs::path numbered(const fs::path& path, int number) {
  if (number == 1) return path;
  fs::path name = path.stem();
  name += "-" + std::to_string(number);
  name += path.extension();
  return path.parent_path() / name;
}

}  // namespace

base::Error move_error(int error_number) {
  if (error_number == ENOENT || error_number == ESTALE || error_number == ENOTCONN || error_number == EHOSTDOWN) {
    return {ErrorCode::kNotFound, "A file or folder is not there any more."};
  }
  base::Error error = results::write_error(error_number);
  if (error.code == ErrorCode::kInternal) error.message = "A file could not be moved or read.";
  return error;
}

base::Result<std::string> hash_file(const fs::path& file) {
  base::Sha256 hash;
  const int error = read_pieces(file, [&](std::span<const std::uint8_t> piece) {
    hash.update(piece);
    return true;
  });
  if (error != 0) return tl::unexpected(move_error(error));
  return hash.hex();
}

base::Result<fs::path> choose_place(const fs::path& file, const fs::path& folder, const fs::path& relative) {
  const fs::path wanted = folder / relative;
  std::error_code error;
  fs::create_directories(wanted.parent_path(), error);
  if (error) return tl::unexpected(move_error(error.value()));
  constexpr int kMostNumbers = 100'000;
  for (int number = 1; number <= kMostNumbers; ++number) {
    fs::path place = numbered(wanted, number);
    if (::access(place.c_str(), F_OK) != 0) {
      if (errno != ENOENT) return tl::unexpected(move_error(errno));
      return place;
    }
    if (has_same_bytes(file, place)) return place;
  }
  return base::fail(ErrorCode::kInternal, "There are too many files of one name.");
}

base::Result<void> move_to(const fs::path& file, const fs::path& place) {
  const int moved = move_new(file, place);
  if (moved == 0) return {};
  if (moved != EEXIST) return tl::unexpected(move_error(moved));
  if (!has_same_bytes(file, place)) return base::fail(ErrorCode::kConflict, "Another file has the name.");
  if (::unlink(file.c_str()) != 0) return tl::unexpected(move_error(errno));
  return {};
}

}  // namespace medmark::watch
