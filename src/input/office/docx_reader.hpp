// A Word file to pages: sections, page breaks, headers and footers, notes at the foot of their page.
//
// Pages are those that the file itself knows: explicit breaks, sections, and the places where the program that saved it
// last broke pages. Nothing is laid out anew: a file without any break is one page. Confined to one thread.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "document/office_page.hpp"
#include "input/office/package.hpp"
#include "input/office/picture_store.hpp"

namespace medmark::input::office {

// `part` is the name of the main document part, `root` its element. Fails with kCorruptDocument, kTooLarge,
// kTooManyPages.
[[nodiscard]] base::Result<std::vector<document::OfficePage>> read_docx(Package& package, const std::string& part,
                                                                        pugi::xml_node root, PictureStore& pictures,
                                                                        int max_pages);

}  // namespace medmark::input::office
