#include "results/result_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "output/json.hpp"

namespace medmark::results {
namespace {

namespace fs = std::filesystem;

fs::path with_suffix(const fs::path& folder, const fs::path& stem, std::string_view suffix) {
  return folder / (stem.string() + std::string(suffix));
}

using Bytes = std::span<const std::uint8_t>;

tl::unexpected<base::Error> write_failure(int error_number) { return tl::unexpected(write_error(error_number)); }

class OutputFile {
 public:
  explicit OutputFile(const fs::path& path)
      : descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {}
  ~OutputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // False with errno set.
  bool write(Bytes bytes) {
    while (descriptor_ >= 0 && !bytes.empty()) {
      const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return descriptor_ >= 0;
  }
  // Some network folders know no sync.
  bool sync() { return ::fsync(descriptor_) == 0 || errno == EINVAL || errno == ENOTSUP; }
  bool close() { return ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  int descriptor_;
};

base::Result<void> write_bytes(const fs::path& path, Bytes bytes, Durability durability) {
  OutputFile file(path);
  const bool is_good = file.write(bytes) && (durability == Durability::kWritten || file.sync()) && file.close();
  if (!is_good) return write_failure(errno);
  return {};
}

Bytes bytes_of(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

base::Result<void> replace_assets(const fs::path& folder, const std::vector<AssetView>& assets, Durability durability) {
  const fs::path beside = folder.string() + ".part";
  std::error_code error;
  fs::remove_all(beside, error);
  if (!assets.empty()) {
    fs::create_directories(beside, error);
    if (error) return write_failure(error.value());
    for (const AssetView& asset : assets) {
      if (auto written = write_bytes(beside / asset.name, asset.bytes, durability); !written.has_value()) {
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

base::Error write_error(int error_number) {
  if (error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG) {
    return {base::ErrorCode::kStorageFull, "The disk of the output folder is full."};
  }
  return {base::ErrorCode::kInternal, "A result could not be written to the output folder."};
}

base::Result<void> write_file(const fs::path& path, std::string_view bytes, Durability durability) {
  return write_bytes(path, bytes_of(bytes), durability);
}

base::Result<void> replace_file(const fs::path& path, std::string_view bytes, Durability durability) {
  const fs::path beside = path.string() + ".part";
  if (auto written = write_file(beside, bytes, durability); !written.has_value()) return written;
  std::error_code error;
  fs::rename(beside, path, error);
  if (error) return write_failure(error.value());
  return {};
}

base::Result<void> write_result(const fs::path& output_folder, const fs::path& stem, const ResultView& result,
                                Durability durability) {
  std::error_code error;
  fs::create_directories((output_folder / stem).parent_path(), error);
  if (error) return write_failure(error.value());
  // An earlier JSON would vouch for the new files until its successor is there.
  fs::remove(with_suffix(output_folder, stem, ".json"), error);
  return replace_assets(with_suffix(output_folder, stem, ".assets"), result.assets, durability)
      .and_then([&] { return replace_file(with_suffix(output_folder, stem, ".md"), result.markdown, durability); })
      .and_then([&] { return replace_file(with_suffix(output_folder, stem, ".json"), result.json, durability); });
}

base::Result<void> write_result(const fs::path& output_folder, const fs::path& stem,
                                const document::Document& document) {
  const std::string json = output::to_json(document);
  ResultView result{.markdown = document.content, .json = json, .assets = {}};
  for (const document::Asset& asset : document.assets) result.assets.push_back({asset.name, asset.bytes});
  return write_result(output_folder, stem, result);
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

}  // namespace medmark::results
