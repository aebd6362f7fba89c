// One connection: requests in, responses out, as a coroutine on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <string>

#include "server/dispatch.hpp"
#include "server/events.hpp"
#include "server/server.hpp"

namespace medmark::server {

using PlainStream = boost::beast::tcp_stream;
using TlsStream = boost::beast::ssl_stream<boost::beast::tcp_stream>;

// What connections share. Outlives them.
struct ConnectionContext {
  const ServerSettings& settings;
  Services& services;
  const Dispatch& dispatch;
  EventHub& events;
  boost::asio::thread_pool& quick_workers;
  boost::asio::thread_pool& slow_workers;
  boost::asio::thread_pool& upload_workers;
  boost::asio::thread_pool& event_workers;
  bool is_stopping = false;  // I/O thread
};

// Serves the connection until it closes.
[[nodiscard]] boost::asio::awaitable<void> serve_plain(PlainStream stream, ConnectionContext& context);
[[nodiscard]] boost::asio::awaitable<void> serve_tls(TlsStream stream, ConnectionContext& context);

}  // namespace medmark::server
