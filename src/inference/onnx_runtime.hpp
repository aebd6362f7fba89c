// ONNX Runtime behind the `Session` interface. Internal to this room; nobody else sees ONNX Runtime's headers.
//
// One environment and one memory arena for all sessions of the process: activations of all models share it.
#pragma once

#include <onnxruntime_cxx_api.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/error.hpp"
#include "inference/device.hpp"
#include "inference/session.hpp"

namespace medmark::inference {

class OnnxEnvironment {
 public:
  [[nodiscard]] static base::Result<std::shared_ptr<OnnxEnvironment>> create();

  // Whether sessions can be opened on the device; the error's sentence says why not (`device_unavailable`).
  [[nodiscard]] base::Result<void> probe(const Device& device) const;

  // A session made of the bytes of a model file, which need not outlive the call.
  [[nodiscard]] base::Result<std::shared_ptr<const Session>> open(std::span<const std::byte> model,
                                                                  const Device& device) const;

 private:
  explicit OnnxEnvironment(Ort::Env env) : env_(std::move(env)) {}
  Ort::Env env_;
  std::shared_ptr<std::atomic<std::uint64_t>> runs_ = std::make_shared<std::atomic<std::uint64_t>>(0);
};

}  // namespace medmark::inference
