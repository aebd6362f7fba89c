// Who asks, and whether they may: sessions of browsers, keys of programs, Host and Origin, CSRF tokens, lockout.
// Thread-safe.
#pragma once

#include <string>

#include "server/message.hpp"
#include "server/services.hpp"

namespace medmark::server {

struct LockoutLimits {
  int failed_logins = 5;
  int minutes = 15;
};

struct SignedIn {
  std::string token;  // for the cookie
  Identity identity;
};

class Access {
 public:
  explicit Access(Services& services) : services_(services) {}

  // Fills in request.identity. kUnauthorized for a key or session that is none (a request without either is nobody, no
  // error), kForbidden for a foreign Host or Origin.
  [[nodiscard]] base::Result<void> identify(Request& request) const;
  // kUnauthorized, kForbidden: role, scope, CSRF token, password to be changed.
  [[nodiscard]] base::Result<void> check(const Request& request, Permission needed) const;

  // Writes down when a session or key was used, where that is due. What fails is tried again at the next request.
  void record_use(const Identity& identity) const;

  // kUnauthorized; kBusy while the account is locked.
  [[nodiscard]] base::Result<SignedIn> sign_in(const std::string& name, const std::string& password) const;
  [[nodiscard]] base::Result<void> change_password(const Identity& identity, const std::string& old_password,
                                                   const std::string& new_password) const;

 private:
  [[nodiscard]] base::Result<void> check_origin(const Request& request) const;
  [[nodiscard]] base::Result<Identity> identity_of_session(const std::string& token) const;
  [[nodiscard]] base::Result<Identity> identity_of_key(const std::string& key) const;

  Services& services_;
};

inline constexpr const char* kSessionCookie = "medmark_session";
inline constexpr std::size_t kLeastPasswordLength = 10;

[[nodiscard]] Permission permission_of(store::Role role);
[[nodiscard]] base::Result<void> check_new_password(const std::string& password);

// Makes the first administrator where there is no account; the password to show once, else "".
[[nodiscard]] base::Result<std::string> make_first_administrator(store::Store& store);

}  // namespace medmark::server
