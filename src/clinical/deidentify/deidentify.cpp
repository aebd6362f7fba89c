#include "clinical/deidentify/deidentify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/text.hpp"
#include "clinical/deidentify/date_shift.hpp"
#include "clinical/deidentify/identifiers.hpp"
#include "clinical/text/rewrite.hpp"

namespace medmark::clinical {
namespace {

// Dates move back by 26 to 520 weeks: whole weeks, so that weekdays stay.
constexpr std::uint64_t kLeastWeeks = 26;
constexpr std::uint64_t kMostWeeks = 520;
constexpr double kFigurePadding = 0.15;  // of a line's height
constexpr double kPadding = 1;  // points around a covered place, for what stands over the edges of the line's box

std::uint64_t mixed(std::uint64_t hash, std::string_view text) {  // FNV-1a, Fowler, Noll and Vo
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

int days_to_move(const document::Document& document, const DeidentifyOptions& options) {
  const std::uint64_t hash = mixed(mixed(0xcbf29ce484222325ULL, options.secret), document.source.sha256);
  const std::uint64_t weeks = kLeastWeeks + (hash ^ (hash >> 32U)) % (kMostWeeks - kLeastWeeks + 1);
  return -7 * static_cast<int>(weeks);
}

class Rewriter {
 public:
  Rewriter(document::Document& document, const std::vector<TextUnit>& units, const Lexicons& lexicons, int days)
      : document_(document), units_(units), identifiers_(units, document.clinical, lexicons), days_(days) {
    result_.figure_places.resize(document.assets.size());
  }

  Deidentification run() {
    std::vector<std::vector<Replacement>> replacements;
    for (std::size_t u = 0; u < units_.size(); ++u) {
      const auto spans = identifiers_.find(units_[u].folded, units_[u].text, static_cast<int>(u));
      const std::size_t block = units_[u].block_index;
      if (block >= document_.blocks.size()) {
        if (!spans.empty()) note_figure_line(units_[u]);
      } else {
        for (const IdentifierSpan& span : spans) note(units_[u], span);
      }
      replacements.push_back(replacements_for(units_[u].folded, units_[u].text, spans));
    }
    for (std::size_t u = 0; u < units_.size(); ++u) {
      if (units_[u].block_index < document_.blocks.size()) apply(units_[u], replacements[u]);
    }
    for (document::Block& block : document_.blocks) {
      clean(block.caption);
      const bool has_no_unit =
          block.type == document::BlockType::kWatermark || block.type == document::BlockType::kFormula;
      if (has_no_unit) clean(block.text, block.runs);
    }
    clean(document_.clinical);
    return std::move(result_);
  }

 private:
  void note(const TextUnit& unit, const IdentifierSpan& span) {
    const std::string kind(identifier_kind_name(span.kind));
    ++result_.counts[kind];
    const std::size_t begin = unit.folded.begin[span.begin];
    const std::size_t end = unit.folded.end[span.end - 1];
    const auto& runs = unit.cell != nullptr ? unit.cell->runs : unit.block->runs;
    bool placed = false;
    for (const document::TextRun& run : runs) {
      if (run.end <= begin || run.begin >= end) continue;
      const document::Evidence evidence = evidence_of(unit, std::max(begin, run.begin), std::min(end, run.end));
      result_.places.push_back({kind, evidence.page, base::inflated(evidence.bbox, kPadding, kPadding)});
      placed = true;
    }
    if (placed) return;
    const document::Evidence evidence = evidence_of(unit, begin, end);
    result_.places.push_back({kind, evidence.page, evidence.bbox});
  }

  // A line inside a figure is covered as a whole: where its characters stand is not known well enough.
  void note_figure_line(const TextUnit& unit) {
    ++result_.counts["figure"];
    const auto figure = static_cast<std::size_t>(unit.block->page);
    const double padding = kFigurePadding * unit.block->bbox.height();
    const base::Rect box = base::inflated(unit.block->bbox, padding, padding);
    result_.figure_places[figure].push_back(box);
    note_on_page(document_.assets[figure], box);
  }

  // The same place on the page that shows the figure.
  void note_on_page(const document::Asset& figure, const base::Rect& pixels) {
    if (figure.width <= 0 || figure.height <= 0) return;
    for (const document::Block& block : document_.blocks) {
      if (block.image_name != figure.name) continue;
      const double x = block.bbox.width() / figure.width;
      const double y = block.bbox.height() / figure.height;
      const base::Rect place{block.bbox.x0 + pixels.x0 * x, block.bbox.y0 + pixels.y0 * y,
                             block.bbox.x0 + pixels.x1 * x, block.bbox.y0 + pixels.y1 * y};
      result_.places.push_back({"figure", block.page, base::inflated(place, kPadding, kPadding)});
    }
  }

  std::string substitute(const FoldedText& folded, std::string_view text, const IdentifierSpan& span) const {
    const std::u32string_view value = std::u32string_view(folded.characters).substr(span.begin, span.end - span.begin);
    switch (span.kind) {
      case IdentifierKind::kPerson: {
        const int number = identifiers_.person_number(value);
        return number > 0 ? fmt::format("某人{}", number) : "某人";
      }
      case IdentifierKind::kDate: {
        const std::string_view printed =
            text.substr(folded.begin[span.begin], folded.end[span.end - 1] - folded.begin[span.begin]);
        for (const PrintedDate& date : find_printed_dates(fold(printed))) return shifted_text(printed, date, days_);
        return std::string(value.size(), '*');
      }
      default:
        return std::string(value.size(), '*');
    }
  }

  std::vector<Replacement> replacements_for(const FoldedText& folded, std::string_view text,
                                            const std::vector<IdentifierSpan>& spans) const {
    std::vector<Replacement> replacements;
    // Dates last: where one lies inside a number or an address, that is hidden as a whole.
    for (const bool dates : {false, true}) {
      for (const IdentifierSpan& span : spans) {
        if ((span.kind == IdentifierKind::kDate) != dates) continue;
        const Replacement replacement{folded.begin[span.begin], folded.end[span.end - 1],
                                      substitute(folded, text, span)};
        const bool covered = std::any_of(replacements.begin(), replacements.end(), [&](const Replacement& other) {
          return replacement.begin < other.end && replacement.end > other.begin;
        });
        if (!dates || !covered) replacements.push_back(replacement);
      }
    }
    return ordered(std::move(replacements));
  }

  void apply(const TextUnit& unit, const std::vector<Replacement>& replacements) {
    if (replacements.empty()) return;
    document::Block& block = document_.blocks[unit.block_index];
    if (unit.cell != nullptr) {
      document::TableCell& cell = block.table->cells[unit.cell_index];
      rewrite(cell.text, cell.runs, replacements);
      return;
    }
    block.key_size = moved(block.key_size, replacements);
    block.value_offset = moved(block.value_offset, replacements);
    rewrite(block.text, block.runs, replacements);
  }

  void clean(std::string& text, std::vector<document::TextRun>& runs) const {
    if (text.empty()) return;
    const FoldedText folded = fold(text);
    rewrite(text, runs, replacements_for(folded, text, identifiers_.find(folded, text, -1)));
  }
  void clean(std::string& text) const {
    std::vector<document::TextRun> none;
    clean(text, none);
  }

  void hide(std::string& value, IdentifierKind kind) const {
    const FoldedText folded = fold(value);
    if (folded.size() > 0) value = substitute(folded, value, {kind, 0, folded.size()});
  }

  void clean(document::Clinical& clinical) const {
    for (auto& [field, value] : clinical.patient) {
      const auto kind = kind_of_patient_field(field);
      if (kind) hide(value, *kind);
      if (!kind) clean(value);
    }
    for (auto& [key, value] : clinical.normalised) clean(value);
    for (auto& [key, text] : clinical.sections) clean(text);
    for (document::Diagnosis& diagnosis : clinical.diagnoses) clean(diagnosis.text);
    for (document::Medication& medication : clinical.medications) clean(medication.text);
    for (document::LabResult& result : clinical.lab_results) {
      clean(result.panel);
      clean(result.name);
    }
    for (document::Clinical& part : clinical.parts) clean(part);
  }

  document::Document& document_;
  const std::vector<TextUnit>& units_;
  const Identifiers identifiers_;
  const int days_;
  Deidentification result_;
};

// The lines inside figures, as blocks behind those of the document: `page` is then the figure's place in `assets`.
void append_figure_lines(const document::Document& document, std::vector<document::Block>& blocks) {
  for (std::size_t a = 0; a < document.assets.size(); ++a) {
    for (const document::FigureLine& line : document.assets[a].lines) {
      document::Block block;
      block.type = document::BlockType::kParagraph;
      block.page = static_cast<int>(a);
      block.bbox = line.bbox;
      block.text = line.text;
      blocks.push_back(std::move(block));
    }
  }
}

std::string counted(const std::map<std::string, int>& counts) {
  std::string text;
  for (const auto& [kind, count] : counts) text += (text.empty() ? "" : ", ") + kind + " " + std::to_string(count);
  return text;
}

}  // namespace

Deidentification deidentify(document::Document& document, const Lexicons& lexicons, const DeidentifyOptions& options) {
  // The units look into a copy, so that the document itself can be rewritten.
  document::Document original;
  original.blocks = document.blocks;
  append_figure_lines(document, original.blocks);
  const std::vector<TextUnit> units = units_of(original, 0, original.blocks.size());
  const int days = days_to_move(document, options);
  Deidentification result = Rewriter(document, units, lexicons, days).run();
  document.engine.parameters["deidentified"] = counted(result.counts);
  document.removed = result.places;
  document.removed_counts = result.counts;
  document.source.file_name = "deidentified" + std::filesystem::path(document.source.file_name).extension().string();
  return result;
}

}  // namespace medmark::clinical
