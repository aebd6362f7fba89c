// A developer's look through the witnesses of a table's cells: for every place on the pages of the files where geometry
// or the layout model sees a table, one JSON object a line with the cells of geometry and of SLANet-plus, and the
// place's picture in OUT_FOLDER. training/table_lines evaluates with it. Not part of the product.
//
//   table_probe MODELS_FOLDER OUT_FOLDER FILE...
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>
#include <span>
#include <string>
#include <vector>

#include "decoder/decoder_process.hpp"
#include "image/pixel_rect.hpp"
#include "inference/runtime.hpp"
#include "pipeline/evidence.hpp"
#include "pipeline/probe_pages.hpp"
#include "structure/tables/table_finder.hpp"
#include "structure/tables/tables.hpp"
#include "structure/tables/witnesses.hpp"
#include "vision/table_structure.hpp"
#include "vision/vision.hpp"

namespace {

using medmark::base::Rect;
using medmark::document::TableHypothesis;
using nlohmann::json;

constexpr double kMargin = 4;  // pt around geometry's box, as find_tables.cpp

struct Models {
  medmark::vision::Vision vision;
  medmark::vision::TableStructureReader slanet;
};

json json_of(const std::vector<medmark::document::TableCell>& cells) {
  json all = json::array();
  for (const auto& cell : cells) {
    all.push_back({cell.row, cell.column, cell.row_span, cell.column_span, cell.text});
  }
  return all;
}

// What a witness saw, and the same with the page's words in its cells.
template <typename Read>
json asked(const medmark::structure::TableSearch& search, const cv::Rect& pixels, double dpi, Read&& read) {
  const auto start = std::chrono::steady_clock::now();
  auto table = read();
  const double taken = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  if (!table.has_value()) return {{"error", table.error().message}};
  const auto to_page = [&](const Rect& r) {
    return Rect{(r.x0 + pixels.x) * 72 / dpi, (r.y0 + pixels.y) * 72 / dpi, (r.x1 + pixels.x) * 72 / dpi,
                (r.y1 + pixels.y) * 72 / dpi};
  };
  table->bbox = to_page(table->bbox);
  for (auto& cell : table->cells) {
    if (!cell.bbox.empty()) cell.bbox = to_page(cell.bbox);
  }
  json made = {{"ms", taken}, {"confidence", table->confidence}, {"cells", json_of(table->cells)}};
  if (const auto plan = medmark::structure::plan_of_model(search, *table)) {
    made["filled"] = json_of(medmark::structure::realised(search.page, *plan).block.table->cells);
  }
  return made;
}

// Portable grey map: rows of bytes behind three numbers.
void write_grey(const cv::Mat& crop, const std::filesystem::path& path) {
  cv::Mat grey;
  cv::cvtColor(crop, grey, cv::COLOR_BGR2GRAY);
  std::ofstream out(path, std::ios::binary);
  out << "P5 " << grey.cols << " " << grey.rows << " 255\n";
  out.write(reinterpret_cast<const char*>(grey.data), static_cast<std::streamsize>(grey.total()));
}

void probe_page(const medmark::input::NativePage& native, const medmark::input::Picture& picture, const Models& models,
                const std::string& stem, int index, const std::filesystem::path& out) {
  namespace structure = medmark::structure;
  medmark::pipeline::StageTimer timer;
  const auto gathered = medmark::pipeline::scanned_evidence(native, picture, models.vision, timer);
  const structure::TableSearch search(gathered.page);
  struct Place {
    Rect box;
    json geometry;
  };
  std::vector<Place> places;
  std::vector<Rect> boxes;
  for (const auto& table : structure::find_tables(gathered.page, {structure::TableStrategy::kFast, 0.3})) {
    boxes.push_back(table.block.bbox);
    places.push_back({medmark::base::inflated(table.block.bbox, kMargin, kMargin),
                      {{"confidence", table.block.confidence}, {"cells", json_of(table.block.table->cells)}}});
  }
  for (const auto& region : gathered.page.layout) {
    if (region.type != medmark::document::BlockType::kTable || region.confidence < 0.3) continue;
    bool is_known = false;
    for (const Rect& box : boxes) {
      is_known |= medmark::base::intersection(region.bbox, box).area() > 0.2 * std::min(region.bbox.area(), box.area());
    }
    if (!is_known) places.push_back({region.bbox, nullptr});
  }
  int number = 0;
  for (const Place& place : places) {
    const cv::Rect pixels = medmark::image::pixel_rect(place.box, gathered.picture_dpi, gathered.clean.size());
    if (pixels.empty()) continue;
    const cv::Mat crop = gathered.clean(pixels);
    json line = {{"file", stem}, {"page", index}, {"box", {place.box.x0, place.box.y0, place.box.x1, place.box.y1}}};
    line["geometry"] = place.geometry;
    line["slanet"] = asked(search, pixels, gathered.picture_dpi, [&] { return models.slanet.read(crop); });
    line["dpi"] = gathered.picture_dpi;
    line["crop"] = stem + "-" + std::to_string(index) + "-" + std::to_string(number++) + ".pgm";
    write_grey(crop, out / line["crop"].get<std::string>());
    std::printf("%s\n", line.dump().c_str());
  }
  std::fflush(stdout);
}

void probe_file(const std::filesystem::path& path, const Models& models, const std::filesystem::path& out) {
  medmark::pipeline::for_each_page(path, [&](const auto& picture, const auto& native, int index) {
    if (native.has_value()) probe_page(*native, picture, models, path.stem().string(), index, out);
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (medmark::decoder::is_decoder_process(argc, argv)) return medmark::decoder::run_decoder_process(argc, argv);
  if (argc < 4) {
    std::fprintf(stderr, "usage: table_probe MODELS_FOLDER OUT_FOLDER FILE...\n");
    return 2;
  }
  namespace vision = medmark::vision;
  cv::setNumThreads(1);
  const auto runtime = medmark::inference::Runtime::create({argv[1], {false, {}}}).value();
  const auto slanet = runtime->session(medmark::inference::Model::kTableStructure).value();
  const Models models{vision::Vision(runtime, {}), vision::TableStructureReader::create(slanet).value()};
  const std::filesystem::path out = argv[2];
  std::filesystem::create_directories(out);
  for (int i = 3; i < argc; ++i) probe_file(argv[i], models, out);
  return 0;
}
