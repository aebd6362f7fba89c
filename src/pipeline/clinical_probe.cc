// A developer's replay of the clinical rules: reading a scan takes a second a page, understanding it less than a
// millisecond. `read` parses files once and writes each document as the clinical room receives it; `replay` runs
// today's rules and lexicons over what was written, and writes the results that `medmark parse` would.
// bench/calibration.py runs both. Not part of the product.
//
//   clinical_probe read SHARE_FOLDER DUMPS_FOLDER FILE...    files that have their dump are left alone, those with a
//                                                         page that failed get none
//   clinical_probe replay SHARE_FOLDER OUT_FOLDER DUMP...    OUT_FOLDER/STEM.md and STEM.json (no pictures, no timings)
//
// SHARE_FOLDER is the program's own (build/share/medmark). A dump stays true as long as vision and structure do.
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "clinical/extract.hpp"
#include "clinical/lexicon/lexicons.hpp"
#include "decoder/decoder_process.hpp"
#include "decoder/document_file.hpp"
#include "output/json.hpp"
#include "output/markdown.hpp"
#include "pipeline/document_dump.hpp"
#include "pipeline/parser.hpp"

namespace {

namespace fs = std::filesystem;
using medmark::document::Document;

constexpr std::string_view kDumpEnding = ".dump.json";

void complain(const fs::path& file, const std::string& sentence) {
  std::fprintf(stderr, "%s: %s\n", file.filename().c_str(), sentence.c_str());
}

// Whole or not at all: what is there was written to its end.
void write_file(const fs::path& file, const std::string& bytes) {
  const fs::path beside = file.string() + ".part";
  std::ofstream(beside, std::ios::binary) << bytes;
  fs::rename(beside, file);
}

bool read_one(const medmark::pipeline::Parser& parser, const fs::path& file, const fs::path& dump) {
  auto opened = medmark::decoder::DocumentFile::open(file);
  if (!opened.has_value()) return complain(file, opened.error().message), false;
  std::vector<medmark::pipeline::InputFile> files;
  files.push_back({file.filename().string(), std::move(*opened)});
  const auto document = parser.read(files, {}, {}, {});
  if (!document.has_value()) return complain(file, document.error().message), false;
  for (const medmark::document::Page& page : document->pages) {
    if (!page.errors.empty()) return complain(file, page.errors.front().message), false;
  }
  write_file(dump, medmark::pipeline::dump_document(*document));
  return true;
}

int read_files(const fs::path& share, const fs::path& dumps, std::span<char*> files) {
  const auto parser = medmark::pipeline::Parser::create({.share_directory = share, .device = {}, .threads = 0});
  if (!parser.has_value()) return complain(share, parser.error().message), 1;
  fs::create_directories(dumps);
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> has_failed = false;
  const auto work = [&] {
    for (std::size_t i = next++; i < files.size(); i = next++) {
      const fs::path file = files[i];
      const fs::path dump = dumps / (file.stem().string() + std::string(kDumpEnding));
      if (!fs::exists(dump) && !read_one(**parser, file, dump)) has_failed = true;
    }
  };
  std::vector<std::jthread> workers;
  for (int i = 0; i < (*parser)->threads(); ++i) workers.emplace_back(work);
  workers.clear();
  return has_failed ? 1 : 0;
}

int replay(const fs::path& share, const fs::path& out, std::span<char*> dumps) {
  const auto lexicons = medmark::clinical::Lexicons::load(share / "lexicons");
  if (!lexicons.has_value()) return complain(share, lexicons.error().message), 1;
  fs::create_directories(out);
  int status = 0;
  for (const fs::path file : dumps) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    auto document = medmark::pipeline::read_document_dump(bytes);
    if (!document.has_value()) {
      complain(file, document.error().message);
      status = 1;
      continue;
    }
    medmark::clinical::annotate(*document, *lexicons);
    const std::string name = file.filename().string();
    const std::string stem = name.substr(0, name.size() - std::min(name.size(), kDumpEnding.size()));
    document->content = medmark::output::to_markdown(*document, {.asset_prefix = stem + ".assets/"});
    write_file(out / (stem + ".md"), document->content);
    write_file(out / (stem + ".json"), medmark::output::to_json(*document));
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  if (medmark::decoder::is_decoder_process(argc, argv)) return medmark::decoder::run_decoder_process(argc, argv);
  const std::string command = argc > 1 ? argv[1] : "";
  if (argc < 5 || (command != "read" && command != "replay")) {
    std::fprintf(stderr, "usage: clinical_probe read|replay SHARE_FOLDER OUT_FOLDER FILE...\n");
    return 2;
  }
  const std::span<char*> files(argv + 4, static_cast<std::size_t>(argc - 4));
  return command == "read" ? read_files(argv[2], argv[3], files) : replay(argv[2], argv[3], files);
}
