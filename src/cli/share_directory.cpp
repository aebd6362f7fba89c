#include "cli/share_directory.hpp"

#include <cstdlib>

namespace medmark::cli {

std::filesystem::path share_directory() {
  namespace fs = std::filesystem;
  if (const char* named = std::getenv("MEDMARK_SHARE"); named != nullptr) return named;
  std::error_code error;
  const fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path beside = folder / "share" / "medmark";
  return fs::exists(beside, error) ? beside : folder.parent_path() / "share" / "medmark";
}

}  // namespace medmark::cli
