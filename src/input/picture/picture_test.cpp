#include <gtest/gtest.h>
#include <png.h>
#include <tiffio.h>
#include <turbojpeg.h>
#include <webp/encode.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "input/picture/metadata.hpp"
#include "input/picture/picture_source.hpp"
#include "input/png.hpp"
#include "input/source.hpp"

namespace medmark::input {
namespace {

using base::ErrorCode;
using Bytes = std::vector<std::uint8_t>;

constexpr int kWidth = 64;
constexpr int kHeight = 48;

// White, with a black quarter at the top left and a red one at the bottom right.
Picture pattern(int width = kWidth, int height = kHeight) {
  Picture picture{.width = width, .height = height, .dpi = 0, .bgr = {}, .errors = {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool black = x < width / 2 && y < height / 2;
      const bool red = x >= width / 2 && y >= height / 2;
      const std::array<std::uint8_t, 3> color = black ? std::array<std::uint8_t, 3>{0, 0, 0}
                                                : red ? std::array<std::uint8_t, 3>{0, 0, 255}
                                                      : std::array<std::uint8_t, 3>{255, 255, 255};
      picture.bgr.insert(picture.bgr.end(), color.begin(), color.end());
    }
  }
  return picture;
}

Picture read(const Bytes& bytes, int page = 0, double dpi = 10'000) {
  auto source = open_source(bytes, {});
  EXPECT_TRUE(source) << source.error().message;
  Picture picture;
  if (!source) return picture;
  const auto size = (*source)->render(page, dpi, [&](std::size_t count) {
    picture.bgr.resize(count);
    return std::span(picture.bgr);
  });
  EXPECT_TRUE(size) << size.error().message;
  if (size) {
    picture.width = size->width;
    picture.height = size->height;
    picture.dpi = size->dpi;
    if (size->damage) picture.errors.push_back(*size->damage);
  }
  return picture;
}

// The colours in the middle of the four quarters: k black, r red, w white, ? anything else; row by row.
std::string quarters(const Picture& picture) {
  std::string result;
  for (const auto& [x, y] : {std::pair(1, 1), {3, 1}, {1, 3}, {3, 3}}) {
    const auto at = static_cast<std::size_t>(picture.height * y / 4 * picture.width + picture.width * x / 4) * 3;
    const int blue = picture.bgr[at];
    const int green = picture.bgr[at + 1];
    const int red = picture.bgr[at + 2];
    result += red > 200 && blue < 60 && green < 60     ? 'r'
              : red < 60 && green < 60 && blue < 60    ? 'k'
              : red > 200 && green > 200 && blue > 200 ? 'w'
                                                       : '?';
  }
  return result;
}

Bytes jpeg_of(const Picture& picture, int subsampling = TJSAMP_444) {
  tjhandle compressor = tjInitCompress();
  unsigned char* data = nullptr;
  unsigned long size = 0;
  tjCompress2(compressor, picture.bgr.data(), picture.width, 0, picture.height, TJPF_BGR, &data, &size, subsampling, 95,
              0);
  Bytes bytes(data, data + size);
  tjFree(data);
  tjDestroy(compressor);
  return bytes;
}

// The same JPEG with an EXIF block behind its first marker.
Bytes with_exif(const Bytes& jpeg, int orientation) {
  const Bytes exif = {0xFF, 0xE1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0, 0,
                      'M',  'M',  0,    0x2A, 0,   0,   0,   8,   0, 1,
                      0x01, 0x12, 0,    3,    0,   0,   0,   1,   0, static_cast<std::uint8_t>(orientation),
                      0,    0,    0,    0,    0,   0};
  Bytes result(jpeg.begin(), jpeg.begin() + 2);
  result.insert(result.end(), exif.begin(), exif.end());
  result.insert(result.end(), jpeg.begin() + 2, jpeg.end());
  return result;
}

Bytes read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A TIFF of several pages, written by `write_page(tiff, page)`.
template <typename WritePage>
Bytes tiff_of(int pages, WritePage write_page) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("medmark_test_" + std::to_string(::getpid()) + ".tif");
  TIFF* tiff = TIFFOpen(path.c_str(), "w");
  for (int page = 0; page < pages; ++page) {
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, kWidth);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, kHeight);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 10);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    write_page(tiff, page);
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
  Bytes bytes = read_file(path);
  std::filesystem::remove(path);
  return bytes;
}

void write_rgb(TIFF* tiff, int bits) {
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
  const Picture picture = pattern();
  for (int y = 0; y < kHeight; ++y) {
    Bytes row;
    for (int x = 0; x < kWidth; ++x) {
      for (const int channel : {2, 1, 0}) {
        const std::uint8_t value = picture.bgr[static_cast<std::size_t>((y * kWidth + x) * 3 + channel)];
        row.insert(row.end(), static_cast<std::size_t>(bits / 8), value);
      }
    }
    TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y));
  }
}

void write_fax(TIFF* tiff) {
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
  TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 204.0);
  TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 196.0);
  for (int y = 0; y < kHeight; ++y) {
    Bytes row(kWidth / 8, 0);
    if (y < kHeight / 2) std::fill(row.begin(), row.begin() + kWidth / 16, std::uint8_t{0xFF});
    TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y));
  }
}

TEST(Pictures, PngJpegAndWebpAreReadAsBgr) {
  EXPECT_EQ(quarters(read(encode_png(pattern()))), "kwwr");
  EXPECT_EQ(quarters(read(jpeg_of(pattern()))), "kwwr");
  const Picture picture = pattern();
  std::uint8_t* data = nullptr;
  const std::size_t size = WebPEncodeLosslessBGR(picture.bgr.data(), kWidth, kHeight, kWidth * 3, &data);
  EXPECT_EQ(quarters(read(Bytes(data, data + size))), "kwwr");
  WebPFree(data);
}

TEST(Pictures, TransparencyLiesOnWhite) {
  Bytes bgra(kWidth * kHeight * 4, 0);  // black, and wholly transparent
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = kWidth;
  image.height = kHeight;
  image.format = PNG_FORMAT_BGRA;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  Bytes png(size);
  ASSERT_NE(png_image_write_to_memory(&image, png.data(), &size, 0, bgra.data(), 0, nullptr), 0);
  png.resize(size);
  EXPECT_EQ(quarters(read(png)), "wwww");
  std::uint8_t* data = nullptr;
  size = WebPEncodeLosslessBGRA(bgra.data(), kWidth, kHeight, kWidth * 4, &data);
  EXPECT_EQ(quarters(read(Bytes(data, data + size))), "wwww");
  WebPFree(data);
}

TEST(Pictures, DeepGreyPngKeepsItsTone) {
  std::vector<std::uint16_t> grey(kWidth * kHeight, 0x8080);
  Bytes png;
  png_structp writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(writer);
  png_set_write_fn(
      writer, &png,
      [](png_structp self, png_bytep data, std::size_t size) {
        auto& out = *static_cast<Bytes*>(png_get_io_ptr(self));
        out.insert(out.end(), data, data + size);
      },
      nullptr);
  png_set_IHDR(writer, info, kWidth, kHeight, 16, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_write_info(writer, info);
  for (int y = 0; y < kHeight; ++y) png_write_row(writer, reinterpret_cast<png_const_bytep>(grey.data()));
  png_write_end(writer, nullptr);
  png_destroy_write_struct(&writer, &info);
  EXPECT_NEAR(read(png).bgr[100], 0x80, 2);
}

TEST(Pictures, ExifOrientationIsApplied) {
  const std::array<const char*, 8> expected = {"kwwr", "wkrw", "rwwk", "wrkw", "kwwr", "wkrw", "rwwk", "wrkw"};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const Picture picture = read(with_exif(jpeg_of(pattern()), orientation));
    EXPECT_EQ(quarters(picture), expected[static_cast<std::size_t>(orientation - 1)]) << orientation;
    EXPECT_EQ(picture.width > picture.height, orientation <= 4) << orientation;
  }
}

TEST(Pictures, LargeJpegsAreDecodedSmallerWhereLessIsAskedFor) {
  const Bytes jpeg = jpeg_of(pattern(1600, 1200));
  const auto pixels =
      picture::decode(Format::kJpeg, jpeg, picture::DecodeRequest{.page = 0, .least_width = 300, .least_height = 200});
  ASSERT_TRUE(pixels);
  EXPECT_EQ(pixels->width, 400);
  const Picture small = read(jpeg, 0, 40);
  EXPECT_EQ(small.width, static_cast<int>(std::lround(842 * 40 / 72.0)));
  EXPECT_EQ(quarters(small), "kwwr");
}

TEST(Pictures, TiffPagesAreReadOneByOne) {
  const Bytes tiff = tiff_of(3, [](TIFF* file, int page) {
    if (page == 0) write_rgb(file, 8);
    if (page == 1) write_fax(file);
    if (page == 2) write_rgb(file, 16);
  });
  auto source = open_source(tiff, {});
  ASSERT_TRUE(source);
  EXPECT_EQ((*source)->page_count(), 3);
  EXPECT_EQ(quarters(read(tiff, 0)), "kwwr");
  EXPECT_EQ(quarters(read(tiff, 1)), "kwww");
  EXPECT_EQ(quarters(read(tiff, 2)), "kwwr");
  EXPECT_EQ((*source)->page(3).error().code, ErrorCode::kNotFound);
}

// A bitmap of 24 bits from the bottom up, or of 8 bits in run lengths from a palette.
Bytes bmp_of(bool run_lengths) {
  const Picture picture = pattern();
  const auto put32 = [](Bytes& out, std::uint32_t v) {
    for (int i = 0; i < 4; ++i) out.push_back(static_cast<std::uint8_t>(v >> (8 * i)));
  };
  Bytes pixels;
  for (int y = kHeight - 1; y >= 0; --y) {
    if (run_lengths) {
      const bool top = y < kHeight / 2;
      pixels.insert(pixels.end(), {kWidth / 2, static_cast<std::uint8_t>(top ? 0 : 1)});
      pixels.insert(pixels.end(), {kWidth / 2, static_cast<std::uint8_t>(top ? 1 : 2), 0, 0});
    } else {
      const auto row = picture.bgr.begin() + y * kWidth * 3;
      pixels.insert(pixels.end(), row, row + kWidth * 3);
    }
  }
  const std::uint32_t palette_size = run_lengths ? 3 : 0;
  Bytes bmp = {'B', 'M'};
  put32(bmp, 0);
  put32(bmp, 0);
  put32(bmp, 54 + 4 * palette_size);
  put32(bmp, 40);
  put32(bmp, kWidth);
  put32(bmp, kHeight);
  bmp.insert(bmp.end(), {1, 0, static_cast<std::uint8_t>(run_lengths ? 8 : 24), 0});
  put32(bmp, run_lengths ? 1 : 0);
  for (int i = 0; i < 3; ++i) put32(bmp, 0);
  put32(bmp, palette_size);
  put32(bmp, 0);
  if (run_lengths) {
    for (const std::uint32_t color : {0x000000U, 0xFFFFFFU, 0xFF0000U}) put32(bmp, color);
  }
  bmp.insert(bmp.end(), pixels.begin(), pixels.end());
  return bmp;
}

TEST(Pictures, BitmapsAreReadRawAndInRunLengths) {
  EXPECT_EQ(quarters(read(bmp_of(false))), "kwwr");
  EXPECT_EQ(quarters(read(bmp_of(true))), "kwwr");
}

TEST(Pictures, TruncatedFilesGiveWhatTheyHoldAndSaySo) {
  for (Bytes bytes : {encode_png(pattern(600, 400)), jpeg_of(pattern(600, 400)), bmp_of(false)}) {
    EXPECT_TRUE(read(bytes).errors.empty());
    bytes.resize(bytes.size() * 2 / 3);
    const Picture picture = read(bytes);
    ASSERT_EQ(picture.errors.size(), 1U);
    EXPECT_EQ(picture.errors[0].code, ErrorCode::kCorruptDocument);
    EXPECT_FALSE(picture.bgr.empty());
  }
}

TEST(Pictures, TooManyPixelsAreRefusedByTheHeaderAlone) {
  Bytes bmp = bmp_of(false);
  for (const std::size_t at : {18, 22}) bmp[at + 2] = 1;  // 65,600 x 65,584
  EXPECT_EQ(open_source(bmp, {}).error().code, ErrorCode::kTooLarge);
}

TEST(Pictures, RubbishBehindAMagicNumberIsCorrupt) {
  for (const std::string& magic : {std::string("\x89PNG\r\n\x1a\n"), std::string("\xff\xd8\xff\xe0"),
                                   std::string("II\x2a\0", 4), std::string("RIFF\x24\0\0\0WEBPVP8 ", 16)}) {
    Bytes bytes(magic.begin(), magic.end());
    bytes.resize(200, 0x41);
    const auto source = open_source(bytes, {});
    ASSERT_FALSE(source) << magic.substr(1, 3);
    EXPECT_EQ(source.error().code, ErrorCode::kCorruptDocument) << magic.substr(1, 3);
  }
}

TEST(PagePlan, UsesAResolutionThatMakesAPage) {
  const auto plan = picture::plan_page({.width = 1654, .height = 2339, .dpi_x = 200, .dpi_y = 200});
  EXPECT_NEAR(plan.width, 595, 1);
  EXPECT_NEAR(plan.height, 842, 1);
  EXPECT_DOUBLE_EQ(plan.dpi, 200);
}

TEST(PagePlan, TakesDefaultsNobodyMeantForA4) {
  for (const double dpi : {0.0, 72.0, 96.0, 1.0, 5000.0, std::nan("")}) {
    const auto plan = picture::plan_page({.width = 3000, .height = 4000, .dpi_x = dpi, .dpi_y = dpi});
    EXPECT_NEAR(plan.height, 842, 0.5) << dpi;
    EXPECT_NEAR(plan.width, 631.5, 0.5) << dpi;
  }
}

TEST(PagePlan, StretchesFaxPixelsAndTurnsWithTheOrientation) {
  const auto fax = picture::plan_page({.width = 1728, .height = 1145, .dpi_x = 204, .dpi_y = 98});
  EXPECT_NEAR(fax.width, 610, 1);
  EXPECT_NEAR(fax.height, 841, 1);
  const auto turned = picture::plan_page({.width = 2339, .height = 1654, .dpi_x = 200, .dpi_y = 200, .orientation = 6});
  EXPECT_NEAR(turned.width, 595, 1);
}

TEST(Metadata, ExifWithOffsetsOutsideIsIgnored) {
  Bytes exif = {'I', 'I', 0x2A, 0, 0xF0, 0xFF, 0xFF, 0xFF};
  EXPECT_EQ(picture::parse_exif(exif).orientation, 1);
  exif = {'M', 'M', 0, 0x2A, 0, 0, 0, 8, 0xFF, 0xFF, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 9};
  EXPECT_EQ(picture::parse_exif(exif).orientation, 1);  // 9 is none
}

}  // namespace
}  // namespace medmark::input
