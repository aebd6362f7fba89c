#include "clinical/lexicon/local_words.hpp"

#include <algorithm>
#include <vector>

#include "base/sha256.hpp"
#include "base/text.hpp"
#include "clinical/text/rewrite.hpp"

namespace medmark::clinical {
namespace {

constexpr std::size_t kLeastCharacters = 2;
constexpr std::size_t kVersionDigits = 12;

bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Whether a letter or digit goes on over the edge of a word.
bool is_within_a_word(std::string_view text, std::size_t begin, std::size_t end) {
  const bool before = begin > 0 && is_word_byte(text[begin - 1]) && is_word_byte(text[begin]);
  const bool behind = end < text.size() && is_word_byte(text[end]) && is_word_byte(text[end - 1]);
  return before || behind;
}

// Whether the text reads `right` already where `read` is a part of it ("蛋白" of "血红蛋白").
bool is_right_already(std::string_view text, std::size_t begin, std::string_view read, std::string_view right) {
  for (std::size_t at = right.find(read); at != std::string_view::npos; at = right.find(read, at + 1)) {
    if (begin >= at && text.substr(begin - at).starts_with(right)) return true;
  }
  return false;
}

// From the left, the longest word first.
std::vector<Replacement> repairs_of(std::string_view text, const LocalWords& words) {
  std::vector<Replacement> found;
  for (const auto& [read, right] : words) {
    if (!is_repair(read, right)) continue;
    for (std::size_t at = text.find(read); at != std::string_view::npos; at = text.find(read, at + 1)) {
      if (is_within_a_word(text, at, at + read.size()) || is_right_already(text, at, read, right)) continue;
      found.push_back({at, at + read.size(), right});
    }
  }
  std::sort(found.begin(), found.end(), [](const Replacement& a, const Replacement& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<Replacement> kept;
  for (Replacement& repair : found) {
    if (kept.empty() || repair.begin >= kept.back().end) kept.push_back(std::move(repair));
  }
  return kept;
}

}  // namespace

bool is_repair(std::string_view read, std::string_view right) {
  const auto has_digit = [](const std::u32string& text) {
    return std::any_of(text.begin(), text.end(), base::is_digit);
  };
  const std::u32string before = base::decode_utf8(read);
  const std::u32string after = base::decode_utf8(right);
  return before.size() >= kLeastCharacters && !after.empty() && before != after && !has_digit(before) &&
         !has_digit(after);
}

std::string repaired(std::string_view text, const LocalWords& words) { return replaced(text, repairs_of(text, words)); }

void repair_words(document::Document& document, const LocalWords& words) {
  if (words.empty()) return;
  for (document::Block& block : document.blocks) {
    const bool is_recognised = document::is_recognised(block.source);
    if (!is_recognised) continue;
    const std::vector<Replacement> repairs = repairs_of(block.text, words);
    block.key_size = moved(block.key_size, repairs);
    block.value_offset = moved(block.value_offset, repairs);
    rewrite(block.text, block.runs, repairs);
    if (!block.table.has_value()) continue;
    for (document::TableCell& cell : block.table->cells) rewrite(cell.text, cell.runs, repairs_of(cell.text, words));
  }
}

document::NamedVersion version_of(const LocalWords& words) {
  base::Sha256 digest;
  for (const auto& [read, right] : words) {
    const std::string line = read + '\n' + right + '\n';
    digest.update({reinterpret_cast<const std::uint8_t*>(line.data()), line.size()});
  }
  return {"local_words", digest.hex().substr(0, kVersionDigits)};
}

}  // namespace medmark::clinical
