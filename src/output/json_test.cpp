#include "output/json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace medmark::output {
namespace {

TEST(Json, HasTheMembersOfTheContractInOrder) {
  const auto root = nlohmann::ordered_json::parse(to_json({}));
  std::vector<std::string> keys;
  for (const auto& [key, value] : root.items()) keys.push_back(key);
  EXPECT_EQ(keys,
            (std::vector<std::string>{"schema_version", "source", "engine", "pages", "blocks", "clinical", "content"}));
}

TEST(Json, RoundsBoxesAndSurvivesBrokenFileNames) {
  document::Document document;
  document.source.file_name = "a\xFF.pdf";
  document::Block block;
  block.id = "b0";
  block.bbox = {1.23456, 2, 3, 4};
  block.type = document::BlockType::kKeyValue;
  block.text = "姓名：张";
  block.key_size = 6;
  block.value_offset = 9;
  document.blocks.push_back(block);
  const auto root = nlohmann::json::parse(to_json(document));
  EXPECT_EQ(root["blocks"][0]["bbox"][0], 1.23);
  EXPECT_EQ(root["blocks"][0]["key"], "姓名");
  EXPECT_EQ(root["blocks"][0]["value"], "张");
  EXPECT_EQ(root["source"]["file_name"], "a\uFFFD.pdf");
}

TEST(Json, KeepsEvidenceBesideValues) {
  document::Document document;
  document.clinical.patient["name"] = "张某某";
  document.clinical.evidence["patient.name"] = {.page = 0, .bbox = {1, 2, 3, 4}, .block = "b1", .confidence = 0.98765};
  const auto root = nlohmann::json::parse(to_json(document));
  EXPECT_EQ(root["clinical"]["evidence"]["patient.name"]["confidence"], 0.9877);
  EXPECT_EQ(root["clinical"]["evidence"]["patient.name"]["block"], "b1");
}

}  // namespace
}  // namespace medmark::output
