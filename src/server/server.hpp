// The HTTP server: connections on one I/O thread, work on a few others.
//
// Idle connections and event streams cost no thread. What takes long (drawing a page, packing an archive, hashing a
// password, receiving a file) runs apart from what answers in milliseconds. HTTP/1.1, plain or TLS.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "server/services.hpp"

namespace medmark::server {

struct ServerSettings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 7860;  // 0: any that is free
  // PEM files; both or none.
  std::filesystem::path tls_certificate;
  std::filesystem::path tls_key;
  // A proxy in front says who the client is (X-Forwarded-For, X-Forwarded-Proto).
  bool is_behind_proxy = false;
  int max_connections = 4000;
  std::chrono::seconds header_timeout{30};
  std::chrono::seconds idle_timeout{75};
  std::chrono::seconds transfer_timeout{60};  // without a byte going in or out
};

class Server {
 public:
  // Listens when it returns. kInvalidParameter for an address, certificate or key that cannot be used, kConflict for a
  // port in use, kForbidden for an address beyond loopback without accounts.
  [[nodiscard]] static base::Result<std::unique_ptr<Server>> start(Services& services, ServerSettings settings);
  ~Server();  // closes the connections and ends the threads
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;

 private:
  class Implementation;
  explicit Server(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace medmark::server
