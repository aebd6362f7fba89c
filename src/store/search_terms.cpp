#include "store/search_terms.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace medmark::store {
namespace {

char32_t lower(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 32;
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9)) return c + 32;  // Latin-1, Greek
  return c;
}

bool is_word_character(char32_t c) {
  return base::is_digit(c) || base::is_latin_letter(c) || (c >= 0x370 && c <= 0x52F);  // Greek, Cyrillic
}

std::u32string folded_code_points(std::string_view text) {
  std::u32string points = base::folded_to_half_width(base::decode_utf8(text));
  std::transform(points.begin(), points.end(), points.begin(), lower);
  return points;
}

struct Word {
  std::u32string text;
  bool is_han = false;
};

// Runs of Chinese characters and other words. Single spaces inside Chinese are the scan's, not the writer's, where
// `spaces_join` says so.
std::vector<Word> words_of(const std::u32string& text, bool spaces_join) {
  std::vector<Word> words;
  bool open = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    const bool han = base::is_han(c);
    if (!han && !is_word_character(c)) {
      const bool bridges =
          spaces_join && open && c == U' ' && words.back().is_han && i + 1 < text.size() && base::is_han(text[i + 1]);
      open = bridges;
      continue;
    }
    if (!open || words.back().is_han != han) words.push_back({{}, han});
    words.back().text += c;
    open = true;
  }
  return words;
}

// Quoted for FTS5; terms hold letters, digits and Chinese characters only.
std::string phrase_of(const Word& word) {
  if (!word.is_han) return "\"" + base::encode_utf8(word.text) + "\"*";
  if (word.text.size() == 1) return "\"" + base::encode_utf8(word.text) + "\"*";
  std::string phrase = "\"";
  for (std::size_t i = 0; i + 1 < word.text.size(); ++i) {
    if (i > 0) phrase += ' ';
    phrase += base::encode_utf8(std::u32string_view(word.text).substr(i, 2));
  }
  return phrase + "\"";
}

// Where each code point of `folded` stood in the text it was folded from.
struct FoldedText {
  std::u32string text;
  std::vector<int> places;
};

FoldedText fold_with_places(const std::u32string& original) {
  FoldedText result;
  for (std::size_t i = 0; i < original.size(); ++i) {
    if (base::is_space(original[i])) continue;
    const std::u32string half = base::folded_to_half_width(std::u32string_view(original).substr(i, 1));
    for (const char32_t c : half) {
      result.text += lower(c);
      result.places.push_back(static_cast<int>(i));
    }
  }
  return result;
}

std::vector<Highlight> find_words(const std::u32string& text, const std::vector<std::u32string>& words) {
  const FoldedText where = fold_with_places(text);
  std::vector<Highlight> found;
  for (const std::u32string& word : words) {
    for (std::size_t at = where.text.find(word); at != std::u32string::npos;
         at = where.text.find(word, at + word.size())) {
      found.push_back({where.places[at], where.places[at + word.size() - 1] + 1});
    }
  }
  std::sort(found.begin(), found.end(), [](const Highlight& a, const Highlight& b) { return a.begin < b.begin; });
  return found;
}

}  // namespace

std::string folded(std::string_view text) { return base::without_spaces(base::encode_utf8(folded_code_points(text))); }

std::string folded_item(std::string_view name) {
  std::u32string points = base::decode_utf8(folded(name));
  const auto begin = std::find_if(points.begin(), points.end(),
                                  [](char32_t c) { return base::is_han(c) || is_word_character(c) || c == U'('; });
  points.erase(points.begin(), begin);
  const std::size_t bracket = points.find(U'(');
  if (bracket != std::u32string::npos && bracket > 0) points.resize(bracket);
  return base::encode_utf8(points);
}

std::string index_terms(std::string_view text) {
  std::string terms;
  for (const Word& word : words_of(folded_code_points(text), true)) {
    const std::u32string_view characters = word.text;
    if (word.is_han) {
      for (std::size_t i = 0; i < characters.size(); ++i) terms += base::encode_utf8(characters.substr(i, 2)) + ' ';
    } else {
      terms += base::encode_utf8(characters) + ' ';
    }
  }
  return terms;
}

std::string match_expression(std::string_view query) {
  std::string expression;
  for (const Word& word : words_of(folded_code_points(query), false)) {
    if (!expression.empty()) expression += " AND ";
    expression += phrase_of(word);
  }
  return expression;
}

std::vector<std::u32string> query_words(std::string_view query) {
  std::vector<std::u32string> words;
  for (Word& word : words_of(folded_code_points(query), false)) words.push_back(std::move(word.text));
  return words;
}

std::vector<Snippet> snippets(std::string_view text, const std::vector<std::u32string>& words,
                              const SnippetSettings& settings) {
  const std::u32string points = base::decode_utf8(text);
  const std::vector<Highlight> found = find_words(points, words);
  std::vector<Snippet> result;
  for (std::size_t i = 0; i < found.size() && result.size() < static_cast<std::size_t>(settings.max_snippets);) {
    const int begin = std::max(0, found[i].begin - settings.context);
    const int end = std::min(static_cast<int>(points.size()), found[i].end + settings.context);
    Snippet snippet;
    snippet.text = base::encode_utf8(
        std::u32string_view(points).substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
    for (; i < found.size() && found[i].end <= end; ++i) {
      snippet.highlights.push_back({found[i].begin - begin, found[i].end - begin});
    }
    if (snippet.highlights.empty()) ++i;
    result.push_back(std::move(snippet));
  }
  return result;
}

}  // namespace medmark::store
