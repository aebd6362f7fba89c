#include "server/settings.hpp"

#include <functional>
#include <map>

namespace medmark::server {
namespace {

constexpr const char* kSettingName = "service";

struct Number {
  std::function<void(std::int64_t)> set;
  std::int64_t least;
  std::int64_t most;
};

using Numbers = std::map<std::string, Number>;

constexpr std::int64_t kMost = std::int64_t{1} << 50;

Numbers numbers_of(ServiceSettings& settings) {
  const auto to_bytes = [](std::uint64_t& target) {
    return [&target](std::int64_t value) { target = static_cast<std::uint64_t>(value); };
  };
  const auto to_count = [](int& target) { return [&target](std::int64_t value) { target = static_cast<int>(value); }; };
  return {{"limits.max_body_bytes", {to_bytes(settings.limits.max_body_bytes), 1024, kMost}},
          {"limits.max_file_bytes", {to_bytes(settings.limits.max_file_bytes), 1024, kMost}},
          {"limits.max_files", {to_count(settings.limits.max_files), 1, 10'000}},
          {"limits.max_pages", {to_count(settings.limits.max_pages), 1, 5000}},
          {"thresholds.memory_bytes", {to_bytes(settings.thresholds.memory_bytes), 0, kMost}},
          {"thresholds.disk_free_bytes", {to_bytes(settings.thresholds.disk_free_bytes), 0, kMost}},
          {"thresholds.queued_tasks", {to_count(settings.thresholds.queued_tasks), 0, 1'000'000}},
          {"sessions.idle_minutes", {to_count(settings.sessions.idle_minutes), 1, 24 * 60}},
          {"sessions.absolute_hours", {to_count(settings.sessions.absolute_hours), 1, 24 * 30}}};
}

base::Result<void> set(ServiceSettings& settings, const std::string& name, const Json& value) {
  if (name == "upload.start_at_once" && value.is_boolean()) {
    settings.start_at_once = value.get<bool>();
    return {};
  }
  const Numbers numbers = numbers_of(settings);
  const auto found = numbers.find(name);
  if (found == numbers.end())
    return base::fail(base::ErrorCode::kInvalidParameter, "There is no setting of that name.");
  const auto& [apply, least, most] = found->second;
  if (!value.is_number_integer() || value.get<std::int64_t>() < least || value.get<std::int64_t>() > most) {
    return base::fail(
        base::ErrorCode::kInvalidParameter,
        name + " must be a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
  }
  apply(value.get<std::int64_t>());
  return {};
}

}  // namespace

Json to_json(const ServiceSettings& settings) {
  return {{"limits",
           {{"max_body_bytes", settings.limits.max_body_bytes},
            {"max_file_bytes", settings.limits.max_file_bytes},
            {"max_files", settings.limits.max_files},
            {"max_pages", settings.limits.max_pages}}},
          {"thresholds",
           {{"memory_bytes", settings.thresholds.memory_bytes},
            {"disk_free_bytes", settings.thresholds.disk_free_bytes},
            {"queued_tasks", settings.thresholds.queued_tasks}}},
          {"sessions",
           {{"idle_minutes", settings.sessions.idle_minutes}, {"absolute_hours", settings.sessions.absolute_hours}}},
          {"upload", {{"start_at_once", settings.start_at_once}}}};
}

base::Result<ServiceSettings> changed(const ServiceSettings& settings, const Json& change) {
  ServiceSettings result = settings;
  if (!change.is_object()) return base::fail(base::ErrorCode::kInvalidParameter, "The body must be a JSON object.");
  for (const auto& [group, members] : change.items()) {
    if (!members.is_object()) return base::fail(base::ErrorCode::kInvalidParameter, "Settings come in groups.");
    for (const auto& [name, value] : members.items()) {
      if (auto done = set(result, group + "." + name, value); !done.has_value()) return tl::unexpected(done.error());
    }
  }
  return result;
}

LiveSettings::LiveSettings(store::Settings& stored) : stored_(stored) {
  const auto kept = stored.get(kSettingName);
  if (!kept.has_value()) return;
  const auto settings = changed(settings_, Json::parse(*kept, nullptr, false));
  if (settings.has_value()) settings_ = *settings;
}

ServiceSettings LiveSettings::get() const {
  const std::lock_guard lock(mutex_);
  return settings_;
}

base::Result<ServiceSettings> LiveSettings::change(const Json& change) {
  const std::lock_guard lock(mutex_);
  auto settings = changed(settings_, change);
  if (!settings.has_value()) return settings;
  if (auto kept = stored_.put(kSettingName, dump(to_json(*settings))); !kept.has_value()) {
    return tl::unexpected(kept.error());
  }
  settings_ = *settings;
  return settings;
}

}  // namespace medmark::server
