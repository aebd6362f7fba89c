// What an engine process and its client say to each other. Both ends are the same binary, so the layout needs no
// version; every read is checked all the same.
//
// Values and pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "engine/engine.hpp"

namespace medmark::engine {

// A job is sent as its files, one message with one descriptor each, and then the message that starts it.
enum class RequestKind : std::uint8_t { kConfigure, kFile, kParse, kRender, kInspect, kCancel };

struct Request {
  RequestKind kind = RequestKind::kConfigure;
  std::uint64_t job = 0;
  // kConfigure, once and first
  std::string share_directory = {};
  std::string device = {};
  int threads = 0;
  std::uint64_t max_memory_bytes = 0;
  WarmUp warm_up = WarmUp::kNone;
  // kFile
  std::string file_name = {};
  // kParse, kRender, kInspect
  std::string password = {};
  std::map<std::string, std::string> options = {};
  std::string asset_prefix = {};
  std::map<std::string, std::string> words = {};
  int max_pages = 0;
  PageView view = {};
};

// kServing: jobs are taken. kReady: models are loaded as well, or `error` says why not. kFailed: the process is of no
// use and about to end. kProgress, kDone (with the result's memory file), kError belong to a job.
enum class ReplyKind : std::uint8_t { kServing, kReady, kFailed, kProgress, kDone, kError };

struct Reply {
  ReplyKind kind = ReplyKind::kServing;
  std::uint64_t job = 0;
  int threads = 0;                        // kServing
  std::string device_note = {};           // kServing
  JobProgress progress = {};              // kProgress
  std::optional<base::Error> error = {};  // kReady, kFailed, kError
};

[[nodiscard]] std::vector<std::uint8_t> encode_request(const Request& request);
[[nodiscard]] std::optional<Request> decode_request(std::span<const std::uint8_t> bytes);
[[nodiscard]] std::vector<std::uint8_t> encode_reply(const Reply& reply);
[[nodiscard]] std::optional<Reply> decode_reply(std::span<const std::uint8_t> bytes);

}  // namespace medmark::engine
