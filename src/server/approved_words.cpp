#include "server/approved_words.hpp"

#include "server/parse_request.hpp"

namespace medmark::server {
namespace {

// They travel with every job in one message of 64 KB.
constexpr std::size_t kMaxBytes = 40'000;

}  // namespace

clinical::LocalWords approved_words(store::Settings& settings) {
  clinical::LocalWords words;
  const auto decided = settings.list(kSuggestionPrefix);
  if (!decided.has_value()) return words;
  std::size_t bytes = 0;
  for (const auto& [name, value] : *decided) {
    const Json kept = Json::parse(value, nullptr, false);
    if (!kept.is_object() || text_member(kept, "state") != "approved") continue;
    const std::string read = text_member(kept, "original");
    const std::string right = text_member(kept, "value");
    bytes += read.size() + right.size() + 2 * sizeof(std::uint32_t);
    if (bytes > kMaxBytes) break;
    if (clinical::is_repair(read, right)) words.emplace(read, right);
  }
  return words;
}

}  // namespace medmark::server
