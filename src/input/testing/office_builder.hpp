// Makes small Office files for tests: a zip archive of parts given as text. Test code only; not thread-safe.
#pragma once

#include <zip.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace medmark::input::testing {

class OfficeBuilder {
 public:
  OfficeBuilder& part(std::string name, std::string content) {
    parts_.emplace_back(std::move(name), std::move(content));
    return *this;
  }

  // A Word file whose body holds `body`; further parts are related by the type that their name begins with.
  static OfficeBuilder docx(const std::string& body) {
    OfficeBuilder builder;
    builder.main("word/document.xml");
    builder.part("word/document.xml",
                 "<w:document xmlns:w=\"w\" xmlns:r=\"r\" xmlns:m=\"m\"><w:body>" + body + "</w:body></w:document>");
    return builder;
  }

  OfficeBuilder& main(const std::string& name) {
    return part("_rels/.rels", relationships({{"rId1", "officeDocument", name}}));
  }

  struct Relation {
    std::string id;
    std::string type;
    std::string target;
    bool is_external = false;
  };
  static std::string relationships(const std::vector<Relation>& relations) {
    std::string xml = "<Relationships>";
    for (const Relation& relation : relations) {
      xml += "<Relationship Id=\"" + relation.id + "\" Type=\"http://x/" + relation.type + "\" Target=\"" +
             relation.target + "\"" + (relation.is_external ? " TargetMode=\"External\"" : "") + "/>";
    }
    return xml + "</Relationships>";
  }
  OfficeBuilder& document_relationships(const std::vector<Relation>& relations) {
    return part("word/_rels/document.xml.rels", relationships(relations));
  }

  [[nodiscard]] std::vector<std::uint8_t> build() const {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (const auto& [name, content] : parts_) {
      zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
      zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    }
    zip_close(archive);
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(zip_source_tell(target)));
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
  }

 private:
  std::vector<std::pair<std::string, std::string>> parts_;
};

}  // namespace medmark::input::testing
