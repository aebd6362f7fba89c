#include "server/document_reading.hpp"

#include <algorithm>

namespace medmark::server {
namespace {

std::string text_at(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

int number_at(const Json& object, const char* name, int fallback) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number_integer() ? found->get<int>() : fallback;
}

document::Table read_table(const Json& cells) {
  document::Table table;
  for (const Json& entry : cells) {
    document::TableCell cell;
    cell.row = number_at(entry, "row", 0);
    cell.column = number_at(entry, "column", 0);
    cell.row_span = number_at(entry, "row_span", 1);
    cell.column_span = number_at(entry, "column_span", 1);
    cell.text = text_at(entry, "text");
    table.row_count = std::max(table.row_count, cell.row + cell.row_span);
    table.column_count = std::max(table.column_count, cell.column + cell.column_span);
    table.cells.push_back(std::move(cell));
  }
  return table;
}

document::Block read_block(const Json& entry) {
  document::Block block;
  block.id = text_at(entry, "id");
  block.type = block_type_of(text_at(entry, "type")).value_or(document::BlockType::kOther);
  if (const int level = number_at(entry, "level", 0); level > 0) block.level = level;
  block.text = text_at(entry, "text");
  block.latex = text_at(entry, "latex");
  block.image_name = text_at(entry, "image");
  block.caption = text_at(entry, "caption");
  block.caption_of = text_at(entry, "caption_of");
  if (entry.contains("cells")) block.table = read_table(entry["cells"]);
  return block;
}

}  // namespace

std::optional<document::BlockType> block_type_of(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(document::BlockType::kOther); ++i) {
    const auto type = static_cast<document::BlockType>(i);
    if (document::block_type_name(type) == name) return type;
  }
  return std::nullopt;
}

document::Document read_blocks(const Json& document) {
  document::Document read;
  const auto blocks = document.find("blocks");
  if (blocks == document.end()) return read;
  for (const Json& entry : *blocks) read.blocks.push_back(read_block(entry));
  return read;
}

}  // namespace medmark::server
