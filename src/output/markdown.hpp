// The Markdown of a document, as the contract has it. Pure functions of the document, thread-safe, cannot fail.
//
// Text of the document is untrusted: what Markdown or HTML would read as markup is escaped; the only tags written are
// those of tables with merged cells (table, tr, td, br) and <sup>/<sub>.
#pragma once

#include <string>
#include <string_view>

#include "document/document.hpp"

namespace medmark::output {

struct MarkdownOptions {
  // Put before the name of a picture: "report.assets/" gives ![...](report.assets/figure_1.png).
  std::string asset_prefix;
};

[[nodiscard]] std::string to_markdown(const document::Document& document, const MarkdownOptions& options);

// A table as HTML with row and column spans; one line, no attributes but the spans.
[[nodiscard]] std::string to_html(const document::Table& table);

// Running text with everything escaped that CommonMark or GFM would take for markup.
[[nodiscard]] std::string escape_markdown(std::string_view text);

}  // namespace medmark::output
