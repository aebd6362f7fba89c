#include "inference/onnx_runtime.hpp"

#include <dlfcn.h>
#include <onnxruntime_run_options_config_keys.h>
#include <onnxruntime_session_options_config_keys.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

namespace medmark::inference {
namespace {

constexpr const char* kCudaProviderLibrary = "libonnxruntime_providers_cuda.so";

// Two large runs that happen to meet make the arena larger than it ever has to be again; after so many runs (about a
// dozen scanned pages) it gives back what no run holds. What is given back costs the next runs page faults.
constexpr std::uint64_t kRunsBetweenShrinks = 200;

tl::unexpected<base::Error> runtime_failure(const Ort::Exception& exception) {
  return base::fail(base::ErrorCode::kInternal, std::string("The inference runtime failed: ") + exception.what());
}

// The folder that the runtime's library was loaded from; the provider libraries stand beside it.
std::filesystem::path runtime_folder() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&OrtGetApiBase), &info) == 0 || info.dli_fname == nullptr) return {};
  return std::filesystem::path(info.dli_fname).parent_path();
}

// Throws Ort::Exception where the provider or the device is not usable.
void append_cuda(Ort::SessionOptions& options, int index) {
  OrtCUDAProviderOptionsV2* raw = nullptr;
  Ort::ThrowOnError(Ort::GetApi().CreateCUDAProviderOptions(&raw));
  const std::unique_ptr<OrtCUDAProviderOptionsV2, void (*)(OrtCUDAProviderOptionsV2*)> cuda(
      raw, Ort::GetApi().ReleaseCUDAProviderOptions);
  const std::string device = std::to_string(index);
  const std::array<const char*, 3> keys = {"device_id", "arena_extend_strategy", "cudnn_conv_algo_search"};
  const std::array<const char*, 3> values = {device.c_str(), "kSameAsRequested", "HEURISTIC"};
  Ort::ThrowOnError(Ort::GetApi().UpdateCUDAProviderOptions(cuda.get(), keys.data(), values.data(), keys.size()));
  options.AppendExecutionProvider_CUDA_V2(*cuda);
}

Ort::SessionOptions session_options(const Device& device) {
  Ort::SessionOptions options;
  options.SetIntraOpNumThreads(1);
  options.SetInterOpNumThreads(1);
  options.SetExecutionMode(ORT_SEQUENTIAL);
  options.SetGraphOptimizationLevel(ORT_ENABLE_ALL);
  // A memory pattern is kept per input shape: with widths that vary from line to line it only grows.
  options.DisableMemPattern();
  options.SetLogSeverityLevel(ORT_LOGGING_LEVEL_ERROR);
  options.AddConfigEntry(kOrtSessionOptionsConfigUseEnvAllocators, "1");
  if (device.kind == DeviceKind::kCuda) append_cuda(options, device.index);
  return options;
}

class OnnxSession final : public Session {
 public:
  // `runs` counts those of all sessions that share the environment's arena.
  OnnxSession(const Ort::Env& env, std::span<const std::byte> model, const Device& device,
              std::shared_ptr<std::atomic<std::uint64_t>> runs)
      : session_(env, model.data(), model.size(), session_options(device)),
        metadata_(session_.GetModelMetadata()),
        runs_(std::move(runs)) {
    Ort::AllocatorWithDefaultOptions allocator;
    input_name_ = session_.GetInputNameAllocated(0, allocator).get();
    for (std::size_t i = 0; i < session_.GetOutputCount(); ++i) {
      output_names_.emplace_back(session_.GetOutputNameAllocated(i, allocator).get());
    }
  }

  base::Result<std::vector<Tensor>> run(const TensorView& input) const override {
    try {
      return run_or_throw(input);
    } catch (const Ort::Exception& exception) {
      return runtime_failure(exception);
    }
  }

  std::optional<std::string> metadata(const std::string& key) const override {
    Ort::AllocatorWithDefaultOptions allocator;
    const Ort::AllocatedStringPtr value = metadata_.LookupCustomMetadataMapAllocated(key.c_str(), allocator);
    if (!value) return std::nullopt;
    return std::string(value.get());
  }

 private:
  std::vector<Tensor> run_or_throw(const TensorView& input) const {
    const Ort::MemoryInfo memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
    // The runtime takes a pointer it does not write through for inputs.
    auto* values = const_cast<float*>(input.values.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    const Ort::Value value =
        Ort::Value::CreateTensor<float>(memory, values, input.values.size(), input.shape.data(), input.shape.size());
    const char* input_name = input_name_.c_str();
    std::vector<const char*> output_names;
    for (const std::string& name : output_names_) output_names.push_back(name.c_str());
    const Ort::RunOptions options = run_options();
    std::vector<Ort::Value> results =
        session_.Run(options, &input_name, &value, 1, output_names.data(), output_names.size());

    std::vector<Tensor> tensors;
    for (Ort::Value& result : results) {
      auto owner = std::make_shared<const Ort::Value>(std::move(result));
      const Ort::TensorTypeAndShapeInfo info = owner->GetTensorTypeAndShapeInfo();
      tensors.push_back(
          {std::span<const float>(owner->GetTensorData<float>(), info.GetElementCount()), info.GetShape(), owner});
    }
    return tensors;
  }

  Ort::RunOptions run_options() const {
    Ort::RunOptions options;
    if (runs_->fetch_add(1, std::memory_order_relaxed) % kRunsBetweenShrinks == kRunsBetweenShrinks - 1) {
      options.AddConfigEntry(kOrtRunOptionsConfigEnableMemoryArenaShrinkage, "cpu:0");
    }
    return options;
  }

  mutable Ort::Session session_;  // Run is not const in the C++ wrapper, but is thread-safe by the runtime's contract
  Ort::ModelMetadata metadata_;
  std::string input_name_;
  std::vector<std::string> output_names_;
  std::shared_ptr<std::atomic<std::uint64_t>> runs_;
};

}  // namespace

base::Result<std::shared_ptr<OnnxEnvironment>> OnnxEnvironment::create() {
  try {
    Ort::Env env(ORT_LOGGING_LEVEL_ERROR, "medmark");
    env.DisableTelemetryEvents();
    // One arena for all sessions that takes exactly what is asked for instead of powers of two.
    const Ort::ArenaCfg arena(0, 1, -1, -1);
    env.CreateAndRegisterAllocator(Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault), arena);
    return std::shared_ptr<OnnxEnvironment>(new OnnxEnvironment(std::move(env)));
  } catch (const Ort::Exception& exception) {
    return runtime_failure(exception);
  }
}

base::Result<void> OnnxEnvironment::probe(const Device& device) const {
  if (device.kind == DeviceKind::kCpu) return {};
  std::error_code ignored;
  if (!std::filesystem::exists(runtime_folder() / kCudaProviderLibrary, ignored)) {
    return base::fail(base::ErrorCode::kDeviceUnavailable,
                      "The CUDA device cannot be used because the CUDA part of the program is not installed.");
  }
  try {
    Ort::SessionOptions options;
    append_cuda(options, device.index);
    return {};
  } catch (const Ort::Exception&) {
    return base::fail(base::ErrorCode::kDeviceUnavailable,
                      "The CUDA device cannot be used because its driver or libraries do not load.");
  }
}

base::Result<std::shared_ptr<const Session>> OnnxEnvironment::open(std::span<const std::byte> model,
                                                                   const Device& device) const {
  try {
    return std::make_shared<const OnnxSession>(env_, model, device, runs_);
  } catch (const Ort::Exception& exception) {
    if (device.kind == DeviceKind::kCuda) {
      return base::fail(
          base::ErrorCode::kDeviceUnavailable,
          "The CUDA device " + device_name(device) + " cannot be used: it is not there or does not answer.");
    }
    return runtime_failure(exception);
  }
}

}  // namespace medmark::inference
