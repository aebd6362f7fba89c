#include "engine/engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "decoder/sandbox.hpp"
#include "input/testing/pdf_builder.hpp"

namespace medmark::engine {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using ::testing::HasSubstr;

class EngineTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "medmark-engine-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  static EngineSettings scripted() {
    EngineSettings settings;
    settings.extra_arguments = {"scripted"};
    settings.warm_up = WarmUp::kNone;
    settings.threads = 2;
    settings.max_memory_bytes = std::uint64_t{256} << 20;
    return settings;
  }

  // Models load beside the first documents.
  static void wait_until_ready(const Engine& engine) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (engine.state().condition != EngineCondition::kReady) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  JobFile file(const std::string& text) {
    static std::atomic<int> counter = 0;
    const fs::path path = folder_ / std::to_string(counter++);
    std::ofstream(path, std::ios::binary) << text;
    return {.name = "name", .path = path};
  }
  Job job(const std::string& text) {
    return {.files = {file(text)}, .options = {}, .password = {}, .asset_prefix = {}, .words = {}};
  }

  fs::path folder_;
};

TEST_F(EngineTest, HandsADocumentOverWithItsAssetsAndProgress) {
  const auto engine = Engine::start(scripted());
  std::vector<int> seen;
  const auto parsed =
      engine->parse(job("pages 3"), [&](const JobProgress& progress) { seen.push_back(progress.pages_done); }, {});
  ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
  EXPECT_EQ(parsed->pages, 3);
  EXPECT_EQ(parsed->markdown, "pages 3");
  EXPECT_THAT(std::string(parsed->document_json), HasSubstr("\"schema_version\": \"1.0\""));
  EXPECT_EQ(seen, (std::vector<int>{0, 1, 2, 3}));
  ASSERT_EQ(parsed->assets.size(), 1U);
  EXPECT_EQ(parsed->assets[0].name, "figure_1.png");
  EXPECT_EQ(parsed->assets[0].bytes.size(), 3U);
  const EngineStatistics statistics = engine->statistics();
  EXPECT_EQ(statistics.pages_done, 3U);
  EXPECT_EQ(statistics.stages.at("total").milliseconds, 6);
  wait_until_ready(*engine);
  EXPECT_EQ(engine->state().device_note, "scripted");
}

TEST_F(EngineTest, CarriesFailuresUnchanged) {
  const auto engine = Engine::start(scripted());
  EXPECT_EQ(engine->parse(job("broken"), {}, {}).error().code, ErrorCode::kCorruptDocument);
  Job missing = job("pages 1");
  missing.files[0].path = folder_ / "missing";
  EXPECT_EQ(engine->parse(missing, {}, {}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(engine->render_page({file("x")}, "", {.page = 4, .width = 100}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(engine->statistics().restarts, 0U);
}

TEST_F(EngineTest, TriesOnceMoreAfterACrash) {
  const auto engine = Engine::start(scripted());
  const auto parsed = engine->parse(job("crash once " + (folder_ / "flag").string()), {}, {});
  ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
  EXPECT_EQ(parsed->markdown, "survived");
  EXPECT_EQ(engine->statistics().retries, 1U);
  EXPECT_EQ(engine->statistics().restarts, 1U);
}

TEST_F(EngineTest, AProcessThatEndsBeforeItsModelsAreLoadedIsNoFailedStartIfItAnswered) {
  EngineSettings settings = scripted();
  settings.device = "cuda:8";  // never warm
  settings.warm_up = WarmUp::kLoadModels;
  const auto engine = Engine::start(settings);
  for (int i = 0; i < 6; ++i) {
    const auto parsed = engine->parse(job("crash once " + (folder_ / ("flag" + std::to_string(i))).string()), {}, {});
    ASSERT_TRUE(parsed.has_value()) << i << ": " << parsed.error().message;
  }
  EXPECT_EQ(engine->statistics().restarts, 6U);
  EXPECT_NE(engine->state().condition, EngineCondition::kFailed);
}

TEST_F(EngineTest, ACrashCostsOnlyItsOwnDocument) {
  const auto engine = Engine::start(scripted());
  std::vector<std::thread> callers;
  std::atomic<int> good = 0;
  std::atomic<int> crashed = 0;
  for (int i = 0; i < 12; ++i) {
    callers.emplace_back([&, i] {
      const auto parsed = engine->parse(job(i == 5 ? "crash" : "slow 5"), {}, {});
      if (parsed.has_value() && parsed->pages == 5) ++good;
      if (!parsed.has_value() && parsed.error().code == ErrorCode::kWorkerCrashed) ++crashed;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(good, 11);
  EXPECT_EQ(crashed, 1);
}

TEST_F(EngineTest, AHangCostsOnlyItsOwnDocument) {
  EngineSettings settings = scripted();
  settings.page_deadline = std::chrono::milliseconds(400);
  const auto engine = Engine::start(settings);
  std::vector<std::thread> callers;
  std::atomic<int> good = 0;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&] { good += engine->parse(job("slow 10"), {}, {}).has_value() ? 1 : 0; });
  }
  EXPECT_EQ(engine->parse(job("hang"), {}, {}).error().code, ErrorCode::kTimeout);
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(good, 4);
}

TEST_F(EngineTest, TooMuchMemoryIsRefused) {
  if (decoder::is_sanitizer_build()) GTEST_SKIP() << "memory has no limit in a sanitizer build";
  const auto engine = Engine::start(scripted());
  EXPECT_EQ(engine->parse(job("eat memory"), {}, {}).error().code, ErrorCode::kTooLarge);
  EXPECT_TRUE(engine->parse(job("pages 1"), {}, {}).has_value());
}

TEST_F(EngineTest, CancelsWithinAPage) {
  const auto engine = Engine::start(scripted());
  std::stop_source stop;
  const auto begin = std::chrono::steady_clock::now();
  const auto parsed = engine->parse(
      job("slow 1000"),
      [&](const JobProgress& progress) {
        if (progress.pages_done == 2) stop.request_stop();
      },
      stop.get_token());
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().code, ErrorCode::kCanceled);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_EQ(engine->statistics().restarts, 0U);
}

TEST_F(EngineTest, RetiresWithoutLosingADocument) {
  EngineSettings settings = scripted();
  settings.retire_after_pages = 10;
  const auto engine = Engine::start(settings);
  int good = 0;
  for (int i = 0; i < 200; ++i) good += engine->parse(job("pages 5"), {}, {}).has_value() ? 1 : 0;
  EXPECT_EQ(good, 200);
  EXPECT_GE(engine->statistics().retirements, 2U);
  EXPECT_EQ(engine->statistics().restarts, 0U);
}

TEST_F(EngineTest, AProcessHasNoSocketButItsOwn) {
  const auto engine = Engine::start(scripted());
  const auto parsed = engine->parse(job("socket"), {}, {});
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->markdown, "Permission denied, pair");
}

TEST_F(EngineTest, SaysWhyItCannotServe) {
  EngineSettings settings = scripted();
  settings.device = "cuda:9";
  const auto engine = Engine::start(settings);
  EXPECT_EQ(engine->parse(job("pages 1"), {}, {}).error().code, ErrorCode::kDeviceUnavailable);
  EXPECT_EQ(engine->state().condition, EngineCondition::kFailed);
}

TEST_F(EngineTest, ClosingEndsWaitingCalls) {
  auto engine = Engine::start(scripted());
  std::thread caller([&, raw = engine.get()] {
    const auto parsed = raw->parse(job("hang"), {}, {});
    EXPECT_EQ(parsed.error().code, ErrorCode::kCanceled);
  });
  while (engine->statistics().jobs_in_flight == 0) std::this_thread::yield();
  engine.reset();
  caller.join();
}

TEST_F(EngineTest, TwoProcessesShareTheWork) {
  EngineSettings settings = scripted();
  settings.processes = 2;
  const auto engine = Engine::start(settings);
  EXPECT_EQ(engine->capacity(), 8);
  std::vector<std::thread> callers;
  std::atomic<int> good = 0;
  for (int i = 0; i < 12; ++i) {
    callers.emplace_back([&] { good += engine->parse(job("slow 5"), {}, {}).has_value() ? 1 : 0; });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(good, 12);
  EXPECT_EQ(engine->statistics().resident_bytes.size(), 2U);
}

TEST_F(EngineTest, LooksAtPagesBesideDocuments) {
  const auto engine = Engine::start(scripted());
  const auto picture = engine->render_page({file("bytes")}, "", {.page = 0, .width = 300});
  ASSERT_TRUE(picture.has_value()) << picture.error().message;
  EXPECT_EQ(picture->width, 300);
  EXPECT_EQ(picture->bytes.size(), 5U);
  const auto inspection = engine->inspect({file("a"), file("b")}, "");
  ASSERT_TRUE(inspection.has_value());
  EXPECT_EQ(inspection->page_count, 2);
  EXPECT_EQ(inspection->pages[0].warning, "pale");
}

// The real worker: decoder processes below the engine process, and no model for native pages.
class RealEngineTest : public EngineTest {
 protected:
  static EngineSettings real() {
    EngineSettings settings;
    settings.share_directory = fs::path(MEDMARK_BUILD_DIR) / "share" / "medmark";
    settings.warm_up = WarmUp::kNone;
    settings.device = "cpu";
    settings.threads = 2;
    return settings;
  }
  static std::string two_pages() {
    input::testing::PdfBuilder pdf;
    pdf.add_page(input::testing::show_text(72, 770, 12, "Hemoglobin 135 g/L"));
    pdf.add_page(input::testing::show_text(72, 770, 12, "second"));
    const auto bytes = pdf.build();
    return {bytes.begin(), bytes.end()};
  }
};

TEST_F(RealEngineTest, ParsesANativeReport) {
  const auto engine = Engine::start(real());
  const auto parsed = engine->parse(job(two_pages()), {}, {});
  ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
  EXPECT_EQ(parsed->pages, 2);
  EXPECT_EQ(parsed->pages_with_errors, 0);
  EXPECT_EQ(parsed->media_type, "application/pdf");
  EXPECT_EQ(parsed->sha256.size(), 64U);
  EXPECT_THAT(std::string(parsed->markdown), HasSubstr("Hemoglobin 135 g/L"));
}

TEST_F(RealEngineTest, DrawsPagesInTheWidthAskedFor) {
  const auto engine = Engine::start(real());
  const JobFile pdf = file(two_pages());
  const auto picture = engine->render_page({pdf, pdf}, "", {.page = 3, .width = 400});
  ASSERT_TRUE(picture.has_value()) << picture.error().message;
  EXPECT_EQ(picture->media_type, "image/jpeg");
  EXPECT_EQ(picture->width, 400);
  EXPECT_NEAR(picture->height, 566, 2);
  ASSERT_GT(picture->bytes.size(), 1000U);
  EXPECT_EQ(picture->bytes[0], 0xFF);
  EXPECT_EQ(picture->bytes[1], 0xD8);
  EXPECT_EQ(engine->render_page({pdf}, "", {.page = 2, .width = 400}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(engine->render_page({pdf}, "", {.page = 0, .width = 0}).error().code, ErrorCode::kInvalidParameter);
}

TEST_F(RealEngineTest, InspectsWithoutModels) {
  const auto engine = Engine::start(real());
  const auto inspection = engine->inspect({file(two_pages())}, "");
  ASSERT_TRUE(inspection.has_value()) << inspection.error().message;
  EXPECT_EQ(inspection->page_count, 2);
  ASSERT_EQ(inspection->pages.size(), 2U);
  EXPECT_FALSE(inspection->pages[0].is_scanned);
  EXPECT_EQ(inspection->pages[0].warning, "");
  EXPECT_EQ(engine->inspect({file("no document")}, "").error().code, ErrorCode::kUnsupportedFormat);
}

}  // namespace
}  // namespace medmark::engine
