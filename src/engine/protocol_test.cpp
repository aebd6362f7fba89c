#include "engine/protocol.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/packet_socket.hpp"
#include "engine/result_memory.hpp"

namespace medmark::engine {
namespace {

TEST(EngineProtocol, CarriesARequest) {
  Request request;
  request.kind = RequestKind::kRender;
  request.job = 7;
  request.password = "secret";
  request.options = {{"dpi", "150"}, {"pages", "1-3"}};
  request.asset_prefix = "a.assets/";
  request.words = {{"read", "right"}};
  request.max_pages = 12;
  request.view = {.page = 3, .width = 800, .covered = {{1, 2, 3, 4}}, .crop = base::Rect{5, 6, 7, 8}};
  const auto read = decode_request(encode_request(request));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->kind, RequestKind::kRender);
  EXPECT_EQ(read->job, 7U);
  EXPECT_EQ(read->password, "secret");
  EXPECT_EQ(read->options, request.options);
  EXPECT_EQ(read->asset_prefix, "a.assets/");
  EXPECT_EQ(read->words, request.words);
  EXPECT_EQ(read->max_pages, 12);
  EXPECT_EQ(read->view.page, 3);
  EXPECT_EQ(read->view.width, 800);
  EXPECT_EQ(read->view.covered, request.view.covered);
  EXPECT_EQ(read->view.crop, request.view.crop);
}

TEST(EngineProtocol, CarriesAReply) {
  const Reply reply{.kind = ReplyKind::kError,
                    .job = 9,
                    .error = base::Error{base::ErrorCode::kTimeout, "Reading the document took too long."}};
  const auto read = decode_reply(encode_reply(reply));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->job, 9U);
  EXPECT_EQ(read->error, reply.error);
}

TEST(EngineProtocol, RefusesWhatIsCutShortOrTooLong) {
  auto bytes = encode_request({});
  bytes.push_back(0);
  EXPECT_FALSE(decode_request(bytes).has_value());
  bytes.resize(bytes.size() - 2);
  EXPECT_FALSE(decode_request(bytes).has_value());
  EXPECT_FALSE(decode_reply({}).has_value());
}

TEST(PacketSocket, KeepsMessagesApartAndPassesADescriptor) {
  int pair[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
  const decoder::Descriptor ours(pair[0]);
  decoder::Descriptor theirs(pair[1]);
  const std::vector<std::uint8_t> text = {'a', 'b', 'c'};
  const decoder::Descriptor memory = decoder::sealed_memory(text);
  ASSERT_TRUE(send_packet(ours.get(), text, memory.get()));
  ASSERT_TRUE(send_packet(ours.get(), text));
  const auto first = receive_packet(theirs.get());
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->bytes, text);
  std::vector<std::uint8_t> read(3);
  EXPECT_TRUE(decoder::read_memory(first->descriptor, 0, read));
  EXPECT_EQ(read, text);
  const auto second = receive_packet(theirs.get());
  ASSERT_TRUE(second.has_value());
  EXPECT_FALSE(second->descriptor);
  EXPECT_FALSE(send_packet(ours.get(), std::vector<std::uint8_t>(kMaxPacketBytes + 1)));
  theirs = decoder::Descriptor();
  EXPECT_FALSE(send_packet(ours.get(), text));
  EXPECT_FALSE(receive_packet(ours.get()).has_value());
}

TEST(ResultMemory, RefusesMemoryThatDoesNotHoldWhatItSays) {
  document::Document document;
  document.content = "text";
  const auto memory = write_document(document, "{}");
  ASSERT_TRUE(memory);
  const auto parsed = read_document(memory);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->document_json, "{}");
  EXPECT_EQ(parsed->markdown, "text");
  const MappedMemory whole(memory.get());
  for (std::size_t size = 1; size < whole.bytes().size(); ++size) {
    const auto cut = decoder::sealed_memory(whole.bytes().first(size));
    EXPECT_FALSE(read_document(cut).has_value()) << size;
  }
}

TEST(ResultMemory, RefusesMemoryThatCanStillChange) {
  const auto memory = decoder::shared_memory(100);
  ASSERT_TRUE(memory);
  EXPECT_TRUE(MappedMemory(memory.get()).bytes().empty());
}

}  // namespace
}  // namespace medmark::engine
