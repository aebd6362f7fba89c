#include "store/records.hpp"

#include <array>
#include <chrono>

namespace medmark::store {
namespace {

template <typename Enum, std::size_t Count>
using Names = std::array<std::pair<Enum, std::string_view>, Count>;

constexpr Names<TaskStatus, 7> kTaskStatusNames = {{{TaskStatus::kPrepared, "prepared"},
                                                    {TaskStatus::kQueued, "queued"},
                                                    {TaskStatus::kRunning, "running"},
                                                    {TaskStatus::kCompleted, "completed"},
                                                    {TaskStatus::kPartial, "partial"},
                                                    {TaskStatus::kFailed, "failed"},
                                                    {TaskStatus::kCanceled, "canceled"}}};
constexpr Names<ReviewState, 3> kReviewStateNames = {
    {{ReviewState::kDraft, "draft"}, {ReviewState::kReviewed, "reviewed"}, {ReviewState::kReleased, "released"}}};
constexpr Names<Role, 3> kRoleNames = {
    {{Role::kViewer, "viewer"}, {Role::kOperator, "operator"}, {Role::kAdministrator, "administrator"}}};

template <typename Enum, std::size_t Count>
std::string_view name_of(const Names<Enum, Count>& names, Enum value) {
  for (const auto& [candidate, name] : names) {
    if (candidate == value) return name;
  }
  return {};
}

template <typename Enum, std::size_t Count>
std::optional<Enum> from_name(const Names<Enum, Count>& names, std::string_view wanted) {
  for (const auto& [value, name] : names) {
    if (name == wanted) return value;
  }
  return std::nullopt;
}

}  // namespace

TimeMs now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string_view task_status_name(TaskStatus status) { return name_of(kTaskStatusNames, status); }
std::optional<TaskStatus> task_status_from_name(std::string_view name) { return from_name(kTaskStatusNames, name); }
bool is_final(TaskStatus status) {
  return status == TaskStatus::kCompleted || status == TaskStatus::kPartial || status == TaskStatus::kFailed ||
         status == TaskStatus::kCanceled;
}
std::string_view review_state_name(ReviewState state) { return name_of(kReviewStateNames, state); }
std::optional<ReviewState> review_state_from_name(std::string_view name) { return from_name(kReviewStateNames, name); }
std::string_view role_name(Role role) { return name_of(kRoleNames, role); }
std::optional<Role> role_from_name(std::string_view name) { return from_name(kRoleNames, name); }

}  // namespace medmark::store
