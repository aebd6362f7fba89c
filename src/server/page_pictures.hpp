// Pages as a reader of a document may see them: what was removed from a de-identified one is covered. Thread-safe;
// blocks for the engine.
#pragma once

#include <string>

#include "server/services.hpp"

namespace medmark::server {

// kNotFound, kConflict for a document that is to be de-identified and has no result yet, and the engine's codes.
[[nodiscard]] base::Result<engine::PagePicture> page_picture(Services& services, const std::string& document_id,
                                                             engine::PageView view);

// Whether the document was asked for without what identifies people.
[[nodiscard]] bool is_deidentified(const store::Document& document);

[[nodiscard]] std::vector<engine::JobFile> job_files(const std::vector<store::SourceFile>& files);

}  // namespace medmark::server
