#include "pipeline/opened_files.hpp"

namespace medmark::pipeline {

base::Result<std::unique_ptr<OpenedFiles>> OpenedFiles::open(const std::vector<InputFile>& files,
                                                             const decoder::DecodeOptions& options,
                                                             const PageSelection& selection) {
  std::unique_ptr<OpenedFiles> opened(new OpenedFiles(files, options));
  for (std::size_t file = 0; file < files.size(); ++file) {
    auto decoder = decoder::Decoder::open(files[file].file, options);
    if (!decoder.has_value()) return tl::unexpected(decoder.error());
    const decoder::DocumentInfo info = (*decoder)->document();
    if (file == 0) opened->media_type_ = info.media_type;

    std::vector<int> document_page(static_cast<std::size_t>(info.page_count), -1);
    for (int index = 0; index < info.page_count; ++index, ++opened->page_count_) {
      if (!selection.contains(opened->page_count_)) continue;
      document_page[static_cast<std::size_t>(index)] = static_cast<int>(opened->pages_.size());
      opened->pages_.push_back({file, index});
      ++opened->pages_left_[file];
    }
    for (document::OutlineEntry entry : info.outline) {
      if (entry.page < 0 || entry.page >= info.page_count) continue;
      entry.page = document_page[static_cast<std::size_t>(entry.page)];
      if (entry.page >= 0) opened->outline_.push_back(std::move(entry));
    }
    // A single file stays open; of several, each opens again when its turn comes.
    if (files.size() == 1) opened->sources_[file] = std::make_shared<PageSource>(std::move(*decoder));
  }
  if (opened->pages_.empty() && opened->page_count_ > 0) {
    return base::fail(base::ErrorCode::kInvalidParameter, "None of the selected pages is in the document.");
  }
  return opened;
}

base::Result<std::shared_ptr<PageSource>> OpenedFiles::source(std::size_t file) {
  const std::lock_guard lock(mutex_);
  if (sources_[file] == nullptr) {
    auto decoder = decoder::Decoder::open(files_[file].file, options_);
    if (!decoder.has_value()) return tl::unexpected(decoder.error());
    sources_[file] = std::make_shared<PageSource>(std::move(*decoder));
  }
  return sources_[file];
}

void OpenedFiles::page_done(std::size_t file) {
  const std::lock_guard lock(mutex_);
  if (--pages_left_[file] == 0) sources_[file] = nullptr;
}

}  // namespace medmark::pipeline
