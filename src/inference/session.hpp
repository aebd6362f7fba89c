// One interface over the runtimes: a loaded model that turns tensors of 32-bit floats into tensors of 32-bit floats.
//
// A session is immutable after loading and may be run from any number of threads at once; each run uses one thread of
// the processor (the caller's), so that the result never depends on how many there are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace medmark::inference {

// A tensor of the caller's, row-major; not owned, and it must outlive the run.
struct TensorView {
  std::span<const float> values;
  std::vector<std::int64_t> shape;  // the product is values.size()
};

// A result, owned together with the runtime's own buffer.
struct Tensor {
  std::span<const float> values;
  std::vector<std::int64_t> shape;
  std::shared_ptr<const void> owner;
};

class Session {
 public:
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  virtual ~Session() = default;

  // Runs the model on its only input; the outputs in the order of the model file. Fails with `internal` (a shape the
  // model does not take, memory) or `device_unavailable` (the device is gone).
  [[nodiscard]] virtual base::Result<std::vector<Tensor>> run(const TensorView& input) const = 0;

  // A text stored in the model file itself (dictionaries stand there); empty where there is none of that name.
  [[nodiscard]] virtual std::optional<std::string> metadata(const std::string& key) const = 0;
};

}  // namespace medmark::inference
