#include "server/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <thread>

#include "server/connection.hpp"
#include "server/log.hpp"

namespace medmark::server {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;
using base::ErrorCode;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr int kQuickWorkers = 3;
constexpr int kSlowWorkers = 3;
constexpr int kUploadWorkers = 4;
constexpr int kEventWorkers = 1;  // so that events of a task keep their order

std::string busy_answer() {
  const std::string body = R"({"error":{"code":"busy","message":"Too many connections are open.","request_id":"-"}})";
  return "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nRetry-After: 5\r\nConnection: close\r\n"
         "Content-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

base::Result<std::unique_ptr<asio::ssl::context>> tls_context(const ServerSettings& settings) {
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  boost::system::error_code error;
  (void)context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                                 asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                                 asio::ssl::context::no_tlsv1_1,
                             error);
  // Idle connections give their buffers back.
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  (void)context->use_certificate_chain_file(settings.tls_certificate.string(), error);
  if (error) return base::fail(ErrorCode::kInvalidParameter, "The TLS certificate cannot be read.");
  (void)context->use_private_key_file(settings.tls_key.string(), asio::ssl::context::pem, error);
  if (error) return base::fail(ErrorCode::kInvalidParameter, "The TLS key cannot be read or is not the certificate's.");
  return context;
}

}  // namespace

class Server::Implementation {
 public:
  Implementation(Services& services, ServerSettings settings)
      : services_(services),
        settings_(std::move(settings)),
        dispatch_(services, settings_.is_behind_proxy),
        quick_workers_(kQuickWorkers),
        slow_workers_(kSlowWorkers),
        upload_workers_(kUploadWorkers),
        event_workers_(kEventWorkers),
        events_(io_, event_workers_, services.store),
        context_{settings_,      services,      dispatch_,       events_,
                 quick_workers_, slow_workers_, upload_workers_, event_workers_},
        acceptor_(io_) {}

  ~Implementation() {
    asio::post(io_, [this] {
      context_.is_stopping = true;
      acceptor_.close();
      events_.wake_all();
    });
    // What is being answered gets a moment; then connections are cut.
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    io_.stop();
    if (thread_.joinable()) thread_.join();
    for (asio::thread_pool* workers : {&quick_workers_, &slow_workers_, &upload_workers_, &event_workers_}) {
      workers->stop();
      workers->join();
    }
  }

  base::Result<void> listen() {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(settings_.host == "localhost" ? "127.0.0.1" : settings_.host, error);
    if (error) return base::fail(ErrorCode::kInvalidParameter, "The host must be an address such as 127.0.0.1 or ::.");
    if (services_.accounts == Accounts::kOff && !address.is_loopback()) {
      return base::fail(ErrorCode::kForbidden, "Without accounts the server listens on loopback only.");
    }
    if (settings_.tls_certificate.empty() != settings_.tls_key.empty()) {
      return base::fail(ErrorCode::kInvalidParameter, "TLS needs both a certificate and a key.");
    }
    if (!settings_.tls_certificate.empty()) {
      auto context = tls_context(settings_);
      if (!context.has_value()) return tl::unexpected(context.error());
      tls_ = std::move(*context);
    }
    const tcp::endpoint endpoint(address, settings_.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) return base::fail(ErrorCode::kConflict, "The port cannot be listened on; another program may have it.");
    port_ = acceptor_.local_endpoint().port();
    asio::co_spawn(io_, accept(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
    return {};
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  awaitable<void> accept() {
    while (!context_.is_stopping) {
      auto [error, socket] = co_await acceptor_.async_accept(kTuple);
      if (context_.is_stopping) co_return;
      if (error) {
        // Out of descriptors or memory: others must close first.
        asio::steady_timer pause(io_, std::chrono::milliseconds(100));
        (void)co_await pause.async_wait(kTuple);
        continue;
      }
      boost::system::error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      if (services_.metrics.open_connections >= settings_.max_connections) {
        ++services_.metrics.refused_connections;
        asio::co_spawn(io_, refuse(std::move(socket)), asio::detached);
      } else {
        asio::co_spawn(io_, serve(std::move(socket)), asio::detached);
      }
    }
  }

  static awaitable<void> refuse(tcp::socket socket) {
    PlainStream stream(std::move(socket));
    stream.expires_after(std::chrono::seconds(2));
    const std::string answer = busy_answer();
    (void)co_await asio::async_write(stream, asio::buffer(answer), kTuple);
  }

  awaitable<void> serve(tcp::socket socket) {
    ++services_.metrics.open_connections;
    // A connection that fails in a way nobody foresaw costs itself only.
    try {
      if (tls_ != nullptr) {
        TlsStream stream(std::move(socket), *tls_);
        co_await serve_tls(std::move(stream), context_);
      } else {
        PlainStream stream(std::move(socket));
        co_await serve_plain(std::move(stream), context_);
      }
    } catch (const std::exception&) {
      log_line(LogLevel::kError, "connection failed");
    }
    --services_.metrics.open_connections;
  }

  Services& services_;
  ServerSettings settings_;
  Dispatch dispatch_;
  asio::thread_pool quick_workers_;
  asio::thread_pool slow_workers_;
  asio::thread_pool upload_workers_;
  asio::thread_pool event_workers_;
  // After the workers: coroutines that are still there when it goes refer to them.
  asio::io_context io_{1};
  EventHub events_;
  ConnectionContext context_;
  tcp::acceptor acceptor_;
  std::unique_ptr<asio::ssl::context> tls_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

Server::Server(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Server::~Server() = default;

base::Result<std::unique_ptr<Server>> Server::start(Services& services, ServerSettings settings) {
  auto implementation = std::make_unique<Implementation>(services, std::move(settings));
  if (auto listening = implementation->listen(); !listening.has_value()) return tl::unexpected(listening.error());
  return std::unique_ptr<Server>(new Server(std::move(implementation)));
}

std::uint16_t Server::port() const { return implementation_->port(); }

}  // namespace medmark::server
