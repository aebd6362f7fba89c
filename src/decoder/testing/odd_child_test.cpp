#include "decoder/testing/odd_child.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "decoder/channel.hpp"
#include "decoder/protocol.hpp"
#include "decoder/sandbox.hpp"

namespace medmark::decoder::testing {
namespace {

constexpr std::size_t kMappedBytes = std::size_t{1} << 20;

class OddChild {
 public:
  explicit OddChild(std::string_view behaviour) : behaviour_(behaviour) {
    void* address = ::mmap(nullptr, kMappedBytes, PROT_READ | PROT_WRITE, MAP_SHARED, kResultDescriptor, 0);
    result_ = static_cast<std::uint8_t*>(address);
  }

  void serve() {
    Request request;
    while (read_all(kControlDescriptor, writable_bytes_of(request), std::nullopt) == Transfer::kDone) {
      if (request.kind == RequestKind::kOpen) {
        answer(encode_document({"application/pdf", 4, {}}));
      } else if (request.page == 1) {
        misbehave();
      } else {
        input::NativePage page;
        page.index = request.page;
        page.width = 595;
        page.height = 842;
        answer(encode_page(page));
      }
    }
  }

 private:
  void answer(const std::vector<std::uint8_t>& payload) {
    std::copy(payload.begin(), payload.end(), result_);
    const Reply reply{.payload_size = payload.size()};
    if (write_all(kControlDescriptor, bytes_of(reply)) != Transfer::kDone) ::_exit(1);
  }

  void misbehave() {
    if (behaviour_ == "crash") {
      ::signal(SIGSEGV, SIG_DFL);
      ::raise(SIGSEGV);
    }
    if (behaviour_ == "hang") {
      while (true) ::pause();
    }
    if (behaviour_ == "out-of-memory") ::_exit(kExitOutOfMemory);
    if (behaviour_ == "garbage") answer(std::vector<std::uint8_t>(1000, 0xEE));
    if (behaviour_ == "oversized") {
      const Reply reply{.payload_size = ~std::uint64_t{0}};
      if (write_all(kControlDescriptor, bytes_of(reply)) != Transfer::kDone) ::_exit(1);
    }
  }

  std::string_view behaviour_;
  std::uint8_t* result_ = nullptr;
};

}  // namespace

bool is_odd_child(int argument_count, const char* const*) { return argument_count >= 4; }

int run_odd_child(int, const char* const* arguments) {
  const std::string_view behaviour = arguments[3];
  if (behaviour == "crash-at-start") return 3;
  OddChild(behaviour).serve();
  return 0;
}

}  // namespace medmark::decoder::testing
