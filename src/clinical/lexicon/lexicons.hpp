// What the clinical room knows of words: all of it read from data files, none of it in code.
//
// The files (src/clinical/data, installed to share/medmark/lexicons) can be extended or replaced by a hospital; each
// states its name, version and source. Loaded once, then read-only and thread-safe.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "clinical/text/phrase_index.hpp"
#include "document/document.hpp"

namespace medmark::clinical {

// How the value of a field is written.
enum class FieldKind { kPerson, kSex, kAge, kDate, kIdentity, kPhone, kText, kCode, kBed, kOther };

// What a printed label ("姓名", "主诉", "出院诊断", "医师签名") announces; one label may announce several things.
struct Label {
  std::string field;  // key of the contract's patient object, "" where none
  FieldKind field_kind = FieldKind::kOther;
  bool is_field = false;               // a pair of a form, of the contract's keys or not
  bool is_fallback = false;            // a wording that counts only where no better one stands
  std::vector<std::string> composite;  // several fields in one value: "性别/年龄"
  std::string section;                 // key of the contract's sections object
  bool is_fallback_section = false;    // counts only where the report has no other label of the section
  std::string diagnosis;               // kind of diagnosis
  bool is_part_of_diagnoses = false;   // under a label of diagnoses it is of that one's kind ("西医诊断")
  bool is_medications = false;
  bool is_orders = false;  // orders among which drugs may stand ("处理")
  bool is_other = false;   // ends a section, says nothing else
  bool is_inside = false;  // a heading that may stand inside a section ("一般情况")
  bool is_latin = false;
  std::size_t length = 0;  // folded characters

  [[nodiscard]] bool opens_section() const {
    return !section.empty() || !diagnosis.empty() || is_medications || is_orders || is_other;
  }
};

struct LabelLexicon {
  std::vector<Label> labels;
  Label unknown_pair;        // "总检医师：", which no file names but which is plainly a pair of a form
  Label unknown_heading;     // "【会诊理由】"
  PhraseIndex pair_endings;  // "医师", "时间"
  // Headings beside a column of diagnoses: ids kCodeBesideDiagnosis ("疾病编码") and kOtherBesideDiagnosis
  // ("入院病情").
  PhraseIndex beside_diagnoses;
  static constexpr int kCodeBesideDiagnosis = 0;
  static constexpr int kOtherBesideDiagnosis = 1;
  PhraseIndex index;  // ids into labels
  std::vector<std::string> hospital_suffixes;
  std::vector<std::string> departments;
  PhraseIndex sample_types;
  PhraseIndex endings;              // openings of lines that end a section ("本报告仅…")
  PhraseIndex professional_titles;  // "主任医师" behind a doctor's name

  // The label of a wording, made where it is not there yet.
  Label& label_of(std::string_view wording);
};

struct ReportTypeLexicon {
  std::vector<std::string> types;                  // names of the contract
  PhraseIndex titles;                              // ids: index into types
  std::vector<std::vector<std::string>> sections;  // beside types: what speaks for the type in the content
};

enum class ColumnRole {
  kUnknown,
  kIndex,
  kCode,
  kName,
  kValue,
  kUnit,
  kRange,
  kFlag,
  kMethod,
  kSpecimen,
  kPanel,
  kPrevious,
  kOther
};

struct LabColumnLexicon {
  PhraseIndex words;  // ids: ColumnRole
  PhraseIndex not_laboratory_columns;
  PhraseIndex not_laboratory_items;
};

struct LabItem {
  std::string standard_name;
  std::vector<std::string> codes;
  std::vector<std::string> aliases;
  std::vector<std::string> units;        // keys of the unit lexicon
  std::vector<std::string> other_units;  // in use, but neither the LOINC code nor the limits hold for them
  std::optional<double> lowest;          // what a human body can show, in units[0]
  std::optional<double> highest;
  std::string loinc;
  std::string specimen;
  std::string panel;
};

struct LabItemLexicon {
  std::vector<LabItem> items;
  std::map<std::u32string, std::vector<int>> by_name;  // folded name or alias
  std::map<std::u32string, std::vector<int>> by_code;  // folded code
  std::map<std::u32string, std::vector<std::string>>
      by_shape;          // shape_key of names and aliases -> as the file has them
  PhraseIndex mentions;  // names, aliases and codes of two characters and more
};

struct UnitLexicon {
  std::map<std::u32string, int> by_spelling;  // folded, without marks of powers
  std::map<std::string, int> by_exact;        // spellings that only their capitals tell apart: G/L is none of g/L
  std::vector<std::string> names;             // the canonical spelling, "10^9/L"
  std::vector<std::string> ucum;              // "" where UCUM has none

  // The unit that `printed` spells; nothing where it is none.
  [[nodiscard]] std::optional<int> find(std::string_view printed) const;
};

struct ResultLexicon {
  PhraseIndex qualitative;
  PhraseIndex negative;
  PhraseIndex positive;
  PhraseIndex flags;  // ids: 'H', 'L', 'A', 0
  PhraseIndex attached_flags;
  struct Ages {
    std::optional<double> from_years;
    std::optional<double> below_years;
  };
  PhraseIndex people;  // "成人": ids into ages_of_people
  std::vector<Ages> ages_of_people;
};

enum class SusceptibilityColumn { kNone, kDrug, kConcentration, kZone, kVerdict, kResult, kBreakpoints, kMethod };

// Susceptibility tests: which drug a germ yields to.
struct AntibiogramLexicon {
  PhraseIndex columns;                 // ids: SusceptibilityColumn
  PhraseIndex verdicts;                // ids: 'A' for one that warns (R, I), 0 for one that does not (S)
  PhraseIndex germ_labels;             // "培养结果"
  PhraseIndex germ_words;              // of which a germ's name holds one
  std::vector<double> concentrations;  // the steps that dilutions are made in
  double least_zone = 0;               // mm
  double most_zone = 0;
};

struct CertaintyLexicon {
  std::vector<std::string> certainties;
  PhraseIndex before;  // ids into certainties
  PhraseIndex inside;  // in the middle of a clause: "双肺未见结节"
  PhraseIndex after;
  PhraseIndex turns;
  PhraseIndex advice;  // opens an entry that says what to do and names no diagnosis: "建议复查", "请结合临床"
};

struct MedicationLexicon {
  PhraseIndex drugs;
  PhraseIndex forms;  // "片", "胶囊": endings of a drug's printed name
  PhraseIndex routes;
  PhraseIndex frequencies;
  PhraseIndex dose_units;
  PhraseIndex usage_words;  // "用法", "Sig": a line that opens with one tells how the drug above is taken
  PhraseIndex columns;      // ids: index into column_roles
  std::vector<std::string> column_roles;
};

struct DiagnosisLexicon {
  std::map<std::u32string, std::string> icd10;  // folded diagnosis -> code
};

// What points at a person, for de-identification.
struct IdentifierLexicon {
  PhraseIndex surnames;
  PhraseIndex person_labels;
  PhraseIndex person_endings;  // of labels that no file names: "总检医师"
  PhraseIndex not_person_labels;
  PhraseIndex number_endings;  // labels that end so announce a number: "超声号"
  PhraseIndex not_number_labels;
  PhraseIndex address_labels;
  PhraseIndex address_places;   // "路", "街"
  PhraseIndex address_endings;  // "号", "室"
  PhraseIndex regions;          // "省", "市"
  PhraseIndex titles;           // behind a name in a sentence: "主任医师查房"
  PhraseIndex titles_before;    // "主管医生" before a name in a sentence
  PhraseIndex behind_names;     // what stands behind such a name: "查房", ":"
  PhraseIndex english_titles;   // "Dr" before a name
  PhraseIndex not_names;        // words that look like a name before a title: "主治医师"
};

class Lexicons {
 public:
  // Reads all data files of a folder. kNotFound where the folder or a file is missing, kInvalidParameter where a file
  // breaks its schema (the message names the file and the place).
  [[nodiscard]] static base::Result<Lexicons> load(const std::filesystem::path& folder);

  LabelLexicon labels;
  ReportTypeLexicon report_types;
  LabColumnLexicon lab_columns;
  LabItemLexicon lab_items;
  UnitLexicon units;
  ResultLexicon results;
  AntibiogramLexicon antibiograms;
  CertaintyLexicon certainty;
  MedicationLexicon medications;
  DiagnosisLexicon diagnoses;
  IdentifierLexicon identifiers;
  std::vector<document::NamedVersion> versions;  // for the document's engine.lexicons
};

// What is doubtful in a folder of lexicons, one sentence each, for `medmark doctor`: a file that does not load, a unit
// or report type nobody knows, limits the wrong way round, a LOINC code with a wrong check digit. Empty: all is well.
[[nodiscard]] std::vector<std::string> validate(const std::filesystem::path& folder);

// A name with the characters that recognition takes for one another made one: I, l, 1, |, ! and O, 0 and γ, y.
[[nodiscard]] std::u32string shape_key(std::string_view printed);

// The key of a unit's spelling: folded, without the marks of powers and of multiplication.
[[nodiscard]] std::u32string unit_key(std::string_view printed);

}  // namespace medmark::clinical
