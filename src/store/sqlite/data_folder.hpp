// The layout of the data folder.
//
//   medmark.db       records        incoming/ID        blobs that no document owns yet (.part: still being written)
//   blobs/AB/ID      blobs          results/DOC/TASK/  document.json, corrected_N.json, assets/
//   staging/TASK/    results being written
//
// Records lead: what a committed record names exists; what no record names is removed at the next start. Removal is
// recorded in the table `purge` together with the change that makes a path nobody's, then carried out. Thread-safe.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "store/sqlite/database.hpp"

namespace medmark::store::sqlite {

class DataFolder {
 public:
  DataFolder(Database& database, std::filesystem::path root) : database_(database), root_(std::move(root)) {}

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  [[nodiscard]] std::filesystem::path incoming() const { return root_ / "incoming"; }
  [[nodiscard]] std::filesystem::path staging(const std::string& task_id) const { return root_ / "staging" / task_id; }
  [[nodiscard]] std::filesystem::path results(const std::string& document_id) const {
    return root_ / "results" / document_id;
  }
  // Where a blob is: in its place, or still in incoming/ after a crash between commit and move.
  [[nodiscard]] std::filesystem::path blob(const std::string& blob_id) const;

  // Makes the folders.
  [[nodiscard]] base::Result<void> prepare() const;
  // Before the commit of a record that names the blob: gives it its place beside incoming/, so that whoever reads the
  // record finds it there at once and for good.
  void place_blob(const std::string& blob_id) const;
  // After the commit: takes it out of incoming/.
  void settle_blob(const std::string& blob_id) const;
  // A blob that no record came to name.
  void discard_incoming(const std::string& blob_id) const;

  // Marks a path for removal, in the caller's transaction; purge() carries it out after the commit.
  [[nodiscard]] base::Result<void> mark(Connection& connection, const std::filesystem::path& path) const;
  [[nodiscard]] base::Result<void> purge();
  // After a start: settles or removes what an earlier process left.
  [[nodiscard]] base::Result<void> clean_up();

 private:
  [[nodiscard]] std::filesystem::path settled(const std::string& blob_id) const {
    return root_ / "blobs" / blob_id.substr(0, 2) / blob_id;
  }

  Database& database_;
  std::filesystem::path root_;
};

}  // namespace medmark::store::sqlite
