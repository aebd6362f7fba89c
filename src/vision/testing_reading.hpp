// Readings for tests: what a recogniser would have said of drawn ink.
#pragma once

#include <string>
#include <vector>

#include "vision/text_recognition.hpp"

namespace medmark::vision {

// Every character read with a confidence of 0.99; `centers` are strip pixels, one a character.
inline Reading reading_of(const std::u32string& text, const std::vector<double>& centers) {
  Reading reading;
  for (std::size_t i = 0; i < text.size(); ++i) reading.characters.push_back({text[i], 0.99, centers[i], 0, 0});
  return reading;
}

inline std::u32string text_of(const Reading& reading) {
  std::u32string text;
  for (const RecognisedCharacter& character : reading.characters) text.push_back(character.code);
  return text;
}

}  // namespace medmark::vision
