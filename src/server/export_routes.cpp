// Archives: of one document, and of many.
#include "server/bundle.hpp"
#include "server/result_files.hpp"
#include "server/routes.hpp"
#include "server/search_query.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

constexpr int kMaxExportedDocuments = 2000;

Result<Response> archive_response(Archive& archive, const std::string& file_name) {
  auto file = archive.finish();
  if (!file.has_value()) return tl::unexpected(file.error());
  Response response;
  response.content_type = "application/zip";
  response.headers.emplace_back("Content-Disposition", attachment(file_name));
  response.body.emplace_back(std::move(*file));
  return response;
}

Result<Response> bundle(Services& services, const Request& request) {
  const auto document = services.store.documents().document(request.captures[0]);
  if (!document.has_value()) return tl::unexpected(document.error());
  auto archive = Archive::create(services.store.folder());
  if (!archive.has_value()) return tl::unexpected(archive.error());
  auto added = add_document(**archive, services.store, document->id, "");
  if (!added.has_value()) return tl::unexpected(added.error());
  return archive_response(**archive, file_stem(document->file_name) + ".zip");
}

Result<std::vector<store::Document>> named_documents(Services& services, const std::string& ids) {
  std::vector<store::Document> documents;
  std::size_t begin = 0;
  while (begin < ids.size() && documents.size() < static_cast<std::size_t>(kMaxExportedDocuments)) {
    const std::size_t end = std::min(ids.find(',', begin), ids.size());
    auto document = services.store.documents().document(ids.substr(begin, end - begin));
    if (!document.has_value()) return tl::unexpected(document.error());
    documents.push_back(std::move(*document));
    begin = end + 1;
  }
  return documents;
}

Result<std::vector<store::Document>> found_documents(Services& services, store::SearchQuery query) {
  query.offset = 0;
  query.limit = kMaxExportedDocuments;
  auto page = services.store.documents().search(query);
  if (!page.has_value()) return tl::unexpected(page.error());
  std::vector<store::Document> documents;
  for (store::SearchHit& hit : page->hits) documents.push_back(std::move(hit.document));
  return documents;
}

Result<Response> export_documents(Services& services, const Request& request) {
  const auto query = search_query(request);
  if (!query.has_value()) return tl::unexpected(query.error());
  const auto ids = request.parameter("ids");
  const auto documents = ids.has_value() ? named_documents(services, *ids) : found_documents(services, *query);
  if (!documents.has_value()) return tl::unexpected(documents.error());
  auto archive = Archive::create(services.store.folder());
  if (!archive.has_value()) return tl::unexpected(archive.error());
  int count = 0;
  for (const store::Document& document : *documents) {
    const bool is_wanted = document.parsed_at != 0 && (!query->state.has_value() || document.state == *query->state);
    if (!is_wanted) continue;
    const std::string folder = file_stem(document.file_name) + "_" + document.id.substr(0, 8) + "/";
    if (auto added = add_document(**archive, services.store, document.id, folder); !added.has_value()) {
      return tl::unexpected(added.error());
    }
    ++count;
  }
  if (count == 0) return base::fail(ErrorCode::kNotFound, "No document with a result matches.");
  return archive_response(**archive, "medmark_export.zip");
}

}  // namespace

void add_export_routes(Router& router, Services& services) {
  const auto add = [&](const char* pattern, auto handler) {
    router.add(
        {"GET", pattern, Permission::kRead, BodyKind::kNone, Work::kSlow, [&services, handler](const Request& request) {
           auto response = handler(services, request);
           return response.has_value() ? std::move(*response) : error_response(response.error(), request.id);
         }});
  };
  add("/api/v1/documents/{id}/bundle", bundle);
  add("/api/v1/export", export_documents);
}

}  // namespace medmark::server
