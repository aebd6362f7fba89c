// What a drawing of a Word or PowerPoint file shows, whatever draws it: a picture, a chart's data, the words of a
// diagram.
//
// Confined to one thread; package and pictures must outlive the reader.
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "document/office_page.hpp"
#include "input/office/package.hpp"
#include "input/office/picture_store.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {

constexpr double kEmusPerPoint = 12'700;

class DrawingReader {
 public:
  DrawingReader(Package& package, PictureStore& pictures) : package_(package), pictures_(pictures) {}

  // A pic element (of either namespace); `width` and `height` in points as displayed.
  void add_picture(pugi::xml_node picture, const std::string& part, double width, double height,
                   std::vector<document::OfficeItem>& items);
  // The picture behind a relationship of `part`.
  void add_picture_part(std::string_view relationship, const std::string& part, const PicturePlacement& placement,
                        std::vector<document::OfficeItem>& items);
  // graphicData that holds a chart or a diagram. False where it is neither.
  bool add_graphic(pugi::xml_node graphic_data, const std::string& part, std::vector<document::OfficeItem>& items);

  // Notes, once a page, that something of the file is not among the items (`too_large`).
  void note_loss(const char* what);
  // What could not be read since the last call.
  [[nodiscard]] std::vector<base::Error> take_errors();

 private:
  // The part that a relationship names; empty where there is none, and with a complaint where it cannot be read.
  [[nodiscard]] std::optional<XmlPart> related_part(std::string_view relationship, const std::string& part,
                                                    const char* complaint);
  void add_chart(std::string_view relationship, const std::string& part, std::vector<document::OfficeItem>& items);
  void add_diagram(std::string_view relationship, const std::string& part, std::vector<document::OfficeItem>& items);

  Package& package_;
  PictureStore& pictures_;
  std::vector<base::Error> errors_;
};

// Which of the alternatives of a mc:AlternateContent is read: the first, unless it needs what is not read here.
[[nodiscard]] pugi::xml_node chosen_alternative(pugi::xml_node alternate_content);

}  // namespace medmark::input::office
