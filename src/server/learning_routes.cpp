// What corrections teach: a training set, and words for the local lexicon.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "clinical/lexicon/local_words.hpp"
#include "server/approved_words.hpp"
#include "server/bundle.hpp"
#include "server/corrections.hpp"
#include "server/page_pictures.hpp"
#include "server/parse_request.hpp"
#include "server/routes.hpp"
#include "store/files.hpp"
#include "store/identifiers.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

constexpr int kTrainingPageWidth = 1600;    // pixels: near the 200 dpi that scanned pages are read at
constexpr std::size_t kMaxWordLength = 20;  // code points; longer texts are sentences, not words

std::string to_line(const Json& sample) { return dump(sample) + "\n"; }

// The line, cell or field that a correction stands on, as a picture of its own; its name in the archive, "" where the
// page has no picture.
Result<std::string> add_crop(Archive& archive, Services& services, const std::string& id, const Json& region,
                             int number) {
  constexpr double kMargin = 2;  // points: recognition is trained on lines with a little paper around
  const auto box = region.value("bbox", std::vector<double>());
  if (box.size() != 4) return std::string();
  const base::Rect place{box[0] - kMargin, box[1] - kMargin, box[2] + kMargin, box[3] + kMargin};
  const auto picture = page_picture(
      services, id, {.page = region.value("page", 0), .width = kTrainingPageWidth, .covered = {}, .crop = place});
  if (!picture.has_value()) return std::string();  // the sample still has its texts
  const std::string name = "crops/" + id + "_" + std::to_string(number) + ".png";
  auto added = archive.add_text(name, std::string(picture->bytes.begin(), picture->bytes.end()));
  if (!added.has_value()) return tl::unexpected(added.error());
  return name;
}

// The pages of a document that corrections stand on.
Result<void> add_pages(Archive& archive, Services& services, const std::string& id, const std::set<int>& pages) {
  for (const int page : pages) {
    const auto picture =
        page_picture(services, id, {.page = page, .width = kTrainingPageWidth, .covered = {}, .crop = {}});
    if (!picture.has_value()) continue;  // its samples still have their texts
    auto added = archive.add_text("pages/" + id + "_" + std::to_string(page) + ".jpg",
                                  std::string(picture->bytes.begin(), picture->bytes.end()));
    if (!added.has_value()) return added;
  }
  return {};
}

// What a sample says of the place it comes from.
void put_region(Json& sample, const Json& region, const Json& document, const std::string& id) {
  const int page = region["page"].get<int>();
  const Json& info = document["pages"][static_cast<std::size_t>(page)];
  sample["page"] = page;
  sample["bbox"] = region["bbox"];
  sample["page_size"] = Json::array({info["width"], info["height"]});
  sample["picture"] = "pages/" + id + "_" + std::to_string(page) + ".jpg";
}

Result<std::string> add_samples(Archive& archive, Services& services, const std::string& id) {
  store::Documents& documents = services.store.documents();
  const auto path = documents.original_json(id);
  if (!path.has_value()) return tl::unexpected(path.error());
  const auto text = store::read_file(*path);
  if (!text.has_value()) return tl::unexpected(text.error());
  Json document = Json::parse(*text, nullptr, false);
  const auto corrections = documents.corrections(id);
  if (!corrections.has_value()) return tl::unexpected(corrections.error());
  std::map<std::string, const store::Correction*> latest;
  for (const store::Correction& correction : *corrections) {
    if (!correction.undone) latest[correction.target] = &correction;
  }
  std::string lines;
  std::set<int> pages;
  int number = 0;
  for (const auto& [target, correction] : latest) {
    const Json region = target_region(document, target);
    Json sample = {
        {"document_id", id}, {"target", target}, {"read", correction->original}, {"truth", correction->value}};
    if (region.is_object()) {
      pages.insert(region["page"].get<int>());
      put_region(sample, region, document, id);
      auto crop = add_crop(archive, services, id, region, number++);
      if (!crop.has_value()) return tl::unexpected(crop.error());
      if (!crop->empty()) sample["crop"] = *crop;
    }
    lines += to_line(sample);
  }
  if (auto added = add_pages(archive, services, id, pages); !added.has_value()) return tl::unexpected(added.error());
  return lines;
}

Result<Response> training_set(Services& services, const Request&) {
  const auto ids = services.store.documents().corrected_documents();
  if (!ids.has_value()) return tl::unexpected(ids.error());
  auto archive = Archive::create(services.store.folder());
  if (!archive.has_value()) return tl::unexpected(archive.error());
  std::string lines;
  for (const std::string& id : *ids) {
    auto samples = add_samples(**archive, services, id);
    if (!samples.has_value()) return tl::unexpected(samples.error());
    lines += *samples;
  }
  if (auto added = (*archive)->add_text("samples.jsonl", std::move(lines)); !added.has_value()) {
    return tl::unexpected(added.error());
  }
  auto file = (*archive)->finish();
  if (!file.has_value()) return tl::unexpected(file.error());
  Response response;
  response.content_type = "application/zip";
  response.headers.emplace_back("Content-Disposition", attachment("training_set.zip"));
  response.body.emplace_back(std::move(*file));
  return response;
}

bool is_short(const std::string& text) {
  return base::decode_utf8(text).size() <= kMaxWordLength && text.find('\n') == std::string::npos;
}

// Fields that say who a patient is teach no lexicon.
bool may_teach(const store::Correction& correction) {
  return !correction.undone && correction.target.find("patient.") == std::string::npos &&
         is_short(correction.original) && is_short(correction.value) &&
         clinical::is_repair(correction.original, correction.value);
}

struct Suggestion {
  std::string original;
  std::string value;
  int count = 0;
};

Result<std::map<std::string, Suggestion>> suggestions_of(Services& services) {
  const auto ids = services.store.documents().corrected_documents();
  if (!ids.has_value()) return tl::unexpected(ids.error());
  std::map<std::string, Suggestion> suggestions;
  for (const std::string& id : *ids) {
    const auto corrections = services.store.documents().corrections(id);
    if (!corrections.has_value()) return tl::unexpected(corrections.error());
    for (const store::Correction& correction : *corrections) {
      if (!may_teach(correction)) continue;
      constexpr std::size_t kIdLength = 24;
      Suggestion& one = suggestions[store::sha256(correction.original + "\n" + correction.value).substr(0, kIdLength)];
      one.original = correction.original;
      one.value = correction.value;
      ++one.count;
    }
  }
  // What was decided stays to be seen and to be taken back when the documents that taught it are gone.
  const auto decided = services.store.settings().list(kSuggestionPrefix);
  if (!decided.has_value()) return tl::unexpected(decided.error());
  for (const auto& [name, value] : *decided) {
    const Json kept = Json::parse(value, nullptr, false);
    if (!kept.is_object()) continue;
    Suggestion& one = suggestions[name.substr(std::string_view(kSuggestionPrefix).size())];
    one.original = text_member(kept, "original");
    one.value = text_member(kept, "value");
  }
  return suggestions;
}

Json suggestion_json(Services& services, const std::string& id, const Suggestion& suggestion) {
  const auto state = services.store.settings().get(kSuggestionPrefix + id);
  const Json kept = state.has_value() ? Json::parse(*state, nullptr, false) : Json::object();
  return {{"id", id},
          {"original", suggestion.original},
          {"value", suggestion.value},
          {"count", suggestion.count},
          {"state", kept.is_object() && kept.contains("state") ? text_member(kept, "state") : "open"}};
}

Result<Response> suggestions(Services& services, const Request&) {
  const auto all = suggestions_of(services);
  if (!all.has_value()) return tl::unexpected(all.error());
  Json list = Json::array();
  for (const auto& [id, suggestion] : *all) list.push_back(suggestion_json(services, id, suggestion));
  return json_response({{"suggestions", std::move(list)}});
}

Result<Response> decide(Services& services, const Request& request) {
  const auto body = json_object(request);
  if (!body.has_value()) return tl::unexpected(body.error());
  const std::string state = text_member(*body, "state");
  if (state != "open" && state != "approved" && state != "rejected") {
    return base::fail(ErrorCode::kInvalidParameter, "state must be open, approved or rejected.");
  }
  const auto all = suggestions_of(services);
  if (!all.has_value()) return tl::unexpected(all.error());
  const auto found = all->find(request.captures[0]);
  if (found == all->end()) return base::fail(ErrorCode::kNotFound, "There is no such suggestion.");
  const Json kept = {{"state", state}, {"original", found->second.original}, {"value", found->second.value}};
  auto written = services.store.settings().put(kSuggestionPrefix + found->first, dump(kept));
  if (!written.has_value()) return tl::unexpected(written.error());
  return json_response(suggestion_json(services, found->first, found->second));
}

}  // namespace

void add_learning_routes(Router& router, Services& services) {
  const auto add = [&](const char* method, const char* pattern, BodyKind body, auto handler) {
    router.add({method, pattern, Permission::kAdmin, body, Work::kSlow, [&services, handler](const Request& request) {
                  auto response = handler(services, request);
                  return response.has_value() ? std::move(*response) : error_response(response.error(), request.id);
                }});
  };
  add("GET", "/api/v1/training_set", BodyKind::kNone, training_set);
  add("GET", "/api/v1/lexicon/suggestions", BodyKind::kNone, suggestions);
  add("POST", "/api/v1/lexicon/suggestions/{id}", BodyKind::kJson, decide);
}

}  // namespace medmark::server
