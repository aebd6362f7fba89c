#include "store/facts.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "store/identifiers.hpp"
#include "store/search_terms.hpp"

namespace medmark::store {
namespace {

using Json = nlohmann::json;

// The dates that say when a report was made, best first.
constexpr std::array<const char*, 6> kReportDates = {"reported_at",    "received_at",    "collected_at",
                                                     "discharge_date", "admission_date", "exam_date"};
// Numbers that mean one patient within one hospital.
constexpr std::array<const char*, 2> kHospitalNumbers = {"admission_number", "outpatient_number"};
constexpr std::size_t kKeyLength = 24;

std::string text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<double> number_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

bool flag_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

const Json& child(const Json& object, const char* key) {
  static const Json kNothing = Json::object();
  const auto found = object.find(key);
  return found != object.end() ? *found : kNothing;
}

// YYYY-MM-DD from the normalised form, or from how dates are printed; empty where there is none.
std::string iso_date(const std::string& printed) {
  std::vector<std::string> numbers;
  std::string digits;
  for (const char c : printed + " ") {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (!digits.empty()) {
      numbers.push_back(std::exchange(digits, {}));
      if (numbers.size() == 3) break;
    }
  }
  if (!numbers.empty() && numbers.front().size() == 8) {
    const std::string& day = numbers.front();
    numbers = {day.substr(0, 4), day.substr(4, 2), day.substr(6, 2)};
  }
  if (numbers.size() < 3 || numbers[0].size() != 4 || numbers[1].size() > 2 || numbers[2].size() > 2) return {};
  const int month = std::stoi(numbers[1]);
  const int day = std::stoi(numbers[2]);
  if (month < 1 || month > 12 || day < 1 || day > 31) return {};
  const auto two_digits = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return numbers[0] + "-" + two_digits(month) + "-" + two_digits(day);
}

std::string report_date(const Json& clinical) {
  const Json& patient = child(clinical, "patient");
  const Json& normalised = child(clinical, "normalised");
  for (const char* field : kReportDates) {
    const std::string normal = text_at(normalised, (std::string("patient.") + field).c_str());
    if (const std::string date = iso_date(normal.empty() ? text_at(patient, field) : normal); !date.empty())
      return date;
  }
  return {};
}

std::string patient_key(const Json& patient) {
  const std::string name = folded(text_at(patient, "name"));
  const auto key = [](const char* kind, const std::string& who) { return kind + sha256(who).substr(0, kKeyLength); };
  if (const std::string id = folded(text_at(patient, "id_number")); id.size() >= 15) return key("i-", id);
  if (name.empty()) return {};
  for (const char* field : kHospitalNumbers) {
    const std::string number = folded(text_at(patient, field));
    if (number.size() >= 4) return key("n-", name + '\n' + folded(text_at(patient, "hospital")) + '\n' + number);
  }
  const std::string sex = folded(text_at(patient, "sex"));
  if (const std::string birth = iso_date(text_at(patient, "birth_date")); !birth.empty()) {
    return key("n-", name + '\n' + sex + '\n' + birth);
  }
  return key("w-", name + '\n' + sex);
}

LabFact lab_fact(const Json& result, int ordinal, const std::string& date) {
  LabFact fact;
  fact.ordinal = ordinal;
  fact.name = text_at(result, "name");
  fact.standard_name = text_at(result, "standard_name");
  fact.code = text_at(result, "code");
  fact.item = fact.standard_name.empty() ? folded_item(fact.name) : fact.standard_name;
  fact.value = text_at(result, "value");
  fact.value_num = number_at(result, "value_num");
  fact.unit = text_at(result, "unit");
  fact.low = number_at(result, "low");
  fact.high = number_at(result, "high");
  fact.flag = text_at(result, "flag");
  if (fact.flag.empty()) fact.flag = text_at(result, "flag_computed");
  fact.needs_review = flag_at(result, "needs_review");
  fact.date = date;
  return fact;
}

void add_report(DocumentFacts& facts, const Json& clinical) {
  const Json& patient = child(clinical, "patient");
  for (const auto& [field, value] : patient.items()) {
    if (value.is_string()) facts.patient.push_back({field, value.get<std::string>()});
  }
  for (const Json& diagnosis : child(clinical, "diagnoses")) {
    facts.diagnoses.push_back({text_at(diagnosis, "text"), text_at(diagnosis, "certainty")});
  }
  const std::string date = report_date(clinical);
  for (const Json& result : child(clinical, "lab_results")) {
    facts.labs.push_back(
        lab_fact(result, static_cast<int>(facts.labs.size()), date.empty() ? facts.report_date : date));
  }
  for (const Json& proof : child(clinical, "evidence")) facts.needs_review |= flag_at(proof, "needs_review");
}

// Markdown without backslashes before punctuation, for search and snippets.
std::string without_escapes(const std::string& markdown) {
  std::string text;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    const bool escapes = markdown[i] == '\\' && i + 1 < markdown.size() &&
                         std::ispunct(static_cast<unsigned char>(markdown[i + 1])) != 0;
    if (escapes) ++i;
    text += markdown[i];
  }
  return text;
}

// Without the lines of figures: their addresses are no words of the report, and their captions stand below them.
std::string without_pictures(const std::string& markdown) {
  std::string text;
  std::size_t begin = 0;
  while (begin < markdown.size()) {
    const std::size_t end = std::min(markdown.find('\n', begin), markdown.size() - 1) + 1;
    if (markdown.compare(begin, 2, "![") != 0) text.append(markdown, begin, end - begin);
    begin = end;
  }
  return text;
}

std::string first_heading(const std::string& markdown) {
  std::size_t begin = 0;
  while (begin < markdown.size()) {
    const std::size_t end = std::min(markdown.find('\n', begin), markdown.size());
    const std::string line = markdown.substr(begin, end - begin);
    const std::size_t text = line.find_first_not_of('#');
    if (text != 0 && text != std::string::npos && line[text] == ' ') return base::trimmed(line.substr(text));
    begin = end + 1;
  }
  return {};
}

}  // namespace

base::Result<DocumentFacts> read_facts(const std::filesystem::path& document_json) {
  std::ifstream stream(document_json, std::ios::binary);
  // Blocks are the bulk of a document and of no use here: they are dropped as they are read.
  const auto keep = [](int depth, Json::parse_event_t event, Json& parsed) {
    return !(depth == 1 && event == Json::parse_event_t::key && parsed == Json("blocks"));
  };
  const Json root = Json::parse(stream, keep, false);
  if (!root.is_object() || !root.contains("clinical")) {
    return base::fail(base::ErrorCode::kInternal, "The engine's result is not a document.");
  }
  DocumentFacts facts;
  const Json& source = child(root, "source");
  facts.media_type = text_at(source, "media_type");
  facts.page_count = source.value("page_count", 0);
  const Json& clinical = child(root, "clinical");
  facts.document_type = text_at(clinical, "document_type");
  facts.patient_name = text_at(child(clinical, "patient"), "name");
  facts.patient_key = patient_key(child(clinical, "patient"));
  facts.report_date = report_date(clinical);
  add_report(facts, clinical);
  for (const Json& part : child(clinical, "parts")) {
    // The first report stands at the top level too.
    if (&part != &child(clinical, "parts").front()) add_report(facts, part);
  }
  facts.text = without_escapes(without_pictures(text_at(root, "content")));
  facts.title = first_heading(facts.text);
  return facts;
}

}  // namespace medmark::store
