// The document: what one input file became. The one vocabulary every room speaks; plain values, no I/O.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "document/block.hpp"
#include "document/clinical.hpp"

namespace medmark::document {

struct SourceFile {
  std::string file_name;
  std::string sha256;
  std::string media_type;
  int page_count = 0;
};

struct NamedHash {
  std::string name;
  std::string sha256;
};

struct NamedVersion {
  std::string name;
  std::string version;
};

struct EngineInfo {
  std::string name = "medmark";
  std::string version;
  std::vector<NamedHash> models;
  std::map<std::string, std::string> parameters;
  std::vector<NamedVersion> lexicons;
};

struct Page {
  int index = 0;
  double width = 0;   // points, as displayed
  double height = 0;  // points, as displayed
  int rotation = 0;   // clockwise degrees by which the content was turned to stand upright: 0, 90, 180, 270
  double skew_deg = 0;
  TextSource source = TextSource::kNative;
  std::map<std::string, double> timings_ms;
  std::vector<base::Error> errors;
};

struct Asset {
  std::string name;  // a plain file name of our own making
  std::vector<std::uint8_t> bytes;
};

struct Document {
  SourceFile source;
  EngineInfo engine;
  std::vector<Page> pages;
  std::vector<Block> blocks;  // in reading order
  Clinical clinical;
  std::vector<Asset> assets;
  std::string content;  // the Markdown
};

}  // namespace medmark::document
