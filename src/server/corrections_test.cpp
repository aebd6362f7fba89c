#include "server/corrections.hpp"

#include <gtest/gtest.h>

namespace medmark::server {
namespace {

Json document() {
  return Json::parse(R"json({"source":{"file_name":"a.pdf"},
    "blocks":[{"id":"b0","type":"title","level":1,"text":"检验报告","needs_review":true},
              {"id":"b1","type":"key_value","text":"姓名：林小河","key":"姓名","value":"林小河"},
              {"id":"b2","type":"table","html":"","cells":[{"row":0,"column":0,"text":"项目"},{"row":0,"column":1,"text":"结果"},
                                                           {"row":1,"column":0,"text":"血红蛋白"},{"row":1,"column":1,"text":"83"}]}],
    "clinical":{"patient":{"name":"林小河"},
      "lab_results":[{"name":"血红蛋白","value":"83","value_num":83,"low":115,"high":150,"flag":"L","flag_computed":"L","needs_review":true}],
      "evidence":{"patient.name":{"page":0,"bbox":[1,2,3,4],"needs_review":true}}},"content":""})json");
}

TEST(Corrections, ACellReachesTableAndMarkdown) {
  Json corrected = document();
  ASSERT_TRUE(apply_correction(corrected, "blocks.b2.cells.1.1", "88").has_value());
  renew_content(corrected);
  EXPECT_NE(corrected["blocks"][2]["html"].get<std::string>().find("<td>88</td>"), std::string::npos);
  EXPECT_NE(corrected["content"].get<std::string>().find("| 血红蛋白 | 88 |"), std::string::npos);
  EXPECT_TRUE(corrected["blocks"][2]["cells"][3]["corrected"].get<bool>());
}

TEST(Corrections, WhatWasComputedFromAValueIsComputedAnew) {
  Json corrected = document();
  ASSERT_TRUE(apply_correction(corrected, "clinical.lab_results.0.value", "138").has_value());
  const Json& row = corrected["clinical"]["lab_results"][0];
  EXPECT_EQ(row["value_num"].get<double>(), 138);
  EXPECT_EQ(row["flag_computed"], "");
  EXPECT_EQ(row["flag"], "L") << "what is printed stays";
  EXPECT_FALSE(row["needs_review"].get<bool>());

  ASSERT_TRUE(apply_correction(corrected, "clinical.lab_results.0.value", "<5").has_value());
  EXPECT_FALSE(row.contains("value_num")) << "no number is guessed";
  EXPECT_FALSE(row.contains("flag_computed"));
}

TEST(Corrections, ACorrectedDateLosesItsNormalisedForm) {
  Json corrected = document();
  corrected["clinical"]["patient"]["reported_at"] = "2024年3月5日";
  corrected["clinical"]["normalised"] = {{"patient.reported_at", "2024-03-05"}, {"patient.age", "45 a"}};
  ASSERT_TRUE(apply_correction(corrected, "clinical.patient.reported_at", "2024年3月6日").has_value());
  EXPECT_FALSE(corrected["clinical"]["normalised"].contains("patient.reported_at"));
  EXPECT_TRUE(corrected["clinical"]["normalised"].contains("patient.age"));
}

TEST(Corrections, KeyAndValueFollowTheirText) {
  Json corrected = document();
  ASSERT_TRUE(apply_correction(corrected, "blocks.b1.text", "姓名：林小荷").has_value());
  EXPECT_EQ(corrected["blocks"][1]["value"], "林小荷");
}

TEST(Corrections, FieldsMayBeNewAndTheirEvidenceIsChecked) {
  Json corrected = document();
  ASSERT_TRUE(apply_correction(corrected, "clinical.patient.ward", "三病区").has_value());
  ASSERT_TRUE(apply_correction(corrected, "clinical.patient.name", "林小荷").has_value());
  EXPECT_EQ(corrected["clinical"]["patient"]["ward"], "三病区");
  EXPECT_FALSE(corrected["clinical"]["evidence"]["patient.name"]["needs_review"].get<bool>());
  EXPECT_EQ(target_region(corrected, "clinical.patient.name")["page"], 0);
}

TEST(Corrections, WrongTargetsChangeNothing) {
  for (const char* target : {"", "blocks", "blocks.b0", "blocks.b0.id", "blocks.b9.text", "blocks.b2.cells.7.7",
                             "blocks.b2.cells.x.1", "clinical.lab_results.9.value", "clinical.lab_results.0.confidence",
                             "clinical.parts.0.patient.name", "source.sha256", "clinical"}) {
    Json corrected = document();
    EXPECT_FALSE(apply_correction(corrected, target, "x").has_value()) << target;
    EXPECT_EQ(corrected, document()) << target;
  }
  Json corrected = document();
  EXPECT_FALSE(apply_correction(corrected, "blocks.b0.level", "7").has_value());
  EXPECT_FALSE(apply_correction(corrected, "blocks.b0.type", "poem").has_value());
}

}  // namespace
}  // namespace medmark::server
