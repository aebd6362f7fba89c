// Records from rows: the columns each one needs and how they are read. Pure functions.
#pragma once

#include <map>
#include <string>

#include "store/records.hpp"
#include "store/sqlite/database.hpp"

namespace medmark::store::sqlite {

// Of `tasks AS t`.
inline constexpr const char* kTaskColumns =
    "t.id, t.document, t.status, t.priority, t.pages_done, t.pages, t.attempts, t.error_code, t.error_message,"
    " t.cancel_requested, t.created_at, t.started_at, t.finished_at, t.created_by,"
    " CASE WHEN t.status = 1 THEN (SELECT COUNT(*) FROM tasks AS a WHERE a.status = 1 AND"
    " (a.priority, a.number) <= (t.priority, t.number)) ELSE 0 END";
[[nodiscard]] Task read_task_row(const Row& row);

// Of `documents AS d JOIN tasks AS t ON t.id = d.task_id`.
inline constexpr const char* kDocumentColumns =
    "d.id, d.file_name, d.sha256, d.parameters, d.media_type, d.page_count, d.size, d.state, d.created_at, d.parsed_at,"
    " d.created_by, d.task_id, t.status, d.correction_count, d.needs_review, d.document_type, d.title, d.patient_name,"
    " d.patient_key, d.report_date";
[[nodiscard]] Document read_document_row(const Row& row);

[[nodiscard]] std::string to_json_text(const std::map<std::string, std::string>& values);
[[nodiscard]] std::map<std::string, std::string> from_json_text(const std::string& json);

}  // namespace medmark::store::sqlite
