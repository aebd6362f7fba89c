#include "cli/serve_command.hpp"

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>

#include "cli/exit_codes.hpp"
#include "cli/served_folder.hpp"
#include "cli/share_directory.hpp"
#include "clinical/lexicon/lexicons.hpp"
#include "engine/engine.hpp"
#include "inference/device.hpp"
#include "inference/model_files.hpp"
#include "server/access.hpp"
#include "server/approved_words.hpp"
#include "server/health_watch.hpp"
#include "server/parse_request.hpp"
#include "server/server.hpp"
#include "service/dispatcher.hpp"
#include "store/store.hpp"

namespace medmark::cli {
namespace {

constexpr int kFailed = 1;

struct ServeArguments {
  server::ServerSettings server;
  std::string data_folder;
  bool no_auth = false;
  std::string device = "auto";
  int threads = 0;
  int engines = 1;
  int max_queued = 10'000;
  std::map<std::string, std::string> options;
  bool deidentify = false;
  watch::WatchSettings watch;  // incoming is empty where no folder is watched
  std::string schedule;
};

int report(const base::Error& error) {
  std::cerr << "medmark: " << base::error_code_name(error.code) << ": " << error.message << '\n';
  return error.code == base::ErrorCode::kInvalidParameter || error.code == base::ErrorCode::kForbidden ? kWrongUsage
                                                                                                       : kFailed;
}

std::filesystem::path default_data_folder() {
  if (const char* named = std::getenv("XDG_DATA_HOME"); named != nullptr && *named != '\0') {
    return std::filesystem::path(named) / "medmark";
  }
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : ".") / ".local" / "share" / "medmark";
}

// No memory of ours is ever written to a disk as a core dump: it holds patients' data.
void forbid_core_dumps() {
  const rlimit none{0, 0};
  (void)::setrlimit(RLIMIT_CORE, &none);
  (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

// Few arenas: the threads' work is short, and memory that one has freed serves the others.
void keep_memory_small() {
  constexpr int kArenas = 2;
  ::mallopt(M_ARENA_MAX, kArenas);
  ::mallopt(M_TRIM_THRESHOLD, 1 << 20);
  ::mallopt(M_MMAP_THRESHOLD, 1 << 19);
}

void wait_for_signal() {
  boost::asio::io_context io;
  boost::asio::signal_set signals(io, SIGTERM, SIGINT);
  signals.async_wait([](const boost::system::error_code&, int) {});
  io.run();
}

server::EngineAccess engine_access(engine::Engine& engine) {
  return {[&engine] { return engine.state(); }, [&engine] { return engine.statistics(); },
          [&engine](const auto& files, const std::string& password, const engine::PageView& view) {
            return engine.render_page(files, password, view);
          },
          [&engine](const auto& files, const std::string& password) { return engine.inspect(files, password); }};
}

// The models and lexicons of this installation. The engine loads a model only where its hash is right.
server::Json installation() {
  server::Json models = server::Json::array();
  for (const inference::ModelFile& file : inference::model_files()) {
    std::error_code error;
    const bool is_there = std::filesystem::exists(share_directory() / "models" / file.file, error);
    models.push_back({{"name", file.name}, {"sha256", file.sha256}, {"state", is_there ? "present" : "missing"}});
  }
  server::Json lexicons = server::Json::array();
  if (const auto loaded = clinical::Lexicons::load(share_directory() / "lexicons"); loaded.has_value()) {
    for (const auto& [name, version] : loaded->versions) lexicons.push_back({{"name", name}, {"version", version}});
  }
  return {{"models", std::move(models)}, {"lexicons", std::move(lexicons)}};
}

base::Result<std::map<std::string, std::string>> default_options(const ServeArguments& arguments) {
  std::map<std::string, std::string> parameters;
  auto options = arguments.options;
  if (arguments.deidentify) options["deidentify"] = "true";
  for (const auto& [name, value] : options) {
    if (auto added = server::add_option(parameters, name, value); !added.has_value())
      return tl::unexpected(added.error());
  }
  return parameters;
}

// The folders of a watched folder stand beside it where they are not named.
base::Result<watch::WatchSettings> watch_settings(const ServeArguments& arguments,
                                                  const std::map<std::string, std::string>& parameters) {
  watch::WatchSettings settings = arguments.watch;
  if (settings.incoming.empty()) return settings;
  const std::filesystem::path beside = std::filesystem::absolute(settings.incoming).lexically_normal().parent_path();
  if (settings.output.empty()) settings.output = beside / "md";
  if (settings.done.empty()) settings.done = beside / "done";
  if (settings.failed.empty()) settings.failed = beside / "failed";
  settings.options = parameters;
  if (arguments.schedule.empty()) return settings;
  const auto schedule = watch::Schedule::parse(arguments.schedule);
  if (!schedule.has_value()) return tl::unexpected(schedule.error());
  settings.schedule = *schedule;
  return settings;
}

void greet(const ServeArguments& arguments, const server::Server& server, const std::string& password) {
  const bool is_ipv6 = arguments.server.host.find(':') != std::string::npos;
  const std::string host = is_ipv6 ? "[" + arguments.server.host + "]" : arguments.server.host;
  std::cout << "medmark listens on " << (arguments.server.tls_certificate.empty() ? "http://" : "https://") << host
            << ':' << server.port() << "/\n";
  if (!password.empty()) {
    std::cout << "First start: sign in as admin with the password " << password
              << " (shown this once; to be changed at the first login)\n";
  }
  std::cout.flush();
}

int run_serve(const ServeArguments& arguments) {
  forbid_core_dumps();
  keep_memory_small();
  auto parameters = default_options(arguments);
  if (!parameters.has_value()) return report(parameters.error());
  if (const auto device = inference::parse_device(arguments.device); !device.has_value()) return report(device.error());
  auto store = store::open_store({arguments.data_folder, arguments.max_queued});
  if (!store.has_value()) return report(store.error());
  const auto watch = watch_settings(arguments, *parameters);
  if (!watch.has_value()) return report(watch.error());
  std::string password;
  if (!arguments.no_auth) {
    auto made = server::make_first_administrator(**store);
    if (!made.has_value()) return report(made.error());
    password = std::move(*made);
  }
  engine::EngineSettings engine_settings;
  engine_settings.share_directory = share_directory();
  engine_settings.device = arguments.device;
  engine_settings.threads = arguments.threads;
  engine_settings.processes = arguments.engines;
  const auto engine = engine::Engine::start(engine_settings);

  std::unique_ptr<ServedFolder> folder;
  server::LiveSettings settings((*store)->settings());
  server::Metrics metrics;
  server::Services services{**store,
                            engine_access(*engine),
                            settings,
                            metrics,
                            arguments.no_auth ? server::Accounts::kOff : server::Accounts::kOn,
                            std::move(*parameters),
                            [&folder] {
                              server::Json folders = server::Json::array();
                              if (folder != nullptr) folders.push_back(folder->state());
                              server::Json answer;
                              answer["folders"] = std::move(folders);
                              return answer;
                            },
                            installation,
                            share_directory() / "web",
                            share_directory() / "api",
                            std::chrono::steady_clock::now()};
  if (!watch->incoming.empty()) {
    folder = std::make_unique<ServedFolder>(*watch, arguments.schedule, **store, services.engine);
  }
  const auto server = server::Server::start(services, arguments.server);
  if (!server.has_value()) return report(server.error());
  service::DispatcherSettings work;
  work.words = [&store] { return server::approved_words((*store)->settings()); };
  work.max_pages = [&settings] { return settings.get().limits.max_pages; };
  const auto dispatcher = service::Dispatcher::start((*store)->queue(), *engine, std::move(work));
  const server::HealthWatch health(services);
  greet(arguments, **server, password);
  wait_for_signal();
  return 0;
}

}  // namespace

void add_serve_command(CLI::App& application, std::function<int()>& run) {
  auto arguments = std::make_shared<ServeArguments>();
  arguments->data_folder = default_data_folder();
  CLI::App* command = application.add_subcommand("serve", "Serve the web page and the REST API");
  command->add_option("--host", arguments->server.host, "Address to listen on")->capture_default_str();
  command->add_option("--port", arguments->server.port, "Port; 0 for any that is free")->capture_default_str();
  command->add_option("--data", arguments->data_folder, "Folder that keeps documents, tasks and accounts")
      ->capture_default_str();
  command->add_flag("--no-auth", arguments->no_auth, "No accounts; on a loopback address only");
  command->add_option("--tls-certificate", arguments->server.tls_certificate, "Certificate chain (PEM)");
  command->add_option("--tls-key", arguments->server.tls_key, "Its key (PEM)");
  command->add_flag("--behind-proxy", arguments->server.is_behind_proxy,
                    "A proxy in front names the client (X-Forwarded-For, X-Forwarded-Proto)");
  command->add_option("--max-queued", arguments->max_queued, "Tasks that may wait")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--device", arguments->device, "auto (default), cpu, cuda, cuda:N");
  command->add_option("--threads", arguments->threads, "Of each engine; default: one for each core")
      ->check(CLI::Range(1, 1024));
  command->add_option("--engines", arguments->engines, "Engine processes")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  for (const char* name :
       {"layout_model", "table_strategy", "table_detection_threshold", "ocr_lang", "batch_size", "dpi"}) {
    command->add_option_function<std::string>(
        std::string("--") + name, [arguments, name](const std::string& value) { arguments->options[name] = value; },
        "Default for uploads that do not say; see parse");
  }
  command->add_option("--watch", arguments->watch.incoming, "Folder whose files become tasks, unattended");
  command->add_option("--watch-output", arguments->watch.output, "Its results; md beside it");
  command->add_option("--watch-done", arguments->watch.done, "Its files that were parsed; done beside it");
  command->add_option("--watch-failed", arguments->watch.failed, "Its files that were not; failed beside it");
  command->add_option("--watch-schedule", arguments->schedule, "Hours to work on it, such as 22:00-06:00; always");
  command->add_flag("--deidentify", arguments->deidentify, "Default for uploads that do not say");
  command->callback([arguments, &run] { run = [arguments] { return run_serve(*arguments); }; });
}

}  // namespace medmark::cli
