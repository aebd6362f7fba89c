// The options that `parse` and `watch` have in common, as the contract names them.
#pragma once

#include <CLI/App.hpp>
#include <map>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "pipeline/options.hpp"

namespace medmark::cli {

struct ParseArguments {
  std::map<std::string, std::string> options;
  std::string password_file;  // "-": standard input
  std::string device = "auto";
  int threads = 0;
  bool deidentify = false;
};

// `arguments` must live as long as the application; a shared_ptr's target does.
void add_parse_arguments(CLI::App& command, const std::shared_ptr<ParseArguments>& arguments);

// Reads the password file where there is one. Fails with invalid_parameter.
[[nodiscard]] base::Result<pipeline::ParseOptions> parse_options(const ParseArguments& arguments);

}  // namespace medmark::cli
