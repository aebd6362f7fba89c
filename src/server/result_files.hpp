// Results as answers: the document with its Markdown, streamed from the store's files. Thread-safe; all functions block
// for the disk.
#pragma once

#include <string>

#include "server/message.hpp"
#include "store/store.hpp"

namespace medmark::server {

[[nodiscard]] Json document_summary(const store::Document& document);

// The summary with `content` and `document`; the document itself is streamed from its file.
[[nodiscard]] base::Result<Response> document_response(store::Store& store, const std::string& document_id,
                                                       bool inline_images);

// The Markdown, corrections applied.
[[nodiscard]] base::Result<std::string> document_content(store::Store& store, const std::string& document_id,
                                                         bool inline_images);

// The file name without its extension, for STEM.md and the like; never empty, without path separators.
[[nodiscard]] std::string file_stem(const std::string& file_name);

// The media type of a figure or page by its name; "application/octet-stream" where it is unknown.
[[nodiscard]] std::string media_type_of(const std::string& file_name);

}  // namespace medmark::server
