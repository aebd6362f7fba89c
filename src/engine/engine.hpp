// The server's handle on the engine: the child processes that own the models and the pipeline.
//
// Each engine process is this program run again (engine_process.hpp). It is born with one socket pair and opens no
// other socket; files go to it as descriptors, results come back in sealed memory files, so neither side copies a
// document through the socket. Its decoders are its own children.
//
// A process that crashes, hangs past a deadline or outgrows its memory is replaced. The documents that were in it are
// tried once more, each alone in its process so that the culprit shows, and a second failure is the caller's:
// kWorkerCrashed, kTimeout or kTooLarge. After `retire_after_pages` pages a fresh process takes the new work while the
// old one finishes its own.
//
// Thread-safety: every function may be called from any number of threads. Blocking calls return early only as their
// comments say. The destructor ends the processes; calls still waiting return kCanceled.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/geometry.hpp"
#include "engine/parsed.hpp"

namespace medmark::engine {

enum class WarmUp { kLoadModels, kNone };

struct EngineSettings {
  std::filesystem::path share_directory;  // holds models/, fonts/ and lexicons/
  std::string device = "auto";            // as --device: auto, cpu, cuda, cuda:N
  int threads = 0;                        // of each process; 0: one for each core
  int processes = 1;
  // The longest a single page may take. A page of a bad scan takes 1 to 4 s on one core of a slow machine.
  std::chrono::milliseconds page_deadline{60'000};
  // The longest a document may take: a fixed share and one for each of its pages.
  std::chrono::milliseconds document_deadline{1'800'000};
  std::chrono::milliseconds document_deadline_per_page{5'000};
  std::uint64_t max_memory_bytes = std::uint64_t{6} << 30;  // private memory of one process, without its decoders
  int retire_after_pages = 5000;
  WarmUp warm_up = WarmUp::kLoadModels;
  // The program to run as child; it must call run_engine_process() when is_engine_process() says so.
  std::filesystem::path executable = "/proc/self/exe";
  std::vector<std::string> extra_arguments;  // after the first; for tests
};

// A file of a job: its name as the user knows it (never logged), and where its bytes are.
struct JobFile {
  std::string name;
  std::filesystem::path path;
  int descriptor = -1;  // used in place of `path` where it is not -1; borrowed for the time of the call
};

// One document to parse; several files become its pages, in their order.
struct Job {
  std::vector<JobFile> files;
  std::map<std::string, std::string> options;  // by contract name, checked by pipeline::set_option; no password
  std::string password;                        // UTF-8; kept nowhere
  std::string asset_prefix;                    // before the figures' names in the Markdown, such as "report.assets/"
  std::map<std::string, std::string> words;  // as recognition reads them -> as they are (clinical/lexicon/local_words)
  int max_pages = 0;                         // more fail with too_many_pages; 0: as many as the decoder takes
};

struct JobProgress {
  int pages_done = 0;
  int pages = 0;
};

// Called from a thread of the engine's, one call at a time for each job; must return soon. After a retry it starts
// again from 0.
using JobProgressSink = std::function<void(const JobProgress&)>;

// What is wanted of a page's picture. Places are in points of the page as displayed, origin at its top left.
struct PageView {
  int page = 0;                          // from 0, counted over all files
  int width = 1200;                      // pixels of the whole page, 16..4000
  std::vector<base::Rect> covered = {};  // black in the picture: what was removed from a de-identified document
  std::optional<base::Rect> crop = {};   // this part of the page alone, as PNG
};

// A page as displayed: the picture that blocks' boxes are drawn over.
struct PagePicture {
  std::string media_type;  // image/jpeg; image/png for a crop
  int width = 0;           // pixels
  int height = 0;
  std::vector<std::uint8_t> bytes;
};

// What a look at a file says before it is parsed. No model is asked.
struct PageInspection {
  double width = 0;  // points, as displayed
  double height = 0;
  bool is_scanned = false;
  // "low_resolution", "pale", "blurred" or "unreadable" where the page is probably too poor to be read; else empty.
  std::string warning;
};

struct Inspection {
  std::string media_type;
  int page_count = 0;
  std::vector<PageInspection> pages;  // the first kInspectedPages of them
};
inline constexpr int kInspectedPages = 12;

enum class EngineCondition { kLoading, kReady, kRestarting, kFailed };

struct EngineState {
  EngineCondition condition = EngineCondition::kLoading;
  std::optional<base::Error> error;  // where it failed: code and sentence (model_missing, device_unavailable, ...)
  std::string device_note;           // one sentence where an automatic choice of device fell back to the processor
};

struct StageTime {
  std::uint64_t pages = 0;
  double milliseconds = 0;
};

struct EngineStatistics {
  std::uint64_t documents_done = 0;
  std::uint64_t documents_failed = 0;
  std::uint64_t pages_done = 0;
  std::uint64_t restarts = 0;     // after a crash, a hang or too much memory
  std::uint64_t retirements = 0;  // after retire_after_pages
  std::uint64_t retries = 0;
  int jobs_in_flight = 0;
  std::vector<std::uint64_t> resident_bytes;  // of each live engine process, without its decoders
  std::map<std::string, StageTime> stages;    // by the names of `timings_ms`
};

class Engine {
 public:
  // Returns at once; processes start and load in the background. Calls that come before wait for them.
  [[nodiscard]] static std::unique_ptr<Engine> start(EngineSettings settings);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  [[nodiscard]] EngineState state() const;
  // How many parse() calls keep every core busy; more of them at once only wait inside the engine.
  [[nodiscard]] int capacity() const;

  // Blocks until the document is done. Fails with the codes of pipeline::Parser::parse, timeout, worker_crashed,
  // too_large, not_found where a file cannot be opened, and canceled within a page's time of `stop`. What fails on a
  // single page stands in the document and in `page_errors`.
  [[nodiscard]] base::Result<Parsed> parse(const Job& job, const JobProgressSink& progress,
                                           const std::stop_token& stop);
  // The page's picture, or less wide where its own pixels are fewer. Needs no models. Fails with not_found beyond the
  // last page and for Office documents, which have no pages to look at, and as opening a file fails.
  [[nodiscard]] base::Result<PagePicture> render_page(const std::vector<JobFile>& files, const std::string& password,
                                                      const PageView& view);
  // Needs no models. Fails as opening a file fails.
  [[nodiscard]] base::Result<Inspection> inspect(const std::vector<JobFile>& files, const std::string& password);

  [[nodiscard]] EngineStatistics statistics() const;

 private:
  class Implementation;
  explicit Engine(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace medmark::engine
