#include "input/office/docx_numbering.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "input/office/number_format.hpp"
#include "input/office/symbol_fonts.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {

using pugi::xml_node;

Numbering::Numbering(xml_node numbering) {
  for (const xml_node node : numbering.children()) {
    const std::string_view name = local_name(node);
    if (name == "abstractNum") read_definition(node);
    if (name == "num") read_instance(node);
  }
}

Numbering::Level Numbering::read_level(xml_node node, Level level) {
  for (const xml_node property : node.children()) {
    const std::string_view name = local_name(property);
    const std::string_view value = attribute(property, "val");
    if (name == "start") level.start = integer_attribute(property, "val", 1);
    if (name == "numFmt") level.format = value;
    if (name == "lvlText") level.text = value;
    if (name == "pStyle") level.style = value;
    if (name == "suff") level.suffix = value;
    if (name == "lvlRestart") level.restarts_after = integer_attribute(property, "val", 0);
    if (name == "isLgl") level.is_legal = is_on(property);
    if (name == "rPr") level.font = attribute(child(property, "rFonts"), "ascii");
    if (name == "AlternateContent") {  // formats of newer versions stand beside one that every version knows
      const std::string_view format = attribute(descendant(child(property, "Choice"), "numFmt"), "format");
      if (format.starts_with("01") || format.starts_with("001")) level.format = "decimalZero";
    }
  }
  return level;
}

void Numbering::read_definition(xml_node node) {
  Definition definition;
  definition.linked_style = attribute(child(node, "numStyleLink"), "val");
  definition.style = attribute(child(node, "styleLink"), "val");
  for (const xml_node level : node.children()) {
    const int index = integer_attribute(level, "ilvl", -1);
    if (local_name(level) != "lvl" || index < 0 || index >= kLevels) continue;
    Level& slot = definition.levels[static_cast<std::size_t>(index)];
    slot = read_level(level, slot);
  }
  definitions_.emplace(attribute(node, "abstractNumId"), std::move(definition));
}

void Numbering::read_instance(xml_node node) {
  Instance instance;
  instance.definition = attribute(child(node, "abstractNumId"), "val");
  for (const xml_node over : node.children()) {
    const int index = integer_attribute(over, "ilvl", -1);
    if (local_name(over) != "lvlOverride" || index < 0 || index >= kLevels) continue;
    if (const xml_node level = child(over, "lvl")) instance.overrides.emplace(index, read_level(level, {}));
    if (const xml_node start = child(over, "startOverride")) {
      instance.starts.emplace(index, integer_attribute(start, "val", 1));
    }
  }
  instances_.emplace(attribute(node, "numId"), std::move(instance));
}

const Numbering::Definition* Numbering::definition_of(const Instance& instance) const {
  const auto found = definitions_.find(instance.definition);
  if (found == definitions_.end()) return nullptr;
  if (found->second.linked_style.empty()) return &found->second;
  const auto linked = std::find_if(definitions_.begin(), definitions_.end(),
                                   [&](const auto& entry) { return entry.second.style == found->second.linked_style; });
  return linked != definitions_.end() ? &linked->second : &found->second;
}

Numbering::Level Numbering::level_of(const Instance& instance, int level) const {
  if (const auto over = instance.overrides.find(level); over != instance.overrides.end()) return over->second;
  const Definition* definition = definition_of(instance);
  return definition != nullptr ? definition->levels[static_cast<std::size_t>(level)] : Level{};
}

std::optional<int> Numbering::level_of_style(const std::string& numbering_id, std::string_view style) const {
  const auto instance = instances_.find(numbering_id);
  if (instance == instances_.end() || style.empty()) return std::nullopt;
  for (int level = 0; level < kLevels; ++level) {
    if (level_of(instance->second, level).style == style) return level;
  }
  return std::nullopt;
}

void Numbering::count(Instance& instance, Counters& counters, int level) const {
  if (!instance.is_started) {
    for (const auto& [index, start] : instance.starts) counters.is_running[static_cast<std::size_t>(index)] = false;
    instance.is_started = true;
  }
  const auto start_of = [&](int index) {
    const auto over = instance.starts.find(index);
    return over != instance.starts.end() ? over->second : level_of(instance, index).start;
  };
  // Levels above that were never printed count as printed once ("2.1" needs its 2).
  for (int above = 0; above < level; ++above) {
    const auto i = static_cast<std::size_t>(above);
    if (!counters.is_running[i]) counters.values[i] = start_of(above);
    counters.is_running[i] = true;
  }
  const auto own = static_cast<std::size_t>(level);
  counters.values[own] = counters.is_running[own] ? counters.values[own] + 1 : start_of(level);
  counters.is_running[own] = true;
  for (int below = level + 1; below < kLevels; ++below) {
    const std::optional<int> restart = level_of(instance, below).restarts_after;
    // lvlRestart names the level, from 1, whose numbers begin this one anew.
    const bool restarts = !restart.has_value() || (*restart > 0 && level < *restart);
    if (restarts) counters.is_running[static_cast<std::size_t>(below)] = false;
  }
}

std::string Numbering::text_of(const Instance& instance, const Counters& counters, const Level& level) const {
  if (level.format == "bullet") return text_in_font(level.text, level.font);
  std::string text;
  for (std::size_t i = 0; i < level.text.size(); ++i) {
    const bool is_number =
        level.text[i] == '%' && i + 1 < level.text.size() && level.text[i + 1] >= '1' && level.text[i + 1] <= '9';
    if (!is_number) {
      text += level.text[i];
      continue;
    }
    const int index = level.text[++i] - '1';
    const std::string format = level.is_legal ? "decimal" : level_of(instance, index).format;
    text += formatted_number(counters.values[static_cast<std::size_t>(index)], format);
  }
  return text;
}

std::string Numbering::label(const std::string& numbering_id, int level) {
  const auto found = instances_.find(numbering_id);
  if (found == instances_.end() || level < 0 || level >= kLevels) return "";
  Instance& instance = found->second;
  Counters& counters = counters_[instance.definition];
  count(instance, counters, level);
  const Level own = level_of(instance, level);
  std::string text = text_of(instance, counters, own);
  if (base::trimmed(text).empty()) return "";
  const std::u32string codes = base::decode_utf8(text);
  const bool is_spaced = own.suffix != "nothing" && !base::is_full_width(codes.back()) && !base::is_space(codes.back());
  return text + (is_spaced ? " " : "");
}

}  // namespace medmark::input::office
