// The document: what one input file became. The one vocabulary every room speaks; plain values, no I/O.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/geometry.hpp"
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

// A line of text that stands inside a figure's picture; read only where the document is to be de-identified.
struct FigureLine {
  std::string text;
  base::Rect bbox;  // pixels of the picture
};

struct Asset {
  std::string name;  // a plain file name of our own making
  std::vector<std::uint8_t> bytes;
  std::vector<FigureLine> lines = {};
  int width = 0;  // pixels of the picture; set where `lines` are
  int height = 0;
};

// A place on the page as displayed (points) that held something that points at a person, and must be covered in every
// picture of the page (image/cover.hpp). `kind` says what it was: "name", "phone", ...; never the value.
struct RemovedPlace {
  std::string kind;
  int page = 0;
  base::Rect bbox;
};

struct Document {
  SourceFile source;
  EngineInfo engine;
  std::vector<Page> pages;
  std::vector<Block> blocks;  // in reading order
  Clinical clinical;
  std::vector<Asset> assets;
  std::map<std::string, int> removed_counts;  // of a de-identified document: how many of each kind were removed
  std::vector<RemovedPlace> removed;          // of a de-identified document
  std::string content;                        // the Markdown
};

}  // namespace medmark::document
