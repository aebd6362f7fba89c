#include "cli/inputs.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include "input/format.hpp"

namespace medmark::cli {
namespace {

namespace fs = std::filesystem;

// Enough for every magic number, and for the first entry names of an Office file.
constexpr std::size_t kSniffedBytes = 4096;
// Of an archive's end, where all its names stand: those of an Office file are 50 to 200 at 100 bytes each.
constexpr std::streamoff kSniffedTail = 65536;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

input::Format sniff(const fs::path& file) {
  std::array<char, kSniffedBytes> head{};
  std::ifstream stream(file, std::ios::binary);
  stream.read(head.data(), head.size());
  std::string sniffed(head.data(), static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
  const auto format = [&] {
    return input::detect_format({reinterpret_cast<const std::uint8_t*>(sniffed.data()), sniffed.size()});
  };
  if (format() != input::Format::kOtherZip) return format();
  stream.clear();
  stream.seekg(0, std::ios::end);
  stream.seekg(std::max<std::streamoff>(0, stream.tellg() - kSniffedTail));
  sniffed.append(std::istreambuf_iterator<char>(stream), {});
  return format();
}

bool is_supported(const fs::path& file) {
  const input::Format format = sniff(file);
  return format != input::Format::kUnknown && format != input::Format::kOtherZip;
}

// Supported files under a folder, natural order, hidden ones left out. Links to folders are not followed (no cycles).
std::vector<fs::path> files_under(const fs::path& folder, std::vector<InputProblem>& problems) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && entry != end; entry.increment(error)) {
    if (entry->path().filename().string().starts_with('.')) {
      if (entry->is_directory(error)) entry.disable_recursion_pending();
      continue;
    }
    if (entry->is_regular_file(error) && is_supported(entry->path())) files.push_back(entry->path());
  }
  if (error) {
    problems.push_back({folder, {base::ErrorCode::kNotFound, "The folder could not be read to its end."}});
  }
  std::sort(files.begin(), files.end(),
            [](const fs::path& a, const fs::path& b) { return natural_less(a.string(), b.string()); });
  return files;
}

// An argument that is neither a file nor a folder is told apart here, before any work begins.
bool is_readable(const fs::path& path, std::vector<InputProblem>& problems) {
  std::error_code error;
  if (fs::exists(path, error)) return true;
  problems.push_back({path, {base::ErrorCode::kNotFound, "There is no such file or folder."}});
  return false;
}

void give_unique_stems(std::vector<InputDocument>& documents) {
  std::map<fs::path, int> uses;
  for (const InputDocument& document : documents) ++uses[document.stem];
  for (InputDocument& document : documents) {
    if (uses[document.stem] > 1) document.stem += document.files.front().extension();
  }
  // The same file name from different folders: number what is still alike.
  std::map<fs::path, int> seen;
  for (InputDocument& document : documents) {
    const int count = ++seen[document.stem];
    if (count > 1) document.stem += "-" + std::to_string(count);
  }
}

}  // namespace

bool natural_less(const std::string& a, const std::string& b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      const auto number_end = [](const std::string& text, std::size_t from) {
        while (from < text.size() && is_digit(text[from])) ++from;
        return from;
      };
      const auto number = [](const std::string& text, std::size_t from, std::size_t to) {
        while (from < to && text[from] == '0') ++from;
        return text.substr(from, to - from);
      };
      const std::size_t i_end = number_end(a, i);
      const std::size_t j_end = number_end(b, j);
      const std::string x = number(a, i, i_end);
      const std::string y = number(b, j, j_end);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
      i = i_end;
      j = j_end;
      continue;
    }
    if (a[i] != b[j]) return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[j]);
    ++i;
    ++j;
  }
  if ((i < a.size()) != (j < b.size())) return j < b.size();
  return a < b;  // equal but for leading zeros
}

CollectedInputs collect_inputs(const std::vector<std::string>& arguments) {
  CollectedInputs collected;
  for (const std::string& argument : arguments) {
    const fs::path path(argument);
    if (!is_readable(path, collected.problems)) continue;
    if (!fs::is_directory(path)) {
      collected.documents.push_back({{path}, path.stem()});
      continue;
    }
    for (const fs::path& file : files_under(path, collected.problems)) {
      const fs::path relative = file.lexically_relative(path);  // a link stands where its name is
      collected.documents.push_back({{file}, relative.parent_path() / relative.stem()});
    }
  }
  give_unique_stems(collected.documents);
  return collected;
}

CollectedInputs collect_joined(const std::vector<std::string>& arguments) {
  CollectedInputs collected;
  InputDocument joined;
  for (const std::string& argument : arguments) {
    const fs::path path(argument);
    if (!is_readable(path, collected.problems)) continue;
    const bool is_folder = fs::is_directory(path);
    if (joined.stem.empty()) {
      const fs::path named = is_folder ? fs::weakly_canonical(path) : path;
      joined.stem = is_folder ? named.filename() : named.stem();
    }
    if (!is_folder) {
      joined.files.push_back(path);
      continue;
    }
    for (const fs::path& file : files_under(path, collected.problems)) joined.files.push_back(file);
  }
  if (!joined.files.empty()) collected.documents.push_back(std::move(joined));
  return collected;
}

}  // namespace medmark::cli
