// The pictures inside an Office file: listed while its parts are read, looked at when their page is asked for, decoded
// by the same readers as picture files.
//
// Confined to one thread; the package must outlive the store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "document/office_page.hpp"
#include "input/office/package.hpp"
#include "input/source.hpp"

namespace medmark::input::office {

// How a picture is shown.
struct PicturePlacement {
  double width = 0;  // points
  double height = 0;
  base::Rect crop;  // see document::OfficePicture
  int rotation = 0;
};

class PictureStore {
 public:
  PictureStore(Package& package, const SourceOptions& options) : package_(package), options_(options) {}

  // Nothing where there are more pictures than are read, or the size is nonsense.
  [[nodiscard]] std::optional<document::OfficePicture> add(const std::string& part, const PicturePlacement& placement);
  [[nodiscard]] bool is_full() const;
  // "EMF" of "word/media/image1.emf"; empty where the name does not tell.
  [[nodiscard]] std::string kind_of(const document::OfficePicture& picture) const;
  // Fills in what the picture's own bytes say. Fails where they are of no kind that is read, or broken.
  [[nodiscard]] base::Result<void> look_at(document::OfficePicture& picture);
  // As Source::render, of the whole picture as the file has it.
  [[nodiscard]] base::Result<RenderedSize> render(int index, double dpi, const PixelAllocator& allocate);

 private:
  // The picture's bytes and their reader; the last one opened is kept.
  [[nodiscard]] base::Result<Source*> open(int index);
  [[nodiscard]] base::Result<bool> shows_text(const document::OfficePicture& picture);

  Package& package_;
  SourceOptions options_;
  std::vector<std::string> parts_;
  std::string bytes_;
  std::unique_ptr<Source> open_source_;
  int open_index_ = -1;
};

}  // namespace medmark::input::office
