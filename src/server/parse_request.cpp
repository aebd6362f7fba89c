#include "server/parse_request.hpp"

#include <charconv>
#include <cmath>

#include "pipeline/options.hpp"

namespace medmark::server {
namespace {

using base::ErrorCode;
using base::Result;

tl::unexpected<base::Error> invalid(std::string sentence) {
  return base::fail(ErrorCode::kInvalidParameter, std::move(sentence));
}

// Defaults of the contract; an option with this value is the same as none.
const std::map<std::string, std::string>& default_values() {
  static const std::map<std::string, std::string> kDefaults = {{"layout_model", "lp"},
                                                               {"table_strategy", "accurate"},
                                                               {"table_detection_threshold", "0.3"},
                                                               {"ocr_lang", "mixed"},
                                                               {"dpi", "200"},
                                                               {"deidentify", "false"},
                                                               {"pages", ""},
                                                               {"batch_size", ""},
                                                               {"password", ""}};
  return kDefaults;
}

template <typename Number>
std::optional<Number> number_of(const std::string& text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Json choice(const char* name, const Json& values, const char* fallback, const char* zh, const char* en) {
  return {{"name", name},
          {"type", "choice"},
          {"values", values},
          {"default", fallback},
          {"description", {{"zh", zh}, {"en", en}}}};
}

Json number(const char* name, const char* type, double least, double most, const Json& fallback, const char* zh,
            const char* en) {
  return {{"name", name},    {"type", type},        {"minimum", least},
          {"maximum", most}, {"default", fallback}, {"description", {{"zh", zh}, {"en", en}}}};
}

Json plain(const char* name, const char* type, const Json& fallback, const char* zh, const char* en) {
  return {{"name", name}, {"type", type}, {"default", fallback}, {"description", {{"zh", zh}, {"en", en}}}};
}

}  // namespace

Result<int> int_parameter(const Request& request, const char* name, int fallback, int least, int most) {
  const auto text = request.parameter(name);
  if (!text.has_value() || text->empty()) return fallback;
  const auto value = number_of<int>(*text);
  if (!value.has_value() || *value < least || *value > most) {
    return invalid(std::string(name) + " must be a whole number from " + std::to_string(least) + " to " +
                   std::to_string(most) + ".");
  }
  return *value;
}

Result<bool> flag_value(const std::string& name, const std::string& value) {
  if (value == "true") return true;
  if (value == "false") return false;
  return invalid(name + " must be true or false.");
}

Result<std::optional<bool>> flag_parameter(const Request& request, const char* name) {
  const auto text = request.parameter(name);
  if (!text.has_value() || text->empty()) return std::optional<bool>();
  const auto value = flag_value(name, *text);
  if (!value.has_value()) return tl::unexpected(value.error());
  return std::optional(*value);
}

Result<Json> json_object(const Request& request) {
  Json json = Json::parse(request.body, nullptr, false);
  if (!json.is_object()) return invalid("The body must be a JSON object.");
  return json;
}

std::string text_member(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Result<void> add_option(std::map<std::string, std::string>& parameters, const std::string& name,
                        const std::string& value) {
  const auto fallback = default_values().find(name);
  if (fallback == default_values().end()) return invalid("There is no option of that name.");
  if (value.empty() || value == fallback->second) {
    parameters.erase(name);
    return {};
  }
  pipeline::ParseOptions checked;
  if (auto set = pipeline::set_option(checked, name, value); !set.has_value()) return set;
  parameters[name] = value;
  return {};
}

Result<ParseForm> parse_form(const Parameters& fields, const std::map<std::string, std::string>& defaults) {
  ParseForm form;
  form.parameters = defaults;
  const std::map<std::string, bool*> flags = {
      {"inline_images", &form.inline_images}, {"force", &form.force}, {"join", &form.join}, {"start", &form.start}};
  for (const auto& [name, value] : fields) {
    if (const auto flag = flags.find(name); flag != flags.end()) {
      const auto set = flag_value(name, value);
      if (!set.has_value()) return tl::unexpected(set.error());
      *flag->second = *set;
    } else if (name == "wait") {
      const auto seconds = number_of<double>(value);
      if (!seconds.has_value() || !(*seconds >= 0 && *seconds <= 600))
        return invalid("wait must be a number from 0 to 600.");
      form.wait_seconds = *seconds;
    } else if (name == "password") {
      form.password = value;
    } else if (auto added = add_option(form.parameters, name, value); !added.has_value()) {
      return tl::unexpected(added.error());
    }
  }
  return form;
}

Json options_json() {
  return {
      {"options",
       {choice("layout_model", {"lp", "yolo"}, "lp", "版面模型：lp 更准确，yolo 更快",
               "Layout model: lp is accurate, yolo fast"),
        choice("table_strategy", {"accurate", "fast"}, "accurate", "表格：accurate 使用表格结构模型，fast 不使用",
               "Tables: accurate uses the table structure model, fast does not"),
        number("table_detection_threshold", "number", 0, 1, 0.3, "表格检测阈值，越低找到的表格越多",
               "Lower finds more tables"),
        choice("ocr_lang", {"mixed", "ch", "en"}, "mixed", "识别语言", "Language of the text"),
        number("batch_size", "integer", 1, 64, nullptr, "识别批大小，默认由设备决定", "Recognition batch; by device"),
        number("dpi", "number", 72, 600, 200, "扫描页的栅格化分辨率", "Resolution of scanned pages"),
        plain("pages", "text", "", "页码，如 1-3,7；空为全部", "Pages such as 1-3,7; empty for all"),
        plain("password", "text", "", "加密 PDF 的密码", "Password of an encrypted PDF"),
        plain("deidentify", "boolean", false, "去标识化", "Mask what identifies people")}}};
}

}  // namespace medmark::server
