// What others saw of a table, beside its geometry: the table structure model's cells.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <optional>

#include "structure/tables/table_finder.hpp"

namespace medmark::structure {

// Whether geometry alone is unsure of the plan's cells.
[[nodiscard]] bool is_unsure(const TablePlan& plan);

// The model's grid at the plan's place, or null.
[[nodiscard]] const document::TableHypothesis* hypothesis_at(const document::PageEvidence& page, const base::Rect& box);

// Compares the plan with what the model saw at its place: agreement raises its confidence, disagreement lowers it and
// asks for a review.
void weigh(TablePlan& plan, const document::TableHypothesis& hypothesis);

// The model's own grid filled with the page's free words; empty where it is no table (fewer than two rows or columns,
// or hardly any text).
[[nodiscard]] std::optional<TablePlan> plan_of_model(const TableSearch& search,
                                                     const document::TableHypothesis& hypothesis);

}  // namespace medmark::structure
