// The client's side of the sandboxed decoder: untrusted bytes in, pages and pixels out, whatever the bytes do.
//
// Each Decoder owns one child process (the same program run again, see decoder_process.hpp) that reads one document and
// may do nothing else: no files, no network, no new processes, bounded memory. A child that crashes, hangs past a
// deadline or outgrows its memory is ended; the page that did it fails with kWorkerCrashed, kTimeout or kTooLarge, and
// a new child (at most `max_restarts` times) reads the others.
//
// Thread-safety: a Decoder is confined to one thread at a time; different Decoders are independent. Ownership: the file
// given to open() is shared, bytes given to it are copied; neither need outlive the call. Coordinates and pages as in
// input/page.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "decoder/document_file.hpp"
#include "document/office_page.hpp"
#include "document/page_evidence.hpp"
#include "input/page.hpp"

namespace medmark::decoder {

struct DecodeOptions {
  std::string password;  // UTF-8; goes to the child through its pipe, never through its arguments
  // A font with Chinese glyphs for files that embed none; empty: the first that exists of the installed ones.
  std::filesystem::path fallback_font;
  int max_pages = 5000;
  std::int64_t max_rendered_pixels = 40'000'000;
  std::uint64_t max_memory_bytes = std::uint64_t{1} << 30;  // of the child, beyond the program itself
  // Wall-clock time for opening a document, reading a page, rendering a page.
  std::chrono::milliseconds call_deadline{8000};
  int max_restarts = 2;
  // The program to run as child; it must call run_decoder_process() when its first argument is kDecoderProcessArgument.
  std::filesystem::path executable = "/proc/self/exe";
  std::vector<std::string> extra_arguments;  // after the first; for tests
};

struct DocumentInfo {
  std::string media_type;
  int page_count = 0;
  std::vector<document::OutlineEntry> outline;
  bool is_office = false;  // read by office_page(), not by page() and render()
};

class Decoder {
 public:
  // Starts a child on the document. Fails with kUnsupportedFormat, kPasswordRequired, kWrongPassword, kCorruptDocument,
  // kTooLarge, kTooManyPages, kTimeout, kWorkerCrashed, kInternal.
  [[nodiscard]] static base::Result<std::unique_ptr<Decoder>> open(const DocumentFile& file,
                                                                   const DecodeOptions& options);
  [[nodiscard]] static base::Result<std::unique_ptr<Decoder>> open(std::span<const std::uint8_t> bytes,
                                                                   const DecodeOptions& options);
  ~Decoder();  // ends the child
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  [[nodiscard]] const DocumentInfo& document() const;
  // Page `index` from 0. Fails with kNotFound beyond the last page.
  [[nodiscard]] base::Result<input::NativePage> page(int index);
  // The page as displayed. `dpi` is an upper bound: picture files are never enlarged, and max_rendered_pixels holds.
  [[nodiscard]] base::Result<input::Picture> render(int index, double dpi);
  // Of an Office file: what a page says, and the pixels of one of its pictures; see input::Source.
  [[nodiscard]] base::Result<document::OfficePage> office_page(int index);
  [[nodiscard]] base::Result<input::Picture> render_office_picture(int picture, double dpi);

 private:
  class Implementation;
  explicit Decoder(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace medmark::decoder
