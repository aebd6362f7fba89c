// What an engine process does for its client, apart from how they talk: tests put another one in its place.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "document/document.hpp"
#include "engine/engine.hpp"
#include "engine/protocol.hpp"
#include "pipeline/options.hpp"
#include "pipeline/parser.hpp"

namespace medmark::engine {

// Thread-safe: jobs run at once.
class Worker {
 public:
  virtual ~Worker() = default;
  [[nodiscard]] virtual base::Result<document::Document> parse(const std::vector<pipeline::InputFile>& files,
                                                               const pipeline::ParseOptions& options,
                                                               const pipeline::ProgressSink& progress,
                                                               const std::stop_token& stop) = 0;
  [[nodiscard]] virtual base::Result<PagePicture> render(const std::vector<pipeline::InputFile>& files,
                                                         const std::string& password, const PageView& view) = 0;
  [[nodiscard]] virtual base::Result<Inspection> inspect(const std::vector<pipeline::InputFile>& files,
                                                         const std::string& password) = 0;
  // Loads what a first page would have to wait for.
  [[nodiscard]] virtual base::Result<void> warm_up() = 0;
  [[nodiscard]] virtual int threads() const = 0;
  [[nodiscard]] virtual std::string device_note() const = 0;
};

// A worker for what a kConfigure request says.
using WorkerFactory = std::function<base::Result<std::unique_ptr<Worker>>(const Request& configuration)>;

// The real one: pipeline::Parser for documents, decoders for page pictures.
[[nodiscard]] base::Result<std::unique_ptr<Worker>> make_parser_worker(const Request& configuration);

}  // namespace medmark::engine
