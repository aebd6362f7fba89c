// The files of one document, opened in decoders as their pages come up.
//
// Thread-safe after open(). At most as many decoders are alive as files have pages in work: a folder of a thousand
// phone pictures is not a thousand processes.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "decoder/decoder.hpp"
#include "pipeline/page_stages.hpp"
#include "pipeline/parser.hpp"

namespace medmark::pipeline {

// A page of the document: which file it stands in, and where there.
struct PagePlace {
  std::size_t file = 0;
  int index = 0;
};

class OpenedFiles {
 public:
  // Looks into every file once. Fails with the first file's error that cannot be opened. `files` must outlive the
  // object.
  [[nodiscard]] static base::Result<std::unique_ptr<OpenedFiles>> open(const std::vector<InputFile>& files,
                                                                       const decoder::DecodeOptions& options,
                                                                       const PageSelection& selection);

  [[nodiscard]] const std::vector<PagePlace>& pages() const { return pages_; }
  // Pages of all files, selected or not.
  [[nodiscard]] int page_count() const { return page_count_; }
  [[nodiscard]] const std::string& media_type() const { return media_type_; }
  // Bookmarks, by index of the document's page list; those of pages that are not selected are left out.
  [[nodiscard]] std::vector<document::OutlineEntry> outline() const { return outline_; }

  // The decoder of a file, opened where it is not; it closes when the last one holding it lets go and no page is left.
  [[nodiscard]] base::Result<std::shared_ptr<PageSource>> source(std::size_t file);
  void page_done(std::size_t file);

 private:
  OpenedFiles(const std::vector<InputFile>& files, decoder::DecodeOptions options)
      : files_(files), options_(std::move(options)), sources_(files.size()), pages_left_(files.size()) {}

  const std::vector<InputFile>& files_;
  decoder::DecodeOptions options_;
  std::vector<PagePlace> pages_;
  std::vector<document::OutlineEntry> outline_;
  std::string media_type_;
  int page_count_ = 0;

  std::mutex mutex_;
  std::vector<std::shared_ptr<PageSource>> sources_;
  std::vector<int> pages_left_;
};

}  // namespace medmark::pipeline
