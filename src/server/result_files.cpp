#include "server/result_files.hpp"

#include <openssl/evp.h>

#include <fstream>

#include "store/files.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

std::string base64(const std::string& bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

// Puts a figure's bytes in the place of its link. Names are the engine's own, so a link is `](` ... `NAME)`.
Result<void> put_in_figure(store::Store& store, const std::string& document_id, const std::string& name,
                           std::string& content) {
  const std::string end = name + ")";
  for (std::size_t at = content.find(end); at != std::string::npos; at = content.find(end, at + 1)) {
    const std::size_t begin = content.rfind("](", at);
    if (begin == std::string::npos || content.find('\n', begin) < at) continue;
    const bool is_whole_name = at == begin + 2 || content[at - 1] == '/';
    if (!is_whole_name) continue;
    const auto file = store.documents().asset(document_id, name);
    if (!file.has_value()) return tl::unexpected(file.error());
    const auto bytes = store::read_file(*file);
    if (!bytes.has_value()) return tl::unexpected(bytes.error());
    const std::string link = "data:" + media_type_of(name) + ";base64," + base64(*bytes);
    content.replace(begin + 2, at + name.size() - begin - 2, link);
    at = begin + 2 + link.size();
  }
  return {};
}

}  // namespace

Json document_summary(const store::Document& document) {
  return {{"id", document.id},
          {"file_name", document.file_name},
          {"sha256", document.sha256},
          {"parameters", document.parameters},
          {"media_type", document.media_type},
          {"page_count", document.page_count},
          {"size", document.size},
          {"state", store::review_state_name(document.state)},
          {"status", store::task_status_name(document.status)},
          {"task_id", document.task_id},
          {"created_at", iso_time(document.created_at)},
          {"created_by", document.created_by},
          {"parsed_at", iso_time(document.parsed_at)},
          {"correction_count", document.correction_count},
          {"needs_review", document.needs_review},
          {"document_type", document.document_type},
          {"title", document.title},
          {"patient_name", document.patient_name},
          {"patient_key", document.patient_key},
          {"report_date", document.report_date}};
}

Result<std::string> document_content(store::Store& store, const std::string& document_id, bool inline_images) {
  const auto file = store.documents().document_json(document_id);
  if (!file.has_value()) return tl::unexpected(file.error());
  std::ifstream stream(*file, std::ios::binary);
  // Everything but the Markdown is dropped as it is read.
  const auto keep = [](int depth, Json::parse_event_t event, Json& parsed) {
    return !(depth == 1 && event == Json::parse_event_t::key && parsed != Json("content"));
  };
  const Json root = Json::parse(stream, keep, false);
  if (!root.is_object() || !root.contains("content")) {
    return base::fail(ErrorCode::kInternal, "The result cannot be read.");
  }
  std::string content = root["content"].get<std::string>();
  if (!inline_images) return content;
  const auto names = store.documents().asset_names(document_id);
  if (!names.has_value()) return tl::unexpected(names.error());
  for (const std::string& name : *names) {
    if (auto done = put_in_figure(store, document_id, name, content); !done.has_value())
      return tl::unexpected(done.error());
  }
  return content;
}

Result<Response> document_response(store::Store& store, const std::string& document_id, bool inline_images) {
  const auto document = store.documents().document(document_id);
  if (!document.has_value()) return tl::unexpected(document.error());
  Json summary = document_summary(*document);
  const auto file = store.documents().document_json(document_id);
  if (!file.has_value() && file.error().code == ErrorCode::kConflict) {
    summary["content"] = nullptr;
    summary["document"] = nullptr;
    return json_response(summary);
  }
  if (!file.has_value()) return tl::unexpected(file.error());
  auto content = document_content(store, document_id, inline_images);
  if (!content.has_value()) return tl::unexpected(content.error());
  auto opened = OpenFile::open(file->string());
  if (!opened.has_value()) return tl::unexpected(opened.error());
  summary["content"] = std::move(*content);
  std::string head = dump(summary);
  head.pop_back();
  Response response;
  response.body.emplace_back(head + ",\"document\":");
  response.body.emplace_back(std::move(*opened));
  response.body.emplace_back("}\n");
  return response;
}

std::string file_stem(const std::string& file_name) {
  const std::size_t dot = file_name.rfind('.');
  std::string stem = dot == std::string::npos || dot == 0 ? file_name : file_name.substr(0, dot);
  std::erase_if(stem, [](char c) { return c == '/' || c == '\\' || c == '\0'; });
  return stem.empty() || stem == "." || stem == ".." ? "document" : stem;
}

std::string media_type_of(const std::string& file_name) {
  const std::size_t dot = file_name.rfind('.');
  const std::string extension = dot == std::string::npos ? "" : file_name.substr(dot + 1);
  for (const auto& [known, type] :
       std::initializer_list<std::pair<const char*, const char*>>{{"png", "image/png"},
                                                                  {"jpg", "image/jpeg"},
                                                                  {"jpeg", "image/jpeg"},
                                                                  {"webp", "image/webp"},
                                                                  {"svg", "image/svg+xml"},
                                                                  {"ico", "image/x-icon"},
                                                                  {"html", "text/html; charset=utf-8"},
                                                                  {"js", "text/javascript; charset=utf-8"},
                                                                  {"css", "text/css; charset=utf-8"},
                                                                  {"json", "application/json"},
                                                                  {"webmanifest", "application/manifest+json"},
                                                                  {"woff2", "font/woff2"},
                                                                  {"woff", "font/woff"},
                                                                  {"ttf", "font/ttf"},
                                                                  {"txt", "text/plain; charset=utf-8"}}) {
    if (extension == known) return type;
  }
  return "application/octet-stream";
}

}  // namespace medmark::server
