#include "inference/runtime.hpp"

#include <array>
#include <mutex>
#include <utility>

#include "inference/onnx_runtime.hpp"

namespace medmark::inference {

class Runtime::State {
 public:
  State(std::shared_ptr<OnnxEnvironment> environment, ModelStore store)
      : environment_(std::move(environment)), store_(std::move(store)) {}

  // Chooses the device; the automatic choice proves it by loading the smallest model there.
  base::Result<void> choose(const DeviceRequest& request) {
    if (!request.is_automatic) {
      device_ = request.device;
      if (auto usable = environment_->probe(device_); !usable) return usable;
      return device_.kind == DeviceKind::kCuda ? prove() : base::Result<void>{};
    }
    device_ = {DeviceKind::kCuda, 0};
    base::Result<void> usable = environment_->probe(device_);
    if (usable) usable = prove();
    if (usable) return {};
    if (usable.error().code != base::ErrorCode::kDeviceUnavailable) return usable;
    device_ = {DeviceKind::kCpu, 0};
    note_ = usable.error().message + " The processor is used instead.";
    return {};
  }

  base::Result<std::shared_ptr<const Session>> session(Model model) {
    Slot& slot = slots_[static_cast<std::size_t>(model)];
    const std::scoped_lock lock(slot.mutex);
    if (slot.session) return slot.session;
    auto bytes = store_.read(model);
    if (!bytes) return tl::unexpected(bytes.error());
    auto opened = environment_->open(*bytes, device_);
    if (opened) slot.session = *opened;
    return opened;
  }

  const Device& device() const { return device_; }
  const std::string& note() const { return note_; }

 private:
  struct Slot {
    std::mutex mutex;
    std::shared_ptr<const Session> session;
  };

  base::Result<void> prove() {
    auto loaded = session(Model::kLineDirection);
    if (!loaded) return tl::unexpected(loaded.error());
    return {};
  }

  std::shared_ptr<OnnxEnvironment> environment_;
  ModelStore store_;
  Device device_;
  std::string note_;
  std::array<Slot, kModelCount> slots_;
};

Runtime::Runtime(std::unique_ptr<State> state) : state_(std::move(state)) {}
Runtime::~Runtime() = default;

base::Result<std::shared_ptr<Runtime>> Runtime::create(const RuntimeOptions& options) {
  auto environment = OnnxEnvironment::create();
  if (!environment) return tl::unexpected(environment.error());
  auto state = std::make_unique<State>(*environment, ModelStore(options.models));
  if (auto chosen = state->choose(options.device); !chosen) return tl::unexpected(chosen.error());
  return std::shared_ptr<Runtime>(new Runtime(std::move(state)));
}

base::Result<std::shared_ptr<const Session>> Runtime::session(Model model) { return state_->session(model); }
const Device& Runtime::device() const { return state_->device(); }
const std::string& Runtime::device_note() const { return state_->note(); }
std::string Runtime::version() { return "ONNX Runtime " + Ort::GetVersionString(); }

}  // namespace medmark::inference
