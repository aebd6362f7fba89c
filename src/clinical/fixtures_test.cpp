// Whole documents as data: testdata/*.json, each with the clinical object it must give.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "clinical/extract.hpp"
#include "clinical/testing_document.hpp"

namespace medmark::clinical {
namespace {

using Json = nlohmann::ordered_json;

const std::filesystem::path kRoom = std::filesystem::path(MEDMARK_SOURCE_DIR) / "src" / "clinical";

const Lexicons& lexicons() {
  static const auto kLoaded = Lexicons::load(kRoom / "data");
  return kLoaded.value();
}

std::vector<std::string> fixture_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kRoom / "testdata")) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Json lab_rows(const document::Clinical& clinical) {
  Json rows = Json::array();
  for (const auto& r : clinical.lab_results) rows.push_back({r.name, r.value, r.unit, r.reference_range, r.flag});
  return rows;
}

Json diagnoses(const document::Clinical& clinical) {
  Json list = Json::array();
  for (const auto& d : clinical.diagnoses) list.push_back({d.text, d.kind, d.certainty});
  return list;
}

Json medications(const document::Clinical& clinical) {
  Json list = Json::array();
  for (const auto& m : clinical.medications) list.push_back({m.name, m.strength, m.dose, m.frequency, m.route});
  return list;
}

Json reviewed_rows(const document::Clinical& clinical) {
  Json list = Json::array();
  for (const auto& r : clinical.lab_results) {
    if (r.needs_review) list.push_back(r.name);
  }
  return list;
}

// Everything the fixture states, compared whole: what stands there too much fails as well.
void compare(const Json& expected, const document::Clinical& clinical) {
  EXPECT_EQ(clinical.document_type, expected.at("document_type").get<std::string>());
  if (expected.contains("patient")) {
    EXPECT_EQ(clinical.patient, (expected.at("patient").get<std::map<std::string, std::string>>()));
  }
  if (expected.contains("sections")) {
    EXPECT_EQ(clinical.sections, (expected.at("sections").get<std::map<std::string, std::string>>()));
  }
  if (expected.contains("normalised")) {
    EXPECT_EQ(clinical.normalised, (expected.at("normalised").get<std::map<std::string, std::string>>()));
  }
  if (expected.contains("lab_results")) {
    EXPECT_EQ(lab_rows(clinical), expected.at("lab_results"));
  }
  if (expected.contains("diagnoses")) {
    EXPECT_EQ(diagnoses(clinical), expected.at("diagnoses"));
  }
  if (expected.contains("medications")) {
    EXPECT_EQ(medications(clinical), expected.at("medications"));
  }
  if (expected.contains("needs_review")) {
    EXPECT_EQ(reviewed_rows(clinical), expected.at("needs_review"));
  }
  if (expected.contains("uncertain")) {  // the evidence that is marked, laboratory rows apart
    Json marked = Json::array();
    for (const auto& [key, evidence] : clinical.evidence) {
      if (evidence.needs_review && !key.starts_with("lab_results.")) marked.push_back(key);
    }
    EXPECT_EQ(marked, expected.at("uncertain"));
  }
  const std::size_t parts = expected.contains("parts") ? expected.at("parts").size() : 0;
  ASSERT_EQ(clinical.parts.size(), parts);
  for (std::size_t i = 0; i < parts; ++i) {
    SCOPED_TRACE("part " + std::to_string(i));
    compare(expected.at("parts")[i], clinical.parts[i]);
  }
}

void every_value_has_evidence(const document::Clinical& clinical) {
  for (const auto& [field, value] : clinical.patient)
    EXPECT_TRUE(clinical.evidence.contains("patient." + field)) << field;
  for (const auto& [key, text] : clinical.sections) EXPECT_TRUE(clinical.evidence.contains("sections." + key)) << key;
  for (std::size_t i = 0; i < clinical.lab_results.size(); ++i) {
    const std::string key = "lab_results." + std::to_string(i);
    ASSERT_TRUE(clinical.evidence.contains(key));
    if (!clinical.lab_results[i].value.empty()) {
      EXPECT_TRUE(clinical.evidence.contains(key + ".value"));
    }
    EXPECT_FALSE(clinical.evidence.at(key).bbox.empty());
  }
  for (std::size_t i = 0; i < clinical.diagnoses.size(); ++i) {
    EXPECT_TRUE(clinical.evidence.contains("diagnoses." + std::to_string(i)));
  }
  for (std::size_t i = 0; i < clinical.medications.size(); ++i) {
    EXPECT_TRUE(clinical.evidence.contains("medications." + std::to_string(i)));
  }
}

class Fixture : public testing::TestWithParam<std::string> {};

TEST_P(Fixture, GivesItsClinicalObject) {
  const std::filesystem::path file = kRoom / "testdata" / (GetParam() + ".json");
  document::Document document = read_test_document(file);
  annotate(document, lexicons());
  std::ifstream in(file);
  compare(Json::parse(in).at("expected"), document.clinical);
  every_value_has_evidence(document.clinical);
}

INSTANTIATE_TEST_SUITE_P(Clinical, Fixture, testing::ValuesIn(fixture_names()),
                         [](const auto& fixture) { return fixture.param; });

TEST(Lexicons, OfThisTreeAreValid) { EXPECT_THAT(validate(kRoom / "data"), testing::IsEmpty()); }

// A copy of the data files with one of them changed.
class EditedLexicons : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("medmark_lexicons_" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::copy(kRoom / "data", folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void append(const std::string& file, const std::string& line) const {
    std::ofstream(folder_ / file, std::ios::app) << line << "\n";
  }
  void replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::ifstream in(folder_ / file);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    text.replace(text.find(from), from.size(), to);
    std::ofstream(folder_ / file) << text;
  }

  std::filesystem::path folder_;
};

TEST_F(EditedLexicons, AHospitalsOwnItemIsWelcome) {
  append("lab_items.tsv", "院内自定项目\tZDX\t\tmg/L\t\t0\t10\t\tserum\t生化");
  EXPECT_THAT(validate(folder_), testing::IsEmpty());
  EXPECT_EQ(Lexicons::load(folder_)->lab_items.items.back().standard_name, "院内自定项目");
}

TEST_F(EditedLexicons, AWrongUnitAndALimitThatIsNoNumberAreToldWithTheirLine) {
  append("lab_items.tsv", "院内自定项目\tZDX\t\tmg每升\t\tzero\t10\t\tserum\t生化");
  EXPECT_THAT(validate(folder_), testing::Contains(testing::MatchesRegex("lab_items.tsv line [0-9]+: .*is no number")));
  EXPECT_THAT(validate(folder_), testing::Contains(testing::HasSubstr("unit mg每升 is not in units.tsv")));
}

TEST_F(EditedLexicons, AUnitThatStandsTwiceIsToldWithItsLine) {
  append("units.tsv", "MG/L\t\tmg/L");
  EXPECT_THAT(validate(folder_),
              testing::ElementsAre(testing::MatchesRegex("units.tsv line [0-9]+: MG/L is mg/L again")));
}

TEST(Lexicons, KnowUnitsThatOnlyCapitalsTellApart) {
  const UnitLexicon& units = lexicons().units;
  EXPECT_EQ(units.ucum[static_cast<std::size_t>(units.find("g/L").value())], "g/L");
  EXPECT_EQ(units.ucum[static_cast<std::size_t>(units.find("G/L").value())], "10*9/L");
  EXPECT_EQ(units.ucum[static_cast<std::size_t>(units.find("mg/l").value())], "mg/L");
}

TEST_F(EditedLexicons, AMissingColumnIsToldWithItsLine) {
  append("lab_items.tsv", "院内自定项目\tZDX");
  EXPECT_THAT(validate(folder_), testing::ElementsAre(testing::MatchesRegex(".*line [0-9]+ has 2 columns")));
}

TEST_F(EditedLexicons, ABrokenJsonFileIsToldWithItsLine) {
  replace("sections.json", "\"主诉\",", "\"主诉\" ");
  EXPECT_THAT(validate(folder_), testing::ElementsAre(testing::HasSubstr("sections.json: line 6 breaks the form")));
}

TEST_F(EditedLexicons, ASectionThatTheDocumentDoesNotHaveIsToldWithItsLine) {
  replace("sections.json", "\"key\": \"chief_complaint\"", "\"key\": \"main_complaint\"");
  EXPECT_THAT(validate(folder_), testing::ElementsAre("sections.json line 6: nobody knows the key main_complaint"));
}

TEST(Lexicons, HoldAtLeastFourHundredLaboratoryItems) { EXPECT_GE(lexicons().lab_items.items.size(), 400U); }

TEST(Lexicons, AMissingFolderIsAFailureNotACrash) {
  const auto loaded = Lexicons::load(kRoom / "no_such_folder");
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, base::ErrorCode::kNotFound);
}

TEST(Annotate, TellsTheLexiconsItUsed) {
  document::Document document = read_test_document(kRoom / "testdata" / (fixture_names().front() + ".json"));
  annotate(document, lexicons());
  EXPECT_EQ(document.engine.lexicons.size(), lexicons().versions.size());
}

}  // namespace
}  // namespace medmark::clinical
