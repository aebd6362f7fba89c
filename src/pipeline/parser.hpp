// The whole way of a document: bytes in, document with Markdown out. Owns the models and the threads.
//
// Thread-safe: any number of documents may be parsed at once; their pages share the threads page by page. Untrusted
// bytes are opened in decoder processes only. The result never depends on the number of threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "decoder/document_file.hpp"
#include "document/document.hpp"
#include "inference/device.hpp"
#include "pipeline/options.hpp"

namespace medmark::pipeline {

struct ParserSettings {
  std::filesystem::path share_directory;  // holds models/, fonts/ and lexicons/
  inference::DeviceRequest device;
  int threads = 0;  // 0: one for each core
};

// One file of a document: its name as the user knows it (never logged) and its bytes, which stay on the disk.
struct InputFile {
  std::string file_name;
  decoder::DocumentFile file;
};

struct Progress {
  int pages_done = 0;
  int pages = 0;
};

// Called from the parser's threads, one call at a time.
using ProgressSink = std::function<void(const Progress&)>;

class Parser {
 public:
  // Fails with model_missing, model_corrupt, device_unavailable or internal. Models load when a page first needs them.
  [[nodiscard]] static base::Result<std::unique_ptr<Parser>> create(const ParserSettings& settings);
  ~Parser();

  // Several files become the pages of one document, in their order. Fails with the codes of input (unsupported_format,
  // password_required, corrupt_document, ...), model_missing for a layout model that is not there, canceled, timeout,
  // worker_crashed. What fails on a single page stands in that page's `errors`; the page is there all the same.
  [[nodiscard]] base::Result<document::Document> parse(const std::vector<InputFile>& files, const ParseOptions& options,
                                                       const ProgressSink& progress, const std::stop_token& stop) const;

  // The same up to what the structure room leaves: blocks and figures, without clinical meaning and Markdown. For a
  // developer's replay of the clinical rules (clinical_probe.cc).
  [[nodiscard]] base::Result<document::Document> read(const std::vector<InputFile>& files, const ParseOptions& options,
                                                      const ProgressSink& progress, const std::stop_token& stop) const;

  // One sentence where an automatic choice of device fell back to the processor; else empty.
  [[nodiscard]] const std::string& device_note() const;
  [[nodiscard]] int threads() const;

 private:
  class State;
  explicit Parser(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Lower-case hexadecimal SHA-256 of the files' bytes in their order; what `source.sha256` says.
[[nodiscard]] std::string content_hash(const std::vector<InputFile>& files);

}  // namespace medmark::pipeline
