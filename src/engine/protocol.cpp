#include "engine/protocol.hpp"

#include <string_view>

#include "decoder/message.hpp"

namespace medmark::engine {
namespace {

using decoder::MessageReader;
using decoder::MessageWriter;

using Option = std::pair<std::string, std::string>;

void put_options(MessageWriter& writer, const std::map<std::string, std::string>& options) {
  const std::vector<Option> list(options.begin(), options.end());
  writer.put_list(list, [](MessageWriter& item, const Option& option) {
    item.put(std::string_view(option.first));
    item.put(std::string_view(option.second));
  });
}

std::map<std::string, std::string> get_options(MessageReader& reader) {
  std::map<std::string, std::string> options;
  for (Option& option : reader.get_list<Option>([](MessageReader& item) {
         std::string name = item.get_string();
         return Option(std::move(name), item.get_string());
       })) {
    options.insert(std::move(option));
  }
  return options;
}

void put_places(MessageWriter& writer, const std::vector<base::Rect>& places) {
  writer.put_list(places, [](MessageWriter& item, const base::Rect& place) {
    for (const double side : {place.x0, place.y0, place.x1, place.y1}) item.put(side);
  });
}

std::vector<base::Rect> get_places(MessageReader& reader) {
  return reader.get_list<base::Rect>([](MessageReader& item) {
    base::Rect place;
    for (double* side : {&place.x0, &place.y0, &place.x1, &place.y1}) *side = item.get<double>();
    return place;
  });
}

void put_view(MessageWriter& writer, const PageView& view) {
  writer.put(view.page);
  writer.put(view.width);
  put_places(writer, view.covered);
  put_places(writer, view.crop.has_value() ? std::vector{*view.crop} : std::vector<base::Rect>());
}

PageView get_view(MessageReader& reader) {
  PageView view;
  view.page = reader.get<int>();
  view.width = reader.get<int>();
  view.covered = get_places(reader);
  if (const auto crop = get_places(reader); !crop.empty()) view.crop = crop.front();
  return view;
}

void put_error(MessageWriter& writer, const std::optional<base::Error>& error) {
  writer.put(static_cast<std::uint8_t>(error.has_value() ? 1 : 0));
  if (!error.has_value()) return;
  writer.put(error->code);
  writer.put(std::string_view(error->message));
}

std::optional<base::Error> get_error(MessageReader& reader) {
  if (!reader.get_bool()) return std::nullopt;
  const auto code = reader.get_enum(base::ErrorCode::kInternal);
  return base::Error{code, reader.get_string()};
}

}  // namespace

std::vector<std::uint8_t> encode_request(const Request& request) {
  MessageWriter writer;
  writer.put(request.kind);
  writer.put(request.job);
  writer.put(std::string_view(request.share_directory));
  writer.put(std::string_view(request.device));
  writer.put(request.threads);
  writer.put(request.max_memory_bytes);
  writer.put(request.warm_up);
  writer.put(std::string_view(request.file_name));
  writer.put(std::string_view(request.password));
  put_options(writer, request.options);
  writer.put(std::string_view(request.asset_prefix));
  put_options(writer, request.words);
  writer.put(request.max_pages);
  put_view(writer, request.view);
  return writer.bytes();
}

std::optional<Request> decode_request(std::span<const std::uint8_t> bytes) {
  MessageReader reader(bytes);
  Request request;
  request.kind = reader.get_enum(RequestKind::kCancel);
  request.job = reader.get<std::uint64_t>();
  request.share_directory = reader.get_string();
  request.device = reader.get_string();
  request.threads = reader.get<int>();
  request.max_memory_bytes = reader.get<std::uint64_t>();
  request.warm_up = reader.get_enum(WarmUp::kNone);
  request.file_name = reader.get_string();
  request.password = reader.get_string();
  request.options = get_options(reader);
  request.asset_prefix = reader.get_string();
  request.words = get_options(reader);
  request.max_pages = reader.get<int>();
  request.view = get_view(reader);
  if (!reader.is_complete()) return std::nullopt;
  return request;
}

std::vector<std::uint8_t> encode_reply(const Reply& reply) {
  MessageWriter writer;
  writer.put(reply.kind);
  writer.put(reply.job);
  writer.put(reply.threads);
  writer.put(std::string_view(reply.device_note));
  writer.put(reply.progress.pages_done);
  writer.put(reply.progress.pages);
  put_error(writer, reply.error);
  return writer.bytes();
}

std::optional<Reply> decode_reply(std::span<const std::uint8_t> bytes) {
  MessageReader reader(bytes);
  Reply reply;
  reply.kind = reader.get_enum(ReplyKind::kError);
  reply.job = reader.get<std::uint64_t>();
  reply.threads = reader.get<int>();
  reply.device_note = reader.get_string();
  reply.progress.pages_done = reader.get<int>();
  reply.progress.pages = reader.get<int>();
  reply.error = get_error(reader);
  if (!reader.is_complete()) return std::nullopt;
  return reply;
}

}  // namespace medmark::engine
