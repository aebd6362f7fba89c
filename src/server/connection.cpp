#include "server/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "server/request_body.hpp"
#include "server/response_head.hpp"

namespace medmark::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::awaitable;
using base::ErrorCode;
using Clock = std::chrono::steady_clock;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kMaxHeaderBytes = 16 * 1024;
constexpr std::size_t kPieceBytes = 32 * 1024;                          // of bodies, in and out
constexpr auto kKeepAliveInterval = std::chrono::milliseconds(15'000);  // of event streams, at most
constexpr auto kMaxLinger = std::chrono::seconds(5);  // for a client that still sends what was refused

// Runs work on another thread; the coroutine goes on where it was.
template <typename Work>
awaitable<std::invoke_result_t<Work>> run_on(asio::thread_pool& workers, Work work) {
  co_return co_await asio::co_spawn(
      workers, [&work]() -> awaitable<std::invoke_result_t<Work>> { co_return work(); }, asio::use_awaitable);
}

using Parser = http::request_parser<http::buffer_body>;

// How far a request came on the thread that let it in.
struct Answered {
  Admission admission;
  std::optional<Response> response;
};

template <typename Stream>
class Connection {
 public:
  Connection(Stream stream, ConnectionContext& context) : stream_(std::move(stream)), context_(context) {}

  awaitable<void> run() {
    boost::system::error_code failed;
    const auto peer = beast::get_lowest_layer(stream_).socket().remote_endpoint(failed);
    if (!failed) address_ = peer.address().to_string();
    const bool is_open = co_await handshake();
    if (is_open) {
      bool goes_on = true;
      while (goes_on && !context_.is_stopping) goes_on = co_await serve_one();
    }
    co_await close();
  }

 private:
  static constexpr bool kIsTls = std::is_same_v<Stream, TlsStream>;

  void expire_after(Clock::duration time) { beast::get_lowest_layer(stream_).expires_after(time); }

  awaitable<bool> handshake() {
    if constexpr (kIsTls) {
      expire_after(context_.settings.header_timeout);
      const auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kTuple);
      co_return !error;
    }
    co_return true;
  }

  awaitable<void> close() {
    if constexpr (kIsTls) {
      expire_after(std::chrono::seconds(2));
      (void)co_await stream_.async_shutdown(kTuple);
    }
    boost::system::error_code ignored;
    beast::get_lowest_layer(stream_).socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    beast::get_lowest_layer(stream_).close();
    co_return;
  }

  awaitable<bool> write(std::string_view bytes) {
    expire_after(context_.settings.transfer_timeout);
    const auto [error, size] = co_await asio::async_write(stream_, asio::buffer(bytes.data(), bytes.size()), kTuple);
    co_return !error;
  }

  // One request and its response; false where the connection is to be closed.
  awaitable<bool> serve_one() {
    auto parser = std::make_unique<Parser>();
    parser->header_limit(kMaxHeaderBytes);
    parser->body_limit(boost::none);
    expire_after(is_first_ ? context_.settings.header_timeout : context_.settings.idle_timeout);
    is_first_ = false;
    const auto [error, size] = co_await http::async_read_header(stream_, buffer_, *parser, kTuple);
    if (error) {
      const bool is_broken = error == http::error::header_limit || error == http::error::bad_target ||
                             error == http::error::bad_method || error == http::error::bad_version ||
                             error == http::error::bad_value || error == http::error::bad_field;
      if (is_broken) {
        Request nobody;
        nobody.id = "-";
        // Named, not a temporary: GCC 12 destroys some temporaries of a co_await twice.
        const Response refusal = error_response({ErrorCode::kInvalidParameter, "This is not HTTP."}, "-");
        (void)co_await send(nobody, refusal, false, false);
        co_await linger();
      }
      co_return false;
    }
    const auto begin = Clock::now();
    Request request = read_head(*parser);
    Answered answered;
    // What asks for little goes to another thread and back once.
    const bool has_body = !parser->is_done();
    co_await run_on(context_.quick_workers, [&] {
      answered.admission = context_.dispatch.admit(request);
      const Route* route = answered.admission.route;
      const bool is_short = !answered.admission.refusal.has_value() && !has_body && route->work == Work::kQuick &&
                            route->body == BodyKind::kNone;
      if (is_short) answered.response = context_.dispatch.run(*route, request);
      return true;
    });
    const Admission& admission = answered.admission;
    Response response;
    if (admission.refusal.has_value()) {
      response = *admission.refusal;
    } else if (answered.response.has_value()) {
      response = std::move(*answered.response);
    } else {
      response = co_await answer(*parser, request, *admission.route);
    }
    const bool is_read = parser->is_done();
    const bool keeps_alive = is_read && parser->get().keep_alive() && !response.events.has_value();
    parser.reset();
    const bool is_sent = co_await send(request, response, keeps_alive, request.method == "HEAD");
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    auto entry = context_.dispatch.finished(request, admission.route, response, seconds);
    if (entry.has_value() || request.identity.is_use_unrecorded) {
      co_await run_on(context_.upload_workers, [&] {
        if (entry.has_value()) context_.dispatch.audit(std::move(*entry));
        context_.dispatch.record_use(request.identity);
        return true;
      });
    }
    if (is_sent && response.events.has_value() && request.method != "HEAD") {
      co_await stream_events(*response.events);
    }
    if (!is_read) {
      co_await linger();
    }
    co_return is_sent&& keeps_alive;
  }

  // Reads the body and runs the route where its work belongs.
  awaitable<Response> answer(Parser& parser, Request& request, const Route& route) {
    const auto received = co_await receive(parser, request, route);
    if (!received.has_value()) co_return error_response(received.error(), request.id);
    auto& workers = route.work == Work::kSlow ? context_.slow_workers : context_.quick_workers;
    auto& chosen = route.body == BodyKind::kForm ? context_.upload_workers : workers;
    Response response = co_await run_on(chosen, [&] { return context_.dispatch.run(route, request); });
    if (response.wait.has_value()) co_return co_await wait_for_task(std::move(response));
    co_return response;
  }

  Request read_head(const Parser& parser) const {
    Request request;
    const auto& message = parser.get();
    request.method = std::string(message.method_string());
    const std::string_view target(message.target().data(), message.target().size());
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question);
    request.query = parse_query(target.substr(std::min(question + 1, target.size())));
    for (const auto& field : message) {
      request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    }
    request.address = address_;
    request.is_secure = kIsTls;
    return request;
  }

  awaitable<base::Result<void>> receive(Parser& parser, Request& request, const Route& route) {
    if (request.header("Expect") == "100-continue") {
      const bool is_sent = co_await write("HTTP/1.1 100 Continue\r\n\r\n");
      if (!is_sent) co_return base::fail(ErrorCode::kInvalidParameter, "The connection broke.");
    }
    if (route.body == BodyKind::kForm) co_return co_await receive_form(parser, request);
    TextBody body;
    auto read = co_await read_body(parser, body);
    request.body = std::move(body.text);
    co_return read;
  }

  awaitable<base::Result<void>> receive_form(Parser& parser, Request& request) {
    const auto boundary = multipart_boundary(request.header("Content-Type"));
    if (!boundary.has_value()) co_return tl::unexpected(boundary.error());
    const Limits limits = context_.services.settings.get().limits;
    const auto length = parser.content_length();
    if (length.has_value() && *length > limits.max_body_bytes) {
      co_return base::fail(ErrorCode::kTooLarge, "The request is larger than this server accepts.");
    }
    FormBody body(*boundary, context_.services.store.documents(), limits);
    auto read = co_await read_body(parser, body);
    if (read.has_value()) read = body.finish();
    if (read.has_value()) request.form = body.receiver.take();
    co_return read;
  }

  awaitable<base::Result<void>> read_body(Parser& parser, BodySink& sink) {
    std::vector<char> piece(kPieceBytes);
    while (!parser.is_done()) {
      parser.get().body().data = piece.data();
      parser.get().body().size = piece.size();
      expire_after(context_.settings.transfer_timeout);
      auto [error, size] = co_await http::async_read(stream_, buffer_, parser, kTuple);
      if (error && error != http::error::need_buffer) {
        co_return base::fail(ErrorCode::kInvalidParameter, "The body could not be read.");
      }
      const std::string_view got(piece.data(), piece.size() - parser.get().body().size);
      context_.services.metrics.received_bytes += got.size();
      if (got.empty()) continue;
      auto taken = co_await run_on(context_.upload_workers, [&] { return sink.take(got); });
      if (!taken.has_value()) co_return taken;
    }
    co_return base::Result<void>();
  }

  awaitable<Response> wait_for_task(Response waiting) {
    const TaskWait wait = std::move(*waiting.wait);
    const auto subscription = context_.events.subscribe(wait.task_id);
    const auto deadline =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(wait.seconds));
    // Subscribed first, asked then: an end in between is seen either way.
    bool is_done = co_await run_on(context_.quick_workers, [&] {
      const auto task = context_.services.store.queue().task(wait.task_id);
      return !task.has_value() || store::is_final(task->status);
    });
    expire_after(std::chrono::duration_cast<std::chrono::seconds>(deadline - Clock::now()) + std::chrono::seconds(60));
    while (!is_done && !context_.is_stopping && Clock::now() < deadline) {
      const auto event = co_await subscription->next(deadline - Clock::now());
      is_done = event != nullptr && store::is_final(event->status);
    }
    co_return co_await run_on(context_.slow_workers, [&] { return wait.answer(); });
  }

  awaitable<bool> send(const Request& request, const Response& response, bool keeps_alive, bool is_head) {
    std::string first = response_head(response, request, keeps_alive);
    if (is_head) co_return co_await write(first);
    for (const BodyPiece& piece : response.body) {
      const auto* text = std::get_if<std::string>(&piece);
      if (text != nullptr && text->size() < kPieceBytes) {
        first += *text;
        continue;
      }
      bool is_sent = co_await write(first);
      first.clear();
      if (is_sent && text != nullptr) {
        is_sent = co_await write(*text);
      } else if (is_sent) {
        is_sent = co_await send_file(*std::get<std::shared_ptr<OpenFile>>(piece));
      }
      if (!is_sent) co_return false;
    }
    const bool is_last_sent = co_await write(first);
    co_return is_last_sent;
  }

  awaitable<bool> send_file(const OpenFile& file) {
    std::vector<char> piece(kPieceBytes);
    for (std::uint64_t offset = 0; offset < file.size();) {
      const std::size_t wanted = std::min<std::uint64_t>(piece.size(), file.size() - offset);
      const auto got = co_await run_on(context_.quick_workers, [&] { return file.read(offset, piece.data(), wanted); });
      if (!got.has_value() || *got == 0) co_return false;  // the length was promised: only breaking off says so
      const bool is_sent = co_await write(std::string_view(piece.data(), *got));
      if (!is_sent) co_return false;
      offset += *got;
    }
    co_return true;
  }

  awaitable<void> stream_events(EventStream wanted) {
    buffer_ = {};  // an idle stream keeps no buffer
    const auto subscription = context_.events.subscribe(wanted.task_id);
    ++context_.services.metrics.event_streams;
    const bool is_of_one = !wanted.task_id.empty();
    std::shared_ptr<const TaskEvent> last;
    bool goes_on = co_await write(": open\n\n");
    if (goes_on && is_of_one) goes_on = co_await send_state(wanted.task_id, last);
    while (goes_on && !context_.is_stopping) {
      const auto event = co_await subscription->next(keep_alive_pause());
      if (event != nullptr) {
        last = event;
        goes_on = co_await write(event->text);
        if (is_of_one && store::is_final(event->status)) goes_on = false;
        continue;
      }
      // A place in the queue moves without events of its own.
      const bool may_have_moved = last != nullptr && is_of_one && last->status == store::TaskStatus::kQueued;
      if (may_have_moved) goes_on = co_await send_state(wanted.task_id, last);
      if (goes_on) goes_on = co_await write(":\n\n");
    }
    --context_.services.metrics.event_streams;
  }

  // Streams that began together do not stay in step.
  static Clock::duration keep_alive_pause() {
    static std::minstd_rand chance(std::random_device{}());  // the I/O thread's own
    std::uniform_int_distribution<Clock::rep> pause((kKeepAliveInterval / 2).count(), kKeepAliveInterval.count());
    return std::chrono::duration_cast<Clock::duration>(std::chrono::milliseconds(pause(chance)));
  }

  // Sends the task as it is where it differs from what was sent last; false where nothing more will come.
  awaitable<bool> send_state(const std::string& task_id, std::shared_ptr<const TaskEvent>& last) {
    const auto event = co_await run_on(context_.event_workers, [&]() -> std::shared_ptr<const TaskEvent> {
      const auto task = context_.services.store.queue().task(task_id);
      return task.has_value() ? context_.events.event_of(*task) : nullptr;
    });
    if (event == nullptr) co_return false;
    const bool is_news = last == nullptr || event->text != last->text;
    last = event;
    if (!is_news) co_return true;
    const bool is_sent = co_await write(event->text);
    co_return is_sent && !store::is_final(event->status);
  }

  // Lets a client that is still sending read the answer: closing at once would reset the connection under it.
  awaitable<void> linger() {
    boost::system::error_code ignored;
    if constexpr (!kIsTls)
      beast::get_lowest_layer(stream_).socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    std::vector<char> piece(kPieceBytes);
    const auto deadline = Clock::now() + kMaxLinger;
    while (Clock::now() < deadline) {
      expire_after(std::chrono::seconds(1));
      const auto [error, size] = co_await stream_.async_read_some(asio::buffer(piece), kTuple);
      if (error) break;
    }
  }

  Stream stream_;
  ConnectionContext& context_;
  beast::flat_buffer buffer_;
  std::string address_;
  bool is_first_ = true;
};

}  // namespace

awaitable<void> serve_plain(PlainStream stream, ConnectionContext& context) {
  Connection<PlainStream> connection(std::move(stream), context);
  co_await connection.run();
}

awaitable<void> serve_tls(TlsStream stream, ConnectionContext& context) {
  Connection<TlsStream> connection(std::move(stream), context);
  co_await connection.run();
}

}  // namespace medmark::server
