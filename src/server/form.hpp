// Receives an upload: files go to the store's disk as they come, fields stay in memory.
//
// Confined to one thread at a time. Files that nobody takes are removed again.
#pragma once

#include <memory>
#include <string>

#include "server/message.hpp"
#include "server/multipart.hpp"
#include "server/settings.hpp"
#include "store/store.hpp"

namespace medmark::server {

class FormReceiver final : public MultipartSink {
 public:
  FormReceiver(store::Documents& documents, const Limits& limits) : documents_(documents), limits_(limits) {}
  ~FormReceiver() override;

  // kTooLarge beyond max_file_bytes; kInvalidParameter for too many parts or too long fields; the store's codes.
  base::Result<void> begin_part(const PartHeader& header) override;
  base::Result<void> part_data(std::string_view bytes) override;
  base::Result<void> end_part() override;

  // Hands the form over; the files are the caller's from now on.
  [[nodiscard]] ReceivedForm take();

 private:
  store::Documents& documents_;
  Limits limits_;
  ReceivedForm form_;
  std::unique_ptr<store::BlobWriter> writer_;  // of the file that is coming in
  std::uint64_t file_bytes_ = 0;
  std::string file_head_;  // its first bytes: what it is
};

// Removes the files of a form that was refused.
void discard(store::Documents& documents, const ReceivedForm& form);

}  // namespace medmark::server
