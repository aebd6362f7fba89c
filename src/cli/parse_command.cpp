#include "cli/parse_command.hpp"

#include <CLI/CLI.hpp>
#include <atomic>
#include <fstream>
#include <iostream>
#include <memory>
#include <thread>

#include "cli/exit_codes.hpp"
#include "cli/inputs.hpp"
#include "cli/parse_arguments.hpp"
#include "cli/progress_bar.hpp"
#include "cli/share_directory.hpp"
#include "output/markdown.hpp"
#include "pipeline/parser.hpp"
#include "results/result_files.hpp"

namespace medmark::cli {
namespace {

namespace fs = std::filesystem;

struct ParseCommandArguments {
  std::vector<std::string> inputs;
  std::string output_folder;
  std::shared_ptr<ParseArguments> parse = std::make_shared<ParseArguments>();
  bool join = false;
  bool resume = false;
};

std::string failure_line(const fs::path& file, const base::Error& error) {
  return file.string() + ": " + std::string(base::error_code_name(error.code)) + ": " + error.message;
}

// Parses the documents of one run; as many at a time as there are threads, so that single pages fill every core.
class ParseRun {
 public:
  ParseRun(const pipeline::Parser& parser, const ParseCommandArguments& arguments, pipeline::ParseOptions options,
           std::vector<InputDocument> documents)
      : parser_(parser),
        arguments_(arguments),
        options_(std::move(options)),
        documents_(std::move(documents)),
        progress_(static_cast<int>(documents_.size())) {}

  // Whether every document was parsed whole.
  bool run() {
    std::vector<std::thread> workers;
    const std::size_t count = std::min(documents_.size(), static_cast<std::size_t>(parser_.threads()));
    workers.reserve(count);
    for (std::size_t i = 0; i < count; ++i) workers.emplace_back([this] { work(); });
    for (std::thread& worker : workers) worker.join();
    return !has_failed_;
  }

 private:
  void work() {
    for (std::size_t i = next_++; i < documents_.size(); i = next_++) {
      parse(documents_[i]);
      progress_.document_done();
    }
  }

  void report(const fs::path& file, const base::Error& error) {
    has_failed_ = true;
    progress_.print(failure_line(file, error));
  }

  void parse(const InputDocument& input) {
    std::vector<pipeline::InputFile> files;
    for (const fs::path& path : input.files) {
      auto file = decoder::DocumentFile::open(path);
      if (!file.has_value()) return report(path, file.error());
      files.push_back({path.filename().string(), std::move(*file)});
    }
    if (arguments_.resume && results::is_already_done(arguments_.output_folder, input.stem,
                                                      pipeline::content_hash(files), options_.parameters)) {
      return;
    }
    int known_pages = 0;
    auto document = parser_.parse(files, options_,
                                  [&](const pipeline::Progress& progress) {
                                    if (known_pages == 0) progress_.add_pages(known_pages = progress.pages);
                                    if (progress.pages_done > 0) progress_.page_done();
                                  },
                                  {});
    if (!document.has_value()) return report(input.files.front(), document.error());
    document->content = output::to_markdown(*document, {.asset_prefix = input.stem.filename().string() + ".assets/"});
    for (const document::Page& page : document->pages) {
      for (const base::Error& error : page.errors) {
        report(input.files.front(), {error.code, "Page " + std::to_string(page.index + 1) + ": " + error.message});
      }
    }
    if (auto written = results::write_result(arguments_.output_folder, input.stem, *document); !written.has_value()) {
      report(input.files.front(), written.error());
    }
  }

  const pipeline::Parser& parser_;
  const ParseCommandArguments& arguments_;
  pipeline::ParseOptions options_;
  std::vector<InputDocument> documents_;
  ProgressBar progress_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> has_failed_ = false;
};

int run_parse(const ParseCommandArguments& arguments) {
  const auto wrong_usage = [](const base::Error& error) {
    std::cerr << "medmark: " << base::error_code_name(error.code) << ": " << error.message << '\n';
    return error.code == base::ErrorCode::kInvalidParameter ? kWrongUsage : kSomeFailed;
  };
  auto options = parse_options(*arguments.parse);
  if (!options.has_value()) return wrong_usage(options.error());
  const auto device = inference::parse_device(arguments.parse->device);
  if (!device.has_value()) return wrong_usage(device.error());

  CollectedInputs inputs = arguments.join ? collect_joined(arguments.inputs) : collect_inputs(arguments.inputs);
  for (const InputProblem& problem : inputs.problems) std::cerr << failure_line(problem.file, problem.error) << '\n';
  const bool found_all = inputs.problems.empty();
  if (inputs.documents.empty()) {
    if (found_all) std::cerr << "medmark: not_found: No supported file was found.\n";
    return kSomeFailed;
  }

  const auto parser = pipeline::Parser::create(
      {.share_directory = share_directory(), .device = *device, .threads = arguments.parse->threads});
  if (!parser.has_value()) return wrong_usage(parser.error());
  if (!(*parser)->device_note().empty()) std::cerr << "medmark: " << (*parser)->device_note() << '\n';
  const bool parsed_all = ParseRun(**parser, arguments, std::move(*options), std::move(inputs.documents)).run();
  return found_all && parsed_all ? 0 : kSomeFailed;
}

}  // namespace

void add_parse_command(CLI::App& application, std::function<int()>& run) {
  auto arguments = std::make_shared<ParseCommandArguments>();
  CLI::App* command = application.add_subcommand("parse", "Parse files into Markdown, JSON and figure pictures");
  command->add_option("INPUT", arguments->inputs, "Files, or folders of files")->required();
  command->add_option("-o,--output", arguments->output_folder, "Output folder")->required();

  add_parse_arguments(*command, arguments->parse);
  command->add_flag("--join", arguments->join, "Read several pictures, or a folder of them, as one document");
  command->add_flag("--resume", arguments->resume, "Skip inputs already parsed with the same options");
  command->callback([arguments, &run] { run = [arguments] { return run_parse(*arguments); }; });
}

}  // namespace medmark::cli
