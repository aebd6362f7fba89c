#include "store/sqlite/documents.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "store/files.hpp"
#include "store/identifiers.hpp"
#include "store/sqlite/index.hpp"
#include "store/sqlite/rows.hpp"

namespace medmark::store::sqlite {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using base::Result;
using Json = nlohmann::json;

const std::string kSelectDocument =
    std::string("SELECT ") + kDocumentColumns + " FROM documents AS d JOIN tasks AS t ON t.id = d.task_id ";

tl::unexpected<base::Error> no_document() { return base::fail(ErrorCode::kNotFound, "There is no such document."); }

Result<Document> find_document(Connection& connection, const std::string& document_id) {
  auto found = connection.first(kSelectDocument + "WHERE d.id = ?", read_document_row, document_id);
  if (!found.has_value()) return tl::unexpected(found.error());
  if (!found->has_value()) return no_document();
  return std::move(**found);
}

fs::path effective_json(const fs::path& folder, int corrected) {
  return folder / (corrected == 0 ? "document.json" : "corrected_" + std::to_string(corrected) + ".json");
}

// Names that the engine makes: nothing else is looked for on the disk.
bool is_plain_name(const std::string& name) {
  return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
}

}  // namespace

Result<std::unique_ptr<BlobWriter>> SqliteDocuments::begin_blob() { return write_blob(folder_.incoming()); }

void SqliteDocuments::discard_blob(const std::string& blob_id) { folder_.discard_incoming(blob_id); }

Result<Document> SqliteDocuments::document(const std::string& document_id) {
  return database_.read([&](Connection& connection) { return find_document(connection, document_id); });
}

Result<std::vector<SourceFile>> SqliteDocuments::source_files(const std::string& document_id) {
  auto files = database_.read([&](Connection& connection) {
    return connection.query(
        "SELECT file_name, blob, sha256, size FROM files WHERE document = ? ORDER BY ordinal",
        [this](const Row& row) {
          return SourceFile{row.text(0), {row.text(1), row.text(2), row.integer(3)}, folder_.blob(row.text(1))};
        },
        document_id);
  });
  if (files.has_value() && files->empty()) return no_document();
  return files;
}

Result<std::string> SqliteDocuments::password(const std::string& document_id) {
  auto found = database_.read([&](Connection& connection) {
    return connection.first(
        "SELECT password FROM documents WHERE id = ?", [](const Row& row) { return row.text(0); }, document_id);
  });
  if (!found.has_value()) return tl::unexpected(found.error());
  if (!found->has_value()) return no_document();
  return **found;
}

Result<SqliteDocuments::ResultPlace> SqliteDocuments::result_place(const std::string& document_id) {
  auto found = database_.read([&](Connection& connection) {
    return connection.first(
        "SELECT result, corrected FROM documents WHERE id = ?",
        [](const Row& row) { return std::pair(row.text(0), row.number(1)); }, document_id);
  });
  if (!found.has_value()) return tl::unexpected(found.error());
  if (!found->has_value()) return no_document();
  const auto& [result, corrected] = **found;
  if (result.empty()) return base::fail(ErrorCode::kConflict, "The document has no result yet.");
  return ResultPlace{folder_.results(document_id) / result, corrected};
}

Result<fs::path> SqliteDocuments::document_json(const std::string& document_id) {
  auto place = result_place(document_id);
  if (!place.has_value()) return tl::unexpected(place.error());
  return effective_json(place->folder, place->corrected);
}

Result<fs::path> SqliteDocuments::original_json(const std::string& document_id) {
  auto place = result_place(document_id);
  if (!place.has_value()) return tl::unexpected(place.error());
  return effective_json(place->folder, 0);
}

Result<fs::path> SqliteDocuments::asset(const std::string& document_id, const std::string& name) {
  auto place = result_place(document_id);
  if (!place.has_value()) return tl::unexpected(place.error());
  std::error_code error;
  fs::path file = place->folder / "assets" / name;
  if (!is_plain_name(name) || !fs::is_regular_file(fs::symlink_status(file, error))) {
    return base::fail(ErrorCode::kNotFound, "The document has no such figure.");
  }
  return file;
}

Result<std::vector<std::string>> SqliteDocuments::asset_names(const std::string& document_id) {
  auto place = result_place(document_id);
  if (!place.has_value()) return tl::unexpected(place.error());
  std::vector<std::string> names;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(place->folder / "assets", error)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<void> SqliteDocuments::set_prepared_pages(const std::string& document_id, const std::string& media_type,
                                                 int page_count, const std::vector<PreparedPage>& pages) {
  Json json = Json::array();
  for (const PreparedPage& page : pages) {
    json.push_back({{"width", page.width}, {"height", page.height}, {"warning", page.warning}});
  }
  auto changed = database_.write([&](Connection& connection) {
    return connection.run(
        "UPDATE documents SET prepared_pages = ?, media_type = ?, page_count = max(page_count, ?) WHERE id = ?",
        json.dump(), media_type, page_count, document_id);
  });
  if (!changed.has_value()) return tl::unexpected(changed.error());
  if (*changed == 0) return no_document();
  return {};
}

Result<std::vector<PreparedPage>> SqliteDocuments::prepared_pages(const std::string& document_id) {
  auto found = database_.read([&](Connection& connection) {
    return connection.first(
        "SELECT prepared_pages FROM documents WHERE id = ?", [](const Row& row) { return row.text(0); }, document_id);
  });
  if (!found.has_value()) return tl::unexpected(found.error());
  if (!found->has_value()) return no_document();
  std::vector<PreparedPage> pages;
  for (const Json& page : Json::parse(**found, nullptr, false)) {
    pages.push_back({page.value("width", 0.0), page.value("height", 0.0), page.value("warning", std::string())});
  }
  return pages;
}

Result<void> SqliteDocuments::record_corrections(Connection& connection, const std::string& document_id,
                                                 const DocumentUpdate& update) const {
  for (const Correction& correction : update.added) {
    auto added = connection.run(
        "INSERT INTO corrections (id, document, target, original, value, previous, author, time)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        correction.id.empty() ? new_id() : correction.id, document_id, correction.target, correction.original,
        correction.value, correction.previous, correction.author, correction.time == 0 ? now() : correction.time);
    if (!added.has_value()) return tl::unexpected(added.error());
  }
  for (const std::string& id : update.undone) {
    auto undone = connection.run("UPDATE corrections SET undone = 1 WHERE id = ? AND document = ?", id, document_id);
    if (!undone.has_value()) return tl::unexpected(undone.error());
    if (*undone == 0) return base::fail(ErrorCode::kNotFound, "There is no such correction.");
  }
  return {};
}

Result<void> SqliteDocuments::update(const std::string& document_id, const DocumentUpdate& update) {
  const std::lock_guard lock(update_mutex_);
  auto place = result_place(document_id);
  if (!place.has_value()) return tl::unexpected(place.error());
  const fs::path file = effective_json(place->folder, place->corrected + 1);
  if (auto written = write_file(file, update.document_json); !written.has_value()) return written;
  const auto facts = read_facts(file);
  if (!facts.has_value()) return tl::unexpected(facts.error());
  auto recorded = database_.write([&](Connection& connection) -> Result<void> {
    auto document = find_document(connection, document_id);
    if (!document.has_value()) return tl::unexpected(document.error());
    if (document->state == ReviewState::kReleased) {
      return base::fail(ErrorCode::kConflict, "The document is released; take the release back before correcting it.");
    }
    if (auto kept = record_corrections(connection, document_id, update); !kept.has_value()) return kept;
    auto counted = connection.run(
        "UPDATE documents SET corrected = ?1, correction_count ="
        " (SELECT COUNT(*) FROM corrections WHERE document = ?2 AND undone = 0) WHERE id = ?2",
        place->corrected + 1, document_id);
    if (!counted.has_value()) return tl::unexpected(counted.error());
    if (place->corrected > 0) {
      auto marked = folder_.mark(connection, effective_json(place->folder, place->corrected));
      if (!marked.has_value()) return marked;
    }
    return index_document(connection, document_id, *facts);
  });
  if (!recorded.has_value()) return recorded;
  (void)folder_.purge();  // what cannot be removed now is removed at the next start
  return {};
}

Result<std::vector<Correction>> SqliteDocuments::corrections(const std::string& document_id) {
  return database_.read([&](Connection& connection) {
    return connection.query(
        "SELECT id, document, target, original, value, previous, author, time, undone FROM corrections"
        " WHERE document = ? ORDER BY number",
        [](const Row& row) {
          return Correction{row.text(0), row.text(1), row.text(2),    row.text(3),       row.text(4),
                            row.text(5), row.text(6), row.integer(7), row.number(8) != 0};
        },
        document_id);
  });
}

Result<Document> SqliteDocuments::set_state(const std::string& document_id, ReviewState state) {
  return database_.write([&](Connection& connection) -> Result<Document> {
    auto changed = connection.run("UPDATE documents SET state = ? WHERE id = ? AND result <> ''",
                                  static_cast<int>(state), document_id);
    if (!changed.has_value()) return tl::unexpected(changed.error());
    auto document = find_document(connection, document_id);
    if (document.has_value() && *changed == 0) {
      return base::fail(ErrorCode::kConflict, "The document has no result yet.");
    }
    return document;
  });
}

Result<void> SqliteDocuments::erase(const std::string& document_id) {
  std::vector<Task> gone;
  auto erased = database_.write([&](Connection& connection) -> Result<void> {
    auto document = find_document(connection, document_id);
    if (!document.has_value()) return tl::unexpected(document.error());
    auto blobs = connection.query(
        "SELECT blob FROM files WHERE document = ?", [](const Row& row) { return row.text(0); }, document_id);
    if (!blobs.has_value()) return tl::unexpected(blobs.error());
    for (const std::string& blob : *blobs) {
      if (auto marked = folder_.mark(connection, folder_.blob(blob)); !marked.has_value()) return marked;
    }
    auto tasks = connection.query(std::string("SELECT ") + kTaskColumns + " FROM tasks AS t WHERE t.document = ?",
                                  read_task_row, document_id);
    if (!tasks.has_value()) return tl::unexpected(tasks.error());
    gone = std::move(*tasks);
    if (auto marked = folder_.mark(connection, folder_.results(document_id)); !marked.has_value()) return marked;
    if (auto removed = unindex_document(connection, document_id); !removed.has_value()) return removed;
    auto due = connection.run("INSERT OR REPLACE INTO settings VALUES ('internal.shred_due', 'true')");
    if (!due.has_value()) return tl::unexpected(due.error());
    auto deleted = connection.run("DELETE FROM documents WHERE id = ?", document_id);
    if (!deleted.has_value()) return tl::unexpected(deleted.error());
    return {};
  });
  if (!erased.has_value()) return erased;
  for (Task& task : gone) {
    task.is_removed = true;
    if (!is_final(task.status)) {
      task.status = TaskStatus::kCanceled;
      task.cancel_requested = true;
    }
    hooks_.on_task_gone(task);
  }
  hooks_.on_erased();
  return folder_.purge();
}

Result<std::vector<std::string>> SqliteDocuments::corrected_documents() {
  return database_.read([](Connection& connection) {
    return connection.query("SELECT id FROM documents WHERE correction_count > 0 ORDER BY number",
                            [](const Row& row) { return row.text(0); });
  });
}

}  // namespace medmark::store::sqlite
