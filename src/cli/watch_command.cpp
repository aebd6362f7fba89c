#include "cli/watch_command.hpp"

#include <pthread.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <memory>
#include <mutex>
#include <thread>

#include "cli/exit_codes.hpp"
#include "cli/parse_arguments.hpp"
#include "cli/share_directory.hpp"
#include "engine/engine.hpp"
#include "inference/device.hpp"
#include "watch/folder_watcher.hpp"
#include "watch/processor.hpp"

namespace medmark::cli {
namespace {

struct WatchArguments {
  std::shared_ptr<ParseArguments> parse = std::make_shared<ParseArguments>();
  watch::WatchSettings watch;
  std::string schedule;
  double settle_seconds = 5;
  int engines = 1;
  bool once = false;
};

int report(const base::Error& error) {
  std::cerr << "medmark: " << base::error_code_name(error.code) << ": " << error.message << '\n';
  return error.code == base::ErrorCode::kInvalidParameter ? kWrongUsage : kSomeFailed;
}

// SIGTERM and SIGINT end a watch in order. They are blocked before any other thread begins, so that all of them come
// to the thread that waits here.
sigset_t block_ending_signals() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGTERM);
  ::sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

base::Result<watch::WatchReport> watch_until_signal(const watch::WatchSettings& settings, engine::Engine& engine,
                                                    const sigset_t& signals) {
  const auto processor = watch::make_engine_processor(engine);
  std::mutex log_mutex;
  const auto log = [&log_mutex](const std::string& line) {
    const std::lock_guard lock(log_mutex);
    std::cerr << "medmark: " << line << std::endl;
  };
  base::Result<watch::WatchReport> report;
  std::stop_source stop;
  const pthread_t waiting = ::pthread_self();
  std::thread watcher([&] {
    report = watch::watch_folder(settings, *processor, log, stop.get_token());
    ::pthread_kill(waiting, SIGTERM);  // the end of the work ends the wait below as a signal does
  });
  int signal_number = 0;
  ::sigwait(&signals, &signal_number);
  stop.request_stop();
  watcher.join();
  return report;
}

void print(const watch::WatchReport& report) {
  std::cerr << "medmark: done " << report.done << " (partial " << report.partial << "), duplicates "
            << report.duplicates << ", failed " << report.failed << ", left " << report.left << '\n';
}

int run_watch(const WatchArguments& arguments) {
  const auto options = parse_options(*arguments.parse);
  if (!options.has_value()) return report(options.error());
  const auto device = inference::parse_device(arguments.parse->device);
  if (!device.has_value()) return report(device.error());
  watch::WatchSettings settings = arguments.watch;
  if (!arguments.schedule.empty()) {
    const auto schedule = watch::Schedule::parse(arguments.schedule);
    if (!schedule.has_value()) return report(schedule.error());
    settings.schedule = *schedule;
  }
  settings.options = options->parameters;
  settings.password = options->password;
  settings.mode = arguments.once ? watch::RunMode::kOnce : watch::RunMode::kForever;
  settings.settle = std::chrono::milliseconds(static_cast<int>(arguments.settle_seconds * 1000));

  const sigset_t signals = block_ending_signals();
  engine::EngineSettings engine_settings;
  engine_settings.share_directory = share_directory();
  engine_settings.device = arguments.parse->device;
  engine_settings.threads = arguments.parse->threads;
  engine_settings.processes = arguments.engines;
  // A run from cron that finds nothing must cost nothing.
  engine_settings.warm_up = arguments.once ? engine::WarmUp::kNone : engine::WarmUp::kLoadModels;
  const auto engine = engine::Engine::start(engine_settings);
  const auto watched = watch_until_signal(settings, *engine, signals);
  if (!watched.has_value()) return report(watched.error());
  print(*watched);
  return watched->failed == 0 && watched->partial == 0 && watched->left == 0 ? 0 : kSomeFailed;
}

}  // namespace

void add_watch_command(CLI::App& application, std::function<int()>& run) {
  auto arguments = std::make_shared<WatchArguments>();
  CLI::App* command = application.add_subcommand("watch", "Parse what comes into a folder, unattended");
  command->add_option("INCOMING", arguments->watch.incoming, "Folder that files come into")->required();
  command->add_option("-o,--output", arguments->watch.output, "Folder for Markdown, JSON and pictures")->required();
  command->add_option("--done", arguments->watch.done, "Folder for files that were parsed")->required();
  command->add_option("--failed", arguments->watch.failed, "Folder for files that were not, each with its reason")
      ->required();
  command->add_flag("--once", arguments->once, "Work on what waits now, then end (for cron)");
  command->add_option("--schedule", arguments->schedule, "Hours to work in, such as 22:00-06:00; always");
  command->add_option("--settle", arguments->settle_seconds, "Seconds in which a complete file does not change")
      ->check(CLI::Range(0.05, 3600.0))
      ->capture_default_str();
  command->add_option("--engines", arguments->engines, "Engine processes")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  add_parse_arguments(*command, arguments->parse);
  command->callback([arguments, &run] { run = [arguments] { return run_watch(*arguments); }; });
}

}  // namespace medmark::cli
