// Results in memory files: written by the engine process, looked at by its client.
//
// Layout: the size of a head (8 bytes), the head (a message), then the pieces it gives the sizes of. Pure but for the
// memory file; thread-safe.
#pragma once

#include <string>

#include "base/error.hpp"
#include "decoder/channel.hpp"
#include "document/document.hpp"
#include "engine/engine.hpp"
#include "engine/parsed.hpp"

namespace medmark::engine {

// Empty where the system gives no memory.
[[nodiscard]] decoder::Descriptor write_document(const document::Document& document, const std::string& json);
[[nodiscard]] decoder::Descriptor write_picture(const PagePicture& picture);
[[nodiscard]] decoder::Descriptor write_inspection(const Inspection& inspection);

// Fail with worker_crashed where the memory does not hold what it says.
[[nodiscard]] base::Result<Parsed> read_document(const decoder::Descriptor& memory);
[[nodiscard]] base::Result<PagePicture> read_picture(const decoder::Descriptor& memory);
[[nodiscard]] base::Result<Inspection> read_inspection(const decoder::Descriptor& memory);

}  // namespace medmark::engine
