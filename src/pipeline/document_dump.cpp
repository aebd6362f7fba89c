#include "pipeline/document_dump.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

namespace nlohmann {

// What is empty is null.
template <typename Value>
struct adl_serializer<std::optional<Value>> {
  static void to_json(json& out, const std::optional<Value>& value) {
    if (value.has_value()) out = *value;
  }
  static void from_json(const json& in, std::optional<Value>& value) {
    if (!in.is_null()) value = in.get<Value>();
  }
};

// By their names; a name that there is not throws.
template <>
struct adl_serializer<medmark::document::BlockType> {
  static void to_json(json& out, medmark::document::BlockType type) { out = medmark::document::block_type_name(type); }
  static void from_json(const json& in, medmark::document::BlockType& type) {
    constexpr int kLast = static_cast<int>(medmark::document::BlockType::kOther);
    for (int value = 0; value <= kLast; ++value) {
      type = static_cast<medmark::document::BlockType>(value);
      if (medmark::document::block_type_name(type) == in.get<std::string_view>()) return;
    }
    throw std::invalid_argument("unknown type of block");
  }
};

template <>
struct adl_serializer<medmark::document::TextSource> {
  static void to_json(json& out, medmark::document::TextSource source) {
    out = medmark::document::text_source_name(source);
  }
  static void from_json(const json& in, medmark::document::TextSource& source) {
    constexpr int kLast = static_cast<int>(medmark::document::TextSource::kOffice);
    for (int value = 0; value <= kLast; ++value) {
      source = static_cast<medmark::document::TextSource>(value);
      if (medmark::document::text_source_name(source) == in.get<std::string_view>()) return;
    }
    throw std::invalid_argument("unknown source of text");
  }
};

}  // namespace nlohmann

// The fields that are kept, type by type.
namespace medmark::base {
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Rect, x0, y0, x1, y1)
}  // namespace medmark::base

namespace medmark::document {
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TextRun, begin, end, page, bbox, confidence, character_edges, character_confidences)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TableCell, row, column, row_span, column_span, text, page, bbox, confidence,
                                   is_header, needs_review, runs)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TablePart, page, bbox)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Table, row_count, column_count, cells, parts)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Block, id, page, order, type, level, bbox, text, key_size, value_offset, runs, table,
                                   latex, image_name, caption, caption_of, confidence, source, needs_review, is_bold)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Page, index, width, height, rotation, skew_deg, source)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SourceFile, file_name, sha256, media_type, page_count)
}  // namespace medmark::document

namespace medmark::pipeline {
namespace {

using Json = nlohmann::json;

constexpr int kDumpVersion = 1;

}  // namespace

std::string dump_document(const document::Document& document) {
  const Json json = {{"dump_version", kDumpVersion},
                     {"source", document.source},
                     {"pages", document.pages},
                     {"blocks", document.blocks}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

base::Result<document::Document> read_document_dump(std::string_view dump) {
  const auto refused = base::fail(base::ErrorCode::kCorruptDocument, "The dump is not one of this version.");
  try {
    const Json json = Json::parse(dump);
    if (json.at("dump_version") != kDumpVersion) return refused;
    document::Document document;
    json.at("source").get_to(document.source);
    json.at("pages").get_to(document.pages);
    json.at("blocks").get_to(document.blocks);
    return document;
  } catch (const Json::exception&) {
    return refused;
  } catch (const std::invalid_argument&) {
    return refused;
  }
}

}  // namespace medmark::pipeline
