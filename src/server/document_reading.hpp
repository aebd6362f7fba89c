// Back from the contract's JSON to the document model, as far as the Markdown needs it: blocks, tables, captions. Pure
// functions.
#pragma once

#include <optional>
#include <string>

#include "document/document.hpp"
#include "server/message.hpp"

namespace medmark::server {

[[nodiscard]] std::optional<document::BlockType> block_type_of(const std::string& name);

// One block for each entry of `blocks`, in their order. Members that are missing keep their defaults.
[[nodiscard]] document::Document read_blocks(const Json& document);

}  // namespace medmark::server
