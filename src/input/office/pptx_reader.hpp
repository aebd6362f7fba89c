// A PowerPoint file to pages: slides in their order, shapes with their places, notes behind them. Confined to one
// thread.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "document/office_page.hpp"
#include "input/office/package.hpp"
#include "input/office/picture_store.hpp"

namespace medmark::input::office {

// `part` is the name of the presentation part, `root` its element. A slide that cannot be read is an empty page with an
// error; fails with kCorruptDocument, kTooLarge, kTooManyPages where nothing is known of the whole.
[[nodiscard]] base::Result<std::vector<document::OfficePage>> read_pptx(Package& package, const std::string& part,
                                                                        pugi::xml_node root, PictureStore& pictures,
                                                                        int max_pages);

}  // namespace medmark::input::office
