#include "server/page_pictures.hpp"

#include <algorithm>

#include "store/files.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

Result<Json> parsed_document(Services& services, const std::string& document_id) {
  const auto path = services.store.documents().original_json(document_id);
  if (!path.has_value()) return tl::unexpected(path.error());
  const auto text = store::read_file(*path);
  if (!text.has_value()) return tl::unexpected(text.error());
  Json document = Json::parse(*text, nullptr, false);
  if (!document.is_object()) return base::fail(ErrorCode::kInternal, "The result cannot be read.");
  return document;
}

// Only of pages that were parsed is it known what to cover.
bool was_parsed(const Json& document, int page) {
  const Json pages = document.value("pages", Json::array());
  return std::any_of(pages.begin(), pages.end(), [page](const Json& one) {
    return one.value("index", -1) == page && one.value("errors", Json::array()).empty();
  });
}

std::vector<base::Rect> removed_places(const Json& document, int page) {
  std::vector<base::Rect> places;
  for (const Json& place : document.value("removed", Json::array())) {
    const auto box = place.value("bbox", std::vector<double>());
    if (place.value("page", -1) == page && box.size() == 4) places.push_back({box[0], box[1], box[2], box[3]});
  }
  return places;
}

}  // namespace

bool is_deidentified(const store::Document& document) {
  const auto option = document.parameters.find("deidentify");
  return option != document.parameters.end() && option->second == "true";
}

std::vector<engine::JobFile> job_files(const std::vector<store::SourceFile>& files) {
  std::vector<engine::JobFile> jobs;
  for (const store::SourceFile& file : files) jobs.push_back({file.file_name, file.path, -1});
  return jobs;
}

Result<engine::PagePicture> page_picture(Services& services, const std::string& document_id, engine::PageView view) {
  store::Documents& documents = services.store.documents();
  const auto document = documents.document(document_id);
  if (!document.has_value()) return tl::unexpected(document.error());
  if (is_deidentified(*document)) {
    const auto parsed = parsed_document(services, document_id);
    if (!parsed.has_value()) return tl::unexpected(parsed.error());
    if (!was_parsed(*parsed, view.page)) {
      return base::fail(ErrorCode::kNotFound, "The page is not part of the de-identified document.");
    }
    view.covered = removed_places(*parsed, view.page);
  }
  const auto files = documents.source_files(document_id);
  if (!files.has_value()) return tl::unexpected(files.error());
  const auto password = documents.password(document_id);
  if (!password.has_value()) return tl::unexpected(password.error());
  return services.engine.render_page(job_files(*files), *password, view);
}

}  // namespace medmark::server
