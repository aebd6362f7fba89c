// The one vocabulary of failure: an enum with stable names, shared by the command line, the document JSON and REST.
//
// Failures are values (`Result<T>`), carried up unchanged. Exceptions are left for what ends the work (out of memory).
// Thread-safe: everything here is a value or a pure function.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace medmark::base {

// The codes of the public contract. Their names never change; new ones may be added.
enum class ErrorCode {
  kUnsupportedFormat,
  kPasswordRequired,
  kWrongPassword,
  kCorruptDocument,
  kTooLarge,
  kTooManyPages,
  kTimeout,
  kWorkerCrashed,
  kCanceled,
  kModelMissing,
  kModelCorrupt,
  kDeviceUnavailable,
  kInvalidParameter,
  kNotFound,
  kConflict,
  kUnauthorized,
  kForbidden,
  kBusy,
  kStorageFull,
  kInternal,
};

inline constexpr std::array<std::pair<ErrorCode, std::string_view>, 20> kErrorCodeNames = {{
    {ErrorCode::kUnsupportedFormat, "unsupported_format"},
    {ErrorCode::kPasswordRequired, "password_required"},
    {ErrorCode::kWrongPassword, "wrong_password"},
    {ErrorCode::kCorruptDocument, "corrupt_document"},
    {ErrorCode::kTooLarge, "too_large"},
    {ErrorCode::kTooManyPages, "too_many_pages"},
    {ErrorCode::kTimeout, "timeout"},
    {ErrorCode::kWorkerCrashed, "worker_crashed"},
    {ErrorCode::kCanceled, "canceled"},
    {ErrorCode::kModelMissing, "model_missing"},
    {ErrorCode::kModelCorrupt, "model_corrupt"},
    {ErrorCode::kDeviceUnavailable, "device_unavailable"},
    {ErrorCode::kInvalidParameter, "invalid_parameter"},
    {ErrorCode::kNotFound, "not_found"},
    {ErrorCode::kConflict, "conflict"},
    {ErrorCode::kUnauthorized, "unauthorized"},
    {ErrorCode::kForbidden, "forbidden"},
    {ErrorCode::kBusy, "busy"},
    {ErrorCode::kStorageFull, "storage_full"},
    {ErrorCode::kInternal, "internal"},
}};

// The stable name of a code, as printed on stderr and sent over REST.
[[nodiscard]] constexpr std::string_view error_code_name(ErrorCode code) {
  for (const auto& [candidate, name] : kErrorCodeNames) {
    if (candidate == code) return name;
  }
  return "internal";
}

// The code of a stable name; empty when no code has it.
[[nodiscard]] constexpr std::optional<ErrorCode> error_code_from_name(std::string_view name) {
  for (const auto& [code, candidate] : kErrorCodeNames) {
    if (candidate == name) return code;
  }
  return std::nullopt;
}

// A failure: its code, and one sentence for a person. The sentence never holds text of a document, a password or a
// file name (file names are patients' data; whoever reports to the person who named the file adds it there).
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;

  friend bool operator==(const Error&, const Error&) = default;
};

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

}  // namespace medmark::base
