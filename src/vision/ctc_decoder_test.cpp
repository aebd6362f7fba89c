#include "vision/ctc_decoder.hpp"

#include <gtest/gtest.h>

namespace medmark::vision {
namespace {

constexpr const char* kDictionary = "a\nb\n中";  // classes: blank, a, b, 中, space

std::vector<float> steps(const std::vector<std::size_t>& chosen, float probability = 0.9F) {
  std::vector<float> values(chosen.size() * 5, 0.02F);
  for (std::size_t i = 0; i < chosen.size(); ++i) values[i * 5 + chosen[i]] = probability;
  return values;
}

std::u32string text(const std::vector<DecodedCharacter>& characters) {
  std::u32string out;
  for (const DecodedCharacter& character : characters) out.push_back(character.code);
  return out;
}

TEST(Alphabet, HasTheBlankTheDictionaryAndTheSpace) {
  const Alphabet alphabet(kDictionary, Language::kMixed);
  ASSERT_EQ(alphabet.class_count(), 5U);
  EXPECT_EQ(alphabet.code(3), U'中');
  EXPECT_EQ(alphabet.code(4), U' ');
  EXPECT_EQ(alphabet.class_of(U'b'), 2U);
  EXPECT_EQ(alphabet.class_of(U'z'), 0U);
}

TEST(DecodeGreedily, RepeatsMergeUnlessABlankStandsBetween) {
  const Alphabet alphabet(kDictionary, Language::kMixed);
  EXPECT_EQ(text(decode_greedily(steps({1, 1, 0, 1, 2, 2, 4, 3}), 8, alphabet)), U"aab 中");
}

TEST(DecodeGreedily, TellsWhereEachCharacterStandsAndHowSureItIs) {
  const Alphabet alphabet(kDictionary, Language::kMixed);
  std::vector<float> values = steps({0, 2, 2, 2, 0});
  values[2 * 5 + 2] = 0.99F;
  const auto characters = decode_greedily(values, 5, alphabet);
  ASSERT_EQ(characters.size(), 1U);
  EXPECT_EQ(characters[0].first, 1U);
  EXPECT_EQ(characters[0].last, 3U);
  EXPECT_EQ(characters[0].step, 2U);
  EXPECT_NEAR(characters[0].confidence, 0.99, 1e-6);
}

TEST(DecodeGreedily, EnglishReadsNoFullWidthCharacters) {
  std::vector<float> values = steps({3});
  values[1] = 0.05F;
  EXPECT_EQ(text(decode_greedily(values, 1, Alphabet(kDictionary, Language::kMixed))), U"中");
  EXPECT_EQ(text(decode_greedily(values, 1, Alphabet(kDictionary, Language::kEnglish))), U"a");
}

TEST(DecodeGreedily, ARestrictedAlphabetChoosesAmongItsOwn) {
  std::vector<float> values = steps({1});
  values[2] = 0.05F;
  EXPECT_EQ(text(decode_greedily(values, 1, Alphabet(kDictionary, U"b"))), U"b");
}

}  // namespace
}  // namespace medmark::vision
