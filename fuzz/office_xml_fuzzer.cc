// The OOXML readers without the archive around them: the input is the main part of a Word file, or of a slide. Its
// first byte chooses.
#include <zip.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "input/office/office_source.hpp"
#include "input/testing/office_builder.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using medmark::input::testing::OfficeBuilder;
  if (size == 0) return 0;
  const std::string part(reinterpret_cast<const char*>(data) + 1, size - 1);
  OfficeBuilder builder;
  if (data[0] % 2 == 0) {
    builder.main("word/document.xml");
    builder.part("word/document.xml", part);
    builder.document_relationships({{"s", "styles", "document.xml"},
                                    {"n", "numbering", "document.xml"},
                                    {"f", "footnotes", "document.xml"},
                                    {"h", "header", "document.xml"},
                                    {"c", "chart", "document.xml"}});
  } else {
    builder.main("ppt/presentation.xml");
    builder.part("ppt/presentation.xml", "<p><sldIdLst><sldId r:id=\"s\"/></sldIdLst></p>");
    builder.part("ppt/_rels/presentation.xml.rels", OfficeBuilder::relationships({{"s", "slide", "slide.xml"}}));
    builder.part("ppt/slide.xml", part);
    builder.part("ppt/_rels/slide.xml.rels",
                 OfficeBuilder::relationships({{"l", "slideLayout", "slide.xml"}, {"c", "chart", "slide.xml"}}));
  }
  const std::vector<std::uint8_t> bytes = builder.build();
  const auto source = medmark::input::office::open_office(bytes, {});
  if (source) static_cast<void>((*source)->office_page(0));
  return 0;
}
