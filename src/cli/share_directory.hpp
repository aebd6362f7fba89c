// Where the program's own data stands: models/, fonts/, lexicons/.
#pragma once

#include <filesystem>

namespace medmark::cli {

// `share/medmark` beside the binary (a build) or beside its folder (an installation); MEDMARK_SHARE names another one.
[[nodiscard]] std::filesystem::path share_directory();

}  // namespace medmark::cli
