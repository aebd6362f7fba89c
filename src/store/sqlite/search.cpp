// The searching half of SqliteDocuments.
#include <algorithm>

#include "store/search_terms.hpp"
#include "store/sqlite/documents.hpp"
#include "store/sqlite/rows.hpp"

namespace medmark::store::sqlite {
namespace {

using base::Result;

constexpr std::size_t kMaxLabConditions = 8;

// The conditions are joined from fixed pieces; what a person typed goes in as arguments only, all of them text (SQLite
// casts where numbers are compared).
class Conditions {
 public:
  void add(const std::string& sql, std::vector<std::string> arguments) {
    where_ += (where_.empty() ? " WHERE (" : " AND (") + sql + ")";
    std::move(arguments.begin(), arguments.end(), std::back_inserter(arguments_));
  }
  [[nodiscard]] const std::string& where() const { return where_; }
  [[nodiscard]] const std::vector<std::string>& arguments() const { return arguments_; }

 private:
  std::string where_;
  std::vector<std::string> arguments_;
};

const char* comparison_sign(Comparison comparison) {
  switch (comparison) {
    case Comparison::kLess:
      return "<";
    case Comparison::kLessOrEqual:
      return "<=";
    case Comparison::kEqual:
      return "=";
    case Comparison::kGreaterOrEqual:
      return ">=";
    case Comparison::kGreater:
      return ">";
  }
  return "=";
}

std::string like(const std::string& text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

// An item with a comparison must be the very item (平均血红蛋白量 is not 血红蛋白); without one, a part of its name is
// enough.
void add_lab(Conditions& conditions, const LabCondition& lab) {
  const std::string item = folded_item(lab.item);
  std::string sql =
      "EXISTS (SELECT 1 FROM lab_facts AS l WHERE l.document = d.id AND (l.folded_name = ? OR"
      " l.folded_standard_name = ? OR l.folded_code = ?";
  std::vector<std::string> arguments = {item, item, item};
  if (lab.comparison.has_value()) {
    sql += std::string(") AND l.value_num ") + comparison_sign(*lab.comparison) + " CAST(? AS REAL))";
    arguments.push_back(std::to_string(lab.value));
  } else {
    sql += " OR l.folded_name LIKE ? ESCAPE '\\'))";
    arguments.push_back(like(item));
  }
  conditions.add(sql, std::move(arguments));
}

Conditions conditions_of(const SearchQuery& query) {
  Conditions conditions;
  if (!query.text.empty()) {
    conditions.add("d.number IN (SELECT rowid FROM search_terms WHERE search_terms MATCH ?)",
                   {match_expression(query.text)});
  }
  const auto equals = [&](const char* column, const std::string& value) {
    if (!value.empty()) conditions.add(std::string(column) + " = ?", {value});
  };
  equals("d.document_type", query.document_type);
  equals("d.patient_key", query.patient_key);
  if (!query.patient.empty()) {
    const std::string patient = folded(query.patient);
    conditions.add(
        "EXISTS (SELECT 1 FROM patient_facts AS p WHERE p.document = d.id AND ((p.field = 'name' AND"
        " p.folded LIKE ? ESCAPE '\\') OR (p.folded = ? AND p.field IN ('id_number', 'phone', 'admission_number',"
        " 'outpatient_number', 'sample_number'))))",
        {like(patient), patient});
  }
  if (!query.date_from.empty()) conditions.add("d.report_date >= ?", {query.date_from});
  if (!query.date_to.empty()) conditions.add("d.report_date <> '' AND d.report_date <= ?", {query.date_to});
  if (!query.diagnosis.empty() || !query.diagnosis_certainty.empty()) {
    conditions.add(
        "EXISTS (SELECT 1 FROM diagnosis_facts AS g WHERE g.document = d.id AND g.folded LIKE ? ESCAPE '\\' AND"
        " (g.certainty = ? OR (? = '' AND g.certainty <> 'excluded')))",
        {like(folded(query.diagnosis)), query.diagnosis_certainty, query.diagnosis_certainty});
  }
  for (std::size_t i = 0; i < std::min(query.labs.size(), kMaxLabConditions); ++i) add_lab(conditions, query.labs[i]);
  const auto number = [&](const char* column, int value) {
    conditions.add(std::string(column) + " = CAST(? AS INTEGER)", {std::to_string(value)});
  };
  if (query.state.has_value()) number("d.state", static_cast<int>(*query.state));
  if (query.status.has_value()) number("t.status", static_cast<int>(*query.status));
  if (query.needs_review.has_value()) number("d.needs_review", *query.needs_review ? 1 : 0);
  if (query.corrected.has_value())
    conditions.add(*query.corrected ? "d.correction_count > 0" : "d.correction_count = 0", {});
  return conditions;
}

// What to mark in the text of a hit: the words, and the diagnosis asked for.
std::vector<std::u32string> marked_words(const SearchQuery& query) {
  std::vector<std::u32string> words = query_words(query.text);
  for (std::u32string& word : query_words(query.diagnosis)) words.push_back(std::move(word));
  return words;
}

LabPoint read_lab_point(const Row& row) {
  LabPoint point;
  point.document_id = row.text(0);
  point.index = row.number(1);
  point.item = row.text(2);
  point.name = row.text(3);
  point.date = row.text(4);
  point.value = row.text(5);
  point.value_num = row.real(6);
  point.unit = row.text(7);
  point.low = row.real(8);
  point.high = row.real(9);
  point.flag = row.text(10);
  point.needs_review = row.number(11) != 0;
  return point;
}

}  // namespace

Result<SearchPage> SqliteDocuments::search(const SearchQuery& query) {
  const Conditions conditions = conditions_of(query);
  const bool nothing_to_look_for = !query.text.empty() && match_expression(query.text).empty();
  if (nothing_to_look_for) return SearchPage{};
  const std::vector<std::u32string> words = marked_words(query);
  return database_.read([&](Connection& connection) -> Result<SearchPage> {
    SearchPage page;
    const std::string from = " FROM documents AS d JOIN tasks AS t ON t.id = d.task_id" + conditions.where();
    auto total = connection.first(
        "SELECT COUNT(*)" + from, [](const Row& row) { return row.number(0); }, BindEach{conditions.arguments()});
    if (!total.has_value()) return tl::unexpected(total.error());
    page.total = total->value_or(0);
    // Newest report first; those without a date by their arrival.
    auto documents = connection.query(
        std::string("SELECT ") + kDocumentColumns + from +
            " ORDER BY CASE d.report_date WHEN '' THEN strftime('%Y-%m-%d', d.created_at / 1000, 'unixepoch') ELSE"
            " d.report_date END DESC, d.number DESC LIMIT " +
            std::to_string(query.limit) + " OFFSET " + std::to_string(query.offset),
        read_document_row, BindEach{conditions.arguments()});
    if (!documents.has_value()) return tl::unexpected(documents.error());
    for (Document& document : *documents) {
      SearchHit hit{std::move(document), {}};
      if (!words.empty()) {
        auto text = connection.first(
            "SELECT text FROM texts WHERE document = ?", [](const Row& row) { return row.text(0); }, hit.document.id);
        if (!text.has_value()) return tl::unexpected(text.error());
        hit.snippets = snippets(text->value_or(""), words, {});
      }
      page.hits.push_back(std::move(hit));
    }
    return page;
  });
}

Result<std::vector<LabPoint>> SqliteDocuments::lab_series(const std::string& patient_key,
                                                          const std::vector<std::string>& items) {
  return database_.read([&](Connection& connection) -> Result<std::vector<LabPoint>> {
    std::vector<LabPoint> points;
    for (const std::string& item : items) {
      auto rows = connection.query(
          "SELECT l.document, l.ordinal, l.item, l.name, l.date, l.value, l.value_num, l.unit, l.low, l.high, l.flag,"
          " l.needs_review FROM lab_facts AS l JOIN documents AS d ON d.id = l.document WHERE d.patient_key = ?"
          " AND l.item = ? ORDER BY l.date, d.number, l.ordinal",
          read_lab_point, patient_key, item);
      if (!rows.has_value()) return rows;
      std::move(rows->begin(), rows->end(), std::back_inserter(points));
    }
    return points;
  });
}

Result<std::vector<LabItem>> SqliteDocuments::lab_items(const std::string& patient_key) {
  return database_.read([&](Connection& connection) {
    return connection.query(
        "SELECT l.item, MAX(l.unit), COUNT(*) FROM lab_facts AS l JOIN documents AS d ON d.id = l.document"
        " WHERE d.patient_key = ? GROUP BY l.item ORDER BY COUNT(*) DESC, l.item",
        [](const Row& row) {
          return LabItem{row.text(0), row.text(1), row.number(2)};
        },
        patient_key);
  });
}

}  // namespace medmark::store::sqlite
