#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "input/picture/codec.hpp"

namespace medmark::input::picture {
namespace {

using base::ErrorCode;

constexpr int kMaxPages = 5000;
constexpr tmsize_t kMaxAllocation = tmsize_t{512} << 20;    // of libtiff, for one strip or tile
constexpr std::size_t kChunkBytes = std::size_t{32} << 20;  // decoded at a time where strips allow it

// libtiff reads through callbacks; the handle is this.
struct MemoryFile {
  std::span<const std::uint8_t> bytes;
  std::size_t at = 0;
};

MemoryFile& file_of(thandle_t handle) { return *static_cast<MemoryFile*>(handle); }

tmsize_t read_file(thandle_t handle, void* to, tmsize_t count) {
  MemoryFile& file = file_of(handle);
  if (count <= 0 || file.at >= file.bytes.size()) return 0;
  const std::size_t size = std::min(static_cast<std::size_t>(count), file.bytes.size() - file.at);
  std::memcpy(to, file.bytes.data() + file.at, size);
  file.at += size;
  return static_cast<tmsize_t>(size);
}

tmsize_t refuse_writing(thandle_t, void*, tmsize_t) { return 0; }

toff_t seek_file(thandle_t handle, toff_t offset, int whence) {
  MemoryFile& file = file_of(handle);
  const std::size_t from = whence == SEEK_CUR ? file.at : whence == SEEK_END ? file.bytes.size() : 0;
  file.at = from + static_cast<std::size_t>(offset);
  return file.at;
}

int close_file(thandle_t) { return 0; }
toff_t file_size(thandle_t handle) { return file_of(handle).bytes.size(); }

int map_file(thandle_t handle, void** base, toff_t* size) {
  const MemoryFile& file = file_of(handle);
  *base = const_cast<std::uint8_t*>(file.bytes.data());  // libtiff's interface; opened for reading, it does not write
  *size = file.bytes.size();
  return 1;
}

void unmap_file(thandle_t, void*, toff_t) {}
int stay_silent(TIFF*, void*, const char*, const char*, va_list) { return 1; }

struct Close {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
struct FreeOptions {
  void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

class TiffFile {
 public:
  explicit TiffFile(std::span<const std::uint8_t> bytes) : file_{bytes} {
    const std::unique_ptr<TIFFOpenOptions, FreeOptions> options(TIFFOpenOptionsAlloc());
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), kMaxAllocation);
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), stay_silent, nullptr);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), stay_silent, nullptr);
    tiff_.reset(TIFFClientOpenExt("", "rm", &file_, read_file, refuse_writing, seek_file, close_file, file_size,
                                  map_file, unmap_file, options.get()));
  }
  TiffFile(const TiffFile&) = delete;
  TiffFile& operator=(const TiffFile&) = delete;
  [[nodiscard]] TIFF* get() const { return tiff_.get(); }

 private:
  MemoryFile file_;
  std::unique_ptr<TIFF, Close> tiff_;
};

tl::unexpected<base::Error> damaged_tiff() {
  return base::fail(ErrorCode::kCorruptDocument, "The TIFF picture is damaged.");
}

bool go_to_page(TIFF* tiff, int page) {
  return tiff != nullptr && TIFFSetDirectory(tiff, static_cast<tdir_t>(page)) != 0;
}

// Rows that libtiff decodes without decoding any strip or tile twice.
std::uint32_t rows_at_a_time(TIFF* tiff, std::uint32_t width, std::uint32_t height) {
  std::uint32_t unit = height;
  TIFFGetField(tiff, TIFFIsTiled(tiff) != 0 ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP, &unit);
  unit = std::clamp<std::uint32_t>(unit, 1, height);
  const std::size_t wanted = std::max<std::size_t>(1, kChunkBytes / (std::size_t{width} * 4) / unit);
  return static_cast<std::uint32_t>(std::min<std::size_t>(wanted * unit, height));
}

struct EndImage {
  void operator()(TIFFRGBAImage* image) const { TIFFRGBAImageEnd(image); }
};

// One packed pixel, its colours already multiplied by its opacity, on white.
void write_on_white(std::uint32_t pixel, std::uint8_t* bgr) {
  const unsigned rest = 255U - TIFFGetA(pixel);
  bgr[0] = static_cast<std::uint8_t>(std::min(255U, TIFFGetB(pixel) + rest));
  bgr[1] = static_cast<std::uint8_t>(std::min(255U, TIFFGetG(pixel) + rest));
  bgr[2] = static_cast<std::uint8_t>(std::min(255U, TIFFGetR(pixel) + rest));
}

}  // namespace

base::Result<int> count_tiff_pages(std::span<const std::uint8_t> bytes) {
  const TiffFile file(bytes);
  if (file.get() == nullptr) return damaged_tiff();
  int pages = 1;
  while (pages <= kMaxPages && TIFFReadDirectory(file.get()) != 0) ++pages;
  return pages;
}

base::Result<Header> read_tiff_header(std::span<const std::uint8_t> bytes, int page) {
  const TiffFile file(bytes);
  if (!go_to_page(file.get(), page)) return damaged_tiff();
  std::uint32_t width = 0, height = 0;
  std::uint16_t orientation = 1, unit = RESUNIT_INCH;
  float x = 0, y = 0;
  TIFFGetField(file.get(), TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(file.get(), TIFFTAG_IMAGELENGTH, &height);
  TIFFGetFieldDefaulted(file.get(), TIFFTAG_ORIENTATION, &orientation);
  TIFFGetFieldDefaulted(file.get(), TIFFTAG_RESOLUTIONUNIT, &unit);
  TIFFGetField(file.get(), TIFFTAG_XRESOLUTION, &x);
  TIFFGetField(file.get(), TIFFTAG_YRESOLUTION, &y);
  if (width == 0 || height == 0 || width > 1'000'000 || height > 1'000'000) return damaged_tiff();
  const double factor = unit == RESUNIT_CENTIMETER ? 2.54 : unit == RESUNIT_INCH ? 1 : 0;
  return Header{static_cast<int>(width), static_cast<int>(height), x * factor, y * factor,
                orientation >= 1 && orientation <= 8 ? orientation : 1};
}

base::Result<Pixels> decode_tiff(std::span<const std::uint8_t> bytes, int page) {
  const TiffFile file(bytes);
  if (!go_to_page(file.get(), page)) return damaged_tiff();
  TIFFRGBAImage image{};
  char message[1024] = "";
  if (TIFFRGBAImageOK(file.get(), message) == 0) {
    return base::fail(ErrorCode::kUnsupportedFormat, "The TIFF picture's kind of pixels is not supported.");
  }
  if (TIFFRGBAImageBegin(&image, file.get(), 0, message) == 0) return damaged_tiff();
  const std::unique_ptr<TIFFRGBAImage, EndImage> guard(&image);
  image.req_orientation = image.orientation;  // as stored; the caller turns it
  const std::uint32_t rows = rows_at_a_time(file.get(), image.width, image.height);
  Pixels pixels{.width = static_cast<int>(image.width), .height = static_cast<int>(image.height), .bgr = {}};
  pixels.bgr.assign(std::size_t{image.width} * image.height * 3, 255);
  std::vector<std::uint32_t> chunk(std::size_t{image.width} * rows);
  for (std::uint32_t row = 0; row < image.height; row += rows) {
    const std::uint32_t count = std::min(rows, image.height - row);
    image.row_offset = static_cast<int>(row);
    image.col_offset = 0;
    std::fill(chunk.begin(), chunk.end(), 0xFFFFFFFF);
    if (TIFFRGBAImageGet(&image, chunk.data(), image.width, count) == 0) pixels.is_incomplete = true;
    std::uint8_t* target = pixels.bgr.data() + std::size_t{row} * image.width * 3;
    for (std::size_t i = 0; i < std::size_t{image.width} * count; ++i) write_on_white(chunk[i], target + 3 * i);
  }
  return pixels;
}

}  // namespace medmark::input::picture
