#include "server/form.hpp"

#include <utility>

#include "input/format.hpp"

namespace medmark::server {
namespace {

constexpr std::size_t kMaxFields = 64;
constexpr std::size_t kMaxFieldBytes = 8192;
constexpr std::size_t kHeadBytes = 1100;  // a PDF may begin 1,024 bytes behind rubbish

bool is_readable(const std::string& head) {
  const auto format = input::detect_format({reinterpret_cast<const std::uint8_t*>(head.data()), head.size()});
  return format != input::Format::kUnknown;
}

}  // namespace

FormReceiver::~FormReceiver() { discard(documents_, form_); }

base::Result<void> FormReceiver::begin_part(const PartHeader& header) {
  if (!header.file_name.has_value()) {
    if (form_.fields.size() >= kMaxFields) {
      return base::fail(base::ErrorCode::kInvalidParameter, "The form has too many fields.");
    }
    form_.fields.emplace_back(header.name, "");
    return {};
  }
  if (header.name != "file") {
    return base::fail(base::ErrorCode::kInvalidParameter, "Files belong into the form's field \"file\".");
  }
  if (form_.files.size() >= static_cast<std::size_t>(limits_.max_files)) {
    return base::fail(base::ErrorCode::kTooLarge, "The request has too many files.");
  }
  auto writer = documents_.begin_blob();
  if (!writer.has_value()) return tl::unexpected(writer.error());
  writer_ = std::move(*writer);
  file_bytes_ = 0;
  file_head_.clear();
  form_.files.push_back({*header.file_name, {}, {}});
  return {};
}

base::Result<void> FormReceiver::part_data(std::string_view bytes) {
  if (writer_ != nullptr) {
    file_bytes_ += bytes.size();
    if (file_bytes_ > limits_.max_file_bytes) {
      return base::fail(base::ErrorCode::kTooLarge, "The file is larger than this server accepts.");
    }
    file_head_ += bytes.substr(0, kHeadBytes - std::min(kHeadBytes, file_head_.size()));
    return writer_->write(std::as_bytes(std::span(bytes)));
  }
  std::string& value = form_.fields.back().second;
  if (value.size() + bytes.size() > kMaxFieldBytes) {
    return base::fail(base::ErrorCode::kInvalidParameter, "A field of the form is too long.");
  }
  value += bytes;
  return {};
}

base::Result<void> FormReceiver::end_part() {
  if (writer_ == nullptr) return {};
  const auto writer = std::exchange(writer_, nullptr);
  if (file_bytes_ == 0) return base::fail(base::ErrorCode::kInvalidParameter, "A file of the form is empty.");
  auto blob = writer->finish();
  if (!blob.has_value()) return tl::unexpected(blob.error());
  form_.files.back().blob = std::move(*blob);
  if (is_readable(file_head_)) ++form_.readable_files;
  return {};
}

ReceivedForm FormReceiver::take() { return std::exchange(form_, {}); }

void discard(store::Documents& documents, const ReceivedForm& form) {
  for (const store::SourceFile& file : form.files) {
    if (!file.blob.id.empty()) documents.discard_blob(file.blob.id);
  }
}

}  // namespace medmark::server
