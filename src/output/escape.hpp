// Escaping for the two places document text is written into: running Markdown and table cells.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace medmark::output {

// The tags that the structure room itself writes into text, for scripts that Unicode has no character for.
inline constexpr std::array<std::string_view, 4> kScriptTags = {"<sup>", "</sup>", "<sub>", "</sub>"};

// Length of a script tag that stands at `position`; 0 where none does.
[[nodiscard]] std::size_t script_tag_length(std::string_view text, std::size_t position);

// For HTML text: & < > " become entities; script tags stay; a line break becomes <br>.
[[nodiscard]] std::string escape_html(std::string_view text);

// For a cell of a pipe table: as running text, and | and < escaped, line breaks as <br>.
[[nodiscard]] std::string escape_pipe_cell(std::string_view text);

}  // namespace medmark::output
