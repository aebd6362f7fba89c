// The hours of the day in which a watched folder is worked on, such as 22:00-06:00. Local time. A value, thread-safe.
#pragma once

#include <string_view>

#include "base/error.hpp"

namespace medmark::watch {

class Schedule {
 public:
  Schedule() = default;  // always open
  // "HH:MM-HH:MM"; the end is not part of it and may be on the next day. Fails with invalid_parameter.
  [[nodiscard]] static base::Result<Schedule> parse(std::string_view text);

  // `minute` of the day, 0..1439.
  [[nodiscard]] bool is_open(int minute) const;
  [[nodiscard]] bool is_open_now() const;

 private:
  int begin_ = 0;
  int end_ = 0;  // equal to begin_: always open
};

}  // namespace medmark::watch
