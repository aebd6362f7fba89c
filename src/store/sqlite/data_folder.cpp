#include "store/sqlite/data_folder.hpp"

#include "store/files.hpp"

namespace medmark::store::sqlite {

namespace fs = std::filesystem;

fs::path DataFolder::blob(const std::string& blob_id) const {
  std::error_code error;
  fs::path place = settled(blob_id);
  return fs::exists(place, error) ? place : incoming() / blob_id;
}

base::Result<void> DataFolder::prepare() const {
  for (const char* name : {"incoming", "staging", "results", "blobs"}) {
    if (auto made = make_folder(root_ / name); !made.has_value()) return made;
  }
  return {};
}

void DataFolder::place_blob(const std::string& blob_id) const {
  // Without hard links settle_blob() moves it, and blob() looks in both places.
  const fs::path place = settled(blob_id);
  if (make_folder(place.parent_path()).has_value()) (void)link_path(incoming() / blob_id, place);
}

void DataFolder::settle_blob(const std::string& blob_id) const {
  // A failure costs nothing: clean_up() tries again. Renaming a name of the same file leaves both, so one is removed.
  const fs::path place = settled(blob_id);
  std::error_code error;
  if (fs::exists(place, error)) {
    fs::remove(incoming() / blob_id, error);
  } else if (make_folder(place.parent_path()).has_value()) {
    (void)rename_path(incoming() / blob_id, place);
  }
}

void DataFolder::discard_incoming(const std::string& blob_id) const {
  // What is out of incoming/ has an owner.
  std::error_code error;
  if (fs::exists(incoming() / blob_id, error)) fs::remove(settled(blob_id), error);
  fs::remove(incoming() / blob_id, error);
}

base::Result<void> DataFolder::mark(Connection& connection, const fs::path& path) const {
  auto marked =
      connection.run("INSERT OR IGNORE INTO purge (path) VALUES (?)", path.lexically_relative(root_).string());
  if (!marked.has_value()) return tl::unexpected(marked.error());
  return {};
}

base::Result<void> DataFolder::purge() {
  const auto paths = database_.read([](Connection& connection) {
    return connection.query("SELECT path FROM purge", [](const Row& row) { return row.text(0); });
  });
  if (!paths.has_value()) return tl::unexpected(paths.error());
  for (const std::string& path : *paths) {
    std::error_code error;
    fs::remove_all(root_ / path, error);
    if (error) return tl::unexpected(storage_error(error.value()));
    auto forgotten = database_.write(
        [&](Connection& connection) { return connection.run("DELETE FROM purge WHERE path = ?", path); });
    if (!forgotten.has_value()) return tl::unexpected(forgotten.error());
  }
  return {};
}

base::Result<void> DataFolder::clean_up() {
  std::error_code error;
  fs::remove_all(root_ / "staging", error);
  if (auto made = prepare(); !made.has_value()) return made;
  for (const fs::directory_entry& entry : fs::directory_iterator(incoming(), error)) {
    const std::string id = entry.path().filename().string();
    const auto owned = database_.read([&](Connection& connection) {
      return connection.first(
          "SELECT 1 FROM files WHERE blob = ?", [](const Row& row) { return row.number(0); }, id);
    });
    if (!owned.has_value()) return tl::unexpected(owned.error());
    if (owned->has_value()) {
      settle_blob(id);
    } else {
      discard_incoming(id);
    }
  }
  return purge();
}

}  // namespace medmark::store::sqlite
