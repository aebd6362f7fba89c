#include "clinical/text/phrase_index.hpp"

#include <algorithm>

#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {

void PhraseIndex::add(std::string_view phrase, int id) {
  std::u32string key = folded_key(phrase);
  if (key.empty()) return;
  std::vector<Entry>& list = by_first_[key.front()];
  if (std::any_of(list.begin(), list.end(), [&](const Entry& entry) { return entry.phrase == key; })) return;
  const auto place =
      std::find_if(list.begin(), list.end(), [&](const Entry& entry) { return entry.phrase.size() < key.size(); });
  list.insert(place, Entry{std::move(key), id});
  ++size_;
}

std::optional<PhraseMatch> PhraseIndex::longest_at(std::u32string_view text, std::size_t position) const {
  if (position >= text.size()) return std::nullopt;
  const auto list = by_first_.find(text[position]);
  if (list == by_first_.end()) return std::nullopt;
  const std::u32string_view rest = text.substr(position);
  for (const Entry& entry : list->second) {
    if (rest.starts_with(entry.phrase)) return PhraseMatch{entry.phrase.size(), entry.id};
  }
  return std::nullopt;
}

std::optional<int> PhraseIndex::whole(std::u32string_view text) const {
  if (text.empty()) return std::nullopt;
  const auto list = by_first_.find(text.front());
  if (list == by_first_.end()) return std::nullopt;
  for (const Entry& entry : list->second) {
    if (entry.phrase == text) return entry.id;
  }
  return std::nullopt;
}

bool PhraseIndex::found_in(std::u32string_view text) const {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (longest_at(text, i).has_value()) return true;
  }
  return false;
}

std::optional<PhraseMatch> PhraseIndex::ending_of(std::u32string_view text) const {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (const auto id = whole(text.substr(i))) return PhraseMatch{text.size() - i, *id};
  }
  return std::nullopt;
}

bool PhraseIndex::is_beginning(std::u32string_view text) const {
  const auto list = text.empty() ? by_first_.end() : by_first_.find(text.front());
  return list != by_first_.end() && std::any_of(list->second.begin(), list->second.end(), [&](const Entry& entry) {
           return entry.phrase.size() > text.size() && entry.phrase.starts_with(text);
         });
}

}  // namespace medmark::clinical
