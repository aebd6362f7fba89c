#include "store/sqlite/index.hpp"

#include "store/search_terms.hpp"

namespace medmark::store::sqlite {
namespace {

base::Result<void> add_facts(Connection& connection, const std::string& document_id, const DocumentFacts& facts) {
  for (const PatientFact& fact : facts.patient) {
    auto added =
        connection.run("INSERT INTO patient_facts VALUES (?, ?, ?)", document_id, fact.field, folded(fact.value));
    if (!added.has_value()) return tl::unexpected(added.error());
  }
  for (const DiagnosisFact& fact : facts.diagnoses) {
    auto added =
        connection.run("INSERT INTO diagnosis_facts VALUES (?, ?, ?)", document_id, folded(fact.text), fact.certainty);
    if (!added.has_value()) return tl::unexpected(added.error());
  }
  for (const LabFact& fact : facts.labs) {
    auto added = connection.run("INSERT INTO lab_facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                document_id, fact.ordinal, fact.item, fact.name, folded_item(fact.name),
                                folded(fact.standard_name), folded(fact.code), fact.value, fact.value_num, fact.unit,
                                fact.low, fact.high, fact.flag, fact.date, fact.needs_review);
    if (!added.has_value()) return tl::unexpected(added.error());
  }
  return {};
}

}  // namespace

base::Result<void> unindex_document(Connection& connection, const std::string& document_id) {
  for (const char* sql :
       {"DELETE FROM search_terms WHERE rowid = (SELECT number FROM documents WHERE id = ?)",
        "DELETE FROM texts WHERE document = ?", "DELETE FROM patient_facts WHERE document = ?",
        "DELETE FROM diagnosis_facts WHERE document = ?", "DELETE FROM lab_facts WHERE document = ?"}) {
    if (auto removed = connection.run(sql, document_id); !removed.has_value()) return tl::unexpected(removed.error());
  }
  return {};
}

base::Result<void> index_document(Connection& connection, const std::string& document_id, const DocumentFacts& facts) {
  if (auto removed = unindex_document(connection, document_id); !removed.has_value()) return removed;
  auto described = connection.run(
      "UPDATE documents SET media_type = ?, page_count = ?, document_type = ?, title = ?, patient_name = ?,"
      " patient_key = ?, report_date = ?, needs_review = ? WHERE id = ?",
      facts.media_type, facts.page_count, facts.document_type, facts.title, facts.patient_name, facts.patient_key,
      facts.report_date, facts.needs_review, document_id);
  if (!described.has_value()) return tl::unexpected(described.error());
  auto text = connection.run("INSERT INTO texts VALUES (?, ?)", document_id, facts.text);
  if (!text.has_value()) return tl::unexpected(text.error());
  auto terms = connection.run("INSERT INTO search_terms (rowid, terms) SELECT number, ?2 FROM documents WHERE id = ?1",
                              document_id, index_terms(facts.text));
  if (!terms.has_value()) return tl::unexpected(terms.error());
  return add_facts(connection, document_id, facts);
}

}  // namespace medmark::store::sqlite
