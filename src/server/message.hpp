// Requests and responses as values, free of the network: what routes are written against.
//
// A request's path and query are decoded; header names are compared without case. Values; a request belongs to one
// route at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "store/records.hpp"

namespace medmark::server {

using Json = nlohmann::ordered_json;

enum class Permission { kNone, kRead, kWrite, kAdmin };

// Who asks.
struct Identity {
  std::string name;     // of the account or the key; "local" without accounts
  std::string user_id;  // empty for keys
  Permission permission = Permission::kNone;
  std::string session_hash;  // of a browser's session
  std::string csrf_token;
  bool must_change_password = false;
  std::string key_hash = {};       // of an API key
  bool is_use_unrecorded = false;  // the session's or key's last use is to be written down (once a minute)
};

using Parameters = std::vector<std::pair<std::string, std::string>>;

// A multipart form that has been received: its files are in the store.
struct ReceivedForm {
  Parameters fields;
  std::vector<store::SourceFile> files;
  int readable_files = 0;  // whose first bytes are those of a format that is read
};

struct Request {
  std::string id;
  std::string method;
  std::string path;  // as sent, without the query
  Parameters query;
  Parameters headers;
  std::string address;     // of the client
  bool is_secure = false;  // came over TLS, here or at the proxy
  std::string body;        // of JSON routes
  std::optional<ReceivedForm> form;
  Identity identity;
  std::vector<std::string> captures;  // what the route's {…} stand for

  // "" where there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
};

// An open file that is sent from the beginning; it may have no name any more. Closes itself.
class OpenFile {
 public:
  OpenFile(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile();
  [[nodiscard]] static base::Result<std::shared_ptr<OpenFile>> open(const std::string& path);
  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  void set_size(std::uint64_t size) { size_ = size; }  // of a file that was being written
  // Up to `size` bytes from `offset`; fewer at the end.
  [[nodiscard]] base::Result<std::size_t> read(std::uint64_t offset, char* bytes, std::size_t size) const;

 private:
  int descriptor_;
  std::uint64_t size_;
};

using BodyPiece = std::variant<std::string, std::shared_ptr<OpenFile>>;

struct Response;

// The answer comes when a task ends, or when the time is over.
struct TaskWait {
  std::string task_id;
  double seconds = 0;
  std::function<Response()> answer;  // run on a worker thread
};

// The answer is a stream of events: of one task until it ends, or of all (empty id).
struct EventStream {
  std::string task_id;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  Parameters headers;
  std::vector<BodyPiece> body;
  std::optional<TaskWait> wait;
  std::optional<EventStream> events;
  std::string error_code;  // for the log and the audit log
  std::string actor;       // for the audit log: whose sign-in it was, as nobody was signed in before

  [[nodiscard]] std::uint64_t body_size() const;
};

[[nodiscard]] Response json_response(const Json& json, int status = 200);
[[nodiscard]] Response empty_response(int status = 204);
[[nodiscard]] Response error_response(const base::Error& error, const std::string& request_id);
// The HTTP status of a code, as docs/api.md has it.
[[nodiscard]] int http_status(base::ErrorCode code);

// Decodes %XX and, in queries, '+'. Broken escapes stay as they are.
[[nodiscard]] std::string percent_decoded(std::string_view text, bool plus_is_space);
[[nodiscard]] Parameters parse_query(std::string_view query);
// A file name for Content-Disposition: ASCII stand-in and UTF-8 form.
[[nodiscard]] std::string attachment(std::string_view file_name);
// 2024-03-05T10:22:33.123Z; null for 0.
[[nodiscard]] Json iso_time(store::TimeMs time);
// Of "2024-03-05" or "2024-03-05T10:22:33Z" (fractions of a second are dropped); empty where it is neither.
[[nodiscard]] std::optional<store::TimeMs> parse_iso_time(const std::string& text);
// JSON text; bytes that are no UTF-8 are replaced.
[[nodiscard]] std::string dump(const Json& json);

}  // namespace medmark::server
