// Uploads and tasks.
#include <algorithm>
#include <set>

#include "server/form.hpp"
#include "server/parse_request.hpp"
#include "server/result_files.hpp"
#include "server/routes.hpp"
#include "server/task_json.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

Result<std::vector<store::Submission>> submissions_of(const Request& request, const ParseForm& form, int priority) {
  const auto& files = request.form->files;
  if (files.empty()) return base::fail(ErrorCode::kInvalidParameter, "The form has no file.");
  // One strange file of several becomes a task that fails; the others are not refused for it.
  if (request.form->readable_files == 0) {
    return base::fail(ErrorCode::kUnsupportedFormat, "The file is none of the formats that are read.");
  }
  store::Submission common;
  common.parameters = form.parameters;
  common.password = form.password;
  common.priority = priority;
  common.start = form.start;
  common.force = form.force;
  common.created_by = request.identity.name;
  std::vector<store::Submission> submissions;
  if (form.join) {
    common.files = files;
    submissions.push_back(std::move(common));
    return submissions;
  }
  for (const store::SourceFile& file : files) {
    common.files = {file};
    submissions.push_back(common);
  }
  return submissions;
}

// Files of a form that is refused are removed at once.
Result<std::vector<store::Submitted>> submit(Services& services, const Request& request, const ParseForm& form,
                                             int priority) {
  auto submissions = submissions_of(request, form, priority);
  Result<std::vector<store::Submitted>> submitted =
      submissions.has_value() ? services.store.queue().submit(*submissions) : tl::unexpected(submissions.error());
  if (!submitted.has_value()) discard(services.store.documents(), *request.form);
  return submitted;
}

Json tasks_json(Services& services, const std::vector<store::Submitted>& submitted) {
  Json tasks = Json::array();
  for (const store::Submitted& one : submitted) {
    Json task = task_json(services.store, one.task);
    task["existed"] = one.existed;
    tasks.push_back(std::move(task));
  }
  return {{"tasks", std::move(tasks)}};
}

// The finished document, its failure, or the task where it is still in work.
Response upload_answer(Services& services, const store::Submitted& submitted, bool inline_images,
                       const std::string& request_id) {
  const auto task = services.store.queue().task(submitted.task.id);
  if (!task.has_value()) return error_response(task.error(), request_id);
  if (task->status == store::TaskStatus::kFailed)
    return error_response(task->error.value_or(base::Error{}), request_id);
  if (task->status == store::TaskStatus::kCanceled) {
    return error_response({ErrorCode::kCanceled, "The task was canceled."}, request_id);
  }
  if (!store::is_final(task->status)) return json_response(tasks_json(services, {{*task, submitted.existed}}), 202);
  auto response = document_response(services.store, task->document_id, inline_images);
  return response.has_value() ? std::move(*response) : error_response(response.error(), request_id);
}

Response upload(Services& services, const Request& request) {
  auto form = parse_form(request.form->fields, services.default_options);
  if (form.has_value() && request.form->files.size() > 1 && !form->join) {
    form = base::fail(ErrorCode::kInvalidParameter, "One file an upload, or join=true.");
  }
  if (form.has_value()) form->start = true;
  const auto submitted = form.has_value() ? submit(services, request, *form, store::Priority::kInteractive)
                                          : Result<std::vector<store::Submitted>>(tl::unexpected(form.error()));
  if (!form.has_value()) discard(services.store.documents(), *request.form);
  if (!submitted.has_value()) return error_response(submitted.error(), request.id);
  Response response;
  response.wait = TaskWait{submitted->front().task.id, form->wait_seconds,
                           [&services, one = submitted->front(), inline_images = form->inline_images, id = request.id] {
                             return upload_answer(services, one, inline_images, id);
                           }};
  return response;
}

Response add_tasks(Services& services, const Request& request) {
  const auto form = parse_form(request.form->fields, services.default_options);
  if (!form.has_value()) {
    discard(services.store.documents(), *request.form);
    return error_response(form.error(), request.id);
  }
  const auto submitted = submit(services, request, *form, store::Priority::kBatch);
  if (!submitted.has_value()) return error_response(submitted.error(), request.id);
  return json_response(tasks_json(services, *submitted), 202);
}

Result<store::Task> start(Services& services, const Request& request) {
  store::StartOptions options;
  if (!request.body.empty()) {
    const auto body = json_object(request);
    if (!body.has_value()) return tl::unexpected(body.error());
    if (const auto given = body->find("options"); given != body->end()) {
      if (!given->is_object()) return base::fail(ErrorCode::kInvalidParameter, "options must be an object.");
      options.parameters.emplace();
      for (const auto& [name, value] : given->items()) {
        auto added = add_option(*options.parameters, name, value.is_string() ? value.get<std::string>() : value.dump());
        if (!added.has_value()) return tl::unexpected(added.error());
      }
    }
    if (body->contains("password")) options.password = text_member(*body, "password");
  }
  return services.store.queue().start_task(request.captures[0], options);
}

Result<std::vector<store::TaskStatus>> statuses_of(const std::string& text) {
  std::vector<store::TaskStatus> statuses;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const auto status = store::task_status_from_name(text.substr(begin, end - begin));
    if (!status.has_value()) return base::fail(ErrorCode::kInvalidParameter, "There is no status of that name.");
    statuses.push_back(*status);
    begin = end + 1;
  }
  return statuses;
}

Response list_tasks(Services& services, const Request& request) {
  const auto statuses = statuses_of(request.parameter("status").value_or(""));
  const auto offset = int_parameter(request, "offset", 0, 0, 1'000'000'000);
  const auto limit = int_parameter(request, "limit", 50, 1, 200);
  if (!statuses.has_value()) return error_response(statuses.error(), request.id);
  if (!offset.has_value()) return error_response(offset.error(), request.id);
  if (!limit.has_value()) return error_response(limit.error(), request.id);
  const auto page =
      services.store.queue().tasks({*statuses, request.parameter("document_id").value_or(""), *offset, *limit});
  if (!page.has_value()) return error_response(page.error(), request.id);
  const auto counts = services.store.queue().task_counts();
  if (!counts.has_value()) return error_response(counts.error(), request.id);
  Json tasks = Json::array();
  for (const store::Task& task : page->tasks) tasks.push_back(task_json(services.store, task));
  return json_response({{"tasks", std::move(tasks)},
                        {"total", page->total},
                        {"counts",
                         {{"prepared", counts->prepared},
                          {"queued", counts->queued},
                          {"running", counts->running},
                          {"completed", counts->completed},
                          {"partial", counts->partial},
                          {"failed", counts->failed},
                          {"canceled", counts->canceled}}}});
}

Response task_response(Services& services, const Result<store::Task>& task, const Request& request) {
  return task.has_value() ? json_response(task_json(services.store, *task)) : error_response(task.error(), request.id);
}

Response task_events(Services& services, const Request& request) {
  const auto task = services.store.queue().task(request.captures[0]);
  if (!task.has_value()) return error_response(task.error(), request.id);
  Response response;
  response.content_type = "text/event-stream";
  response.headers.emplace_back("X-Accel-Buffering", "no");  // a proxy must not hold events back
  response.events = EventStream{task->id};
  return response;
}

Response all_events() {
  Response response;
  response.content_type = "text/event-stream";
  response.headers.emplace_back("X-Accel-Buffering", "no");
  response.events = EventStream{};
  return response;
}

}  // namespace

void add_task_routes(Router& router, Services& services) {
  const auto add = [&](const char* method, const char* pattern, Permission permission, BodyKind body, auto handler) {
    router.add({method, pattern, permission, body, Work::kQuick,
                [&services, handler](const Request& request) { return handler(services, request); }});
  };
  add("POST", "/api/v1/upload", Permission::kWrite, BodyKind::kForm, upload);
  add("POST", "/api/v1/tasks", Permission::kWrite, BodyKind::kForm, add_tasks);
  add("GET", "/api/v1/tasks", Permission::kRead, BodyKind::kNone, list_tasks);
  add("GET", "/api/v1/tasks/{id}", Permission::kRead, BodyKind::kNone, [](Services& all, const Request& request) {
    return task_response(all, all.store.queue().task(request.captures[0]), request);
  });
  add("POST", "/api/v1/tasks/{id}/start", Permission::kWrite, BodyKind::kJson,
      [](Services& all, const Request& request) { return task_response(all, start(all, request), request); });
  add("DELETE", "/api/v1/tasks/{id}", Permission::kWrite, BodyKind::kNone, [](Services& all, const Request& request) {
    return task_response(all, all.store.queue().cancel_task(request.captures[0]), request);
  });
  add("GET", "/api/v1/tasks/{id}/events", Permission::kRead, BodyKind::kNone, task_events);
  add("GET", "/api/v1/events", Permission::kRead, BodyKind::kNone,
      [](Services&, const Request&) { return all_events(); });
  add("GET", "/api/v1/options", Permission::kRead, BodyKind::kNone,
      [](Services&, const Request&) { return json_response(options_json()); });
}

}  // namespace medmark::server
