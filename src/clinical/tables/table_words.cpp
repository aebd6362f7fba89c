#include "clinical/tables/table_words.hpp"

#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {

bool is_header_row(const document::Table& table, int row, const Lexicons& lexicons) {
  int words = 0;
  int filled = 0;
  for (const document::TableCell& cell : table.cells) {
    if (cell.row != row || cell.text.empty()) continue;
    ++filled;
    const std::u32string key = folded_key(cell.text);
    if (lexicons.lab_columns.words.whole(key) || lexicons.medications.columns.whole(key)) ++words;
  }
  return words >= 3 || (words == 2 && filled == 2);
}

}  // namespace medmark::clinical
