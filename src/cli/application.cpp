#include "cli/application.hpp"

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <new>

#include "cli/doctor_command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/parse_command.hpp"
#include "cli/serve_command.hpp"
#include "cli/watch_command.hpp"

namespace medmark::cli {

int run_application(int argc, char** argv) {
  CLI::App application("medmark: medical reports to Markdown, JSON and clinical fields, offline", "medmark");
  application.set_version_flag("--version", "medmark " MEDMARK_VERSION);
  application.require_subcommand(1);
  std::function<int()> run;
  add_parse_command(application, run);
  add_serve_command(application, run);
  add_watch_command(application, run);
  add_doctor_command(application, run);
  try {
    application.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return application.exit(error) == 0 ? 0 : kWrongUsage;
  }
  try {
    return run();
  } catch (const std::bad_alloc&) {
    std::cerr << "medmark: internal: There is not enough memory.\n";
    return kSomeFailed;
  }
}

}  // namespace medmark::cli
