#include "engine/result_memory.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <optional>
#include <string_view>

#include "decoder/message.hpp"

namespace medmark::engine {
namespace {

using base::ErrorCode;
using decoder::Descriptor;
using decoder::MessageReader;
using decoder::MessageWriter;

using Bytes = std::span<const std::uint8_t>;

Bytes as_bytes(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

bool write_whole(int descriptor, Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

Descriptor write_memory(const MessageWriter& head, const std::vector<Bytes>& pieces) {
  Descriptor memory(::memfd_create("medmark-result", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  const std::uint64_t head_size = head.bytes().size();
  bool is_written =
      memory && write_whole(memory.get(), decoder::bytes_of(head_size)) && write_whole(memory.get(), head.bytes());
  for (const Bytes piece : pieces) is_written = is_written && write_whole(memory.get(), piece);
  if (!is_written || ::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
    return {};
  return memory;
}

// The head and what follows it; empty where the sizes are none.
std::optional<std::pair<Bytes, Bytes>> split(Bytes bytes) {
  std::uint64_t head_size = 0;
  if (bytes.size() < sizeof head_size) return std::nullopt;
  std::memcpy(&head_size, bytes.data(), sizeof head_size);
  bytes = bytes.subspan(sizeof head_size);
  if (head_size > bytes.size()) return std::nullopt;
  return std::pair{bytes.first(head_size), bytes.subspan(head_size)};
}

tl::unexpected<base::Error> broken() {
  return base::fail(ErrorCode::kWorkerCrashed, "The engine process gave a broken answer.");
}

// Takes pieces off the bytes behind the head, in the order of their sizes.
class Pieces {
 public:
  explicit Pieces(Bytes bytes) : bytes_(bytes) {}
  Bytes take(std::uint64_t size) {
    if (size > bytes_.size()) {
      is_sound_ = false;
      return {};
    }
    const Bytes piece = bytes_.first(size);
    bytes_ = bytes_.subspan(size);
    return piece;
  }
  [[nodiscard]] bool is_complete() const { return is_sound_ && bytes_.empty(); }

 private:
  Bytes bytes_;
  bool is_sound_ = true;
};

std::vector<PageError> errors_of(const document::Document& document) {
  std::vector<PageError> errors;
  for (const document::Page& page : document.pages) {
    for (const base::Error& error : page.errors) errors.push_back({page.index, error});
  }
  return errors;
}

std::vector<std::pair<std::string, double>> stages_of(const document::Document& document) {
  std::map<std::string, double> stages;
  for (const document::Page& page : document.pages) {
    for (const auto& [stage, milliseconds] : page.timings_ms) stages[stage] += milliseconds;
  }
  return {stages.begin(), stages.end()};
}

int pages_with_errors(const document::Document& document) {
  int count = 0;
  for (const document::Page& page : document.pages) count += page.errors.empty() ? 0 : 1;
  return count;
}

}  // namespace

MappedMemory::MappedMemory(int descriptor) {
  struct stat status {};
  const int seals = ::fcntl(descriptor, F_GET_SEALS);
  constexpr int kNeeded = F_SEAL_SHRINK | F_SEAL_WRITE;
  if (seals < 0 || (seals & kNeeded) != kNeeded || ::fstat(descriptor, &status) != 0 || status.st_size <= 0) return;
  const auto size = static_cast<std::size_t>(status.st_size);
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
  if (address != MAP_FAILED) bytes_ = {static_cast<const std::uint8_t*>(address), size};
}

MappedMemory::~MappedMemory() {
  if (!bytes_.empty()) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

Descriptor write_document(const document::Document& document, const std::string& json) {
  MessageWriter head;
  head.put(std::uint64_t{json.size()});
  head.put(std::uint64_t{document.content.size()});
  head.put(std::string_view(document.source.sha256));
  head.put(std::string_view(document.source.media_type));
  head.put(static_cast<std::int32_t>(document.pages.size()));
  head.put(static_cast<std::int32_t>(pages_with_errors(document)));
  head.put_list(document.assets, [](MessageWriter& writer, const document::Asset& asset) {
    writer.put(std::string_view(asset.name));
    writer.put(std::uint64_t{asset.bytes.size()});
  });
  head.put_list(errors_of(document), [](MessageWriter& writer, const PageError& page_error) {
    writer.put(static_cast<std::int32_t>(page_error.page));
    writer.put(page_error.error.code);
    writer.put(std::string_view(page_error.error.message));
  });
  head.put_list(stages_of(document), [](MessageWriter& writer, const std::pair<std::string, double>& stage) {
    writer.put(std::string_view(stage.first));
    writer.put(stage.second);
  });
  std::vector<Bytes> pieces = {as_bytes(json), as_bytes(document.content)};
  for (const document::Asset& asset : document.assets) pieces.emplace_back(asset.bytes);
  return write_memory(head, pieces);
}

base::Result<Parsed> read_document(const Descriptor& memory) {
  struct NamedSize {
    std::string name;
    std::uint64_t size = 0;
  };
  Parsed parsed;
  parsed.memory = MappedMemory(memory.get());
  const auto parts = split(parsed.memory.bytes());
  if (!parts.has_value()) return broken();
  MessageReader head(parts->first);
  Pieces pieces(parts->second);
  const auto text = [&](std::uint64_t size) {
    const Bytes piece = pieces.take(size);
    return std::string_view(reinterpret_cast<const char*>(piece.data()), piece.size());
  };
  parsed.document_json = text(head.get<std::uint64_t>());
  parsed.markdown = text(head.get<std::uint64_t>());
  parsed.sha256 = head.get_string();
  parsed.media_type = head.get_string();
  parsed.pages = head.get<std::int32_t>();
  parsed.pages_with_errors = head.get<std::int32_t>();
  for (NamedSize& asset : head.get_list<NamedSize>([](MessageReader& reader) {
         std::string name = reader.get_string();
         return NamedSize{std::move(name), reader.get<std::uint64_t>()};
       })) {
    parsed.assets.push_back({std::move(asset.name), pieces.take(asset.size)});
  }
  parsed.page_errors = head.get_list<PageError>([](MessageReader& reader) {
    PageError page_error;
    page_error.page = reader.get<std::int32_t>();
    page_error.error.code = reader.get_enum(ErrorCode::kInternal);
    page_error.error.message = reader.get_string();
    return page_error;
  });
  for (auto& [stage, milliseconds] : head.get_list<std::pair<std::string, double>>([](MessageReader& reader) {
         std::string name = reader.get_string();
         return std::pair<std::string, double>{std::move(name), reader.get<double>()};
       })) {
    parsed.stage_milliseconds[stage] += milliseconds;
  }
  if (!head.is_complete() || !pieces.is_complete()) return broken();
  return parsed;
}

Descriptor write_picture(const PagePicture& picture) {
  MessageWriter head;
  head.put(std::string_view(picture.media_type));
  head.put(picture.width);
  head.put(picture.height);
  return write_memory(head, {picture.bytes});
}

base::Result<PagePicture> read_picture(const Descriptor& memory) {
  const MappedMemory mapped(memory.get());
  const auto parts = split(mapped.bytes());
  if (!parts.has_value()) return broken();
  MessageReader head(parts->first);
  PagePicture picture;
  picture.media_type = head.get_string();
  picture.width = head.get<int>();
  picture.height = head.get<int>();
  picture.bytes.assign(parts->second.begin(), parts->second.end());
  if (!head.is_complete()) return broken();
  return picture;
}

Descriptor write_inspection(const Inspection& inspection) {
  MessageWriter head;
  head.put(std::string_view(inspection.media_type));
  head.put(inspection.page_count);
  head.put_list(inspection.pages, [](MessageWriter& writer, const PageInspection& page) {
    writer.put(page.width);
    writer.put(page.height);
    writer.put(static_cast<std::uint8_t>(page.is_scanned ? 1 : 0));
    writer.put(std::string_view(page.warning));
  });
  return write_memory(head, {});
}

base::Result<Inspection> read_inspection(const Descriptor& memory) {
  const MappedMemory mapped(memory.get());
  const auto parts = split(mapped.bytes());
  if (!parts.has_value()) return broken();
  MessageReader head(parts->first);
  Inspection inspection;
  inspection.media_type = head.get_string();
  inspection.page_count = head.get<int>();
  inspection.pages = head.get_list<PageInspection>([](MessageReader& reader) {
    PageInspection page;
    page.width = reader.get<double>();
    page.height = reader.get<double>();
    page.is_scanned = reader.get_bool();
    page.warning = reader.get_string();
    return page;
  });
  if (!head.is_complete()) return broken();
  return inspection;
}

}  // namespace medmark::engine
