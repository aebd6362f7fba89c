// Rows of fields: `姓名：张某某  性别：男  年龄：64岁` becomes pairs in row order.
//
// Pairs are found by colons, gaps and the names of fields, so that they stand apart also where recognition ran them
// together or lost a colon. Prose with colons in it (`食管：黏膜光滑。贲门：…`, `主诉：反复胸闷…`) is left alone. Pure
// functions, thread-safe.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "document/block.hpp"
#include "structure/page/fragments.hpp"
#include "structure/text/line_text.hpp"

namespace medmark::structure {

struct KeyValue {
  RunText key;    // without colon
  RunText value;  // may be empty
  bool key_is_known = false;
};

struct FieldRow {
  std::vector<KeyValue> pairs;
  std::vector<RunText> rest;  // pieces behind the last pair that belong to none (a date alone)
  bool is_grid = false;       // no colons are printed: every piece begins with the name of a field
};

// How sure a row must be of itself.
enum class FieldContext {
  kAlone,         // nothing known: at least two pairs, or one pair of a field that is no section of the report
  kBesideFields,  // another row of fields stands right above or below: one pair of any short key will do
  kBesideGrid,    // that row prints no colons: neither need this one
};

// The pairs of a row; empty where the row is not one of fields.
[[nodiscard]] std::optional<FieldRow> field_row_of(std::span<const Fragment> fragments, const Row& row,
                                                   FieldContext context);

// Appends the pieces of the row below to the values they go on with: each stands under the value of one pair, or under
// the whole cell of a pair in a row of several. False, and nothing is changed, where a piece does not.
[[nodiscard]] bool append_wrapped_values(FieldRow& fields, const Row& row, const Row& below,
                                         std::span<const Fragment> fragments);

// Whether most cells of a table without drawn columns hold a field's name and its value together: a grid of fields.
[[nodiscard]] bool is_field_grid(const document::Table& table);

// The pair as a block of type key_value: `key：value`, the key without spaces; `key: value` where both are Latin.
[[nodiscard]] document::Block block_of(const KeyValue& pair);

}  // namespace medmark::structure
