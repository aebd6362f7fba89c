#include "server/message.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <ctime>

#include "base/text.hpp"
#include "store/files.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;

bool same_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace

std::string Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (same_ignoring_case(key, name)) return value;
  }
  return {};
}

std::optional<std::string> Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

OpenFile::~OpenFile() { ::close(descriptor_); }

base::Result<std::shared_ptr<OpenFile>> OpenFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return tl::unexpected(store::storage_error(errno));
  struct stat information {};
  if (::fstat(descriptor, &information) != 0 || !S_ISREG(information.st_mode)) {
    ::close(descriptor);
    return base::fail(ErrorCode::kNotFound, "The file is not there.");
  }
  return std::make_shared<OpenFile>(descriptor, static_cast<std::uint64_t>(information.st_size));
}

base::Result<std::size_t> OpenFile::read(std::uint64_t offset, char* bytes, std::size_t size) const {
  while (true) {
    const ssize_t got = ::pread(descriptor_, bytes, size, static_cast<off_t>(offset));
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return tl::unexpected(store::storage_error(errno));
  }
}

std::uint64_t Response::body_size() const {
  std::uint64_t size = 0;
  for (const BodyPiece& piece : body) {
    const auto* text = std::get_if<std::string>(&piece);
    size += text != nullptr ? text->size() : std::get<std::shared_ptr<OpenFile>>(piece)->size();
  }
  return size;
}

Response json_response(const Json& json, int status) {
  Response response;
  response.status = status;
  response.body.emplace_back(dump(json) + "\n");
  return response;
}

Response empty_response(int status) {
  Response response;
  response.status = status;
  response.content_type.clear();
  return response;
}

Response error_response(const base::Error& error, const std::string& request_id) {
  constexpr const char* kRetryAfterSeconds = "5";
  Response response = json_response(
      {{"error",
        {{"code", base::error_code_name(error.code)}, {"message", error.message}, {"request_id", request_id}}}},
      http_status(error.code));
  if (response.status == 429 || response.status == 503)
    response.headers.emplace_back("Retry-After", kRetryAfterSeconds);
  response.error_code = base::error_code_name(error.code);
  return response;
}

int http_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidParameter:
      return 400;
    case ErrorCode::kUnauthorized:
      return 401;
    case ErrorCode::kForbidden:
      return 403;
    case ErrorCode::kNotFound:
      return 404;
    case ErrorCode::kConflict:
    case ErrorCode::kCanceled:
      return 409;
    case ErrorCode::kTooLarge:
    case ErrorCode::kTooManyPages:
      return 413;
    case ErrorCode::kUnsupportedFormat:
      return 415;
    case ErrorCode::kCorruptDocument:
    case ErrorCode::kPasswordRequired:
    case ErrorCode::kWrongPassword:
      return 422;
    case ErrorCode::kBusy:
      return 429;
    case ErrorCode::kTimeout:
    case ErrorCode::kDeviceUnavailable:
      return 503;
    case ErrorCode::kStorageFull:
      return 507;
    case ErrorCode::kWorkerCrashed:
    case ErrorCode::kModelMissing:
    case ErrorCode::kModelCorrupt:
    case ErrorCode::kInternal:
      return 500;
  }
  return 500;
}

std::string percent_decoded(std::string_view text, bool plus_is_space) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = base::hexadecimal_digit(text[i + 1]);
      const int low = base::hexadecimal_digit(text[i + 2]);
      if (high >= 0 && low >= 0) {
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
  }
  return decoded;
}

Parameters parse_query(std::string_view query) {
  Parameters parameters;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (!pair.empty()) {
      parameters.emplace_back(percent_decoded(pair.substr(0, equals), true),
                              percent_decoded(pair.substr(std::min(equals + 1, pair.size())), true));
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return parameters;
}

std::string attachment(std::string_view file_name) {
  std::string plain;
  std::string encoded;
  for (const char c : file_name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_safe = std::isalnum(byte) != 0 || c == '.' || c == '-' || c == '_';
    if (byte < 0x80) plain += is_safe ? c : '_';
    encoded += is_safe ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

Json iso_time(store::TimeMs time) {
  if (time == 0) return nullptr;
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(static_cast<std::time_t>(time / 1000)), time % 1000);
}

std::optional<store::TimeMs> parse_iso_time(const std::string& text) {
  std::tm time{};
  const char* end = ::strptime(text.c_str(), "%Y-%m-%d", &time);
  if (end == nullptr) return std::nullopt;
  if (*end != '\0') {
    end = ::strptime(end, "T%H:%M:%S", &time);
    if (end == nullptr) return std::nullopt;
    if (*end == '.') {
      ++end;
      while (*end >= '0' && *end <= '9') ++end;
    }
    if (*end == 'Z') ++end;
    if (*end != '\0') return std::nullopt;
  }
  return store::TimeMs{::timegm(&time)} * 1000;
}

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace medmark::server
