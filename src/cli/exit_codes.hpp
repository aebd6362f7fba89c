// What the program's exit status says beyond 0 (all went well).
#pragma once

namespace medmark::cli {

constexpr int kSomeFailed = 1;  // a document, a page, or the program itself
constexpr int kWrongUsage = 2;  // nothing was begun

}  // namespace medmark::cli
