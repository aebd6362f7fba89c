#include "decoder/legacy_office.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "decoder/channel.hpp"

namespace medmark::decoder {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

constexpr std::array<std::uint8_t, 8> kMagic = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};

// Names of streams stand in an OLE container as UTF-16LE.
bool holds_stream(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) {
    wide += c;
    wide += '\0';
  }
  return bytes.find(wide) != std::string_view::npos;
}

struct LegacyKind {
  std::string_view extension;
  std::string_view modern;
};

base::Result<LegacyKind> kind_of(std::string_view bytes) {
  if (holds_stream(bytes, "EncryptedPackage")) {
    return base::fail(ErrorCode::kUnsupportedFormat,
                      "The Office file is encrypted, which is not read; save it without a password.");
  }
  if (holds_stream(bytes, "WordDocument")) return LegacyKind{"doc", "docx"};
  if (holds_stream(bytes, "PowerPoint Document")) return LegacyKind{"ppt", "pptx"};
  return base::fail(ErrorCode::kUnsupportedFormat, "The file is neither a Word nor a PowerPoint document.");
}

fs::path installed_program() {
  std::error_code ignored;
  for (const char* path :
       {"/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice"}) {
    if (fs::exists(path, ignored)) return path;
  }
  return {};
}

// A folder that goes with everything in it.
class PrivateFolder {
 public:
  PrivateFolder() {
    std::error_code error;
    std::string pattern = (fs::temp_directory_path(error) / "medmark-XXXXXX").string();
    if (!error && ::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Starts a program as the leader of its own process group, with nothing of our environment and no input or output.
std::optional<pid_t> start(std::vector<std::string> arguments, const fs::path& home) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if (::posix_spawn_file_actions_init(&actions) != 0) return std::nullopt;
  if (::posix_spawnattr_init(&attributes) != 0) {
    ::posix_spawn_file_actions_destroy(&actions);
    return std::nullopt;
  }
  bool is_sound = ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP) == 0;
  for (const int fd : {0, 1, 2}) {
    is_sound = is_sound && ::posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0) == 0;
  }
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  std::string home_entry = "HOME=" + home.string();
  std::string locale = "LC_ALL=C.UTF-8";
  std::string search_path = "PATH=/usr/bin:/bin";
  char* environment[] = {home_entry.data(), locale.data(), search_path.data(), nullptr};
  pid_t pid = -1;
  is_sound =
      is_sound && ::posix_spawn(&pid, pointers.front(), &actions, &attributes, pointers.data(), environment) == 0;
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  return is_sound ? std::optional(pid) : std::nullopt;
}

// Whether the program ended by itself in time; it and its children are gone then, one way or the other.
bool ends_in_time(pid_t pid, std::chrono::milliseconds deadline) {
  const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  pollfd ready{process.get(), POLLIN, 0};
  const bool has_ended = process && ::poll(&ready, 1, static_cast<int>(deadline.count())) > 0;
  ::kill(-pid, SIGKILL);
  int status = 0;
  ::waitpid(pid, &status, 0);
  return has_ended;
}

bool write_file(const fs::path& path, std::string_view bytes) {
  std::ofstream stream(path, std::ios::binary);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  return static_cast<bool>(stream);
}

}  // namespace

bool is_legacy_office(const DocumentFile& file) {
  const std::vector<std::uint8_t> head = file.head(kMagic.size());
  return std::equal(head.begin(), head.end(), kMagic.begin(), kMagic.end());
}

base::Result<DocumentFile> modern_office_file(const DocumentFile& file, const LegacyOfficeOptions& options) {
  if (file.size() > options.max_bytes) return base::fail(ErrorCode::kTooLarge, "The Office file is too large.");
  const std::vector<std::uint8_t> bytes = file.head(options.max_bytes);
  const std::string_view content(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto kind = kind_of(content);
  if (!kind) return tl::unexpected(kind.error());
  const fs::path program = options.program.empty() ? installed_program() : options.program;
  std::error_code ignored;
  if (program.empty() || !fs::exists(options.unshare, ignored)) {
    return base::fail(
        ErrorCode::kUnsupportedFormat,
        "Word and PowerPoint files of the old kind (.doc, .ppt) are read through LibreOffice, which is not "
        "installed; save the file as .docx or .pptx.");
  }
  const PrivateFolder folder;
  const fs::path input = folder.path() / ("document." + std::string(kind->extension));
  if (folder.path().empty() || !write_file(input, content)) {
    return base::fail(ErrorCode::kInternal,
                      "The system gives no folder for turning an old Office file into a new one.");
  }
  const auto pid = start({options.unshare.string(), "--user", "--map-current-user", "--net", "--ipc", "--pid", "--fork",
                          "--kill-child", "--", program.string(), "--headless", "--norestore", "--nolockcheck",
                          "-env:UserInstallation=file://" + (folder.path() / "profile").string(), "--convert-to",
                          std::string(kind->modern), "--outdir", folder.path().string(), input.string()},
                         folder.path());
  if (!pid) return base::fail(ErrorCode::kInternal, "LibreOffice could not be started.");
  if (!ends_in_time(*pid, options.deadline)) {
    return base::fail(ErrorCode::kTimeout, "LibreOffice took too long over an old Office file.");
  }
  auto modern = DocumentFile::open(folder.path() / ("document." + std::string(kind->modern)));
  if (!modern) return base::fail(ErrorCode::kCorruptDocument, "LibreOffice could not read the old Office file.");
  return modern;
}

}  // namespace medmark::decoder
