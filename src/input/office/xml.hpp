// XML parts of an Office file. A part with a document type declaration, nested too deep or too large is refused, so no
// entity is ever defined, let alone expanded, and code that walks the tree may recurse.
//
// Elements and attributes are found by their local names: every producer chooses its own prefixes. Thread-safe as
// values are.
#pragma once

#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "input/office/limits.hpp"

namespace medmark::input::office {

class XmlPart {
 public:
  // Fails with kCorruptDocument, or kTooLarge for too many nodes.
  [[nodiscard]] static base::Result<XmlPart> parse(std::string_view content, const OfficeLimits& limits);
  // The document's element.
  [[nodiscard]] pugi::xml_node root() const { return document_->document_element(); }

 private:
  XmlPart() : document_(std::make_unique<pugi::xml_document>()) {}
  std::unique_ptr<pugi::xml_document> document_;
};

// "p" of "w:p".
[[nodiscard]] std::string_view local_name(std::string_view name);
[[nodiscard]] inline std::string_view local_name(pugi::xml_node node) { return local_name(node.name()); }

// The first child element of a local name; empty where there is none.
[[nodiscard]] pugi::xml_node child(pugi::xml_node node, std::string_view name);
// The child of the child, and so on.
template <typename... Names>
[[nodiscard]] pugi::xml_node child(pugi::xml_node node, std::string_view name, Names... names) {
  return child(child(node, name), names...);
}
// The first element below the node, at any depth and in document order, of a local name.
[[nodiscard]] pugi::xml_node descendant(pugi::xml_node node, std::string_view name);

// An attribute by its local name; "" where there is none.
[[nodiscard]] std::string_view attribute(pugi::xml_node node, std::string_view name);
// The same where only one with a prefix counts ("r:id" beside "id").
[[nodiscard]] std::string_view prefixed_attribute(pugi::xml_node node, std::string_view name);
// A number; `otherwise` where there is none or nonsense.
[[nodiscard]] double number_attribute(pugi::xml_node node, std::string_view name, double otherwise);
[[nodiscard]] int integer_attribute(pugi::xml_node node, std::string_view name, int otherwise);

// Whether a property element such as <w:b/> switches its property on: it is there and does not say 0, false or off.
[[nodiscard]] bool is_on(pugi::xml_node property);

}  // namespace medmark::input::office
