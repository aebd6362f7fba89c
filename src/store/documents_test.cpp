// Documents: search, corrections, and that what is deleted is gone.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <thread>

#include "store/search_terms.hpp"
#include "store/testing/store_fixture.hpp"

namespace medmark::store {
namespace {

using base::ErrorCode;

constexpr const char* kBloodCount = R"json({"document_type":"lab_report",
  "patient":{"name":"林小河","sex":"女","id_number":"11010519491231002X","reported_at":"2024年3月5日 10:22"},
  "diagnoses":[{"text":"缺铁性贫血","kind":"clinical","certainty":"confirmed"},
               {"text":"排除糖尿病","kind":"clinical","certainty":"excluded"}],
  "lab_results":[{"name":"血红蛋白(HGB)","code":"HGB","value":"88","value_num":88,"unit":"g/L","low":115,"high":150,"flag":"L"},
                 {"name":"平均血红蛋白浓度","code":"MCHC","value":"320","value_num":320,"unit":"g/L","flag":""}],
  "evidence":{"patient.name":{"page":0,"needs_review":true}}})json";
constexpr const char* kBloodText = R"("# 血常规检验报告\n\n缺铁性贫血，复查。")";

class DocumentsTest : public testing::StoreFixture {
 protected:
  std::string add(const std::string& bytes, const std::string& clinical, const std::string& content) {
    const std::string id = submit(submission(bytes)).task.document_id;
    complete_next(clinical, content);
    return id;
  }
  int found(const SearchQuery& query) { return store_->documents().search(query)->total; }
  int found_text(const std::string& text) {
    SearchQuery query;
    query.text = text;
    return found(query);
  }
  int found_lab(const LabCondition& lab) {
    SearchQuery query;
    query.labs = {lab};
    return found(query);
  }
};

TEST_F(DocumentsTest, ChineseWordsOfTwoCharactersAreFoundWhereverTheyStand) {
  add("1", kBloodCount, kBloodText);
  add("2", R"({"document_type":"other","patient":{}})", R"("血液病房，无贫困")");
  EXPECT_EQ(found_text("贫血"), 1);
  EXPECT_EQ(found_text("缺铁性贫血"), 1);
  EXPECT_EQ(found_text("血"), 2);
  EXPECT_EQ(found_text("铁贫"), 0);
  EXPECT_EQ(found_text("贫血 复查"), 1);
  EXPECT_EQ(found_text("贫血 病房"), 0);
  EXPECT_EQ(found_text("\"*) OR"), 0);
}

TEST_F(DocumentsTest, AddressesOfFiguresAreNoWords) {
  add("1", kBloodCount, R"("超声\n\n![图1：左室](scan.assets/page_1_figure_1.png)\n> 图1：左室\n\n随访")");
  EXPECT_EQ(found_text("png"), 0);
  EXPECT_EQ(found_text("左室"), 1);
  EXPECT_EQ(found_text("随访"), 1);
}

TEST_F(DocumentsTest, SnippetsMarkTheHit) {
  add("1", kBloodCount, kBloodText);
  SearchQuery query;
  query.text = "贫血";
  const auto page = store_->documents().search(query);
  ASSERT_EQ(page->hits.size(), 1U);
  ASSERT_EQ(page->hits.front().snippets.size(), 1U);
  const Snippet& snippet = page->hits.front().snippets.front();
  ASSERT_EQ(snippet.highlights.size(), 1U);
  EXPECT_EQ(snippet.text.substr(0, 1), "#");
  EXPECT_EQ(snippet.highlights.front().end - snippet.highlights.front().begin, 2);
}

TEST_F(DocumentsTest, FieldsNarrowTheSearch) {
  const std::string id = add("1", kBloodCount, kBloodText);
  const auto with = [](auto set) {
    SearchQuery query;
    set(query);
    return query;
  };
  EXPECT_EQ(found(with([](auto& q) { q.document_type = "lab_report"; })), 1);
  EXPECT_EQ(found(with([](auto& q) { q.document_type = "prescription"; })), 0);
  EXPECT_EQ(found(with([](auto& q) { q.patient = "小河"; })), 1);
  EXPECT_EQ(found(with([](auto& q) { q.patient = "11010519491231002x"; })), 1);
  EXPECT_EQ(found(with([](auto& q) { q.patient = "1101"; })), 0);
  EXPECT_EQ(found(with([](auto& q) { q.date_from = "2024-03-05"; })), 1);
  EXPECT_EQ(found(with([](auto& q) { q.date_to = "2024-03-04"; })), 0);
  EXPECT_EQ(found(with([](auto& q) {
              q.diagnosis = "贫血";
              q.diagnosis_certainty = "confirmed";
            })),
            1);
  EXPECT_EQ(found(with([](auto& q) {
              q.diagnosis = "贫血";
              q.diagnosis_certainty = "excluded";
            })),
            0);
  // A search for a disease does not find where it is denied, unless that is asked for.
  EXPECT_EQ(found(with([](auto& q) { q.diagnosis = "糖尿病"; })), 0);
  EXPECT_EQ(found(with([](auto& q) {
              q.diagnosis = "糖尿病";
              q.diagnosis_certainty = "excluded";
            })),
            1);
  EXPECT_EQ(found(with([](auto& q) { q.needs_review = true; })), 1);
  EXPECT_EQ(store_->documents().document(id)->report_date, "2024-03-05");
}

// Every mixture of filters is a statement of its own; a server that is asked for all of them keeps only some prepared.
TEST_F(DocumentsTest, MixturesOfFiltersDoNotAddUp) {
  add("1", kBloodCount, kBloodText);
  const auto ask = [&](unsigned first, unsigned last) {
    for (unsigned mixture = first; mixture < last; ++mixture) {
      SearchQuery query;
      if ((mixture & 1) != 0) query.text = "贫血";
      if ((mixture & 2) != 0) query.document_type = "lab_report";
      if ((mixture & 4) != 0) query.patient = "小河";
      if ((mixture & 8) != 0) query.date_from = "2024-01-01";
      if ((mixture & 16) != 0) query.date_to = "2024-12-31";
      if ((mixture & 32) != 0) query.diagnosis = "贫血";
      if ((mixture & 64) != 0) query.labs = {{"HGB", Comparison::kLess, 100}};
      if ((mixture & 128) != 0) query.needs_review = true;
      if ((mixture & 256) != 0) query.corrected = false;
      EXPECT_EQ(found(query), 1) << mixture;
    }
    return sqlite3_memory_used();
  };
  const auto after_some = ask(0, 128);
  EXPECT_LT(ask(128, 512), after_some + after_some / 4);
}

TEST_F(DocumentsTest, AComparedItemIsTheVeryItem) {
  add("1", kBloodCount, kBloodText);
  EXPECT_EQ(found_lab({"血红蛋白", Comparison::kLess, 90}), 1);
  EXPECT_EQ(found_lab({"血红蛋白", Comparison::kLess, 88}), 0);
  EXPECT_EQ(found_lab({"hgb", Comparison::kLessOrEqual, 88}), 1);
  // 320 belongs to the mean concentration, not to haemoglobin.
  EXPECT_EQ(found_lab({"血红蛋白", Comparison::kGreater, 100}), 0);
  EXPECT_EQ(found_lab({"平均", std::nullopt, 0}), 1);
}

TEST_F(DocumentsTest, OneItemOfAPatientOverTime) {
  const std::string id = add("1", kBloodCount, kBloodText);
  const std::string key = store_->documents().document(id)->patient_key;
  EXPECT_EQ(key.substr(0, 2), "i-");
  const auto points = store_->documents().lab_series(key, {"血红蛋白"});
  ASSERT_EQ(points->size(), 1U);
  EXPECT_EQ(points->front().date, "2024-03-05");
  EXPECT_EQ(points->front().value_num, 88);
  EXPECT_EQ(store_->documents().lab_items(key)->size(), 2U);
}

TEST_F(DocumentsTest, ACorrectionIsFoundAndTheOriginalStays) {
  const std::string id = add("1", kBloodCount, kBloodText);
  DocumentUpdate update;
  update.document_json = document_json(kBloodCount, R"("# 巨幼细胞性贫血")");
  Correction correction;
  correction.target = "blocks.b0.text";
  correction.original = "缺铁性贫血";
  correction.value = "巨幼细胞性贫血";
  update.added = {correction};
  ASSERT_TRUE(store_->documents().update(id, update).has_value());
  EXPECT_EQ(found_text("巨幼"), 1);
  EXPECT_EQ(found_text("缺铁"), 0);
  EXPECT_NE(read_file(*store_->documents().original_json(id))->find("缺铁性贫血"), std::string::npos);
  EXPECT_EQ(store_->documents().corrections(id)->front().original, "缺铁性贫血");
  EXPECT_EQ(store_->documents().document(id)->correction_count, 1);
  EXPECT_EQ(store_->documents().corrected_documents()->size(), 1U);

  ASSERT_TRUE(store_->documents().set_state(id, ReviewState::kReleased).has_value());
  EXPECT_EQ(store_->documents().update(id, update).error().code, ErrorCode::kConflict);
}

TEST_F(DocumentsTest, NothingOfADeletedDocumentStaysOnTheDisk) {
  const std::string id = add("bytes of the report", kBloodCount, R"("林小河 megaloblastic zebra")");
  ASSERT_EQ(found_text("zebra"), 1);
  ASSERT_TRUE(store_->documents().erase(id).has_value());
  EXPECT_EQ(store_->documents().document(id).error().code, ErrorCode::kNotFound);
  std::this_thread::sleep_for(std::chrono::milliseconds(3000));  // the index is rewritten two seconds later
  store_.reset();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
    if (!entry.is_regular_file()) continue;
    const std::string bytes = read_file(entry.path()).value_or("");
    for (const char* word : {"林小河", "zebra", "megaloblastic", "bytes of the report", "11010519491231002"}) {
      EXPECT_EQ(bytes.find(word), std::string::npos) << word << " in " << entry.path();
    }
  }
}

TEST_F(DocumentsTest, AssetsAreServedByTheirOwnNamesOnly) {
  const std::string id = add("1", kBloodCount, kBloodText);
  for (const char* name : {"../document.json", "", ".", "..", "a/b", "figure_1.png"}) {
    EXPECT_FALSE(store_->documents().asset(id, name).has_value()) << name;
  }
}

TEST(SearchTerms, FoldWidthAndCase) {
  EXPECT_EQ(folded("ＨＧＢ　（Ａ）"), "hgb(a)");
  EXPECT_EQ(folded_item("★血红蛋白（HGB）"), "血红蛋白");
  EXPECT_EQ(index_terms("诊 断"), "诊断 断 ");
}

}  // namespace
}  // namespace medmark::store
