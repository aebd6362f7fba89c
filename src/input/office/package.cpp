#include "input/office/package.hpp"

#include <zip.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

using base::ErrorCode;

struct ZipCloser {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct FileCloser {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using ZipHandle = std::unique_ptr<zip_t, ZipCloser>;
using FileHandle = std::unique_ptr<zip_file_t, FileCloser>;

constexpr std::size_t kChunkBytes = 64 * 1024;

base::Error damaged() { return {ErrorCode::kCorruptDocument, "The Office file's archive is damaged."}; }

std::string_view without_slash(std::string_view name) {
  while (!name.empty() && name.front() == '/') name.remove_prefix(1);
  return name;
}

std::string_view last_word(std::string_view address) {
  const std::size_t slash = address.find_last_of('/');
  return slash == std::string_view::npos ? address : address.substr(slash + 1);
}

std::string relationships_name(std::string_view source) {
  const std::size_t slash = source.find_last_of('/');
  const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  return std::string(source.substr(0, name)) + "_rels/" + std::string(source.substr(name)) + ".rels";
}

}  // namespace

class Package::Archive {
 public:
  Archive(ZipHandle handle, const OfficeLimits& limits) : handle_(std::move(handle)), limits_(limits) {}

  [[nodiscard]] const OfficeLimits& limits() const { return limits_; }

  void index() {
    const zip_int64_t count = zip_get_num_entries(handle_.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
      const char* name = zip_get_name(handle_.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_GUESS);
      // Of members with one name the first counts, so that no two readers of the file see different ones.
      if (name != nullptr) members_.emplace(without_slash(name), static_cast<zip_uint64_t>(i));
    }
  }

  [[nodiscard]] bool has(std::string_view name) const { return members_.find(name) != members_.end(); }

  base::Result<std::string> read(std::string_view name) {
    const auto member = members_.find(name);
    if (member == members_.end()) return base::fail(ErrorCode::kNotFound, "The Office file lacks one of its parts.");
    const FileHandle file(zip_fopen_index(handle_.get(), member->second, 0));
    if (file == nullptr) return tl::unexpected(damaged());
    std::string content;
    const std::uint64_t most = std::min(limits_.part_bytes, limits_.total_bytes - total_);
    for (;;) {
      const std::size_t size = content.size();
      content.resize(size + kChunkBytes);
      const zip_int64_t got = zip_fread(file.get(), content.data() + size, kChunkBytes);
      if (got < 0) return tl::unexpected(damaged());
      content.resize(size + static_cast<std::size_t>(got));
      if (content.size() > most) {
        return base::fail(ErrorCode::kTooLarge, "A part of the Office file is larger than is read.");
      }
      if (got == 0) break;
    }
    total_ += content.size();
    return content;
  }

  const Relationships& relationships(const std::string& source) {
    const auto [it, is_new] = relationships_.try_emplace(source);
    if (is_new) it->second = read_relationships(source);
    return it->second;
  }

 private:
  Relationships read_relationships(const std::string& source) {
    Relationships found;
    const auto content = read(relationships_name(source));
    if (!content) return found;
    const auto part = XmlPart::parse(*content, limits_);
    if (!part) return found;
    for (const pugi::xml_node node : part->root().children()) {
      if (local_name(node) != "Relationship") continue;
      const bool is_external = attribute(node, "TargetMode") == "External";
      found.emplace(attribute(node, "Id"),
                    Relationship{std::string(last_word(attribute(node, "Type"))),
                                 is_external ? "" : resolved_name(source, attribute(node, "Target"))});
    }
    return found;
  }

  ZipHandle handle_;
  OfficeLimits limits_;
  std::map<std::string, zip_uint64_t, std::less<>> members_;
  std::map<std::string, Relationships> relationships_;
  std::uint64_t total_ = 0;
};

Package::Package(std::unique_ptr<Archive> archive) : archive_(std::move(archive)) {}
Package::Package(Package&&) noexcept = default;
Package& Package::operator=(Package&&) noexcept = default;
Package::~Package() = default;

base::Result<Package> Package::open(std::span<const std::uint8_t> bytes, const OfficeLimits& limits) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return tl::unexpected(damaged());
  ZipHandle handle(zip_open_from_source(source, ZIP_RDONLY, &error));
  zip_error_fini(&error);
  if (handle == nullptr) {
    zip_source_free(source);
    return tl::unexpected(damaged());
  }
  if (static_cast<std::uint64_t>(zip_get_num_entries(handle.get(), 0)) > limits.parts) {
    return base::fail(ErrorCode::kTooLarge, "The Office file has more parts than are read.");
  }
  auto archive = std::make_unique<Archive>(std::move(handle), limits);
  archive->index();
  return Package(std::move(archive));
}

const OfficeLimits& Package::limits() const { return archive_->limits(); }
bool Package::has(std::string_view name) const { return archive_->has(name); }
base::Result<std::string> Package::read(std::string_view name) { return archive_->read(name); }
const Relationships& Package::relationships(const std::string& name) { return archive_->relationships(name); }

std::string resolved_name(std::string_view source, std::string_view target) {
  std::vector<std::string_view> folders;
  const auto append = [&](std::string_view path) {
    while (!path.empty()) {
      const std::size_t slash = path.find('/');
      const std::string_view step = path.substr(0, slash);
      path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
      if (step.empty() || step == ".") continue;
      if (step != "..") {
        folders.push_back(step);
      } else if (folders.empty()) {
        return false;
      } else {
        folders.pop_back();
      }
    }
    return true;
  };
  const std::size_t slash = source.find_last_of('/');
  if (!target.starts_with('/') && slash != std::string_view::npos) append(source.substr(0, slash));
  if (!append(target)) return "";
  std::string name;
  for (const std::string_view folder : folders) name += (name.empty() ? "" : "/") + std::string(folder);
  return name;
}

std::string target_of_type(const Relationships& relationships, std::string_view type) {
  for (const auto& [id, relationship] : relationships) {
    if (relationship.type == type && !relationship.target.empty()) return relationship.target;
  }
  return "";
}

}  // namespace medmark::input::office
