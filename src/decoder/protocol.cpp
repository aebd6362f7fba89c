#include "decoder/protocol.hpp"

#include <cmath>

#include "decoder/message.hpp"

namespace medmark::decoder {
namespace {

using base::ErrorCode;
using base::Point;
using base::Rect;
using document::Character;
using document::OutlineEntry;
using document::RulingLine;
using document::TextLine;

base::Error broken_reply() { return {ErrorCode::kWorkerCrashed, "The decoder process gave a broken answer."}; }

void put_point(MessageWriter& out, const Point& p) {
  out.put(p.x);
  out.put(p.y);
}
Point get_point(MessageReader& in) {
  const double x = in.get<double>();
  const double y = in.get<double>();
  return {x, y};
}

void put_error(MessageWriter& out, const base::Error& error) {
  out.put(error.code);
  out.put(std::string_view(error.message));
}
base::Error get_error(MessageReader& in) {
  const ErrorCode code = in.get_enum(ErrorCode::kInternal);
  return {code, in.get_string()};
}

void put_character(MessageWriter& out, const Character& c) {
  out.put(c.code);
  put_rect(out, c.bbox);
  out.put(c.confidence);
  out.put(c.font_size);
  out.put(c.is_bold);
}
Character get_character(MessageReader& in) {
  Character c;
  c.code = in.get<char32_t>();
  c.bbox = get_rect(in);
  c.confidence = in.get<double>();
  c.font_size = in.get<double>();
  c.is_bold = in.get_bool();
  return c;
}

void put_line(MessageWriter& out, const TextLine& line) {
  out.put_list(line.characters, put_character);
  put_rect(out, line.bbox);
  for (const Point& corner : line.quad) put_point(out, corner);
  out.put(line.confidence);
  out.put(line.font_size);
  out.put(line.is_bold);
  out.put(line.is_vertical);
  out.put(line.source);
  out.put(line.hint);
}
TextLine get_line(MessageReader& in) {
  TextLine line;
  line.characters = in.get_list<Character>(get_character);
  line.bbox = get_rect(in);
  for (Point& corner : line.quad) corner = get_point(in);
  line.confidence = in.get<double>();
  line.font_size = in.get<double>();
  line.is_bold = in.get_bool();
  line.is_vertical = in.get_bool();
  line.source = in.get_enum(document::TextSource::kOffice);
  line.hint = in.get_enum(document::BlockType::kOther);
  return line;
}

void put_ruling(MessageWriter& out, const RulingLine& ruling) {
  put_point(out, ruling.a);
  put_point(out, ruling.b);
  out.put(ruling.width);
}
RulingLine get_ruling(MessageReader& in) {
  const Point a = get_point(in);
  const Point b = get_point(in);
  return {a, b, in.get<double>()};
}

void put_outline_entry(MessageWriter& out, const OutlineEntry& entry) {
  out.put(std::string_view(entry.title));
  out.put(entry.page);
  out.put(entry.level);
}
OutlineEntry get_outline_entry(MessageReader& in) {
  OutlineEntry entry;
  entry.title = in.get_string();
  entry.page = in.get<int>();
  entry.level = in.get<int>();
  return entry;
}

}  // namespace

std::vector<std::uint8_t> encode_error(const base::Error& error) {
  MessageWriter out;
  put_error(out, error);
  return out.bytes();
}

base::Error decode_error(std::span<const std::uint8_t> bytes) {
  MessageReader in(bytes);
  base::Error error = get_error(in);
  return in.is_complete() ? error : broken_reply();
}

std::vector<std::uint8_t> encode_document(const DocumentInfo& document) {
  MessageWriter out;
  out.put(std::string_view(document.media_type));
  out.put(document.page_count);
  out.put_list(document.outline, put_outline_entry);
  out.put(document.is_office);
  return out.bytes();
}

base::Result<DocumentInfo> decode_document(std::span<const std::uint8_t> bytes) {
  MessageReader in(bytes);
  DocumentInfo document;
  document.media_type = in.get_string();
  document.page_count = in.get<int>();
  document.outline = in.get_list<OutlineEntry>(get_outline_entry);
  document.is_office = in.get_bool();
  if (!in.is_complete() || document.page_count < 1) return tl::unexpected(broken_reply());
  return document;
}

std::vector<std::uint8_t> encode_page(const input::NativePage& page) {
  MessageWriter out;
  out.put(page.index);
  out.put(page.width);
  out.put(page.height);
  out.put(page.kind);
  out.put(page.source_dpi);
  out.put_list(page.lines, put_line);
  out.put_list(page.rulings, put_ruling);
  out.put_list(page.pictures, put_rect);
  out.put_list(page.recognise, put_rect);
  out.put_list(page.errors, put_error);
  return out.bytes();
}

base::Result<input::NativePage> decode_page(std::span<const std::uint8_t> bytes) {
  MessageReader in(bytes);
  input::NativePage page;
  page.index = in.get<int>();
  page.width = in.get<double>();
  page.height = in.get<double>();
  page.kind = in.get_enum(input::PageKind::kMixed);
  page.source_dpi = in.get<double>();
  page.lines = in.get_list<TextLine>(get_line);
  page.rulings = in.get_list<RulingLine>(get_ruling);
  page.pictures = in.get_list<Rect>(get_rect);
  page.recognise = in.get_list<Rect>(get_rect);
  page.errors = in.get_list<base::Error>(get_error);
  if (!in.is_complete() || !(page.width > 0) || !(page.height > 0) || !std::isfinite(page.width + page.height)) {
    return tl::unexpected(broken_reply());
  }
  return page;
}

}  // namespace medmark::decoder
