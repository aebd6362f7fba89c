#include "server/task_json.hpp"

namespace medmark::server {

Json task_json(store::Store& store, const store::Task& task) {
  const auto document = store.documents().document(task.document_id);
  Json json = {{"id", task.id},
               {"document_id", task.document_id},
               {"status", store::task_status_name(task.status)},
               {"file_name", document.has_value() ? document->file_name : ""},
               {"progress", {{"pages_done", task.progress.pages_done}, {"pages", task.progress.pages}}},
               {"queue_position", task.queue_position},
               {"priority", task.priority},
               {"attempts", task.attempts},
               {"cancel_requested", task.cancel_requested},
               {"error", nullptr},
               {"created_by", task.created_by},
               {"created_at", iso_time(task.created_at)},
               {"started_at", iso_time(task.started_at)},
               {"finished_at", iso_time(task.finished_at)}};
  if (task.error.has_value()) {
    json["error"] = {{"code", base::error_code_name(task.error->code)}, {"message", task.error->message}};
  }
  return json;
}

}  // namespace medmark::server
