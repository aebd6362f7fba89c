#include "store/sqlite/submitted_documents.hpp"

#include "store/files.hpp"
#include "store/identifiers.hpp"
#include "store/sqlite/rows.hpp"

namespace medmark::store::sqlite {
namespace {

using base::Result;

// What makes two submissions the same document: the bytes of their files in order, and the parameters.
std::string identity_of(const std::vector<std::string>& hashes, const std::map<std::string, std::string>& parameters) {
  std::string text;
  for (const std::string& hash : hashes) text += hash + '\n';
  return sha256(text + to_json_text(parameters));
}

// As pipeline::content_hash has it for one file; several are named by the hash of their hashes.
std::string content_hash(const std::vector<SourceFile>& files) {
  if (files.size() == 1) return files.front().blob.sha256;
  std::string text;
  for (const SourceFile& file : files) text += file.blob.sha256;
  return sha256(text);
}

}  // namespace

std::string identity_of(const Submission& submission) {
  std::vector<std::string> hashes;
  for (const SourceFile& file : submission.files) hashes.push_back(file.blob.sha256);
  return identity_of(hashes, submission.parameters);
}

Result<std::string> add_document(Connection& connection, const Submission& submission, const std::string& identity) {
  const std::string id = new_id();
  std::int64_t size = 0;
  for (const SourceFile& file : submission.files) size += file.blob.size;
  auto added = connection.run(
      "INSERT INTO documents (id, identity, file_name, sha256, parameters, password, size, created_at, created_by,"
      " task_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
      id, identity, submission.files.front().file_name, content_hash(submission.files),
      to_json_text(submission.parameters), submission.password, size, now(), submission.created_by);
  if (!added.has_value()) return tl::unexpected(added.error());
  int ordinal = 0;
  for (const SourceFile& file : submission.files) {
    auto file_added = connection.run("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", id, ordinal++, file.file_name,
                                     file.blob.id, file.blob.sha256, file.blob.size);
    if (!file_added.has_value()) return tl::unexpected(file_added.error());
  }
  return id;
}

Result<void> renew_document(Connection& connection, const Submission& submission, const std::string& document_id) {
  auto renewed = connection.run("UPDATE documents SET password = ?, file_name = ? WHERE id = ?", submission.password,
                                submission.files.front().file_name, document_id);
  int ordinal = 0;
  for (const SourceFile& file : submission.files) {
    if (!renewed.has_value()) break;
    renewed = connection.run("UPDATE files SET file_name = ? WHERE document = ? AND ordinal = ?", file.file_name,
                             document_id, ordinal++);
  }
  return without_value(renewed);
}

Result<void> apply_options(Connection& connection, const std::string& document_id, const StartOptions& options) {
  if (options.password.has_value()) {
    auto set = connection.run("UPDATE documents SET password = ? WHERE id = ?", *options.password, document_id);
    if (!set.has_value()) return tl::unexpected(set.error());
  }
  if (!options.parameters.has_value()) return {};
  const auto hashes = connection.query(
      "SELECT sha256 FROM files WHERE document = ? ORDER BY ordinal", [](const Row& row) { return row.text(0); },
      document_id);
  if (!hashes.has_value()) return tl::unexpected(hashes.error());
  return without_value(connection.run("UPDATE documents SET parameters = ?, identity = ? WHERE id = ?",
                                      to_json_text(*options.parameters), identity_of(*hashes, *options.parameters),
                                      document_id));
}

}  // namespace medmark::store::sqlite
