#include "clinical/labs/lab_result.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/text.hpp"
#include "clinical/labs/item.hpp"
#include "clinical/report.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

// What is left of a piece's confidence where something does not fit. All lie below kSureConfidence, so that each sends
// the piece to a person; their order says which to look at first.
struct Doubts {
  double no_value = 0.3;
  double implausible = 0.4;     // no human body shows such a value: a lost decimal point
  double flags_disagree = 0.5;  // printed against computed
  double magnitude = 0.5;       // more than twenty times over or under the range, no flag printed
  double broken_row = 0.85;     // what else the row holds that lost its value or its name
  double cut_number = 0.5;      // ".34" beside a name that ends in a digit: the column's border went through a number
  double unknown_value = 0.7;   // neither number nor word of the lexicon
  double unknown_flag = 0.7;
  double unknown_unit = 0.8;
  double missing_unit = 0.8;  // the table has units, the item is never without one
  double unknown_range = 0.8;
  double missing_range = 0.85;      // recognised text only: nearly all other rows have one
  double near_name = 0.85;          // recognised text only: one character from a known name
  double unmarked_abnormal = 0.85;  // recognised text only
};
constexpr Doubts kDoubts;
constexpr double kMagnitude = 20;

// What is left of a reading's doubt where another witness says the same: confidence = 1 - share * (1 - reading).
// Measured on the scans of the benchmark's corpus (bench/calibration.py).
struct Witnesses {
  double known_name = 0.1;      // the whole name is one of the lexicon
  double unit_of_item = 0.1;    // one of the units in which the named item is measured
  double known_unit = 0.5;      // a unit, of an item the lexicon does not know
  double flag_computed = 0.05;  // value and range say the same as the printed flag
};
constexpr Witnesses kWitnesses;

double confirmed(double reading, double share) { return 1 - share * (1 - reading); }

class Maker {
 public:
  Maker(const PrintedRow& row, const RowContext& context, const PieceConfidence& reading, const Lexicons& lexicons)
      : row_(row), context_(context), lexicons_(lexicons), pieces_(reading) {}

  LabReading make() {
    result_.name = row_.name;
    result_.code = row_.code.empty() ? code_in_name(row_.name) : row_.code;
    const bool unit_in_name = row_.code.empty() && lexicons_.units.find(result_.code).has_value() &&
                              !lexicons_.lab_items.by_code.contains(folded_key(result_.code));
    if (unit_in_name) unit_of_name_ = std::exchange(result_.code, "");  // "葡萄糖(mmol/L)"
    result_.panel = row_.panel;
    result_.method = row_.method;
    result_.specimen = row_.specimen;
    read_value();
    read_range();
    name_item();
    if ((row_.name_is_code && row_.is_recognised) || row_.is_cut) doubt_all();
    read_flags();
    check_cut();
    forget_missing_pieces();
    result_.confidence = pieces_.least();
    result_.needs_review = result_.confidence < kSureConfidence;
    return {std::move(result_), pieces_};
  }

 private:
  void doubt_comparison(double factor) {
    pieces_.value *= factor;
    pieces_.range *= factor;
    pieces_.flag *= factor;
  }

  // A piece that is not printed has no reading; that it is missing where it should stand is the value's doubt.
  void forget_missing_pieces() {
    if (result_.unit.empty()) {
      pieces_.value = std::min(pieces_.value, pieces_.unit);
      pieces_.unit = 1;
    }
    if (!result_.reference_range.empty()) return;
    pieces_.range = 1;
    if (row_.is_recognised && row_.ranges_are_usual && parsed_.number) pieces_.value *= kDoubts.missing_range;
  }

  // A value that is missing may have strayed into any of the row's other cells, or into the row beside it.
  void doubt_row() {
    pieces_.value *= kDoubts.no_value / kDoubts.broken_row;
    doubt_all();
  }
  void doubt_all() {
    for (double* piece : {&pieces_.name, &pieces_.value, &pieces_.unit, &pieces_.range, &pieces_.flag})
      *piece *= kDoubts.broken_row;
  }

  void check_cut() {
    const std::u32string name = folded_key(result_.name);
    const std::u32string value = folded_key(result_.value);
    const bool ends_in_digit = !name.empty() && base::is_digit(name.back());
    if (value.empty() || value.front() != U'.') return;
    pieces_.value *= kDoubts.cut_number;
    if (ends_in_digit) pieces_.name *= kDoubts.cut_number;
  }

  void read_value() {
    const bool may_hold_unit = row_.unit.empty();
    parsed_ = parse_result(row_.value, lexicons_, may_hold_unit);
    result_.value = parsed_.value;
    result_.unit = row_.unit.empty() ? parsed_.unit : row_.unit;
    if (result_.unit.empty()) result_.unit = row_.heading_unit.empty() ? unit_of_name_ : row_.heading_unit;
    result_.value_num = parsed_.number;
    result_.comparator = parsed_.comparator;
    if (parsed_.value.empty()) doubt_row();
    if (!parsed_.value.empty() && parsed_.kind == ResultKind::kUnknown) pieces_.value *= kDoubts.unknown_value;
  }

  // Range and unit in one cell under the heading of the unit: the unit's cell is then the range's.
  const std::string& unit_with_range() {
    static const std::string kNone;
    if (row_.unit.empty() || lexicons_.units.find(row_.unit) || !looks_like_range(row_.unit)) return kNone;
    if (parse_range(row_.unit, context_.subject, lexicons_).unit.empty()) return kNone;
    result_.unit.clear();
    pieces_.range = pieces_.unit;
    return row_.unit;
  }

  void read_range() {
    const std::string& printed = row_.range.empty() ? unit_with_range() : row_.range;
    range_ = parse_range(printed, context_.subject, lexicons_);
    result_.reference_range = printed;
    if (!range_.unit.empty() && result_.unit.empty()) {
      result_.reference_range = base::trimmed(std::string_view(printed).substr(0, range_.text_size));
      result_.unit = range_.unit;
    }
    if (!printed.empty() && !range_.understood) pieces_.range *= kDoubts.unknown_range;
    result_.low = range_.low;
    result_.high = range_.high;
    if (!result_.unit.empty()) {
      const auto unit = lexicons_.units.find(result_.unit);
      if (unit) result_.unit_ucum = lexicons_.units.ucum[static_cast<std::size_t>(*unit)];
      if (!unit) pieces_.unit *= kDoubts.unknown_unit;
    }
  }

  void name_item() {
    const std::string own = specimen_of(row_.specimen + row_.panel);
    if (row_.is_recognised && is_nearly_known(result_.name, lexicons_.lab_items)) {
      pieces_.name *= kDoubts.near_name;
    } else if (is_known_whole(result_.name, lexicons_.lab_items)) {
      if (!parsed_.value.empty()) pieces_.name = confirmed(pieces_.name, kWitnesses.known_name);
    }
    const auto match =
        find_item({result_.name, result_.code, result_.unit, own.empty() ? context_.specimen : own}, lexicons_);
    weigh_unit(match);
    if (!match || !match->is_certain) return;
    const LabItem& item = *match->item;
    result_.standard_name = item.standard_name;
    if (!match->unit_is_usual) return;
    result_.loinc = item.loinc;
    const bool first_unit =
        item.units.empty() || lexicons_.units.find(item.units.front()) == lexicons_.units.find(result_.unit);
    if (parsed_.number && item.lowest && item.highest && first_unit &&
        (*parsed_.number < *item.lowest || *parsed_.number > *item.highest)) {
      pieces_.value *= kDoubts.implausible;
      pieces_.unit *= kDoubts.implausible;
    }
  }

  void weigh_unit(const std::optional<ItemMatch>& match) {
    if (result_.unit.empty()) {
      const bool needs_unit = match && match->is_certain && !match->item->units.empty();
      if (needs_unit && row_.has_unit_column && parsed_.number) pieces_.unit *= kDoubts.missing_unit;
      return;
    }
    if (!lexicons_.units.find(result_.unit)) return;
    const bool usual = match && (match->unit_is_usual || match->unit_is_listed);
    if (usual && row_.is_recognised && is_rest_of_another(*match->item)) return;
    if (usual || !match)
      pieces_.unit = confirmed(pieces_.unit, usual ? kWitnesses.unit_of_item : kWitnesses.known_unit);
  }

  // "g/L" of an item that is measured in mg/L as well: a character may be lost before it.
  bool is_rest_of_another(const LabItem& item) const {
    const std::u32string printed = unit_key(result_.unit);
    const auto ends_so = [&](const std::string& unit) {
      const std::u32string key = unit_key(unit);
      return key.size() > printed.size() && key.ends_with(printed) && key != U"i" + printed;  // IU/L is U/L
    };
    return std::any_of(item.units.begin(), item.units.end(), ends_so) ||
           std::any_of(item.other_units.begin(), item.other_units.end(), ends_so);
  }

  void read_flags() {
    result_.flag_raw = row_.flag.empty() ? parsed_.flag_raw : row_.flag;
    char printed = row_.flag.empty() ? parsed_.flag : 0;
    if (!row_.flag.empty()) {
      const auto flag = parse_flag(row_.flag, lexicons_);
      if (flag) printed = *flag;
      if (!flag) pieces_.flag *= kDoubts.unknown_flag;
    }
    if (printed != 0) result_.flag = std::string(1, printed);
    const auto computed = computed_flag(parsed_, range_, lexicons_);
    if (!computed) return;
    result_.flag_computed = *computed;
    compare_flags(result_.flag, *computed);
  }

  void compare_flags(const std::string& printed, const std::string& computed) {
    if (!printed.empty()) {
      const bool agree =
          printed == computed || (printed == "A" && !computed.empty()) || (computed == "A" && !printed.empty());
      if (agree) pieces_.flag = confirmed(pieces_.flag, kWitnesses.flag_computed);
      if (!agree) doubt_comparison(kDoubts.flags_disagree);
      return;
    }
    if (computed.empty()) return;
    if (row_.table_has_flags) {
      doubt_comparison(kDoubts.flags_disagree);
    } else if (is_far_out()) {
      doubt_comparison(kDoubts.magnitude);
    } else if (row_.is_recognised) {
      doubt_comparison(kDoubts.unmarked_abnormal);
    }
  }

  bool is_far_out() const {
    if (!parsed_.number) return false;
    const double value = *parsed_.number;
    if (range_.high && *range_.high > 0 && value > *range_.high * kMagnitude) return true;
    return range_.low && *range_.low > 0 && value < *range_.low / kMagnitude;
  }

  const PrintedRow& row_;
  const RowContext& context_;
  const Lexicons& lexicons_;
  document::LabResult result_;
  PieceConfidence pieces_;
  std::string unit_of_name_;
  PrintedResult parsed_;
  ReferenceRange range_;
};

}  // namespace

LabReading make_lab_result(const PrintedRow& row, const RowContext& context, const PieceConfidence& reading,
                           const Lexicons& lexicons) {
  return Maker(row, context, reading, lexicons).make();
}

}  // namespace medmark::clinical
