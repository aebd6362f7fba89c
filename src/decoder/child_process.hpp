// One child process (decoder, engine) as its client holds it: started with its descriptors, waited for, ended.
//
// Confined to one thread at a time. The destructor ends the child and takes its status, so no child outlives its owner.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "decoder/channel.hpp"

namespace medmark::decoder {

struct ChildDescriptors {  // -1: none, /dev/null stands there
  int document = -1;
  int result = -1;
  int font = -1;
};

// How the control socket carries what is written: as a stream of bytes, or as messages.
enum class ControlSocket { kStream, kMessages };

class ChildProcess {
 public:
  // Fails with kInternal where the system gives no process or descriptor.
  [[nodiscard]] static base::Result<ChildProcess> start(const std::filesystem::path& executable,
                                                        const std::vector<std::string>& arguments,
                                                        const ChildDescriptors& descriptors,
                                                        ControlSocket socket = ControlSocket::kStream);
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess();

  [[nodiscard]] int control() const { return control_.get(); }
  [[nodiscard]] pid_t pid() const { return pid_; }
  // Ends the child if it still runs, and says why it ended (as waitpid does).
  int end();
  // Waits a moment for a child that is about to end by itself, so that its own status is seen; then as end().
  int end_by_itself();

 private:
  ChildProcess(pid_t pid, Descriptor control) : pid_(pid), control_(std::move(control)) {}

  pid_t pid_ = -1;
  Descriptor control_;
};

}  // namespace medmark::decoder
