// Documents: results, page pictures, figures, sources, deletion.
#include <algorithm>

#include "server/form.hpp"
#include "server/lab_table.hpp"
#include "server/page_pictures.hpp"
#include "server/parse_request.hpp"
#include "server/result_files.hpp"
#include "server/routes.hpp"
#include "server/task_json.hpp"
#include "store/files.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

constexpr int kDefaultPageWidth = 1200;
// A page's picture never changes: its document's bytes do not.
constexpr const char* kPrivateCache = "private, max-age=86400, immutable";

// An answer of a file of the store.
Result<Response> file_response(const std::filesystem::path& path, const std::string& media_type) {
  auto file = OpenFile::open(path.string());
  if (!file.has_value()) return tl::unexpected(file.error());
  Response response;
  response.content_type = media_type;
  response.body.emplace_back(std::move(*file));
  return response;
}

Result<int> page_number(const std::string& text) {
  const bool is_number = !text.empty() && text.size() <= 6 && text.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number) return base::fail(ErrorCode::kNotFound, "There is no such page.");
  return std::stoi(text);
}

Result<Response> page_image(Services& services, const Request& request) {
  const auto page = page_number(request.captures[1]);
  if (!page.has_value()) return tl::unexpected(page.error());
  const auto width = int_parameter(request, "width", kDefaultPageWidth, 16, 4000);
  if (!width.has_value()) return tl::unexpected(width.error());
  const auto picture = page_picture(services, request.captures[0], {.page = *page, .width = *width});
  if (!picture.has_value()) return tl::unexpected(picture.error());
  Response response;
  response.content_type = picture->media_type;
  response.headers.emplace_back("Cache-Control", kPrivateCache);
  response.body.emplace_back(std::string(picture->bytes.begin(), picture->bytes.end()));
  return response;
}

// What is wrong with a file itself is part of what is known of it; that it cannot be looked at now is a failure.
bool is_of_the_file(ErrorCode code) {
  const int status = http_status(code);
  return status == 413 || status == 415 || status == 422;
}

// What is known of the pages before the parse; looked at when first asked for.
Result<Response> pages(Services& services, const Request& request) {
  store::Documents& documents = services.store.documents();
  const std::string& id = request.captures[0];
  auto known = documents.prepared_pages(id);
  if (!known.has_value()) return tl::unexpected(known.error());
  Json error = nullptr;
  if (known->empty()) {
    const auto files = documents.source_files(id);
    if (!files.has_value()) return tl::unexpected(files.error());
    const auto password = documents.password(id);
    if (!password.has_value()) return tl::unexpected(password.error());
    const auto seen = services.engine.inspect(job_files(*files), *password);
    if (seen.has_value()) {
      for (const engine::PageInspection& page : seen->pages) known->push_back({page.width, page.height, page.warning});
      auto kept = documents.set_prepared_pages(id, seen->media_type, seen->page_count, *known);
      if (!kept.has_value()) return tl::unexpected(kept.error());
    } else if (is_of_the_file(seen.error().code)) {
      error = {{"code", base::error_code_name(seen.error().code)}, {"message", seen.error().message}};
    } else {
      return tl::unexpected(seen.error());
    }
  }
  const auto document = documents.document(id);
  if (!document.has_value()) return tl::unexpected(document.error());
  Json list = Json::array();
  for (const store::PreparedPage& page : *known) {
    list.push_back({{"index", list.size()}, {"width", page.width}, {"height", page.height}, {"warning", page.warning}});
  }
  return json_response({{"pages", std::move(list)},
                        {"page_count", document->page_count},
                        {"media_type", document->media_type},
                        {"error", std::move(error)}});
}

Result<Response> content(Services& services, const Request& request) {
  const auto inline_images = flag_parameter(request, "inline_images");
  if (!inline_images.has_value()) return tl::unexpected(inline_images.error());
  auto text = document_content(services.store, request.captures[0], inline_images->value_or(false));
  if (!text.has_value()) return tl::unexpected(text.error());
  Response response;
  response.content_type = "text/markdown; charset=utf-8";
  response.body.emplace_back(std::move(*text));
  return response;
}

Result<Response> json_file(Services& services, const Request& request) {
  const auto original = flag_parameter(request, "original");
  if (!original.has_value()) return tl::unexpected(original.error());
  store::Documents& documents = services.store.documents();
  const auto document = documents.document(request.captures[0]);
  if (!document.has_value()) return tl::unexpected(document.error());
  const auto path =
      original->value_or(false) ? documents.original_json(document->id) : documents.document_json(document->id);
  if (!path.has_value()) return tl::unexpected(path.error());
  auto response = file_response(*path, "application/json");
  if (response.has_value()) {
    response->headers.emplace_back("Content-Disposition", attachment(file_stem(document->file_name) + ".json"));
  }
  return response;
}

Result<Response> asset(Services& services, const Request& request) {
  const auto path = services.store.documents().asset(request.captures[0], request.captures[1]);
  if (!path.has_value()) return tl::unexpected(path.error());
  auto response = file_response(*path, media_type_of(request.captures[1]));
  if (response.has_value()) response->headers.emplace_back("Cache-Control", "private, max-age=3600");
  return response;
}

Result<Response> source(Services& services, const Request& request) {
  const auto document = services.store.documents().document(request.captures[0]);
  if (!document.has_value()) return tl::unexpected(document.error());
  if (is_deidentified(*document)) {
    return base::fail(ErrorCode::kForbidden, "The files of a de-identified document are not given out.");
  }
  const auto files = services.store.documents().source_files(request.captures[0]);
  if (!files.has_value()) return tl::unexpected(files.error());
  const auto number = page_number(request.captures[1]);
  if (!number.has_value() || static_cast<std::size_t>(*number) >= files->size()) {
    return base::fail(ErrorCode::kNotFound, "The document has no such file.");
  }
  const store::SourceFile& file = (*files)[static_cast<std::size_t>(*number)];
  auto response = file_response(file.path, "application/octet-stream");
  if (response.has_value()) response->headers.emplace_back("Content-Disposition", attachment(file.file_name));
  return response;
}

Result<Response> lab_results(Services& services, const Request& request) {
  const auto document = services.store.documents().document(request.captures[0]);
  if (!document.has_value()) return tl::unexpected(document.error());
  const auto path = services.store.documents().document_json(document->id);
  if (!path.has_value()) return tl::unexpected(path.error());
  auto table = lab_results_csv(*path);
  if (!table.has_value()) return tl::unexpected(table.error());
  Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", attachment(file_stem(document->file_name) + ".lab_results.csv"));
  response.body.emplace_back(std::move(*table));
  return response;
}

// Copies the files into a new document that is parsed with the option.
Result<Response> deidentified(Services& services, const Request& request) {
  store::Documents& documents = services.store.documents();
  const auto document = documents.document(request.captures[0]);
  if (!document.has_value()) return tl::unexpected(document.error());
  const auto files = documents.source_files(document->id);
  if (!files.has_value()) return tl::unexpected(files.error());
  const auto password = documents.password(document->id);
  if (!password.has_value()) return tl::unexpected(password.error());
  FormReceiver copies(documents, services.settings.get().limits);
  for (const store::SourceFile& file : *files) {
    auto opened = OpenFile::open(file.path.string());
    if (!opened.has_value()) return tl::unexpected(opened.error());
    if (auto begun = copies.begin_part({"file", file.file_name}); !begun.has_value())
      return tl::unexpected(begun.error());
    std::string piece(1 << 16, '\0');
    for (std::uint64_t offset = 0; offset < (*opened)->size();) {
      const auto got = (*opened)->read(offset, piece.data(), piece.size());
      if (!got.has_value()) return tl::unexpected(got.error());
      if (*got == 0) break;
      if (auto taken = copies.part_data({piece.data(), *got}); !taken.has_value()) return tl::unexpected(taken.error());
      offset += *got;
    }
    if (auto ended = copies.end_part(); !ended.has_value()) return tl::unexpected(ended.error());
  }
  const ReceivedForm form = copies.take();
  store::Submission submission;
  submission.files = form.files;
  submission.parameters = document->parameters;
  submission.parameters["deidentify"] = "true";
  submission.password = *password;
  submission.priority = store::Priority::kInteractive;
  submission.created_by = request.identity.name;
  const auto submitted = services.store.queue().submit({submission});
  if (!submitted.has_value()) {
    discard(documents, form);
    return tl::unexpected(submitted.error());
  }
  Json task = task_json(services.store, submitted->front().task);
  task["existed"] = submitted->front().existed;
  return json_response({{"tasks", Json::array({std::move(task)})}}, 202);
}

Result<Response> erase(Services& services, const Request& request) {
  if (auto erased = services.store.documents().erase(request.captures[0]); !erased.has_value()) {
    return tl::unexpected(erased.error());
  }
  return empty_response();
}

}  // namespace

void add_document_routes(Router& router, Services& services) {
  const auto add = [&](const char* method, const char* pattern, Permission permission, Work work, auto handler) {
    router.add({method, pattern, permission, BodyKind::kNone, work, [&services, handler](const Request& request) {
                  auto response = handler(services, request);
                  return response.has_value() ? std::move(*response) : error_response(response.error(), request.id);
                }});
  };
  add("GET", "/api/v1/documents/{id}", Permission::kRead, Work::kSlow,
      [](Services& all, const Request& request) { return document_response(all.store, request.captures[0], false); });
  add("GET", "/api/v1/documents/{id}/content", Permission::kRead, Work::kSlow, content);
  add("GET", "/api/v1/documents/{id}/json", Permission::kRead, Work::kQuick, json_file);
  add("GET", "/api/v1/documents/{id}/lab_results.csv", Permission::kRead, Work::kSlow, lab_results);
  add("GET", "/api/v1/documents/{id}/pages", Permission::kRead, Work::kSlow, pages);
  add("GET", "/api/v1/documents/{id}/pages/{n}/image", Permission::kRead, Work::kSlow, page_image);
  add("GET", "/api/v1/documents/{id}/assets/{name}", Permission::kRead, Work::kQuick, asset);
  add("GET", "/api/v1/documents/{id}/source/{n}", Permission::kRead, Work::kQuick, source);
  add("POST", "/api/v1/documents/{id}/deidentified", Permission::kWrite, Work::kSlow, deidentified);
  add("DELETE", "/api/v1/documents/{id}", Permission::kWrite, Work::kSlow, erase);
}

}  // namespace medmark::server
