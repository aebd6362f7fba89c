// What becomes of a claimed file: parsed by an engine at hand, or given to the server's queue as work of low priority.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "base/error.hpp"
#include "engine/engine.hpp"
#include "store/store.hpp"

namespace medmark::watch {

struct Work {
  std::filesystem::path file;
  std::string file_name;  // as the user knows it
  std::filesystem::path output_folder;
  std::filesystem::path stem;  // of the result, relative to the output folder
  std::map<std::string, std::string> options;
  std::string password;
};

struct Outcome {
  int pages = 0;
  int pages_with_errors = 0;
};

// Thread-safe.
class Processor {
 public:
  virtual ~Processor() = default;
  // Parses and writes the result files, synced. Fails with the codes of a parse, storage_full, canceled.
  [[nodiscard]] virtual base::Result<Outcome> process(const Work& work, const std::stop_token& stop) = 0;
  // Files at once.
  [[nodiscard]] virtual int capacity() const = 0;
  // Why nothing can be parsed for now; empty where it can.
  [[nodiscard]] virtual std::optional<base::Error> trouble() const = 0;
};

// The engine must outlive the processor.
[[nodiscard]] std::unique_ptr<Processor> make_engine_processor(engine::Engine& engine);

// Inside a server: documents appear in its store as any others, served after those someone waits for, and their results
// are written to the output folder as well. `trouble` says why the server's engine cannot work, if so. The store must
// outlive the processor.
[[nodiscard]] std::unique_ptr<Processor> make_store_processor(store::Store& store, int capacity,
                                                              std::function<std::optional<base::Error>()> trouble);

}  // namespace medmark::watch
