// One line an event on standard error, for journald and the like: time, level, words, key=value pairs.
//
// What is logged is chosen by us: codes, ids, route patterns, numbers. Never text of a document, file names, queries or
// passwords. Thread-safe: a line is one write.
#pragma once

#include <string>
#include <string_view>

namespace medmark::server {

enum class LogLevel { kInfo, kWarning, kError };

void log_line(LogLevel level, std::string_view text);

}  // namespace medmark::server
