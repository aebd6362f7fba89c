// Files of Office's older versions (.doc, .ppt), turned into the newer ones by LibreOffice where it is installed.
//
// LibreOffice is run for one file, in name spaces of its own: no network, no other processes; it sees a fresh private
// folder as its home, and is ended with all its children at the deadline. Without the means for that (unshare of
// util-linux, unprivileged user name spaces) nothing is run. What comes out goes through a decoder process like any
// other file. Thread-safe.
#pragma once

#include <chrono>
#include <filesystem>

#include "base/error.hpp"
#include "decoder/document_file.hpp"

namespace medmark::decoder {

struct LegacyOfficeOptions {
  std::filesystem::path program;  // LibreOffice's soffice; empty: the first of the usual places that has one
  std::filesystem::path unshare = "/usr/bin/unshare";
  std::chrono::milliseconds deadline{120'000};
  std::size_t max_bytes = std::size_t{64} << 20;  // of the file
};

// Whether the file is an OLE container, by its first bytes.
[[nodiscard]] bool is_legacy_office(const DocumentFile& file);

// The same document as DOCX or PPTX. Fails with kUnsupportedFormat (no LibreOffice, no Word or PowerPoint file,
// encrypted), kTooLarge, kTimeout, kCorruptDocument where LibreOffice makes nothing of it, kInternal.
[[nodiscard]] base::Result<DocumentFile> modern_office_file(const DocumentFile& file,
                                                            const LegacyOfficeOptions& options = {});

}  // namespace medmark::decoder
