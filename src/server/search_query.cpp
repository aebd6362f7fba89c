#include "server/search_query.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "server/parse_request.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

struct Sign {
  std::string_view text;
  store::Comparison comparison;
};

// Longer signs first.
constexpr std::array<Sign, 7> kSigns = {{{"<=", store::Comparison::kLessOrEqual},
                                         {">=", store::Comparison::kGreaterOrEqual},
                                         {"≤", store::Comparison::kLessOrEqual},
                                         {"≥", store::Comparison::kGreaterOrEqual},
                                         {"<", store::Comparison::kLess},
                                         {">", store::Comparison::kGreater},
                                         {"=", store::Comparison::kEqual}}};

// 血红蛋白<90; full-width signs and digits as well.
Result<store::LabCondition> lab_condition(const std::string& given) {
  const std::string text = base::encode_utf8(base::folded_to_half_width(base::decode_utf8(given)));
  store::LabCondition condition;
  for (const Sign& sign : kSigns) {
    const std::size_t at = text.find(sign.text);
    if (at == std::string::npos) continue;
    condition.item = base::trimmed(text.substr(0, at));
    condition.comparison = sign.comparison;
    const std::string number = base::trimmed(text.substr(at + sign.text.size()));
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), condition.value);
    if (condition.item.empty() || error != std::errc() || end != number.data() + number.size()) {
      return base::fail(ErrorCode::kInvalidParameter, "lab must look like NAME<90.");
    }
    return condition;
  }
  condition.item = base::trimmed(text);
  if (condition.item.empty()) return base::fail(ErrorCode::kInvalidParameter, "lab must name an item.");
  return condition;
}

Result<std::string> date(const Request& request, const char* name) {
  std::string text = request.parameter(name).value_or("");
  const bool is_date = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                       std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) == 8;
  if (!text.empty() && !is_date) {
    return base::fail(ErrorCode::kInvalidParameter, std::string(name) + " must look like 2024-03-05.");
  }
  return text;
}

}  // namespace

Result<store::SearchQuery> search_query(const Request& request) {
  store::SearchQuery query;
  query.text = request.parameter("q").value_or("");
  query.document_type = request.parameter("type").value_or("");
  query.patient = request.parameter("patient").value_or("");
  query.patient_key = request.parameter("patient_key").value_or("");
  query.diagnosis = request.parameter("diagnosis").value_or("");
  query.diagnosis_certainty = request.parameter("certainty").value_or("");
  for (const auto& [target, name] : {std::pair(&query.date_from, "date_from"), std::pair(&query.date_to, "date_to")}) {
    auto given = date(request, name);
    if (!given.has_value()) return tl::unexpected(given.error());
    *target = std::move(*given);
  }
  for (const auto& [name, value] : request.query) {
    if (name != "lab") continue;
    auto condition = lab_condition(value);
    if (!condition.has_value()) return tl::unexpected(condition.error());
    query.labs.push_back(std::move(*condition));
  }
  if (const std::string state = request.parameter("state").value_or(""); !state.empty()) {
    query.state = store::review_state_from_name(state);
    if (!query.state.has_value()) return base::fail(ErrorCode::kInvalidParameter, "There is no state of that name.");
  }
  if (const std::string status = request.parameter("status").value_or(""); !status.empty()) {
    query.status = store::task_status_from_name(status);
    if (!query.status.has_value()) return base::fail(ErrorCode::kInvalidParameter, "There is no status of that name.");
  }
  for (const auto& [target, name] :
       {std::pair(&query.needs_review, "needs_review"), std::pair(&query.corrected, "corrected")}) {
    const auto flag = flag_parameter(request, name);
    if (!flag.has_value()) return tl::unexpected(flag.error());
    *target = *flag;
  }
  const auto offset = int_parameter(request, "offset", 0, 0, 1'000'000'000);
  const auto limit = int_parameter(request, "limit", 20, 1, 200);
  if (!offset.has_value()) return tl::unexpected(offset.error());
  if (!limit.has_value()) return tl::unexpected(limit.error());
  query.offset = *offset;
  query.limit = *limit;
  return query;
}

}  // namespace medmark::server
