#include "clinical/parts.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "clinical/report_type.hpp"
#include "clinical/text/labels.hpp"

namespace medmark::clinical {
namespace {

using document::Block;
using document::BlockType;

struct PartLimits {
  std::size_t head_blocks = 4;     // a report's title stands among the first blocks of its page
  std::size_t patient_blocks = 6;  // the patient's data follow within so many blocks
  std::size_t longest_title = 40;
};
constexpr PartLimits kLimits;

struct Title {
  std::size_t block = 0;  // first block of the report (a hospital's line above the title belongs to it)
  std::string type;
  std::u32string text;
  bool is_low = false;                             // of a level that titles within a report have too
  std::map<std::string, std::u32string> identity;  // what tells one report's patient and sample from another's
};

// Values of the fields that identify a report, in blocks [from, to).
std::map<std::string, std::u32string> identity_in(const document::Document& document, std::size_t from, std::size_t to,
                                                  const Lexicons& lexicons) {
  std::map<std::string, std::u32string> identity;
  const int page = document.blocks[from - 1].page;
  for (const TextUnit& unit : units_of(document, from, to)) {
    if (unit.block->page != page) break;
    for (const LabelHit& hit : find_labels(unit, lexicons.labels)) {
      const std::string& field = hit.label->field;
      if (field != "name" && field != "sample_number" && field != "admission_number" && field != "outpatient_number")
        continue;
      const std::u32string value = unit.folded.characters.substr(hit.value_begin, hit.value_end - hit.value_begin);
      identity.emplace(field, value);
    }
  }
  return identity;
}

std::vector<Title> find_titles(const document::Document& document, const Lexicons& lexicons) {
  std::vector<Title> titles;
  std::map<int, std::size_t> blocks_on_page;
  std::size_t title_begin = document.blocks.size();  // a title line right above ("某某医院"); size(): none
  for (std::size_t b = 0; b < document.blocks.size(); ++b) {
    const Block& block = document.blocks[b];
    if (document::is_furniture(block.type)) continue;
    const std::size_t position = blocks_on_page[block.page]++;
    const bool is_low = block.level.value_or(1) > 2;
    const bool is_title = block.type == BlockType::kTitle && (!is_low || position < kLimits.head_blocks);
    if (!is_title) {
      title_begin = document.blocks.size();
      continue;
    }
    const std::u32string text = folded_key(block.text);
    const auto type = text.size() <= kLimits.longest_title ? type_of_title(text, lexicons) : std::nullopt;
    if (type && *type != "other") {
      const std::size_t until = std::min(document.blocks.size(), b + 1 + kLimits.patient_blocks);
      auto identity = identity_in(document, b + 1, until, lexicons);
      const bool at_head = position < kLimits.head_blocks && block.level.value_or(1) == 1;
      if (at_head || !identity.empty())
        titles.push_back({std::min(title_begin, b), *type, text, is_low, std::move(identity)});
      title_begin = document.blocks.size();
    } else {
      title_begin = b;
    }
  }
  return titles;
}

bool tells_of_another(const Title& current, const Title& next) {
  return std::any_of(next.identity.begin(), next.identity.end(), [&](const auto& entry) {
    const auto known = current.identity.find(entry.first);
    return known != current.identity.end() && known->second != entry.second;
  });
}

// Whether `next` only goes on with the report of `current`: the same title, or a low one, and nobody else's data.
bool continues(const Title& current, const Title& next) {
  return (next.is_low || current.text == next.text) && !tells_of_another(current, next);
}

}  // namespace

std::vector<BlockRange> split_reports(const document::Document& document, const Lexicons& lexicons) {
  std::vector<BlockRange> ranges = {{0, document.blocks.size()}};
  std::optional<Title> current;
  for (const Title& title : find_titles(document, lexicons)) {
    const bool starts = current.has_value() && !continues(*current, title);
    if (starts) {
      // The furniture of the new report's page belongs to it.
      std::size_t first = title.block;
      while (first > ranges.back().first && document::is_furniture(document.blocks[first - 1].type) &&
             document.blocks[first - 1].page == document.blocks[title.block].page) {
        --first;
      }
      ranges.back().last = first;
      ranges.push_back({first, document.blocks.size()});
    }
    if (starts || !current.has_value()) current = title;
  }
  return ranges;
}

}  // namespace medmark::clinical
