#include "server/multipart.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::size_t kMaxHeaderBytes = 8192;
constexpr std::size_t kMaxBoundaryBytes = 70;  // RFC 2046
constexpr std::size_t kMaxFileNameBytes = 255;

tl::unexpected<base::Error> malformed(const char* sentence) {
  return base::fail(ErrorCode::kInvalidParameter, sentence);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Takes `name=value` or `name="va\"lue"` from the front of the parameters of a header; false at their end.
bool next_parameter(std::string_view& rest, std::string& name, std::string& value) {
  while (!rest.empty() && (rest.front() == ';' || rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos) return false;
  name.clear();
  for (const char c : without_blanks(rest.substr(0, equals))) name += lower(c);
  rest.remove_prefix(equals + 1);
  value.clear();
  if (rest.empty() || rest.front() != '"') {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    value = without_blanks(rest.substr(0, end));
    rest.remove_prefix(end);
    return true;
  }
  rest.remove_prefix(1);
  while (!rest.empty() && rest.front() != '"') {
    // Some browsers escape a quote with a backslash; folders of old ones end in one, which escapes nothing.
    if (rest.front() == '\\' && rest.size() > 1 && rest[1] == '"') rest.remove_prefix(1);
    value += rest.front();
    rest.remove_prefix(1);
  }
  if (!rest.empty()) rest.remove_prefix(1);
  return true;
}

// RFC 8187: UTF-8''percent-encoded; empty where it is anything else.
std::string decoded_extended_value(std::string_view value) {
  if (!starts_with_ignoring_case(value, "utf-8'")) return {};
  const std::size_t quote = value.find('\'', 6);
  if (quote == std::string_view::npos) return {};
  std::string decoded;
  for (std::size_t i = quote + 1; i < value.size(); ++i) {
    const int high = value[i] == '%' && i + 2 < value.size() ? base::hexadecimal_digit(value[i + 1]) : -1;
    const int low = high >= 0 ? base::hexadecimal_digit(value[i + 2]) : -1;
    if (low >= 0) {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += value[i];
    }
  }
  return decoded;
}

// A name to show, never a path.
std::string plain_file_name(std::string_view given) {
  const std::size_t folder = given.find_last_of("/\\");
  if (folder != std::string_view::npos) given.remove_prefix(folder + 1);
  std::u32string name;
  std::size_t bytes = 0;
  for (const char32_t c : base::decode_utf8(given)) {
    if (c < 0x20 || c == 0x7F) continue;
    std::string encoded;
    base::append_utf8(encoded, c);
    bytes += encoded.size();
    if (bytes > kMaxFileNameBytes) break;
    name += c;
  }
  const std::string text = base::encode_utf8(name);
  return text.empty() || text == "." || text == ".." ? "file" : text;
}

void read_disposition(std::string_view value, PartHeader& header) {
  value.remove_prefix(std::min(value.find(';'), value.size()));
  std::string parameter;
  std::string text;
  std::string extended;
  while (next_parameter(value, parameter, text)) {
    if (parameter == "name") header.name = text;
    if (parameter == "filename") header.file_name = plain_file_name(text);
    if (parameter == "filename*") extended = decoded_extended_value(text);
  }
  if (!extended.empty()) header.file_name = plain_file_name(extended);
}

Result<PartHeader> parse_headers(std::string_view block) {
  PartHeader header;
  while (!block.empty()) {
    const std::size_t end = std::min(block.find("\r\n"), block.size());
    const std::string_view line = block.substr(0, end);
    constexpr std::string_view kDisposition = "content-disposition:";
    if (starts_with_ignoring_case(line, kDisposition)) read_disposition(line.substr(kDisposition.size()), header);
    block.remove_prefix(std::min(end + 2, block.size()));
  }
  if (header.name.empty()) return malformed("A part of the form has no name.");
  return header;
}

}  // namespace

Result<std::string> multipart_boundary(std::string_view content_type) {
  constexpr std::string_view kType = "multipart/form-data";
  if (starts_with_ignoring_case(without_blanks(content_type), kType)) {
    content_type.remove_prefix(std::min(content_type.find(';'), content_type.size()));
    std::string name;
    std::string value;
    while (next_parameter(content_type, name, value)) {
      if (name == "boundary" && !value.empty() && value.size() <= kMaxBoundaryBytes) return value;
    }
  }
  return malformed("The body must be multipart/form-data with a boundary.");
}

MultipartReader::MultipartReader(std::string_view boundary, MultipartSink& sink)
    : delimiter_("\r\n--" + std::string(boundary)), sink_(sink), pending_("\r\n") {}

Result<void> MultipartReader::feed(std::string_view bytes) {
  pending_ += bytes;
  while (true) {
    const auto went_on = step();
    if (!went_on.has_value()) return tl::unexpected(went_on.error());
    if (!*went_on) return {};
  }
}

Result<void> MultipartReader::finish() const {
  if (state_ != State::kEnd) return malformed("The form ends too early.");
  return {};
}

Result<bool> MultipartReader::step() {
  switch (state_) {
    case State::kPreamble:
      return skip_preamble();
    case State::kAfterDelimiter:
      return read_after_delimiter();
    case State::kHeaders:
      return read_headers();
    case State::kData:
      return read_data();
    case State::kEnd:
      pending_.clear();
      return false;
  }
  return false;
}

bool MultipartReader::skip_preamble() {
  const std::size_t found = pending_.find(delimiter_);
  if (found == std::string::npos) {
    if (pending_.size() >= delimiter_.size()) pending_.erase(0, pending_.size() - delimiter_.size() + 1);
    return false;
  }
  pending_.erase(0, found + delimiter_.size());
  state_ = State::kAfterDelimiter;
  return true;
}

Result<bool> MultipartReader::read_after_delimiter() {
  const std::size_t blanks = std::min(pending_.find_first_not_of(" \t"), pending_.size());
  if (blanks > kMaxHeaderBytes) return malformed("A delimiter of the form is malformed.");
  if (pending_.size() < blanks + 2) return false;
  const std::string_view end = std::string_view(pending_).substr(blanks, 2);
  if (end == "--") {
    state_ = State::kEnd;
  } else if (end == "\r\n") {
    // The line break stays, so that a part without any header ends in two of them as others do.
    pending_.erase(0, blanks);
    state_ = State::kHeaders;
  } else {
    return malformed("A delimiter of the form is malformed.");
  }
  return true;
}

Result<bool> MultipartReader::read_headers() {
  const std::size_t end = pending_.find("\r\n\r\n");
  if (end > kMaxHeaderBytes && pending_.size() > kMaxHeaderBytes) {
    return malformed("A part of the form has too long a header.");
  }
  if (end == std::string::npos) return false;
  const auto header = parse_headers(std::string_view(pending_).substr(2, end < 2 ? 0 : end - 2));
  if (!header.has_value()) return tl::unexpected(header.error());
  pending_.erase(0, end + 4);
  if (auto begun = sink_.begin_part(*header); !begun.has_value()) return tl::unexpected(begun.error());
  state_ = State::kData;
  return true;
}

Result<bool> MultipartReader::read_data() {
  const std::size_t found = pending_.find(delimiter_);
  if (found != std::string::npos) {
    if (found > 0) {
      auto taken = sink_.part_data(std::string_view(pending_).substr(0, found));
      if (!taken.has_value()) return tl::unexpected(taken.error());
    }
    pending_.erase(0, found + delimiter_.size());
    if (auto ended = sink_.end_part(); !ended.has_value()) return tl::unexpected(ended.error());
    state_ = State::kAfterDelimiter;
    return true;
  }
  // What may be the beginning of a delimiter waits for the bytes that follow.
  if (pending_.size() < delimiter_.size()) return false;
  const std::size_t settled = pending_.size() - delimiter_.size() + 1;
  auto taken = sink_.part_data(std::string_view(pending_).substr(0, settled));
  if (!taken.has_value()) return tl::unexpected(taken.error());
  pending_.erase(0, settled);
  return false;
}

}  // namespace medmark::server
