#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "inference/device.hpp"
#include "inference/model_files.hpp"
#include "inference/processor.hpp"
#include "inference/runtime.hpp"

namespace medmark::inference {
namespace {

namespace fs = std::filesystem;

const fs::path kModels = fs::path(MEDMARK_SOURCE_DIR) / ".dependencies" / "models";

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "inference_test_XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

RuntimeOptions processor_with(const fs::path& models) { return {models, {false, {DeviceKind::kCpu, 0}}}; }

TEST(ModelFiles, EveryPinnedFileIsThereAndMatches) {
  const ModelStore store(kModels);
  for (const ModelFile& file : model_files()) {
    EXPECT_EQ(&model_file(file.model), &file) << file.name;
    EXPECT_TRUE(store.read(file.model).has_value()) << file.name;
  }
}

TEST(ModelFiles, HashesAreThoseOfTheLockFile) {
  std::ifstream stream(fs::path(MEDMARK_SOURCE_DIR) / "third_party" / "dependencies.lock.json");
  std::stringstream text;
  text << stream.rdbuf();
  const std::string lock = text.str();
  for (const ModelFile& file : model_files()) {
    const std::size_t target = lock.find("models/" + std::string(file.file) + "\"", lock.find("\"target\": \"models/"));
    ASSERT_NE(target, std::string::npos) << file.file;
    const std::size_t end = lock.find('}', target);
    EXPECT_NE(lock.substr(target, end - target).find(file.sha256), std::string::npos) << file.file;
  }
}

TEST(ModelFiles, AFlippedByteIsRefused) {
  const TemporaryFolder folder;
  const std::string name(model_file(Model::kLineDirection).file);
  fs::copy_file(kModels / name, folder.path() / name);
  {
    std::fstream stream(folder.path() / name, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(1000);
    const char flipped = static_cast<char>(stream.get() ^ 1);
    stream.seekp(1000);
    stream.put(flipped);
  }
  auto runtime = Runtime::create(processor_with(folder.path()));
  ASSERT_TRUE(runtime.has_value());
  const auto session = (*runtime)->session(Model::kLineDirection);
  ASSERT_FALSE(session.has_value());
  EXPECT_EQ(session.error().code, base::ErrorCode::kModelCorrupt);
}

TEST(ModelFiles, AMissingFileIsNamed) {
  const TemporaryFolder folder;
  auto runtime = Runtime::create(processor_with(folder.path()));
  ASSERT_TRUE(runtime.has_value());
  const auto session = (*runtime)->session(Model::kTableStructure);
  ASSERT_FALSE(session.has_value());
  EXPECT_EQ(session.error().code, base::ErrorCode::kModelMissing);
  EXPECT_NE(session.error().message.find("slanet-plus.onnx"), std::string::npos);
}

TEST(Device, NamesAreParsedAndOthersRefused) {
  EXPECT_TRUE(parse_device("auto")->is_automatic);
  EXPECT_EQ(parse_device("cpu")->device, (Device{DeviceKind::kCpu, 0}));
  EXPECT_EQ(parse_device("cuda")->device, (Device{DeviceKind::kCuda, 0}));
  EXPECT_EQ(parse_device("cuda:3")->device, (Device{DeviceKind::kCuda, 3}));
  for (const char* wrong : {"", "gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:1x", "CPU"}) {
    const auto parsed = parse_device(wrong);
    ASSERT_FALSE(parsed.has_value()) << wrong;
    EXPECT_EQ(parsed.error().code, base::ErrorCode::kInvalidParameter);
  }
  EXPECT_EQ(device_name({DeviceKind::kCuda, 2}), "cuda:2");
}

TEST(Device, CudaIsRefusedInOneSentenceWhereItsPartIsNotInstalled) {
  if (fs::exists(kModels.parent_path() / "lib" / "libonnxruntime_providers_cuda.so")) GTEST_SKIP();
  const auto runtime = Runtime::create({kModels, {false, {DeviceKind::kCuda, 0}}});
  ASSERT_FALSE(runtime.has_value());
  EXPECT_EQ(runtime.error().code, base::ErrorCode::kDeviceUnavailable);
  EXPECT_TRUE(runtime.error().message.ends_with('.'));
}

TEST(Device, AutomaticChoiceFallsBackAndSaysSo) {
  if (fs::exists(kModels.parent_path() / "lib" / "libonnxruntime_providers_cuda.so")) GTEST_SKIP();
  const auto runtime = Runtime::create({kModels, {}});
  ASSERT_TRUE(runtime.has_value());
  EXPECT_EQ((*runtime)->device(), (Device{DeviceKind::kCpu, 0}));
  EXPECT_FALSE((*runtime)->device_note().empty());
}

TEST(Processor, ThisOneRunsTheProgramItRuns) {
  EXPECT_TRUE(missing_instruction_sets().empty());
  EXPECT_FALSE(processor_name().empty());
}

TEST(Runtime, NamesTheVersionThatTheLockPins) { EXPECT_EQ(Runtime::version(), "ONNX Runtime 1.31.1"); }

TEST(Runtime, OneSessionServesAllThreadsWithTheSameResult) {
  const auto runtime = Runtime::create(processor_with(kModels)).value();
  const auto session = runtime->session(Model::kPageOrientation).value();
  EXPECT_EQ(runtime->session(Model::kPageOrientation).value().get(), session.get());

  std::vector<float> input(3 * 224 * 224);
  for (std::size_t i = 0; i < input.size(); ++i) input[i] = static_cast<float>(i % 97) / 97.F;
  const TensorView view{input, {1, 3, 224, 224}};
  std::array<std::vector<float>, 4> results;
  std::vector<std::jthread> threads;
  for (auto& result : results) {
    threads.emplace_back([&] {
      const auto output = session->run(view).value();
      result.assign(output[0].values.begin(), output[0].values.end());
    });
  }
  threads.clear();
  ASSERT_EQ(results[0].size(), 4U);
  for (const auto& result : results) EXPECT_EQ(result, results[0]);
}

TEST(Runtime, AShapeTheModelDoesNotTakeIsAFailureNotACrash) {
  const auto runtime = Runtime::create(processor_with(kModels)).value();
  const auto session = runtime->session(Model::kPageOrientation).value();
  const std::vector<float> input(12);
  const auto output = session->run({input, {1, 3, 2, 2, 1}});
  ASSERT_FALSE(output.has_value());
  EXPECT_EQ(output.error().code, base::ErrorCode::kInternal);
}

TEST(Runtime, DictionariesStandInTheModelFile) {
  const auto runtime = Runtime::create(processor_with(kModels)).value();
  const auto session = runtime->session(Model::kPageLayout).value();
  EXPECT_EQ(session->metadata("character")->substr(0, 5), "text\n");
  EXPECT_FALSE(session->metadata("no such key").has_value());
}

}  // namespace
}  // namespace medmark::inference
