// Corrections and the state of a document.
#include <mutex>

#include "server/corrections.hpp"
#include "server/parse_request.hpp"
#include "server/result_files.hpp"
#include "server/routes.hpp"
#include "store/files.hpp"
#include "store/identifiers.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::size_t kMaxCorrections = 500;  // of one request
constexpr std::size_t kMaxValueBytes = 100'000;

Json correction_json(const store::Correction& correction) {
  return {{"id", correction.id},
          {"target", correction.target},
          {"original", correction.original},
          {"previous", correction.previous},
          {"value", correction.value},
          {"author", correction.author},
          {"time", iso_time(correction.time)},
          {"undone", correction.undone}};
}

Result<Json> read_json(const Result<std::filesystem::path>& path) {
  if (!path.has_value()) return tl::unexpected(path.error());
  const auto text = store::read_file(*path);
  if (!text.has_value()) return tl::unexpected(text.error());
  Json json = Json::parse(*text, nullptr, false);
  if (!json.is_object()) return base::fail(ErrorCode::kInternal, "The result cannot be read.");
  return json;
}

// The parsed document with everything applied that is not taken back.
Result<Json> with_corrections(Json document, const std::vector<store::Correction>& corrections,
                              const std::vector<std::string>& undone) {
  for (const store::Correction& correction : corrections) {
    const bool is_undone = correction.undone || std::find(undone.begin(), undone.end(), correction.id) != undone.end();
    if (is_undone) continue;
    auto applied = apply_correction(document, correction.target, correction.value);
    if (!applied.has_value()) return tl::unexpected(applied.error());
  }
  return document;
}

Result<std::vector<store::Correction>> asked_corrections(const Json& body, const Request& request) {
  std::vector<store::Correction> asked;
  const auto list = body.find("corrections");
  if (list == body.end()) return asked;
  if (!list->is_array() || list->size() > kMaxCorrections) {
    return base::fail(ErrorCode::kInvalidParameter, "corrections must be a list of at most 500.");
  }
  for (const Json& entry : *list) {
    store::Correction correction;
    if (entry.is_object()) correction.target = text_member(entry, "target");
    const bool is_good =
        entry.is_object() && !correction.target.empty() && entry.contains("value") && entry["value"].is_string();
    if (!is_good)
      return base::fail(ErrorCode::kInvalidParameter, "A correction has a target and a value, both strings.");
    correction.value = entry["value"].get<std::string>();
    if (correction.value.size() > kMaxValueBytes)
      return base::fail(ErrorCode::kInvalidParameter, "A value is too long.");
    correction.id = store::new_id();
    correction.author = request.identity.name;
    asked.push_back(std::move(correction));
  }
  return asked;
}

Result<std::vector<std::string>> asked_undo(const Json& body) {
  std::vector<std::string> ids;
  const auto list = body.find("undo");
  if (list == body.end()) return ids;
  if (!list->is_array()) return base::fail(ErrorCode::kInvalidParameter, "undo must be a list of ids.");
  for (const Json& id : *list) {
    if (!id.is_string()) return base::fail(ErrorCode::kInvalidParameter, "undo must be a list of ids.");
    ids.push_back(id.get<std::string>());
  }
  return ids;
}

Result<void> correct(Services& services, const std::string& id, std::vector<store::Correction> asked,
                     std::vector<std::string> undone) {
  store::Documents& documents = services.store.documents();
  // What a correction replaces is read and written as one step.
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  auto original = read_json(documents.original_json(id));
  if (!original.has_value()) return tl::unexpected(original.error());
  const auto known = documents.corrections(id);
  if (!known.has_value()) return tl::unexpected(known.error());
  auto document = with_corrections(*original, *known, undone);
  if (!document.has_value()) return tl::unexpected(document.error());
  for (store::Correction& correction : asked) {
    const auto first = target_value(*original, correction.target);
    const auto previous = target_value(*document, correction.target);
    if (!first.has_value()) return tl::unexpected(first.error());
    if (!previous.has_value()) return tl::unexpected(previous.error());
    correction.original = *first;
    correction.previous = *previous;
    auto applied = apply_correction(*document, correction.target, correction.value);
    if (!applied.has_value()) return applied;
  }
  renew_content(*document);
  return documents.update(
      id, {document->dump(2, ' ', false, Json::error_handler_t::replace) + "\n", std::move(asked), std::move(undone)});
}

Result<Response> patch(Services& services, const Request& request) {
  const std::string& id = request.captures[0];
  const auto body = json_object(request);
  if (!body.has_value()) return tl::unexpected(body.error());
  auto asked = asked_corrections(*body, request);
  if (!asked.has_value()) return tl::unexpected(asked.error());
  auto undone = asked_undo(*body);
  if (!undone.has_value()) return tl::unexpected(undone.error());
  std::optional<store::ReviewState> state;
  if (body->contains("state")) {
    state = store::review_state_from_name(text_member(*body, "state"));
    if (!state.has_value())
      return base::fail(ErrorCode::kInvalidParameter, "state must be draft, reviewed or released.");
  }
  if (auto there = services.store.documents().document(id); !there.has_value()) return tl::unexpected(there.error());
  if (!asked->empty() || !undone->empty()) {
    auto corrected = correct(services, id, std::move(*asked), std::move(*undone));
    if (!corrected.has_value()) return tl::unexpected(corrected.error());
  }
  if (state.has_value()) {
    const auto set = services.store.documents().set_state(id, *state);
    if (!set.has_value()) return tl::unexpected(set.error());
  }
  return document_response(services.store, id, false);
}

Result<Response> corrections(Services& services, const Request& request) {
  if (auto there = services.store.documents().document(request.captures[0]); !there.has_value()) {
    return tl::unexpected(there.error());
  }
  const auto known = services.store.documents().corrections(request.captures[0]);
  if (!known.has_value()) return tl::unexpected(known.error());
  Json list = Json::array();
  for (const store::Correction& correction : *known) list.push_back(correction_json(correction));
  return json_response({{"corrections", std::move(list)}});
}

}  // namespace

void add_correction_routes(Router& router, Services& services) {
  const auto add = [&](const char* method, const char* pattern, Permission permission, BodyKind body, auto handler) {
    router.add({method, pattern, permission, body, Work::kSlow, [&services, handler](const Request& request) {
                  auto response = handler(services, request);
                  return response.has_value() ? std::move(*response) : error_response(response.error(), request.id);
                }});
  };
  add("PATCH", "/api/v1/documents/{id}", Permission::kWrite, BodyKind::kJson, patch);
  add("GET", "/api/v1/documents/{id}/corrections", Permission::kRead, BodyKind::kNone, corrections);
}

}  // namespace medmark::server
