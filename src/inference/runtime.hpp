// The runtime of one process: the device, and every model loaded on it at most once.
//
// Thread-safe. A model is read, checked and loaded when it is first asked for (60 to 100 ms each) and stays until the
// runtime goes.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "inference/device.hpp"
#include "inference/model_files.hpp"
#include "inference/session.hpp"

namespace medmark::inference {

struct RuntimeOptions {
  std::filesystem::path models;  // the folder of model files
  DeviceRequest device;
};

class Runtime {
 public:
  // Chooses the device. Fails with `device_unavailable` where a device was asked for by name and cannot be used.
  [[nodiscard]] static base::Result<std::shared_ptr<Runtime>> create(const RuntimeOptions& options);

  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;
  ~Runtime();

  // The loaded model. Fails with `model_missing`, `model_corrupt`, `device_unavailable` or `internal`.
  [[nodiscard]] base::Result<std::shared_ptr<const Session>> session(Model model);

  [[nodiscard]] const Device& device() const;
  // One sentence for the user where the automatic choice fell back to the processor though CUDA is installed; else
  // empty.
  [[nodiscard]] const std::string& device_note() const;

  // "ONNX Runtime 1.31.1"
  [[nodiscard]] static std::string version();

 private:
  class State;
  explicit Runtime(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace medmark::inference
