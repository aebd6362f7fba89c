// Pages as pictures for a person to look at, and a first look at what a file holds, through decoders only.
//
// Thread-safe. Fails as decoder::Decoder::open does, and with not_found beyond the last page.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "decoder/decoder.hpp"
#include "engine/engine.hpp"
#include "pipeline/parser.hpp"

namespace medmark::engine {

[[nodiscard]] base::Result<PagePicture> render_page(const std::vector<pipeline::InputFile>& files,
                                                    const decoder::DecodeOptions& options, const PageView& view);

[[nodiscard]] base::Result<Inspection> inspect_files(const std::vector<pipeline::InputFile>& files,
                                                     const decoder::DecodeOptions& options);

}  // namespace medmark::engine
