#include "engine/engine.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <semaphore>
#include <thread>

#include "engine/process_link.hpp"
#include "engine/process_slot.hpp"
#include "engine/protocol.hpp"
#include "engine/result_memory.hpp"

namespace medmark::engine {
namespace {

using base::Error;
using base::ErrorCode;
using decoder::Clock;

constexpr auto kTendingInterval = std::chrono::seconds(1);
constexpr int kLooksAtOnce = 2;

int threads_of(const EngineSettings& settings) {
  if (settings.threads > 0) return settings.threads;
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

// Beyond one document for each thread a few more, so that pages are there while others are opened and assembled.
int documents_at_once(const EngineSettings& settings) {
  const int threads = threads_of(settings);
  return threads + std::max(2, threads / 2);
}

// Whether a decoder, the engine's own child, was ended in the work: as accidental as the end of an engine.
bool lost_to_a_decoder(const base::Result<Parsed>& parsed) {
  const auto is_loss = [](ErrorCode code) { return code == ErrorCode::kWorkerCrashed || code == ErrorCode::kTimeout; };
  if (!parsed.has_value()) return false;  // a document that did not open was tried twice, or is not to be opened
  return std::any_of(parsed->page_errors.begin(), parsed->page_errors.end(),
                     [&](const PageError& page_error) { return is_loss(page_error.error.code); });
}

tl::unexpected<Error> canceled() { return base::fail(ErrorCode::kCanceled, "The work was canceled."); }

enum class Admission {
  kDocument,  // shares a process with others
  kSuspect,   // was in a process that ended: gets one for itself
  kLook,      // a page picture or an inspection: goes in whatever else is there
};

// A place in a process, given back by release().
struct Lease {
  Admission admission = Admission::kDocument;
  std::size_t slot = 0;
  std::shared_ptr<SlotMember> member;
  std::shared_ptr<ProcessLink> link;
};

}  // namespace

class Engine::Implementation {
 public:
  explicit Implementation(EngineSettings settings)
      : settings_(std::move(settings)), documents_at_once_(documents_at_once(settings_)) {
    const auto start = [this] { return ProcessLink::start(settings_, [this] { note_change(); }); };
    for (int i = 0; i < std::max(1, settings_.processes); ++i) {
      slots_.emplace_back(start, settings_.retire_after_pages, settings_.max_memory_bytes);
    }
    tending_ = std::thread([this] { tend(); });
  }

  ~Implementation() {
    {
      const std::lock_guard lock(mutex_);
      is_closing_ = true;
      for (const ProcessSlot& slot : slots_) {
        for (const auto& link : slot.links()) link->end({ErrorCode::kCanceled, "The work was canceled."});
      }
    }
    changed_.notify_all();
    tending_.join();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return callers_ == 0; });
  }

  EngineState state() const {
    const std::lock_guard lock(mutex_);
    EngineState best = slots_.front().state();
    for (const ProcessSlot& slot : slots_) {
      if (slot.state().condition == EngineCondition::kReady) best = slot.state();
    }
    return best;
  }

  int capacity() const { return documents_at_once_ * static_cast<int>(slots_.size()); }

  base::Result<Parsed> parse(const Job& job, const JobProgressSink& progress, const std::stop_token& stop) {
    const Request request{.kind = RequestKind::kParse,
                          .password = job.password,
                          .options = job.options,
                          .asset_prefix = job.asset_prefix,
                          .words = job.words,
                          .max_pages = job.max_pages};
    const auto ask = [&]() -> base::Result<Parsed> {
      auto memory = ask_twice(request, job.files, Admission::kDocument, progress, stop);
      if (!memory.has_value()) return tl::unexpected(memory.error());
      return read_document(*memory);
    };
    auto parsed = ask();
    if (lost_to_a_decoder(parsed) && !stop.stop_requested()) {
      count_retry();
      // What fails twice stays; a second try that ends worse does not replace the first.
      if (auto again = ask(); again.has_value() || !parsed.has_value()) parsed = std::move(again);
    }
    count(parsed);
    return parsed;
  }

  base::Result<PagePicture> render_page(const std::vector<JobFile>& files, const std::string& password,
                                        const PageView& view) {
    auto memory = look({.kind = RequestKind::kRender, .password = password, .view = view}, files);
    if (!memory.has_value()) return tl::unexpected(memory.error());
    return read_picture(*memory);
  }

  base::Result<Inspection> inspect(const std::vector<JobFile>& files, const std::string& password) {
    auto memory = look({.kind = RequestKind::kInspect, .password = password}, files);
    if (!memory.has_value()) return tl::unexpected(memory.error());
    return read_inspection(*memory);
  }

  EngineStatistics statistics() const {
    const std::lock_guard lock(mutex_);
    EngineStatistics statistics = statistics_;
    for (const ProcessSlot& slot : slots_) {
      statistics.restarts += slot.counts().restarts;
      statistics.retirements += slot.counts().retirements;
      for (const auto& link : slot.links()) statistics.resident_bytes.push_back(link->resident_bytes());
    }
    return statistics;
  }

 private:
  void note_change() {
    {
      const std::lock_guard lock(mutex_);
      has_changed_ = true;
    }
    changed_.notify_all();
  }

  // The thread that keeps the processes.
  void tend() {
    std::unique_lock lock(mutex_);
    while (!is_closing_) {
      has_changed_ = false;
      std::vector<std::shared_ptr<ProcessLink>> ended;
      for (ProcessSlot& slot : slots_) slot.tend(Clock::now(), ended);
      lock.unlock();
      changed_.notify_all();
      ended.clear();  // waits for their end
      lock.lock();
      changed_.wait_for(lock, kTendingInterval, [this] { return is_closing_ || has_changed_; });
    }
  }

  // The slot that admits the work now; empty where none does.
  std::optional<std::size_t> admitting_slot(Admission admission, std::size_t suspect_slot) const {
    std::optional<std::size_t> best;
    int fewest = 0;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      const ProcessSlot& slot = slots_[i];
      const auto member = slot.serving();
      if (!member) continue;
      if (admission == Admission::kSuspect) {
        if (i == suspect_slot && member->documents == 0 && !slot.is_suspect_running) return i;
        continue;
      }
      if (admission == Admission::kDocument &&
          (slot.suspects_waiting > 0 || slot.is_suspect_running || member->documents >= documents_at_once_)) {
        continue;
      }
      if (best.has_value() && member->documents >= fewest) continue;
      best = i;
      fewest = member->documents;
    }
    return best;
  }

  // Why no work can be admitted for now, where that is known.
  std::optional<Error> failure() const {
    std::optional<Error> failure;
    for (const ProcessSlot& slot : slots_) {
      const EngineState state = slot.state();
      if (slot.serving() || state.condition != EngineCondition::kFailed) return std::nullopt;
      failure = state.error;
    }
    return failure;
  }

  base::Result<Lease> acquire(Admission admission, std::size_t suspect_slot, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (admission == Admission::kSuspect) ++slots_[suspect_slot].suspects_waiting;
    std::optional<std::size_t> slot;
    changed_.wait(lock, stop, [&] {
      slot = is_closing_ ? std::nullopt : admitting_slot(admission, suspect_slot);
      return is_closing_ || slot.has_value() || failure().has_value();
    });
    if (admission == Admission::kSuspect) --slots_[suspect_slot].suspects_waiting;
    if (!slot.has_value()) {
      changed_.notify_all();  // others may have waited for this suspect
      if (is_closing_ || stop.stop_requested()) return canceled();
      return tl::unexpected(*failure());
    }
    const auto member = slots_[*slot].serving();
    (admission == Admission::kLook ? member->looks : member->documents) += 1;
    if (admission == Admission::kSuspect) slots_[*slot].is_suspect_running = true;
    return Lease{admission, *slot, member, member->link};
  }

  void release(const Lease& lease, int pages, bool is_lost) {
    {
      const std::lock_guard lock(mutex_);
      (lease.admission == Admission::kLook ? lease.member->looks : lease.member->documents) -= 1;
      if (lease.admission == Admission::kSuspect) slots_[lease.slot].is_suspect_running = false;
      lease.member->pages += pages;
      lease.member->has_answered = lease.member->has_answered || !is_lost;
      has_changed_ = true;
    }
    changed_.notify_all();
  }

  // Counts those inside, whom the destructor waits for.
  class Caller {
   public:
    Caller(Implementation& engine, Admission admission) : engine_(engine), admission_(admission) { change(1); }
    ~Caller() {
      change(-1);
      engine_.changed_.notify_all();
    }
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;

   private:
    void change(int by) {
      const std::lock_guard lock(engine_.mutex_);
      engine_.callers_ += by;
      if (admission_ != Admission::kLook) engine_.statistics_.jobs_in_flight += by;
    }
    Implementation& engine_;
    Admission admission_;
  };

  base::Result<decoder::Descriptor> ask_twice(const Request& request, const std::vector<JobFile>& files,
                                              Admission admission, const JobProgressSink& progress,
                                              const std::stop_token& stop) {
    const Caller caller(*this, admission);
    const CallLimits limits{settings_.page_deadline, settings_.document_deadline, settings_.document_deadline_per_page};
    std::size_t slot = 0;
    for (int attempt = 1;; ++attempt) {
      auto lease = acquire(admission, slot, stop);
      if (!lease.has_value()) return tl::unexpected(lease.error());
      int pages = 0;
      CallOutcome outcome = lease->link->call(
          request, files,
          [&](const JobProgress& now) {
            pages = now.pages_done;
            if (progress) progress(now);
          },
          stop, limits);
      release(*lease, pages, outcome.is_lost);
      if (stop.stop_requested() || is_closing()) return canceled();
      constexpr int kAttempts = 2;
      const bool is_lost = outcome.is_lost || is_decoder_crash(outcome.memory);
      if (!is_lost || attempt == kAttempts) return std::move(outcome.memory);
      slot = lease->slot;
      // Only a document that may have ended its engine must be alone.
      if (outcome.is_lost && admission == Admission::kDocument) admission = Admission::kSuspect;
      count_retry();
    }
  }

  base::Result<decoder::Descriptor> look(const Request& request, const std::vector<JobFile>& files) {
    looks_.acquire();
    auto memory = ask_twice(request, files, Admission::kLook, {}, {});
    looks_.release();
    return memory;
  }

  // The decoder ended while it opened the document.
  static bool is_decoder_crash(const base::Result<decoder::Descriptor>& memory) {
    return !memory.has_value() && memory.error().code == ErrorCode::kWorkerCrashed;
  }

  void count_retry() {
    const std::lock_guard lock(mutex_);
    ++statistics_.retries;
  }

  bool is_closing() const {
    const std::lock_guard lock(mutex_);
    return is_closing_;
  }

  void count(const base::Result<Parsed>& parsed) {
    const std::lock_guard lock(mutex_);
    if (!parsed.has_value()) {
      if (parsed.error().code != ErrorCode::kCanceled) ++statistics_.documents_failed;
      return;
    }
    ++statistics_.documents_done;
    statistics_.pages_done += static_cast<std::uint64_t>(parsed->pages);
    for (const auto& [stage, milliseconds] : parsed->stage_milliseconds) {
      StageTime& time = statistics_.stages[stage];
      time.pages += static_cast<std::uint64_t>(parsed->pages);
      time.milliseconds += milliseconds;
    }
  }

  const EngineSettings settings_;
  const int documents_at_once_;
  std::counting_semaphore<kLooksAtOnce> looks_{kLooksAtOnce};
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool has_changed_ = false;
  bool is_closing_ = false;
  int callers_ = 0;
  std::vector<ProcessSlot> slots_;
  EngineStatistics statistics_;
  std::thread tending_;
};

Engine::Engine(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Engine::~Engine() = default;

std::unique_ptr<Engine> Engine::start(EngineSettings settings) {
  return std::unique_ptr<Engine>(new Engine(std::make_unique<Implementation>(std::move(settings))));
}

EngineState Engine::state() const { return implementation_->state(); }
int Engine::capacity() const { return implementation_->capacity(); }

base::Result<Parsed> Engine::parse(const Job& job, const JobProgressSink& progress, const std::stop_token& stop) {
  return implementation_->parse(job, progress, stop);
}

base::Result<PagePicture> Engine::render_page(const std::vector<JobFile>& files, const std::string& password,
                                              const PageView& view) {
  return implementation_->render_page(files, password, view);
}

base::Result<Inspection> Engine::inspect(const std::vector<JobFile>& files, const std::string& password) {
  return implementation_->inspect(files, password);
}

EngineStatistics Engine::statistics() const { return implementation_->statistics(); }

}  // namespace medmark::engine
