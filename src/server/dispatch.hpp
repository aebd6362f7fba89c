// From a request to its response: route, rights, handler, log, audit, metrics. Thread-safe.
#pragma once

#include <memory>
#include <string>

#include "server/access.hpp"
#include "server/router.hpp"
#include "server/services.hpp"

namespace medmark::server {

// What is known of a request once its header is there.
struct Admission {
  const Route* route = nullptr;
  std::optional<Response> refusal;  // answer this, without reading the body
};

class Dispatch {
 public:
  Dispatch(Services& services, bool is_behind_proxy);

  // Finds the route and checks the rights. Blocks for the store.
  [[nodiscard]] Admission admit(Request& request) const;
  // Runs the handler. Blocks.
  [[nodiscard]] Response run(const Route& route, const Request& request) const;
  // Logs and counts; what the audit log is to keep, if anything.
  [[nodiscard]] std::optional<store::AuditEntry> finished(const Request& request, const Route* route,
                                                          const Response& response, double seconds) const;
  // Blocks for the store.
  void audit(store::AuditEntry entry) const;
  // Blocks for the store.
  void record_use(const Identity& identity) const { access_.record_use(identity); }

 private:
  Services& services_;
  Access access_;
  Router router_;
  bool is_behind_proxy_;
};

}  // namespace medmark::server
