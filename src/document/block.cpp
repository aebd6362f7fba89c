#include "document/block.hpp"

namespace medmark::document {

std::string_view block_type_name(BlockType type) {
  switch (type) {
    case BlockType::kTitle:
      return "title";
    case BlockType::kParagraph:
      return "paragraph";
    case BlockType::kListItem:
      return "list_item";
    case BlockType::kKeyValue:
      return "key_value";
    case BlockType::kTable:
      return "table";
    case BlockType::kTableCaption:
      return "table_caption";
    case BlockType::kFigure:
      return "figure";
    case BlockType::kFigureCaption:
      return "figure_caption";
    case BlockType::kFormula:
      return "formula";
    case BlockType::kHeader:
      return "header";
    case BlockType::kFooter:
      return "footer";
    case BlockType::kPageNumber:
      return "page_number";
    case BlockType::kSeal:
      return "seal";
    case BlockType::kWatermark:
      return "watermark";
    case BlockType::kHandwriting:
      return "handwriting";
    case BlockType::kOther:
      return "other";
  }
  return "other";
}

bool is_recognised(TextSource source) { return source == TextSource::kOcr || source == TextSource::kMixed; }

bool is_furniture(BlockType type) {
  return type == BlockType::kHeader || type == BlockType::kFooter || type == BlockType::kPageNumber ||
         type == BlockType::kSeal || type == BlockType::kWatermark;
}

std::string_view text_source_name(TextSource source) {
  switch (source) {
    case TextSource::kNative:
      return "native";
    case TextSource::kOcr:
      return "ocr";
    case TextSource::kMixed:
      return "mixed";
    case TextSource::kOffice:
      return "office";
  }
  return "native";
}

}  // namespace medmark::document
