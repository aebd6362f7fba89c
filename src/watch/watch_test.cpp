#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "results/result_files.hpp"
#include "watch/claims.hpp"
#include "watch/file_moves.hpp"
#include "watch/folder_watcher.hpp"
#include "watch/known_files.hpp"
#include "watch/schedule.hpp"
#include "watch/waiting_files.hpp"

namespace medmark::watch {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FolderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "medmark-watch-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    incoming_ = folder_ / "incoming";
    fs::create_directories(incoming_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  static void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  static std::string read(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  // Regular files below a folder, hidden ones left out.
  static std::vector<std::string> files(const fs::path& folder) {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const std::string path = entry.path().lexically_relative(folder).string();
      if (entry.is_regular_file() && !path.starts_with('.')) found.push_back(path);
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  fs::path folder_;
  fs::path incoming_;
};

TEST(Schedule, MayGoOverMidnight) {
  const auto night = Schedule::parse("22:00-06:00");
  ASSERT_TRUE(night.has_value());
  EXPECT_TRUE(night->is_open(22 * 60));
  EXPECT_TRUE(night->is_open(0));
  EXPECT_TRUE(night->is_open(5 * 60 + 59));
  EXPECT_FALSE(night->is_open(6 * 60));
  EXPECT_FALSE(night->is_open(12 * 60));
  const auto noon = Schedule::parse("12:00-13:30");
  ASSERT_TRUE(noon.has_value());
  EXPECT_TRUE(noon->is_open(13 * 60 + 29));
  EXPECT_FALSE(noon->is_open(13 * 60 + 30));
  EXPECT_TRUE(Schedule().is_open(777));
  for (const char* wrong :
       {"", "22-6", "22:00-22:00", "25:00-06:00", "22:60-06:00", "22:00-06:00x", "22:00", "24:01-06:00"}) {
    EXPECT_EQ(Schedule::parse(wrong).error().code, ErrorCode::kInvalidParameter) << wrong;
  }
}

using WaitingFilesTest = FolderTest;

TEST_F(WaitingFilesTest, AFileIsCompleteWhenItHasNotChangedForAWhile) {
  WaitingFiles waiting(incoming_, {}, milliseconds(1000));
  const auto start = WatchClock::now();
  write(incoming_ / "sub/a.pdf", "half");
  ASSERT_TRUE(waiting.look(start).has_value());
  EXPECT_THAT(waiting.complete(), IsEmpty());
  write(incoming_ / "sub/a.pdf", "half and half");
  ASSERT_TRUE(waiting.look(start + milliseconds(1500)).has_value());
  EXPECT_THAT(waiting.complete(), IsEmpty());
  ASSERT_TRUE(waiting.look(start + milliseconds(2600)).has_value());
  EXPECT_THAT(waiting.complete(), ElementsAre(fs::path("sub/a.pdf")));
}

TEST_F(WaitingFilesTest, AnEmptyFileMustWaitLonger) {
  WaitingFiles waiting(incoming_, {}, milliseconds(1000));
  const auto start = WatchClock::now();
  write(incoming_ / "a.pdf", "");
  ASSERT_TRUE(waiting.look(start).has_value());
  ASSERT_TRUE(waiting.look(start + milliseconds(2000)).has_value());
  EXPECT_THAT(waiting.complete(), IsEmpty());
  ASSERT_TRUE(waiting.look(start + milliseconds(6000)).has_value());
  EXPECT_EQ(waiting.complete().size(), 1U);
}

TEST_F(WaitingFilesTest, LeavesUnfinishedHiddenLinkedAndExcludedFilesAlone) {
  write(incoming_ / ".hidden/a.pdf", "x");
  write(incoming_ / "a.pdf.part", "x");
  write(incoming_ / "~$a.docx", "x");
  write(incoming_ / "done/a.pdf", "x");
  write(folder_ / "outside.pdf", "x");
  fs::create_symlink(folder_ / "outside.pdf", incoming_ / "link.pdf");
  WaitingFiles waiting(incoming_, {incoming_ / "done"}, milliseconds(0));
  ASSERT_TRUE(waiting.look(WatchClock::now()).has_value());
  EXPECT_EQ(waiting.count(), 0U);
}

TEST_F(WaitingFilesTest, TenThousandFilesAreLookedAtInPassing) {
  for (int i = 0; i < 10'000; ++i) {
    const fs::path path = incoming_ / (std::to_string(i % 100) + "-" + std::to_string(i) + ".pdf");
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT, 0600);
    ASSERT_EQ(::write(file, "x", 1), 1);
    ::close(file);
  }
  WaitingFiles waiting(incoming_, {}, milliseconds(0));
  const auto begin = WatchClock::now();
  ASSERT_TRUE(waiting.look(begin).has_value());
  ASSERT_TRUE(waiting.look(begin).has_value());
  EXPECT_EQ(waiting.complete().size(), 10'000U);
  // The bound is for a busy machine.
  EXPECT_LT(WatchClock::now() - begin, std::chrono::seconds(2));
}

TEST_F(WaitingFilesTest, SaysWhenTheFolderIsAway) {
  WaitingFiles waiting(folder_ / "nowhere", {}, milliseconds(0));
  EXPECT_EQ(waiting.look(WatchClock::now()).error().code, ErrorCode::kNotFound);
}

using ClaimsTest = FolderTest;

TEST_F(ClaimsTest, AClaimOutlivesItsWatcher) {
  write(incoming_ / "sub/a.pdf", "x");
  {
    const auto claims = Claims::open(incoming_);
    ASSERT_TRUE(claims.has_value());
    auto claim = (*claims)->take("sub/a.pdf");
    ASSERT_TRUE(claim.has_value());
    (*claims)->count_attempt(*claim);
    EXPECT_FALSE(fs::exists(incoming_ / "sub/a.pdf"));
    EXPECT_EQ((*claims)->take("sub/a.pdf").error().code, ErrorCode::kNotFound);
    EXPECT_EQ(Claims::open(incoming_).error().code, ErrorCode::kConflict);
  }
  const auto claims = Claims::open(incoming_);
  const auto left = (*claims)->left_over();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].relative, "sub/a.pdf");
  EXPECT_EQ(left[0].attempts, 1);
  EXPECT_EQ(read(left[0].file), "x");
  ASSERT_TRUE((*claims)->put_back(left[0]).has_value());
  EXPECT_EQ(read(incoming_ / "sub/a.pdf"), "x");
  EXPECT_THAT((*claims)->left_over(), IsEmpty());
}

using FileMovesTest = FolderTest;

TEST_F(FileMovesTest, NeverReplacesAnotherFile) {
  write(folder_ / "a.pdf", "new");
  write(folder_ / "done/sub/a.pdf", "old");
  const auto place = choose_place(folder_ / "a.pdf", folder_ / "done", "sub/a.pdf");
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(*place, folder_ / "done/sub/a-2.pdf");
  EXPECT_EQ(move_to(folder_ / "a.pdf", folder_ / "done/sub/a.pdf").error().code, ErrorCode::kConflict);
  ASSERT_TRUE(move_to(folder_ / "a.pdf", *place).has_value());
  EXPECT_EQ(read(folder_ / "done/sub/a.pdf"), "old");
  EXPECT_EQ(read(folder_ / "done/sub/a-2.pdf"), "new");
}

TEST_F(FileMovesTest, TakesUpAMoveThatWasCutOff) {
  write(folder_ / "a.pdf", "same");
  write(folder_ / "done/a.pdf", "same");
  const auto place = choose_place(folder_ / "a.pdf", folder_ / "done", "a.pdf");
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(*place, folder_ / "done/a.pdf");
  ASSERT_TRUE(move_to(folder_ / "a.pdf", *place).has_value());
  EXPECT_FALSE(fs::exists(folder_ / "a.pdf"));
}

TEST_F(FileMovesTest, MovesToAnotherFileSystem) {
  const fs::path other = "/dev/shm";
  std::error_code error;
  if (!fs::is_directory(other, error)) GTEST_SKIP() << "needs a second file system";
  write(folder_ / "a.pdf", "bytes");
  const fs::path target = other / folder_.filename();
  ASSERT_TRUE(move_to(folder_ / "a.pdf", target).has_value());
  EXPECT_EQ(read(target), "bytes");
  EXPECT_FALSE(fs::exists(folder_ / "a.pdf"));
  fs::remove(target);
}

TEST_F(FileMovesTest, HashesAsEverybodyDoes) {
  write(folder_ / "a", "abc");
  EXPECT_EQ(hash_file(folder_ / "a").value_or(""), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

using KnownFilesTest = FolderTest;

TEST_F(KnownFilesTest, RemembersOverARestartAndIgnoresALineThatWasCutOff) {
  {
    KnownFiles known(folder_);
    ASSERT_TRUE(known.add("aa", {{"dpi", "150"}}, {"claim1", "sub/a"}).has_value());
  }
  std::ofstream(folder_ / KnownFiles::kFileName, std::ios::app) << "bb\tclai";
  {
    KnownFiles known(folder_);
    EXPECT_EQ(known.find("aa", {{"dpi", "150"}})->stem, "sub/a");
    EXPECT_FALSE(known.find("aa", {}).has_value());
    EXPECT_FALSE(known.find("bb", {}).has_value());
    ASSERT_TRUE(known.add("cc", {}, {"claim2", "c"}).has_value());
  }
  EXPECT_EQ(KnownFiles(folder_).find("cc", {})->claim, "claim2");
}

// Writes what `medmark parse` would, or fails as the file says.
class ScriptedProcessor : public Processor {
 public:
  base::Result<Outcome> process(const Work& work, const std::stop_token& stop) override {
    std::string text;
    {
      std::ifstream stream(work.file, std::ios::binary);
      text.assign(std::istreambuf_iterator<char>(stream), {});
      const std::lock_guard lock(mutex_);
      ++processed_[text];
    }
    if (on_process_) on_process_(text);
    if (stop.stop_requested()) return base::fail(ErrorCode::kCanceled, "The work was canceled.");
    if (text == "corrupt") return base::fail(ErrorCode::kCorruptDocument, "Nothing can be read.");
    if (text == "flaky") return base::fail(ErrorCode::kInternal, "Something went wrong.");
    if (text == "full") return base::fail(ErrorCode::kStorageFull, "The disk of the output folder is full.");
    const nlohmann::json json = {{"source", {{"sha256", hash_file(work.file).value_or("")}}},
                                 {"engine", {{"version", MEDMARK_VERSION}, {"parameters", work.options}}}};
    const std::string dumped = json.dump();
    auto written = results::write_result(work.output_folder, work.stem,
                                         results::ResultView{.markdown = text, .json = dumped, .assets = {}});
    if (!written.has_value()) return tl::unexpected(written.error());
    return Outcome{2, text == "partial" ? 1 : 0};
  }
  int capacity() const override { return 3; }
  std::optional<base::Error> trouble() const override { return trouble_; }

  int times(const std::string& text) {
    const std::lock_guard lock(mutex_);
    return processed_[text];
  }

  std::function<void(const std::string&)> on_process_;
  std::optional<base::Error> trouble_;

 private:
  std::mutex mutex_;
  std::map<std::string, int> processed_;
};

class FolderWatcherTest : public FolderTest {
 protected:
  WatchSettings settings() const {
    WatchSettings settings;
    settings.incoming = incoming_;
    settings.output = folder_ / "md";
    settings.done = folder_ / "done";
    settings.failed = folder_ / "failed";
    settings.mode = RunMode::kOnce;
    settings.settle = milliseconds(20);
    settings.look_interval = milliseconds(10);
    settings.trouble_interval = milliseconds(50);
    return settings;
  }
  WatchReport run_once() { return run(settings()); }
  WatchReport run(const WatchSettings& settings) {
    const auto report = watch_folder(
        settings, processor_,
        [this](const std::string& line) {
          const std::lock_guard lock(log_mutex_);
          log_ += line + "\n";
        },
        stop_.get_token());
    EXPECT_TRUE(report.has_value()) << report.error().message;
    return report.value_or(WatchReport{});
  }

  ScriptedProcessor processor_;
  std::stop_source stop_;
  std::mutex log_mutex_;
  std::string log_;
};

TEST_F(FolderWatcherTest, KeepsSubfoldersAndMovesFilesToDone) {
  write(incoming_ / "a.pdf", "one");
  write(incoming_ / "ward 3/b.pdf", "two");
  const WatchReport report = run_once();
  EXPECT_EQ(report.done, 2);
  EXPECT_THAT(files(folder_ / "md"), ElementsAre("a.json", "a.md", "ward 3/b.json", "ward 3/b.md"));
  EXPECT_THAT(files(folder_ / "done"), ElementsAre("a.pdf", "ward 3/b.pdf"));
  EXPECT_THAT(files(folder_ / "failed"), IsEmpty());
  EXPECT_THAT(files(incoming_), IsEmpty());
}

TEST_F(FolderWatcherTest, NotesADuplicateAndDoesNotParseItAgain) {
  write(incoming_ / "a.pdf", "one");
  run_once();
  write(incoming_ / "copy.pdf", "one");
  write(incoming_ / "copy2.pdf", "one");
  const WatchReport report = run_once();
  EXPECT_EQ(report.duplicates, 2);
  EXPECT_EQ(processor_.times("one"), 1);
  EXPECT_THAT(read(folder_ / "done/copy.pdf.duplicate.txt"), HasSubstr("a.md"));
  EXPECT_THAT(files(folder_ / "md"), ElementsAre("a.json", "a.md"));
}

TEST_F(FolderWatcherTest, TwinsThatArriveTogetherAreParsedOnce) {
  write(incoming_ / "a.pdf", "one");
  write(incoming_ / "b.pdf", "one");
  processor_.on_process_ = [](const std::string&) { std::this_thread::sleep_for(milliseconds(50)); };
  const WatchReport report = run_once();
  EXPECT_EQ(report.done, 1);
  EXPECT_EQ(report.duplicates, 1);
  EXPECT_EQ(processor_.times("one"), 1);
}

TEST_F(FolderWatcherTest, OtherBytesOfTheSameNameReplaceNothing) {
  write(incoming_ / "report.pdf", "monday");
  write(incoming_ / "report.docx", "tuesday");
  run_once();
  write(incoming_ / "report.pdf", "wednesday");
  run_once();
  EXPECT_EQ(files(folder_ / "md").size(), 6U);
  EXPECT_THAT(files(folder_ / "done"), ElementsAre("report-2.pdf", "report.docx", "report.pdf"));
}

TEST_F(FolderWatcherTest, AFailedFileStandsBesideItsReason) {
  write(incoming_ / "sub/a.pdf", "corrupt");
  write(incoming_ / "b.pdf", "one");
  const WatchReport report = run_once();
  EXPECT_EQ(report.failed, 1);
  EXPECT_EQ(report.done, 1);
  EXPECT_EQ(processor_.times("corrupt"), 1);
  EXPECT_EQ(read(folder_ / "failed/sub/a.pdf"), "corrupt");
  EXPECT_THAT(read(folder_ / "failed/sub/a.pdf.reason.txt"), HasSubstr("code: corrupt_document\n"));
  EXPECT_THAT(log_, Not(HasSubstr("a.pdf")));
}

TEST_F(FolderWatcherTest, TriesWhatMayPassAFewTimes) {
  write(incoming_ / "a.pdf", "flaky");
  const WatchReport report = run_once();
  EXPECT_EQ(report.failed, 1);
  EXPECT_EQ(processor_.times("flaky"), 3);
  EXPECT_THAT(read(folder_ / "failed/a.pdf.reason.txt"), HasSubstr("attempts: 3"));
}

TEST_F(FolderWatcherTest, AFullDiskLosesNothingAndEndsARun) {
  write(incoming_ / "a.pdf", "full");
  const WatchReport report = run_once();
  EXPECT_EQ(report.left, 1);
  EXPECT_EQ(report.failed, 0);
  EXPECT_EQ(read(incoming_ / "a.pdf"), "full");
}

TEST_F(FolderWatcherTest, WaitsUntilTroubleHasPassed) {
  write(incoming_ / "a.pdf", "one");
  WatchSettings forever = settings();
  forever.mode = RunMode::kForever;
  const fs::path moved = folder_ / "away";
  // The share goes away before anything is done, and comes back.
  fs::rename(incoming_, moved);
  fs::create_directories(incoming_);
  std::jthread watcher([&] { run(forever); });
  std::this_thread::sleep_for(milliseconds(100));
  fs::remove_all(incoming_);
  std::this_thread::sleep_for(milliseconds(200));
  fs::rename(moved, incoming_);
  const auto deadline = WatchClock::now() + std::chrono::seconds(30);
  while (!fs::exists(folder_ / "done/a.pdf") && WatchClock::now() < deadline) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  stop_.request_stop();
  watcher.join();
  EXPECT_TRUE(fs::exists(folder_ / "done/a.pdf"));
}

TEST_F(FolderWatcherTest, TakesUpWhatADeadWatcherLeft) {
  write(incoming_ / "parsed.pdf", "one");
  write(incoming_ / "begun.pdf", "two");
  write(incoming_ / "refused.pdf", "three");
  {
    const auto claims = Claims::open(incoming_);
    // Died between result and move.
    const auto parsed = (*claims)->take("parsed.pdf");
    const std::string sha256 = hash_file(parsed->file).value_or("");
    ScriptedProcessor before;
    fs::create_directories(folder_ / "md");
    ASSERT_TRUE(before.process({parsed->file, "parsed.pdf", folder_ / "md", "parsed", {}, {}}, {}).has_value());
    ASSERT_TRUE(KnownFiles(folder_ / "md").add(sha256, {}, {parsed->id, "parsed"}).has_value());
    ASSERT_TRUE((*claims)->take("begun.pdf").has_value());
    // Died between the decision and the move.
    const auto refused = (*claims)->take("refused.pdf");
    write((*claims)->note(*refused, "reason.txt"), "code: timeout\n");
  }
  const WatchReport report = run_once();
  EXPECT_EQ(report.done, 2);
  EXPECT_EQ(report.duplicates, 0);
  EXPECT_EQ(report.failed, 1);
  EXPECT_EQ(processor_.times("one"), 0);
  EXPECT_EQ(processor_.times("two"), 1);
  EXPECT_EQ(processor_.times("three"), 0);
  EXPECT_EQ(read(folder_ / "failed/refused.pdf.reason.txt"), "code: timeout\n");
  EXPECT_THAT(files(folder_ / "done"), ElementsAre("begun.pdf", "parsed.pdf"));
}

TEST_F(FolderWatcherTest, DoesNothingOutsideItsHours) {
  write(incoming_ / "a.pdf", "one");
  WatchSettings closed = settings();
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  const auto clock = [](int hour) {
    hour = (hour + 24) % 24;
    return (hour < 10 ? "0" : "") + std::to_string(hour) + ":00";
  };
  closed.schedule = *Schedule::parse(clock(local.tm_hour + 3) + "-" + clock(local.tm_hour + 5));
  EXPECT_EQ(run(closed).done, 0);
  EXPECT_TRUE(fs::exists(incoming_ / "a.pdf"));
}

TEST_F(FolderWatcherTest, EndsWhereNothingCanBeParsed) {
  write(incoming_ / "a.pdf", "one");
  processor_.trouble_ = base::Error{ErrorCode::kModelMissing, "A model is missing."};
  EXPECT_EQ(run_once().done, 0);
  EXPECT_TRUE(fs::exists(incoming_ / "a.pdf"));
  EXPECT_THAT(log_, HasSubstr("A model is missing."));
}

}  // namespace
}  // namespace medmark::watch
