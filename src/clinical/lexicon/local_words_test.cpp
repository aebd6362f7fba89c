#include "clinical/lexicon/local_words.hpp"

#include <gtest/gtest.h>

namespace medmark::clinical {
namespace {

const LocalWords kWords = {{"血红旦白", "血红蛋白"}, {"Hemoglabin", "Hemoglobin"}, {"旦白", "蛋白"}};

TEST(LocalWords, RepairWhatIsReadWrong) {
  EXPECT_EQ(repaired("血红旦白 135 g/L，总旦白", kWords), "血红蛋白 135 g/L，总蛋白");
  EXPECT_EQ(repaired("Hemoglabin 12", kWords), "Hemoglobin 12");
}

TEST(LocalWords, LettersAreWholeWords) { EXPECT_EQ(repaired("Hemoglabins", kWords), "Hemoglabins"); }

TEST(LocalWords, WhatIsRightStays) {
  EXPECT_EQ(repaired("血小板计数，小板计数", {{"小板计数", "血小板计数"}}), "血小板计数，血小板计数");
}

TEST(LocalWords, DigitsAndSingleCharactersAreNoWords) {
  EXPECT_FALSE(is_repair("1.3", "7.3"));
  EXPECT_FALSE(is_repair("B12", "BI"));
  EXPECT_FALSE(is_repair("维生素BI", "维生素B1"));
  EXPECT_FALSE(is_repair("己", "已"));
  EXPECT_EQ(repaired("值 1.3", {{"1.3", "7.3"}}), "值 1.3");
}

TEST(LocalWords, OnlyRecognisedTextIsTouched) {
  document::Document document;
  document::Block native;
  native.text = "血红旦白";
  document::Block pair = native;
  pair.source = document::TextSource::kOcr;
  pair.text = "血红旦白计数法：免疫旦白法";
  pair.key_size = std::string("血红旦白计数法").size();
  pair.value_offset = std::string("血红旦白计数法：").size();
  document.blocks = {native, pair};
  repair_words(document, {{"血红旦白", "血红细胞蛋白"}, {"旦白", "蛋白"}});
  EXPECT_EQ(document.blocks[0].text, "血红旦白");
  EXPECT_EQ(document.blocks[1].text, "血红细胞蛋白计数法：免疫蛋白法");
  EXPECT_EQ(document.blocks[1].text.substr(document.blocks[1].value_offset), "免疫蛋白法");
  EXPECT_EQ(document.blocks[1].text.substr(0, document.blocks[1].key_size), "血红细胞蛋白计数法");
}

TEST(LocalWords, TheVersionSaysWhichWordsTheyWere) {
  EXPECT_EQ(version_of(kWords).version, version_of(kWords).version);
  EXPECT_NE(version_of(kWords).version, version_of({{"旦白", "蛋白"}}).version);
  EXPECT_EQ(version_of(kWords).version.size(), 12U);
}

}  // namespace
}  // namespace medmark::clinical
