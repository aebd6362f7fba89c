// `medmark doctor`: one line for each thing that must be right, exit status 1 where one is not.
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <string>
#include <vector>

namespace medmark::cli {

enum class Health { kGood, kNote, kBad };

struct Finding {
  Health health = Health::kGood;
  std::string subject;
  std::string verdict;
};

// Everything that `doctor` looks at, in the order of printing.
[[nodiscard]] std::vector<Finding> examine();

void add_doctor_command(CLI::App& application, std::function<int()>& run);

}  // namespace medmark::cli
