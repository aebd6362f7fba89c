// Where models run: the processor, or a CUDA device. Values and pure functions; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace medmark::inference {

enum class DeviceKind { kCpu, kCuda };

struct Device {
  DeviceKind kind = DeviceKind::kCpu;
  int index = 0;

  friend bool operator==(const Device&, const Device&) = default;
};

// What a user asked for with --device.
struct DeviceRequest {
  bool is_automatic = true;  // "auto": CUDA device 0 where it works, else the processor
  Device device;             // where not automatic

  friend bool operator==(const DeviceRequest&, const DeviceRequest&) = default;
};

// "auto", "cpu", "cuda", "cuda:N". Fails with `invalid_parameter`.
[[nodiscard]] base::Result<DeviceRequest> parse_device(std::string_view text);

// "cpu", "cuda:0".
[[nodiscard]] std::string device_name(const Device& device);

}  // namespace medmark::inference
