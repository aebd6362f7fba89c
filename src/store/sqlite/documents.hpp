// Documents, blobs, corrections and search (Documents) over SQLite and files. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/sqlite/data_folder.hpp"
#include "store/sqlite/database.hpp"
#include "store/store.hpp"

namespace medmark::store::sqlite {

class SqliteDocuments final : public Documents {
 public:
  // `on_task_gone` hears of tasks whose document is erased; `on_erased` is called after documents were.
  struct Hooks {
    std::function<void(const Task&)> on_task_gone;
    std::function<void()> on_erased;
  };
  SqliteDocuments(Database& database, DataFolder& folder, Hooks hooks)
      : database_(database), folder_(folder), hooks_(std::move(hooks)) {}

  base::Result<std::unique_ptr<BlobWriter>> begin_blob() override;
  void discard_blob(const std::string& blob_id) override;

  base::Result<Document> document(const std::string& document_id) override;
  base::Result<std::vector<SourceFile>> source_files(const std::string& document_id) override;
  base::Result<std::string> password(const std::string& document_id) override;
  base::Result<std::filesystem::path> document_json(const std::string& document_id) override;
  base::Result<std::filesystem::path> original_json(const std::string& document_id) override;
  base::Result<std::filesystem::path> asset(const std::string& document_id, const std::string& name) override;
  base::Result<std::vector<std::string>> asset_names(const std::string& document_id) override;

  base::Result<void> set_prepared_pages(const std::string& document_id, const std::string& media_type, int page_count,
                                        const std::vector<PreparedPage>& pages) override;
  base::Result<std::vector<PreparedPage>> prepared_pages(const std::string& document_id) override;

  base::Result<void> update(const std::string& document_id, const DocumentUpdate& update) override;
  base::Result<std::vector<Correction>> corrections(const std::string& document_id) override;
  base::Result<Document> set_state(const std::string& document_id, ReviewState state) override;
  base::Result<void> erase(const std::string& document_id) override;

  base::Result<SearchPage> search(const SearchQuery& query) override;
  base::Result<std::vector<LabPoint>> lab_series(const std::string& patient_key,
                                                 const std::vector<std::string>& items) override;
  base::Result<std::vector<LabItem>> lab_items(const std::string& patient_key) override;
  base::Result<std::vector<std::string>> corrected_documents() override;

 private:
  struct ResultPlace {
    std::filesystem::path folder;
    int corrected = 0;
  };
  [[nodiscard]] base::Result<ResultPlace> result_place(const std::string& document_id);
  [[nodiscard]] base::Result<void> record_corrections(Connection& connection, const std::string& document_id,
                                                      const DocumentUpdate& update) const;

  Database& database_;
  DataFolder& folder_;
  Hooks hooks_;
  std::mutex update_mutex_;  // one correction at a time: each writes the whole document
};

}  // namespace medmark::store::sqlite
