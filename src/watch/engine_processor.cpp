#include "results/result_files.hpp"
#include "watch/processor.hpp"

namespace medmark::watch {
namespace {

class EngineProcessor : public Processor {
 public:
  explicit EngineProcessor(engine::Engine& engine) : engine_(engine) {}

  base::Result<Outcome> process(const Work& work, const std::stop_token& stop) override {
    engine::Job job;
    job.files.push_back({.name = work.file_name, .path = work.file});
    job.options = work.options;
    job.password = work.password;
    job.asset_prefix = work.stem.filename().string() + ".assets/";
    const auto parsed = engine_.parse(job, {}, stop);
    if (!parsed.has_value()) return tl::unexpected(parsed.error());
    results::ResultView result{.markdown = parsed->markdown, .json = parsed->document_json, .assets = {}};
    for (const engine::ParsedAsset& asset : parsed->assets) result.assets.push_back({asset.name, asset.bytes});
    auto written = results::write_result(work.output_folder, work.stem, result, results::Durability::kSynced);
    if (!written.has_value()) return tl::unexpected(written.error());
    return Outcome{parsed->pages, parsed->pages_with_errors};
  }

  int capacity() const override { return engine_.capacity(); }

  std::optional<base::Error> trouble() const override {
    const engine::EngineState state = engine_.state();
    return state.condition == engine::EngineCondition::kFailed ? state.error : std::nullopt;
  }

 private:
  engine::Engine& engine_;
};

}  // namespace

std::unique_ptr<Processor> make_engine_processor(engine::Engine& engine) {
  return std::make_unique<EngineProcessor>(engine);
}

}  // namespace medmark::watch
