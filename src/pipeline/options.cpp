#include "pipeline/options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

namespace medmark::pipeline {
namespace {

using base::ErrorCode;

template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <typename Enum>
using Choices = std::vector<std::pair<std::string_view, Enum>>;

template <typename Enum>
base::Result<void> choose(Enum& target, std::string_view name, std::string_view value, const Choices<Enum>& choices) {
  std::string allowed;
  for (const auto& [choice, meaning] : choices) {
    if (choice == value) {
      target = meaning;
      return {};
    }
    allowed += (allowed.empty() ? "" : ", ") + std::string(choice);
  }
  return base::fail(ErrorCode::kInvalidParameter, std::string(name) + " must be one of " + allowed + ".");
}

template <typename Number>
base::Result<void> in_range(Number& target, std::string_view name, std::string_view value, Number least, Number most,
                            std::string_view range_text) {
  const auto number = parse_number<Number>(value);
  if (!number.has_value() || !(*number >= least && *number <= most)) {
    return base::fail(ErrorCode::kInvalidParameter, std::string(name) + " must be " + std::string(range_text) + ".");
  }
  target = *number;
  return {};
}

base::Result<void> set_value(ParseOptions& options, std::string_view name, std::string_view value) {
  if (name == "layout_model") {
    return choose<LayoutModel>(options.layout_model, name, value,
                               {{"lp", LayoutModel::kLp}, {"yolo", LayoutModel::kYolo}});
  }
  if (name == "table_strategy") {
    return choose<TableStrategy>(options.table_strategy, name, value,
                                 {{"fast", TableStrategy::kFast}, {"accurate", TableStrategy::kAccurate}});
  }
  if (name == "ocr_lang") {
    return choose<OcrLanguage>(
        options.ocr_lang, name, value,
        {{"ch", OcrLanguage::kChinese}, {"en", OcrLanguage::kEnglish}, {"mixed", OcrLanguage::kMixed}});
  }
  if (name == "table_detection_threshold") {
    return in_range(options.table_detection_threshold, name, value, 0.0, 1.0, "a number from 0 to 1");
  }
  if (name == "batch_size") {
    return in_range(options.batch_size.emplace(), name, value, 1, 64, "a whole number from 1 to 64");
  }
  if (name == "dpi") return in_range(options.dpi, name, value, 72.0, 600.0, "a number from 72 to 600");
  if (name == "deidentify") {
    return choose<bool>(options.deidentify, name, value, {{"true", true}, {"false", false}});
  }
  if (name == "pages") {
    auto pages = PageSelection::parse(value);
    if (!pages.has_value()) return tl::unexpected(pages.error());
    options.pages = std::move(*pages);
    return {};
  }
  return base::fail(ErrorCode::kInvalidParameter, "There is no option of that name.");
}

}  // namespace

base::Result<PageSelection> PageSelection::parse(std::string_view text) {
  const auto wrong = [] {
    return base::fail(ErrorCode::kInvalidParameter, "pages must look like 1-3,7, counted from 1.");
  };
  PageSelection selection;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view range = text.substr(begin, end - begin);
    const std::size_t dash = range.find('-');
    const auto first = parse_number<int>(range.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_number<int>(range.substr(dash + 1));
    if (!first.has_value() || !last.has_value() || *first < 1 || *last < *first) return wrong();
    selection.ranges_.emplace_back(*first - 1, *last - 1);
    begin = end + 1;
  }
  return selection;
}

bool PageSelection::contains(int index) const {
  return ranges_.empty() || std::any_of(ranges_.begin(), ranges_.end(), [index](const auto& range) {
           return index >= range.first && index <= range.second;
         });
}

base::Result<void> set_option(ParseOptions& options, std::string_view name, std::string_view value) {
  if (name == "password") {
    options.password = value;
    return {};
  }
  const auto result = set_value(options, name, value);
  if (result.has_value()) options.parameters[std::string(name)] = value;
  return result;
}

}  // namespace medmark::pipeline
