#include "store/sqlite/rows.hpp"

#include <chrono>
#include <nlohmann/json.hpp>

namespace medmark::store::sqlite {

Task read_task_row(const Row& row) {
  Task task;
  task.id = row.text(0);
  task.document_id = row.text(1);
  task.status = static_cast<TaskStatus>(row.number(2));
  task.priority = row.number(3);
  task.progress = {row.number(4), row.number(5)};
  task.attempts = row.number(6);
  if (const std::string code = row.text(7); !code.empty()) {
    task.error = base::Error{base::error_code_from_name(code).value_or(base::ErrorCode::kInternal), row.text(8)};
  }
  task.cancel_requested = row.number(9) != 0;
  task.created_at = row.integer(10);
  task.started_at = row.integer(11);
  task.finished_at = row.integer(12);
  task.created_by = row.text(13);
  task.queue_position = row.number(14);
  return task;
}

Document read_document_row(const Row& row) {
  Document document;
  document.id = row.text(0);
  document.file_name = row.text(1);
  document.sha256 = row.text(2);
  document.parameters = from_json_text(row.text(3));
  document.media_type = row.text(4);
  document.page_count = row.number(5);
  document.size = row.integer(6);
  document.state = static_cast<ReviewState>(row.number(7));
  document.created_at = row.integer(8);
  document.parsed_at = row.integer(9);
  document.created_by = row.text(10);
  document.task_id = row.text(11);
  document.status = static_cast<TaskStatus>(row.number(12));
  document.correction_count = row.number(13);
  document.needs_review = row.number(14) != 0;
  document.document_type = row.text(15);
  document.title = row.text(16);
  document.patient_name = row.text(17);
  document.patient_key = row.text(18);
  document.report_date = row.text(19);
  return document;
}

std::string to_json_text(const std::map<std::string, std::string>& values) {
  return nlohmann::json(values).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::map<std::string, std::string> from_json_text(const std::string& json) {
  std::map<std::string, std::string> values;
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_object()) return values;
  for (const auto& [name, value] : parsed.items()) {
    if (value.is_string()) values[name] = value.get<std::string>();
  }
  return values;
}

}  // namespace medmark::store::sqlite
