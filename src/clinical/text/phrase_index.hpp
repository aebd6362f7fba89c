// A set of folded phrases, looked up by the longest one that stands at a place of a text.
//
// Built once, then read-only and thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace medmark::clinical {

struct PhraseMatch {
  std::size_t length = 0;  // in folded characters
  int id = -1;             // as given to `add`
};

class PhraseIndex {
 public:
  // `phrase` as printed; it is folded here. An empty one is ignored; of two equal phrases the first one stays.
  void add(std::string_view phrase, int id);
  // The longest phrase that `text` holds at `position`.
  [[nodiscard]] std::optional<PhraseMatch> longest_at(std::u32string_view text, std::size_t position) const;
  // The phrase that is the whole of `text`.
  [[nodiscard]] std::optional<int> whole(std::u32string_view text) const;
  // Whether any phrase stands anywhere in `text`.
  [[nodiscard]] bool found_in(std::u32string_view text) const;
  // The longest phrase that ends `text` and is not all of it.
  [[nodiscard]] std::optional<PhraseMatch> ending_of(std::u32string_view text) const;
  // Whether `text` is the beginning of a longer phrase.
  [[nodiscard]] bool is_beginning(std::u32string_view text) const;
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Entry {
    std::u32string phrase;
    int id = -1;
  };
  std::unordered_map<char32_t, std::vector<Entry>> by_first_;  // each list: longest first
  std::size_t size_ = 0;
};

}  // namespace medmark::clinical
