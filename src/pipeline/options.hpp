// The options of a parse, with the contract's names, defaults and limits: one description for command line, REST and
// page.
//
// Values, thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace medmark::pipeline {

enum class LayoutModel { kLp, kYolo };
enum class TableStrategy { kFast, kAccurate };
enum class OcrLanguage { kChinese, kEnglish, kMixed };

// Pages to parse, indices from 0. Empty ranges select every page.
class PageSelection {
 public:
  // "1-3,7" (from 1); `invalid_parameter` for anything else.
  [[nodiscard]] static base::Result<PageSelection> parse(std::string_view text);

  [[nodiscard]] bool contains(int index) const;
  [[nodiscard]] bool selects_all() const { return ranges_.empty(); }

 private:
  std::vector<std::pair<int, int>> ranges_;  // inclusive
};

struct ParseOptions {
  LayoutModel layout_model = LayoutModel::kLp;
  TableStrategy table_strategy = TableStrategy::kAccurate;
  double table_detection_threshold = 0.3;
  OcrLanguage ocr_lang = OcrLanguage::kMixed;
  std::optional<int> batch_size;  // empty: by device
  double dpi = 200;
  PageSelection pages;
  std::string password;
  bool deidentify = false;
  std::map<std::string, std::string>
      words;  // a hospital's own repairs of recognised words (clinical/lexicon/local_words)
  // As given, for `engine.parameters` of the document and for --resume; never the password.
  std::map<std::string, std::string> parameters;
};

// Sets one option by its contract name; `invalid_parameter` with the allowed values where the name or value is none.
[[nodiscard]] base::Result<void> set_option(ParseOptions& options, std::string_view name, std::string_view value);

}  // namespace medmark::pipeline
