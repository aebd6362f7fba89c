// Makes small PDF files for tests: objects as text, pages with a content stream each, the cross-reference table in
// order. Test code only; not thread-safe.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace medmark::input::testing {

class PdfBuilder {
 public:
  PdfBuilder() : objects_(2) {}  // 1: catalog, 2: page tree

  // Returns the number of a new object.
  int add(const std::string& body) {
    objects_.push_back(body);
    return static_cast<int>(objects_.size());
  }
  int add_stream(const std::string& dictionary, const std::string& data) {
    return add("<< " + dictionary + " /Length " + std::to_string(data.size()) + " >>\nstream\n" + data + "\nendstream");
  }
  // A page of A4 (or what `entries` says) whose resources hold /F1 Helvetica, /F2 a Chinese font that is not embedded,
  // and `xobjects` ("/Im1 7 0 R").
  int add_page(const std::string& content, const std::string& entries = "/MediaBox [0 0 595 842]",
               const std::string& xobjects = "") {
    const int stream = add_stream("", content);
    const int page =
        add("<< /Type /Page /Parent 2 0 R " + entries + " /Contents " + std::to_string(stream) +
            " 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> "
            "/F2 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
            "/DescendantFonts [ << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor "
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
            "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >> ] >> >> /XObject << " +
            xobjects + " >> >> >>");
    pages_.push_back(page);
    return page;
  }
  // A grey picture of `width` x `height` pixels, 8 bits, all `tone` where `pixels` is empty.
  int add_picture(int width, int height, char tone, std::string pixels = "") {
    if (pixels.empty()) pixels.assign(static_cast<std::size_t>(width * height), tone);
    return add_stream("/Type /XObject /Subtype /Image /Width " + std::to_string(width) + " /Height " +
                          std::to_string(height) + " /ColorSpace /DeviceGray /BitsPerComponent 8",
                      pixels);
  }
  void set_catalog_entries(const std::string& entries) { catalog_entries_ = entries; }

  [[nodiscard]] std::vector<std::uint8_t> build() {
    std::string kids;
    for (const int page : pages_) kids += std::to_string(page) + " 0 R ";
    objects_[0] = "<< /Type /Catalog /Pages 2 0 R " + catalog_entries_ + " >>";
    objects_[1] = "<< /Type /Pages /Count " + std::to_string(pages_.size()) + " /Kids [ " + kids + "] >>";
    std::string file = "%PDF-1.7\n";
    std::string table;
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      char entry[32];
      std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", file.size());
      table += entry;
      file += std::to_string(i + 1) + " 0 obj\n" + objects_[i] + "\nendobj\n";
    }
    const std::string size = std::to_string(objects_.size() + 1);
    const std::string start = std::to_string(file.size());
    file += "xref\n0 " + size + "\n0000000000 65535 f \n" + table + "trailer\n<< /Size " + size +
            " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
    return {file.begin(), file.end()};
  }

 private:
  std::vector<std::string> objects_;
  std::vector<int> pages_;
  std::string catalog_entries_;
};

// Shows Latin text at a position of the page's own space.
inline std::string show_text(double x, double y, double size, const std::string& text) {
  return "BT /F1 " + std::to_string(size) + " Tf " + std::to_string(x) + " " + std::to_string(y) + " Td (" + text +
         ") Tj ET\n";
}

}  // namespace medmark::input::testing
