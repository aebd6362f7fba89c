// A task as REST and the events show it. Thread-safe.
#pragma once

#include "server/message.hpp"
#include "store/store.hpp"

namespace medmark::server {

// The file's name is asked of the store; it is "" where the document is gone.
[[nodiscard]] Json task_json(store::Store& store, const store::Task& task);

}  // namespace medmark::server
