#include "cli/result_files.hpp"

#include <cerrno>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

#include "output/json.hpp"

namespace medmark::cli {
namespace {

namespace fs = std::filesystem;

fs::path with_suffix(const fs::path& folder, const fs::path& stem, std::string_view suffix) {
  return folder / (stem.string() + std::string(suffix));
}

tl::unexpected<base::Error> write_failure(int error_number) {
  if (error_number == ENOSPC || error_number == EDQUOT) {
    return base::fail(base::ErrorCode::kStorageFull, "The disk of the output folder is full.");
  }
  return base::fail(base::ErrorCode::kInternal, "A result could not be written to the output folder.");
}

base::Result<void> write_file(const fs::path& path, std::span<const char> bytes) {
  errno = 0;
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (stream.fail()) return write_failure(errno);
  return {};
}

base::Result<void> replace_file(const fs::path& path, std::string_view text) {
  const fs::path beside = path.string() + ".part";
  if (auto written = write_file(beside, text); !written.has_value()) return written;
  std::error_code error;
  fs::rename(beside, path, error);
  if (error) return write_failure(error.value());
  return {};
}

base::Result<void> replace_assets(const fs::path& folder, const std::vector<document::Asset>& assets) {
  const fs::path beside = folder.string() + ".part";
  std::error_code error;
  fs::remove_all(beside, error);
  if (!assets.empty()) {
    fs::create_directories(beside, error);
    if (error) return write_failure(error.value());
    for (const document::Asset& asset : assets) {
      const auto* bytes = reinterpret_cast<const char*>(asset.bytes.data());
      if (auto written = write_file(beside / asset.name, {bytes, asset.bytes.size()}); !written.has_value()) {
        return written;
      }
    }
  }
  fs::remove_all(folder, error);
  if (assets.empty()) return {};
  fs::rename(beside, folder, error);
  if (error) return write_failure(error.value());
  return {};
}

}  // namespace

base::Result<void> write_result(const fs::path& output_folder, const fs::path& stem,
                                const document::Document& document) {
  std::error_code error;
  fs::create_directories((output_folder / stem).parent_path(), error);
  if (error) return write_failure(error.value());
  // An earlier JSON would vouch for the new files until its successor is there.
  fs::remove(with_suffix(output_folder, stem, ".json"), error);
  return replace_assets(with_suffix(output_folder, stem, ".assets"), document.assets)
      .and_then([&] { return replace_file(with_suffix(output_folder, stem, ".md"), document.content); })
      .and_then([&] { return replace_file(with_suffix(output_folder, stem, ".json"), output::to_json(document)); });
}

bool is_already_done(const fs::path& output_folder, const fs::path& stem, const std::string& sha256,
                     const std::map<std::string, std::string>& parameters) {
  std::ifstream stream(with_suffix(output_folder, stem, ".json"));
  if (!stream) return false;
  const auto root = nlohmann::json::parse(stream, nullptr, false);
  if (root.is_discarded() || !root.contains("source") || !root.contains("engine")) return false;
  const auto& engine = root["engine"];
  return root["source"].value("sha256", "") == sha256 && engine.value("version", "") == MEDMARK_VERSION &&
         engine.value("parameters", std::map<std::string, std::string>{}) == parameters;
}

}  // namespace medmark::cli
