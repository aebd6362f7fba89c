#include "clinical/labs/lab_result.hpp"

#include <cmath>

#include "base/text.hpp"
#include "clinical/labs/item.hpp"
#include "clinical/report.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

// What is left of the reading's confidence where something does not fit. All lie below kSureConfidence, so that each
// sends the row to a person; their order says which to look at first.
struct Doubts {
  double no_value = 0.3;
  double implausible = 0.4;     // no human body shows such a value: a lost decimal point
  double flags_disagree = 0.5;  // printed against computed
  double magnitude = 0.5;       // more than twenty times over or under the range, no flag printed
  double unknown_value = 0.7;   // neither number nor word of the lexicon
  double unknown_flag = 0.7;
  double unknown_unit = 0.8;
  double unknown_range = 0.8;
  double unmarked_abnormal = 0.85;  // recognised text only
};
constexpr Doubts kDoubts;
constexpr double kMagnitude = 20;

class Maker {
 public:
  Maker(const PrintedRow& row, const RowContext& context, double reading, const Lexicons& lexicons)
      : row_(row), context_(context), lexicons_(lexicons) {
    result_.confidence = reading;
  }

  document::LabResult make() {
    result_.name = row_.name;
    result_.code = row_.code.empty() ? code_in_name(row_.name) : row_.code;
    result_.panel = row_.panel;
    result_.method = row_.method;
    result_.specimen = row_.specimen;
    read_value();
    read_range();
    name_item();
    read_flags();
    result_.needs_review = result_.confidence < kSureConfidence;
    return std::move(result_);
  }

 private:
  void doubt(double factor) { result_.confidence *= factor; }

  void read_value() {
    const bool may_hold_unit = row_.unit.empty();
    parsed_ = parse_result(row_.value, lexicons_, may_hold_unit);
    result_.value = parsed_.value;
    result_.unit = row_.unit.empty() ? parsed_.unit : row_.unit;
    result_.value_num = parsed_.number;
    result_.comparator = parsed_.comparator;
    if (parsed_.value.empty()) doubt(kDoubts.no_value);
    if (!parsed_.value.empty() && parsed_.kind == ResultKind::kUnknown) doubt(kDoubts.unknown_value);
  }

  void read_range() {
    range_ = parse_range(row_.range, context_.sex, lexicons_);
    result_.reference_range = row_.range;
    if (!range_.unit.empty() && result_.unit.empty()) {
      result_.reference_range = base::trimmed(std::string_view(row_.range).substr(0, range_.text_size));
      result_.unit = range_.unit;
    }
    if (!row_.range.empty() && !range_.understood) doubt(kDoubts.unknown_range);
    result_.low = range_.low;
    result_.high = range_.high;
    if (!result_.unit.empty()) {
      const auto unit = lexicons_.units.find(result_.unit);
      if (unit) result_.unit_ucum = lexicons_.units.ucum[static_cast<std::size_t>(*unit)];
      if (!unit) doubt(kDoubts.unknown_unit);
    }
  }

  void name_item() {
    const std::string own = specimen_of(row_.specimen + row_.panel);
    const auto match =
        find_item({result_.name, result_.code, result_.unit, own.empty() ? context_.specimen : own}, lexicons_);
    if (!match || !match->is_certain) return;
    const LabItem& item = *match->item;
    result_.standard_name = item.standard_name;
    if (!match->unit_is_usual) return;
    result_.loinc = item.loinc;
    const bool first_unit =
        item.units.empty() || lexicons_.units.find(item.units.front()) == lexicons_.units.find(result_.unit);
    if (parsed_.number && item.lowest && item.highest && first_unit &&
        (*parsed_.number < *item.lowest || *parsed_.number > *item.highest)) {
      doubt(kDoubts.implausible);
    }
  }

  void read_flags() {
    result_.flag_raw = row_.flag.empty() ? parsed_.flag_raw : row_.flag;
    char printed = row_.flag.empty() ? parsed_.flag : 0;
    if (!row_.flag.empty()) {
      const auto flag = parse_flag(row_.flag, lexicons_);
      if (flag) printed = *flag;
      if (!flag) doubt(kDoubts.unknown_flag);
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
      if (!agree) doubt(kDoubts.flags_disagree);
      return;
    }
    if (computed.empty()) return;
    if (row_.table_has_flags) {
      doubt(kDoubts.flags_disagree);
    } else if (is_far_out()) {
      doubt(kDoubts.magnitude);
    } else if (row_.is_recognised) {
      doubt(kDoubts.unmarked_abnormal);
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
  PrintedResult parsed_;
  ReferenceRange range_;
};

}  // namespace

document::LabResult make_lab_result(const PrintedRow& row, const RowContext& context, double reading,
                                    const Lexicons& lexicons) {
  return Maker(row, context, reading, lexicons).make();
}

}  // namespace medmark::clinical
