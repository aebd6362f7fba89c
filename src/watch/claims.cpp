#include "watch/claims.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "watch/file_moves.hpp"

namespace medmark::watch {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using decoder::Descriptor;

std::string new_id() {
  std::array<std::uint8_t, 8> random{};
  while (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
  }
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string id;
  for (const std::uint8_t byte : random) {
    id += kDigits[byte >> 4];
    id += kDigits[byte & 15];
  }
  return id;
}

// The first regular file below a folder, relative to it.
std::optional<fs::path> file_below(const fs::path& folder) {
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error); !error && entry != fs::end(entry);
       entry.increment(error)) {
    if (entry->is_regular_file(error)) return entry->path().lexically_relative(folder);
  }
  return std::nullopt;
}

}  // namespace

Claims::Claims(fs::path incoming, Descriptor lock)
    : incoming_(std::move(incoming)), folder_(incoming_ / kFolderName), lock_(std::move(lock)) {}

base::Result<std::unique_ptr<Claims>> Claims::open(const fs::path& incoming) {
  std::error_code error;
  if (!fs::is_directory(incoming, error)) {
    return base::fail(ErrorCode::kNotFound, "The incoming folder cannot be read.");
  }
  fs::create_directory(incoming / kFolderName, error);
  if (error) return tl::unexpected(move_error(error.value()));
  Descriptor lock(::open((incoming / kFolderName / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock) return tl::unexpected(move_error(errno));
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return base::fail(ErrorCode::kConflict, "Another medmark watches this folder.");
  }
  return std::unique_ptr<Claims>(new Claims(incoming, std::move(lock)));
}

fs::path Claims::folder_of(const std::string& id) const { return folder_ / id; }

fs::path Claims::note(const Claim& claim, const std::string& name) const { return folder_of(claim.id) / name; }

std::vector<Claim> Claims::left_over() const {
  std::vector<Claim> claims;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    if (!entry.is_directory(error)) continue;
    Claim claim;
    claim.id = entry.path().filename().string();
    const auto relative = file_below(entry.path() / "file");
    if (!relative.has_value()) {
      fs::remove_all(entry.path(), error);
      continue;
    }
    claim.relative = *relative;
    claim.file = entry.path() / "file" / *relative;
    const auto attempts = fs::file_size(note(claim, "attempts"), error);
    claim.attempts = error ? 0 : static_cast<int>(attempts);
    claims.push_back(std::move(claim));
  }
  return claims;
}

base::Result<Claim> Claims::take(const fs::path& relative) {
  Claim claim;
  claim.id = new_id();
  claim.relative = relative;
  claim.file = folder_of(claim.id) / "file" / relative;
  std::error_code error;
  fs::create_directories(claim.file.parent_path(), error);
  if (error) return tl::unexpected(move_error(error.value()));
  if (::rename((incoming_ / relative).c_str(), claim.file.c_str()) != 0) {
    const base::Error failure = move_error(errno);
    forget(claim);
    return tl::unexpected(failure);
  }
  return claim;
}

void Claims::count_attempt(Claim& claim) const {
  ++claim.attempts;
  const Descriptor file(::open(note(claim, "attempts").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (file) static_cast<void>(!::write(file.get(), "x", 1));
}

base::Result<void> Claims::put_back(const Claim& claim) const {
  const auto place = choose_place(claim.file, incoming_, claim.relative);
  if (!place.has_value()) return tl::unexpected(place.error());
  return move_to(claim.file, *place).map([&] { forget(claim); });
}

void Claims::forget(const Claim& claim) const {
  std::error_code ignored;  // what stays is found, empty, at the next start
  if (!file_below(folder_of(claim.id) / "file").has_value()) fs::remove_all(folder_of(claim.id), ignored);
}

}  // namespace medmark::watch
