// Owning handles over PDFium's C API, and its text results as UTF-8. PDFium is not thread-safe: one thread of the
// process.
#pragma once

#include <fpdf_annot.h>
#include <fpdf_doc.h>
#include <fpdf_edit.h>
#include <fpdf_text.h>
#include <fpdfview.h>

#include <memory>
#include <string>

#include "base/text.hpp"

namespace medmark::input::pdf {

template <auto Close>
struct Closer {
  template <typename T>
  void operator()(T* handle) const {
    Close(handle);
  }
};

using DocumentHandle = std::unique_ptr<std::remove_pointer_t<FPDF_DOCUMENT>, Closer<FPDF_CloseDocument>>;
using PageHandle = std::unique_ptr<std::remove_pointer_t<FPDF_PAGE>, Closer<FPDF_ClosePage>>;
using TextPageHandle = std::unique_ptr<std::remove_pointer_t<FPDF_TEXTPAGE>, Closer<FPDFText_ClosePage>>;
using BitmapHandle = std::unique_ptr<std::remove_pointer_t<FPDF_BITMAP>, Closer<FPDFBitmap_Destroy>>;
using AnnotationHandle = std::unique_ptr<std::remove_pointer_t<FPDF_ANNOTATION>, Closer<FPDFPage_CloseAnnot>>;

// UTF-8 of PDFium's UTF-16LE, pairs of surrogates joined, a lone one replaced by U+FFFD.
[[nodiscard]] inline std::string from_utf16(std::u16string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size() && text[i] != 0; ++i) {
    char32_t code = text[i];
    if (code >= 0xD800 && code < 0xDC00 && i + 1 < text.size() && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (text[i + 1] - 0xDC00U);
      ++i;
    } else if (code >= 0xD800 && code < 0xE000) {
      code = 0xFFFD;
    }
    base::append_utf8(out, code);
  }
  return out;
}

}  // namespace medmark::input::pdf
