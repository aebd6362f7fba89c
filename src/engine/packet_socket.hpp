// Whole messages, each with at most one descriptor, over the socket pair that ties an engine process to its client.
//
// The socket keeps message borders (SOCK_SEQPACKET). Sending and receiving are thread-safe as the kernel makes them:
// a message is sent or received whole. Received descriptors close on exec.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "decoder/channel.hpp"

namespace medmark::engine {

// The longest message: names, options, sentences. Whatever is larger goes through a descriptor.
inline constexpr std::size_t kMaxPacketBytes = 64 << 10;

struct Packet {
  std::vector<std::uint8_t> bytes;
  decoder::Descriptor descriptor;  // empty where none came along
};

// False where the other side is gone or the message is too long. `descriptor` is borrowed; -1: none.
[[nodiscard]] bool send_packet(int socket, std::span<const std::uint8_t> bytes, int descriptor = -1);
// Waits for the next message; empty where the other side is gone or has sent what is none.
[[nodiscard]] std::optional<Packet> receive_packet(int socket);

}  // namespace medmark::engine
