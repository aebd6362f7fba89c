#include "watch/schedule.hpp"

#include <charconv>
#include <ctime>
#include <optional>

namespace medmark::watch {
namespace {

constexpr int kMinutesOfHour = 60;

std::optional<int> two_digits(std::string_view text, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = text.size() == 2 && error == std::errc{} && end == text.data() + text.size();
  return is_number && value >= 0 && value <= most ? std::optional(value) : std::nullopt;
}

// Minute of the day of "HH:MM"; 24:00 is the end of the day.
std::optional<int> time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2), 24);
  const auto minute = two_digits(text.substr(3), 59);
  if (!hour.has_value() || !minute.has_value() || (*hour == 24 && *minute > 0)) return std::nullopt;
  return *hour * kMinutesOfHour + *minute;
}

}  // namespace

base::Result<Schedule> Schedule::parse(std::string_view text) {
  constexpr std::size_t kDash = 5;
  const bool has_dash = text.size() > kDash && text[kDash] == '-';
  const auto begin = has_dash ? time_of_day(text.substr(0, kDash)) : std::nullopt;
  const auto end = has_dash ? time_of_day(text.substr(kDash + 1)) : std::nullopt;
  if (!begin.has_value() || !end.has_value() || *begin == *end) {
    return base::fail(base::ErrorCode::kInvalidParameter, "schedule must look like 22:00-06:00.");
  }
  Schedule schedule;
  schedule.begin_ = *begin;
  schedule.end_ = *end;
  return schedule;
}

bool Schedule::is_open(int minute) const {
  if (begin_ == end_) return true;
  if (begin_ < end_) return minute >= begin_ && minute < end_;
  return minute >= begin_ || minute < end_;
}

bool Schedule::is_open_now() const {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  return is_open(local.tm_hour * kMinutesOfHour + local.tm_min);
}

}  // namespace medmark::watch
