#include "cli/parse_arguments.hpp"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

namespace medmark::cli {
namespace {

// The first line of a file, or of standard input for "-".
base::Result<std::string> read_password(const std::string& source) {
  std::string password;
  if (source == "-") {
    std::getline(std::cin, password);
    return password;
  }
  std::ifstream stream(source);
  if (!std::getline(stream, password)) {
    return base::fail(base::ErrorCode::kInvalidParameter, "The password file cannot be read.");
  }
  return password;
}

}  // namespace

base::Result<pipeline::ParseOptions> parse_options(const ParseArguments& arguments) {
  pipeline::ParseOptions options;
  for (const auto& [name, value] : arguments.options) {
    if (auto set = pipeline::set_option(options, name, value); !set.has_value()) return tl::unexpected(set.error());
  }
  if (arguments.deidentify) (void)pipeline::set_option(options, "deidentify", "true");
  if (!arguments.password_file.empty()) {
    auto password = read_password(arguments.password_file);
    if (!password.has_value()) return tl::unexpected(password.error());
    options.password = std::move(*password);
  }
  return options;
}

void add_parse_arguments(CLI::App& command, const std::shared_ptr<ParseArguments>& arguments) {
  const auto option = [&](const std::string& name, const std::string& help) {
    command.add_option_function<std::string>(
        "--" + name, [arguments, name](const std::string& value) { arguments->options[name] = value; }, help);
  };
  option("layout_model", "lp (accurate, default) or yolo (fast)");
  option("table_strategy", "accurate (default) or fast (without the table structure model)");
  option("table_detection_threshold", "0..1, default 0.3; lower finds more tables");
  option("ocr_lang", "ch, en or mixed (default)");
  option("batch_size", "1..64, recognition batch; by device");
  option("dpi", "72..600, default 200; resolution of scanned pages");
  option("pages", "such as 1-3,7 (from 1); all");
  option("password", "of an encrypted PDF");
  command.add_option("--password-file", arguments->password_file, "File whose first line is the password; - for stdin");
  command.add_option("--device", arguments->device, "auto (default), cpu, cuda, cuda:N");
  command.add_option("--threads", arguments->threads, "Default: one for each core")->check(CLI::Range(1, 1024));
  command.add_flag("--deidentify", arguments->deidentify, "Mask what identifies people");
}

}  // namespace medmark::cli
