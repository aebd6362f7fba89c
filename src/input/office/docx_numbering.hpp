// The automatic numbers and bullets of a Word file's lists, counted as Word counts them.
//
// Stateful: label() is called once for each numbered paragraph, in document order. Confined to one thread.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace medmark::input::office {

class Numbering {
 public:
  // `numbering` is the root of the numbering part; nothing where the file has none.
  explicit Numbering(pugi::xml_node numbering);

  // What is printed in front of the paragraph, with the space behind it; "" where nothing is.
  [[nodiscard]] std::string label(const std::string& numbering_id, int level);
  // The level whose own style is `style` in a numbering, for paragraphs numbered through their style.
  [[nodiscard]] std::optional<int> level_of_style(const std::string& numbering_id, std::string_view style) const;

 private:
  static constexpr int kLevels = 9;
  struct Level {
    int start = 1;
    std::string format = "decimal";
    std::string text;
    std::string font;  // of a bullet
    std::string style;
    std::string suffix = "tab";
    std::optional<int> restarts_after;  // 0: never
    bool is_legal = false;              // every number in digits
  };
  using Levels = std::array<Level, kLevels>;
  struct Definition {
    Levels levels;
    std::string linked_style;  // its levels stand where this style's numbering has them
    std::string style;
  };
  struct Instance {
    std::string definition;
    std::map<int, Level> overrides;
    std::map<int, int> starts;
    bool is_started = false;
  };
  struct Counters {
    std::array<int, kLevels> values{};
    std::array<bool, kLevels> is_running{};
  };

  static Level read_level(pugi::xml_node node, Level level);
  void read_definition(pugi::xml_node node);
  void read_instance(pugi::xml_node node);
  [[nodiscard]] const Definition* definition_of(const Instance& instance) const;
  [[nodiscard]] Level level_of(const Instance& instance, int level) const;
  void count(Instance& instance, Counters& counters, int level) const;
  [[nodiscard]] std::string text_of(const Instance& instance, const Counters& counters, const Level& level) const;

  std::map<std::string, Definition, std::less<>> definitions_;
  std::map<std::string, Instance, std::less<>> instances_;
  std::map<std::string, Counters> counters_;  // by definition: instances of one go on with each other's numbers
};

}  // namespace medmark::input::office
