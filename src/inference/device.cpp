#include "inference/device.hpp"

#include <charconv>

namespace medmark::inference {

base::Result<DeviceRequest> parse_device(std::string_view text) {
  if (text == "auto") return DeviceRequest{};
  if (text == "cpu") return DeviceRequest{false, {DeviceKind::kCpu, 0}};
  if (text == "cuda") return DeviceRequest{false, {DeviceKind::kCuda, 0}};
  constexpr std::string_view kPrefix = "cuda:";
  if (text.starts_with(kPrefix)) {
    const std::string_view digits = text.substr(kPrefix.size());
    int index = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (error == std::errc() && end == digits.data() + digits.size() && index >= 0) {
      return DeviceRequest{false, {DeviceKind::kCuda, index}};
    }
  }
  return base::fail(base::ErrorCode::kInvalidParameter, "The device must be auto, cpu, cuda or cuda:N.");
}

std::string device_name(const Device& device) {
  return device.kind == DeviceKind::kCpu ? "cpu" : "cuda:" + std::to_string(device.index);
}

}  // namespace medmark::inference
