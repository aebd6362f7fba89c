#include "cli/doctor_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "cli/share_directory.hpp"
#include "clinical/lexicon/lexicons.hpp"
#include "inference/model_files.hpp"
#include "inference/processor.hpp"
#include "inference/runtime.hpp"

namespace medmark::cli {
namespace {

namespace fs = std::filesystem;

// Below this much free space a batch of figures can fill the disk.
constexpr std::uintmax_t kLeastFreeBytes = 1ULL << 30U;

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

Finding processor() {
  const auto missing = inference::missing_instruction_sets();
  const std::string name =
      fmt::format("{}, {} threads", inference::processor_name(), std::thread::hardware_concurrency());
  if (!missing.empty()) return {Health::kBad, "processor", name + "; lacks " + joined(missing)};
  const auto optional = inference::optional_instruction_sets();
  return {Health::kGood, "processor", name + (optional.empty() ? "" : "; also " + joined(optional))};
}

Finding device() {
  const auto runtime = inference::Runtime::create({.models = share_directory() / "models", .device = {}});
  if (!runtime.has_value()) return {Health::kBad, "device", runtime.error().message};
  const std::string name = inference::device_name((*runtime)->device());
  if (!(*runtime)->device_note().empty()) return {Health::kNote, "device", name + "; " + (*runtime)->device_note()};
  return {Health::kGood, "device", name};
}

Finding model(const inference::ModelFile& file) {
  const std::string subject = fmt::format("model {}", file.name);
  const auto bytes = inference::ModelStore(share_directory() / "models").read(file.model);
  if (!bytes.has_value()) {
    return {Health::kBad, subject,
            fmt::format("{}: {}", base::error_code_name(bytes.error().code), bytes.error().message)};
  }
  return {Health::kGood, subject, fmt::format("sha256 {} matches ({})", file.sha256.substr(0, 12), file.licence)};
}

Finding data_file(const std::string& subject, const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return {Health::kBad, subject, "not_found: the installation is not complete"};
  return {Health::kGood, subject, "present"};
}

Finding lexicons(const fs::path& folder) {
  const std::vector<std::string> doubts = clinical::validate(folder);
  if (doubts.empty()) return {Health::kGood, "lexicons", "complete and consistent"};
  return {Health::kBad, "lexicons", fmt::format("{} ({} in all)", doubts.front(), doubts.size())};
}

// The one TCP client that could stand in a process is a library's: none of those known may be mapped into this one.
Finding offline() {
  std::ifstream maps("/proc/self/maps");
  const std::string mapped{std::istreambuf_iterator<char>(maps), {}};
  for (const char* library : {"libcurl", "libneon", "libsoup", "libgio", "libnghttp2", "libcpprest", "libpoco"}) {
    if (mapped.find(library) != std::string::npos) {
      return {Health::kBad, "offline", fmt::format("{} is loaded", library)};
    }
  }
  return {Health::kGood, "offline", "no network client is linked; parsing opens no socket to another host"};
}

Finding disk() {
  std::error_code error;
  const fs::space_info space = fs::space(fs::current_path(error), error);
  if (error) return {Health::kNote, "disk", "free space of the current folder is unknown"};
  const std::string free = fmt::format("{:.1f} GiB free here", static_cast<double>(space.available) / (1ULL << 30U));
  return {space.available < kLeastFreeBytes ? Health::kBad : Health::kGood, "disk", free};
}

int run_doctor() {
  bool is_well = true;
  for (const Finding& finding : examine()) {
    const char* word = finding.health == Health::kGood ? "ok  " : finding.health == Health::kNote ? "note" : "FAIL";
    std::cout << word << "  " << finding.subject << ": " << finding.verdict << '\n';
    is_well = is_well && finding.health != Health::kBad;
  }
  return is_well ? 0 : 1;
}

}  // namespace

std::vector<Finding> examine() {
  const fs::path share = share_directory();
  std::vector<Finding> findings = {
      {Health::kGood, "version", fmt::format("medmark {}, {}", MEDMARK_VERSION, inference::Runtime::version())},
      processor(),
      device()};
  for (const inference::ModelFile& file : inference::model_files()) findings.push_back(model(file));
  findings.push_back(data_file("font", share / "fonts" / "wqy-microhei.ttc"));
  findings.push_back(lexicons(share / "lexicons"));
  findings.push_back(offline());
  findings.push_back(disk());
  return findings;
}

void add_doctor_command(CLI::App& application, std::function<int()>& run) {
  CLI::App* command = application.add_subcommand("doctor", "Check models, devices, processor, offline state and disk");
  command->callback([&run] { run = run_doctor; });
}

}  // namespace medmark::cli
