#include "input/office/xml.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>

namespace medmark::input::office {
namespace {

using base::ErrorCode;

base::Error broken() { return {ErrorCode::kCorruptDocument, "A part of the Office file is no well-formed XML."}; }

// The node behind `node` in document order, with the depth kept.
pugi::xml_node next_node(pugi::xml_node node, int& depth) {
  if (const pugi::xml_node first = node.first_child()) {
    ++depth;
    return first;
  }
  while (node && !node.next_sibling()) {
    node = node.parent();
    --depth;
  }
  return node ? node.next_sibling() : pugi::xml_node();
}

base::Result<void> check(const pugi::xml_document& document, const OfficeLimits& limits) {
  int depth = 1;
  std::uint64_t nodes = 0;
  for (pugi::xml_node node = document.first_child(); node; node = next_node(node, depth)) {
    if (node.type() == pugi::node_doctype) {
      return base::fail(ErrorCode::kCorruptDocument, "The Office file declares a document type, which none may.");
    }
    if (depth > limits.xml_depth) {
      return base::fail(ErrorCode::kCorruptDocument, "A part of the Office file is nested too deep.");
    }
    if (++nodes > limits.xml_nodes) {
      return base::fail(ErrorCode::kTooLarge, "A part of the Office file holds more than is read.");
    }
  }
  return {};
}

}  // namespace

base::Result<XmlPart> XmlPart::parse(std::string_view content, const OfficeLimits& limits) {
  constexpr unsigned kFlags = pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_doctype;
  XmlPart part;
  const pugi::xml_parse_result result = part.document_->load_buffer(content.data(), content.size(), kFlags);
  if (result.status == pugi::status_out_of_memory) {
    return base::fail(ErrorCode::kTooLarge, "A part of the Office file needs more memory than there is.");
  }
  if (!result || !part.document_->document_element()) return tl::unexpected(broken());
  if (auto checked = check(*part.document_, limits); !checked) return tl::unexpected(checked.error());
  return part;
}

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_node candidate : node.children()) {
    if (local_name(candidate) == name) return candidate;
  }
  return {};
}

pugi::xml_node descendant(pugi::xml_node node, std::string_view name) {
  int depth = 0;
  if (!node.first_child()) return {};
  for (pugi::xml_node at = next_node(node, depth); at && depth > 0; at = next_node(at, depth)) {
    if (local_name(at) == name) return at;
  }
  return {};
}

std::string_view attribute(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_attribute candidate : node.attributes()) {
    if (local_name(candidate.name()) == name) return candidate.value();
  }
  return {};
}

std::string_view prefixed_attribute(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_attribute candidate : node.attributes()) {
    const std::string_view whole = candidate.name();
    if (whole.size() > name.size() && local_name(whole) == name && !whole.starts_with("xmlns:")) {
      return candidate.value();
    }
  }
  return {};
}

double number_attribute(pugi::xml_node node, std::string_view name, double otherwise) {
  const std::string_view text = attribute(node, name);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && std::isfinite(value) && std::abs(value) < 1e12 ? value : otherwise;
}

int integer_attribute(pugi::xml_node node, std::string_view name, int otherwise) {
  const double value = number_attribute(node, name, otherwise);
  return std::abs(value) < 1e9 ? static_cast<int>(value) : otherwise;
}

bool is_on(pugi::xml_node property) {
  if (!property) return false;
  const std::string_view value = attribute(property, "val");
  return value != "0" && value != "false" && value != "off" && value != "none";
}

}  // namespace medmark::input::office
