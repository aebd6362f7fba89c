#include "clinical/testing_document.hpp"

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace medmark::clinical {
namespace {

using Json = nlohmann::ordered_json;
using document::Block;
using document::BlockType;

const std::map<std::string, BlockType, std::less<>> kTypes = {
    {"title", BlockType::kTitle},     {"paragraph", BlockType::kParagraph}, {"list_item", BlockType::kListItem},
    {"header", BlockType::kHeader},   {"footer", BlockType::kFooter},       {"figure", BlockType::kFigure},
    {"formula", BlockType::kFormula}, {"key_value", BlockType::kKeyValue},  {"table", BlockType::kTable},
    {"other", BlockType::kOther}};

class Builder {
 public:
  explicit Builder(const Json& json) : json_(json) {}

  document::Document build() {
    for (const Json& entry : json_.at("blocks")) add(entry);
    document_.source.page_count = page_ + 1;
    for (int page = 0; page <= page_; ++page) document_.pages.push_back({page, 595, 842, 0, 0, source_, {}, {}});
    return std::move(document_);
  }

 private:
  Block& add_block(BlockType type, const std::string& text) {
    Block& block = document_.blocks.emplace_back();
    block.id = "b" + std::to_string(document_.blocks.size() - 1);
    block.order = static_cast<int>(document_.blocks.size()) - 1;
    block.page = page_;
    block.type = type;
    block.source = source_;
    block.text = text;
    block.confidence = confidence_;
    block.bbox = {50, y_, 545, y_ + 12};
    if (!text.empty()) block.runs.push_back({0, text.size(), page_, block.bbox, confidence_, {}});
    y_ += 16;
    return block;
  }

  void add(const Json& entry) {
    if (entry.contains("page")) {
      page_ = entry.at("page").get<int>();
      y_ = 50;
    }
    confidence_ = entry.value("confidence", json_.value("confidence", 1.0));
    source_ = json_.value("source", "native") == "ocr" ? document::TextSource::kOcr : document::TextSource::kNative;
    const std::string type = entry.at("type").get<std::string>();
    if (type == "key_value") {
      for (const Json& pair : entry.at("pairs")) {
        const std::string key = pair[0].get<std::string>();
        Block& block = add_block(BlockType::kKeyValue, key + "：" + pair[1].get<std::string>());
        block.key_size = key.size();
        block.value_offset = key.size() + std::string("：").size();
      }
    } else if (type == "table") {
      add_table(entry.at("rows"));
    } else {
      Block& block = add_block(kTypes.at(type), entry.value("text", ""));
      if (type == "title") block.level = entry.value("level", 2);
    }
  }

  // A cell is a string or {"text", "columns", "rows"}.
  void add_table(const Json& rows) {
    Block& block = add_block(BlockType::kTable, "");
    document::Table table;
    table.row_count = static_cast<int>(rows.size());
    std::map<std::pair<int, int>, bool> covered;
    for (int row = 0; row < table.row_count; ++row) {
      int column = 0;
      for (const Json& entry : rows[static_cast<std::size_t>(row)]) {
        while (covered.contains({row, column})) ++column;
        document::TableCell cell;
        cell.row = row;
        cell.column = column;
        cell.text = entry.is_string() ? entry.get<std::string>() : entry.at("text").get<std::string>();
        cell.column_span = entry.is_string() ? 1 : entry.value("columns", 1);
        cell.row_span = entry.is_string() ? 1 : entry.value("rows", 1);
        cell.page = page_;
        cell.bbox = {50.0 + 60.0 * column, y_, 108.0 + 60.0 * column, y_ + 12};
        cell.confidence = entry.is_string() ? confidence_ : entry.value("confidence", confidence_);
        for (int r = row; r < row + cell.row_span; ++r) {
          for (int c = column; c < column + cell.column_span; ++c) covered[{r, c}] = true;
        }
        table.column_count = std::max(table.column_count, column + cell.column_span);
        table.cells.push_back(std::move(cell));
        ++column;
      }
      y_ += 14;
    }
    block.bbox.y1 = y_;
    block.table = std::move(table);
  }

  const Json& json_;
  document::Document document_;
  double y_ = 50;
  int page_ = 0;
  double confidence_ = 1;
  document::TextSource source_ = document::TextSource::kNative;
};

}  // namespace

document::Document read_test_document(const std::filesystem::path& file) {
  std::ifstream in(file);
  const Json json = Json::parse(in);
  return Builder(json).build();
}

}  // namespace medmark::clinical
