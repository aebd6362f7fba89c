// The data behind a chart, from the values that the file keeps of it (never from the workbook), as a table: categories
// down, series across. Pure, thread-safe.
#pragma once

#include <optional>
#include <pugixml.hpp>

#include "document/office_page.hpp"
#include "input/office/limits.hpp"

namespace medmark::input::office {

// `chart` is the root of a chart part. Nothing where the file keeps no values.
[[nodiscard]] std::optional<document::OfficeTable> table_of_chart(pugi::xml_node chart, const OfficeLimits& limits);

}  // namespace medmark::input::office
