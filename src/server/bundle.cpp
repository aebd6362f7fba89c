#include "server/bundle.hpp"

#include <unistd.h>
#include <zip.h>

#include <cstring>
#include <list>

#include "server/result_files.hpp"
#include "store/files.hpp"
#include "store/identifiers.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

tl::unexpected<base::Error> failed(int zip_error, int system_error) {
  const bool is_disk =
      zip_error == ZIP_ER_WRITE || zip_error == ZIP_ER_OPEN || zip_error == ZIP_ER_TMPOPEN || zip_error == ZIP_ER_CLOSE;
  if (is_disk && system_error != 0) return tl::unexpected(store::storage_error(system_error));
  return base::fail(ErrorCode::kInternal, "The archive cannot be written.");
}

}  // namespace

class Archive::Writer {
 public:
  explicit Writer(std::filesystem::path path) : path_(std::move(path)) {}
  ~Writer() {
    if (archive_ != nullptr) zip_discard(archive_);
    ::unlink(path_.c_str());
  }

  Result<void> open() {
    int error = 0;
    archive_ = zip_open(path_.c_str(), ZIP_CREATE | ZIP_EXCL, &error);
    if (archive_ == nullptr) return failed(error, errno);
    return {};
  }

  Result<void> add_text(const std::string& name, std::string bytes) {
    texts_.push_back(std::move(bytes));  // read when the archive is closed
    return add(name, zip_source_buffer(archive_, texts_.back().data(), texts_.back().size(), 0));
  }

  Result<void> add_file(const std::string& name, const std::filesystem::path& file) {
    return add(name, zip_source_file(archive_, file.c_str(), 0, -1));
  }

  Result<std::shared_ptr<OpenFile>> finish() {
    if (zip_close(archive_) != 0) {
      zip_error_t* error = zip_get_error(archive_);
      return failed(zip_error_code_zip(error), zip_error_code_system(error));
    }
    archive_ = nullptr;
    return OpenFile::open(path_.string());
  }

 private:
  Result<void> add(const std::string& name, zip_source_t* source) {
    if (source == nullptr) return base::fail(ErrorCode::kInternal, "The archive cannot be written.");
    const zip_int64_t index = zip_file_add(archive_, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      return base::fail(ErrorCode::kInternal, "The archive cannot be written.");
    }
    return {};
  }

  std::filesystem::path path_;
  zip_t* archive_ = nullptr;
  std::list<std::string> texts_;
};

Archive::Archive(std::unique_ptr<Writer> writer) : writer_(std::move(writer)) {}
Archive::~Archive() = default;

Result<std::unique_ptr<Archive>> Archive::create(const std::filesystem::path& folder) {
  auto writer = std::make_unique<Writer>(folder / "incoming" / (store::new_id() + ".zip.part"));
  if (auto opened = writer->open(); !opened.has_value()) return tl::unexpected(opened.error());
  return std::unique_ptr<Archive>(new Archive(std::move(writer)));
}

Result<void> Archive::add_text(const std::string& name, std::string bytes) {
  return writer_->add_text(name, std::move(bytes));
}
Result<void> Archive::add_file(const std::string& name, const std::filesystem::path& file) {
  return writer_->add_file(name, file);
}
Result<std::shared_ptr<OpenFile>> Archive::finish() { return writer_->finish(); }

Result<void> add_document(Archive& archive, store::Store& store, const std::string& document_id,
                          const std::string& folder) {
  store::Documents& documents = store.documents();
  const auto document = documents.document(document_id);
  if (!document.has_value()) return tl::unexpected(document.error());
  const auto json = documents.document_json(document_id);
  if (!json.has_value()) return tl::unexpected(json.error());
  auto content = document_content(store, document_id, false);
  if (!content.has_value()) return tl::unexpected(content.error());
  const auto assets = documents.asset_names(document_id);
  if (!assets.has_value()) return tl::unexpected(assets.error());
  const auto corrections = documents.corrections(document_id);
  if (!corrections.has_value()) return tl::unexpected(corrections.error());
  const std::string stem = folder + file_stem(document->file_name);
  if (auto added = archive.add_text(stem + ".md", std::move(*content)); !added.has_value()) return added;
  if (auto added = archive.add_file(stem + ".json", *json); !added.has_value()) return added;
  for (const std::string& name : *assets) {
    const auto file = documents.asset(document_id, name);
    if (!file.has_value()) continue;  // not one of the engine's names
    if (auto added = archive.add_file(stem + ".assets/" + name, *file); !added.has_value()) return added;
  }
  if (corrections->empty()) return {};
  Json list = Json::array();
  for (const store::Correction& correction : *corrections) {
    list.push_back({{"target", correction.target},
                    {"original", correction.original},
                    {"value", correction.value},
                    {"author", correction.author},
                    {"time", iso_time(correction.time)},
                    {"undone", correction.undone}});
  }
  return archive.add_text(folder + "corrections.json", list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace medmark::server
