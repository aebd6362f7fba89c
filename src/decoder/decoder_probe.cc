// A developer's look through the decoder: reads files and prints what each page holds, one JSON object a line on
// request, or writes renderings. Not part of the product. Prints document text: for files of one's own only.
//
//   decoder_probe [--lines] [--render DPI DIR] [--password TEXT] FILE...
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "decoder/decoder.hpp"
#include "decoder/decoder_process.hpp"
#include "input/png.hpp"

namespace {

using medmark::base::Rect;
using medmark::decoder::Decoder;

struct ProbeOptions {
  bool lines = false;
  double dpi = 0;
  std::filesystem::path directory;
  std::string password;
  std::vector<std::filesystem::path> files;
};

double milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

std::string_view kind_name(medmark::input::PageKind kind) {
  switch (kind) {
    case medmark::input::PageKind::kNative:
      return "native";
    case medmark::input::PageKind::kScanned:
      return "scanned";
    case medmark::input::PageKind::kMixed:
      return "mixed";
  }
  return "";
}

void print_error(const medmark::base::Error& error) {
  const std::string_view name = medmark::base::error_code_name(error.code);
  std::printf(" %.*s: %s\n", static_cast<int>(name.size()), name.data(), error.message.c_str());
}

void print_box(const char* name, const Rect& r) {
  std::printf("    %s %.1f %.1f %.1f %.1f\n", name, r.x0, r.y0, r.x1, r.y1);
}

void print_contents(const medmark::input::NativePage& page) {
  for (const auto& line : page.lines) {
    std::printf("    line %.1f %.1f %.1f %.1f size %.1f%s%s |%s|\n", line.bbox.x0, line.bbox.y0, line.bbox.x1,
                line.bbox.y1, line.font_size, line.is_bold ? " bold" : "", line.is_vertical ? " vertical" : "",
                line.text().c_str());
  }
  for (const auto& r : page.rulings) {
    std::printf("    ruling %.1f %.1f %.1f %.1f width %.2f\n", r.a.x, r.a.y, r.b.x, r.b.y, r.width);
  }
  for (const Rect& r : page.pictures) print_box("picture", r);
  for (const Rect& r : page.recognise) print_box("recognise", r);
}

void probe_page(Decoder& decoder, int index, const ProbeOptions& options, const std::string& stem) {
  auto start = std::chrono::steady_clock::now();
  const auto page = decoder.page(index);
  std::printf("  page %d %.1f ms", index, milliseconds_since(start));
  if (!page) {
    print_error(page.error());
  } else {
    std::size_t characters = 0;
    for (const auto& line : page->lines) characters += line.characters.size();
    const std::string_view kind = kind_name(page->kind);
    std::printf(" %.*s %.0fx%.0f dpi %.0f lines %zu characters %zu rulings %zu pictures %zu recognise %zu\n",
                static_cast<int>(kind.size()), kind.data(), page->width, page->height, page->source_dpi,
                page->lines.size(), characters, page->rulings.size(), page->pictures.size(), page->recognise.size());
    if (options.lines) print_contents(*page);
  }
  if (options.dpi <= 0) return;
  start = std::chrono::steady_clock::now();
  const auto picture = decoder.render(index, options.dpi);
  std::printf("  render %d %.1f ms", index, milliseconds_since(start));
  if (!picture) return print_error(picture.error());
  std::printf(" %dx%d at %.1f\n", picture->width, picture->height, picture->dpi);
  const auto png = medmark::input::encode_png(*picture);
  std::ofstream out(options.directory / (stem + "." + std::to_string(index) + ".png"), std::ios::binary);
  out.write(reinterpret_cast<const char*>(png.data()), static_cast<std::streamsize>(png.size()));
}

void probe_file(const std::filesystem::path& path, const ProbeOptions& options) {
  std::ifstream in(path, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
  medmark::decoder::DecodeOptions decode_options;
  decode_options.password = options.password;
  const auto start = std::chrono::steady_clock::now();
  auto decoder = Decoder::open({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, decode_options);
  std::printf("%s open %.1f ms", path.filename().c_str(), milliseconds_since(start));
  if (!decoder) return print_error(decoder.error());
  const auto& document = (*decoder)->document();
  std::printf(" %s pages %d outline %zu\n", document.media_type.c_str(), document.page_count, document.outline.size());
  for (int i = 0; i < document.page_count; ++i) probe_page(**decoder, i, options, path.stem().string());
  std::printf("%s total %.1f ms\n", path.filename().c_str(), milliseconds_since(start));
}

}  // namespace

int main(int argc, char** argv) {
  if (medmark::decoder::is_decoder_process(argc, argv)) return medmark::decoder::run_decoder_process(argc, argv);
  ProbeOptions options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--lines") {
      options.lines = true;
    } else if (argument == "--render" && i + 2 < argc) {
      options.dpi = std::atof(argv[i + 1]);
      options.directory = argv[i + 2];
      i += 2;
    } else if (argument == "--password" && i + 1 < argc) {
      options.password = argv[++i];
    } else {
      options.files.emplace_back(argument);
    }
  }
  for (const auto& file : options.files) probe_file(file, options);
  return 0;
}
