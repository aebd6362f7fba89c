// What routes work with. Everything in it is thread-safe and outlives the server's threads.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "server/message.hpp"
#include "server/metrics.hpp"
#include "server/settings.hpp"
#include "store/store.hpp"

namespace medmark::server {

// What the server asks of the engine; functions, so that tests stand in for it.
struct EngineAccess {
  std::function<engine::EngineState()> state;
  std::function<engine::EngineStatistics()> statistics;
  std::function<base::Result<engine::PagePicture>(const std::vector<engine::JobFile>& files,
                                                  const std::string& password, const engine::PageView& view)>
      render_page;
  std::function<base::Result<engine::Inspection>(const std::vector<engine::JobFile>& files,
                                                 const std::string& password)>
      inspect;
};

enum class Accounts { kOn, kOff };

struct Services {
  store::Store& store;
  EngineAccess engine;
  LiveSettings& settings;
  Metrics& metrics;
  Accounts accounts = Accounts::kOn;
  std::map<std::string, std::string> default_options;  // of uploads that do not say
  // The state of watched folders, as GET /api/v1/watch answers it.
  std::function<Json()> watch_state;
  // {models: [{name, sha256, state}], lexicons: [{name, version}]} of the installation.
  std::function<Json()> installation;
  std::filesystem::path web_folder;  // the built page; may be missing
  std::filesystem::path api_folder;  // openapi.json and the API page
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
};

}  // namespace medmark::server
