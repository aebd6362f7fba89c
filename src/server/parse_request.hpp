// What routes ask of a request: numbers, switches, options of a parse, JSON bodies. Pure functions; all fail with
// kInvalidParameter.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "server/message.hpp"

namespace medmark::server {

// A whole number of the query; `fallback` where it is not given.
[[nodiscard]] base::Result<int> int_parameter(const Request& request, const char* name, int fallback, int least,
                                              int most);
// "true" or "false".
[[nodiscard]] base::Result<bool> flag_value(const std::string& name, const std::string& value);
[[nodiscard]] base::Result<std::optional<bool>> flag_parameter(const Request& request, const char* name);
// The body as a JSON object.
[[nodiscard]] base::Result<Json> json_object(const Request& request);
// A string member; empty where it is missing.
[[nodiscard]] std::string text_member(const Json& object, const char* name);

// The fields of an upload.
struct ParseForm {
  std::map<std::string, std::string> parameters;  // options that differ from their defaults, checked
  std::string password;
  double wait_seconds = 120;
  bool inline_images = false;
  bool force = false;
  bool join = false;
  bool start = true;
};
[[nodiscard]] base::Result<ParseForm> parse_form(const Parameters& fields,
                                                 const std::map<std::string, std::string>& defaults);

// Checks one option and keeps it where it differs from the default, so that naming a default makes no other document.
[[nodiscard]] base::Result<void> add_option(std::map<std::string, std::string>& parameters, const std::string& name,
                                            const std::string& value);

// GET /api/v1/options.
[[nodiscard]] Json options_json();

}  // namespace medmark::server
