#!/usr/bin/env python3
"""Does a confidence mean something? How many values are right at each, and how many are wrong without a mark.

Usage: calibration.py OUT [--corpus DIR] [--dumps DIR] [--only REGEX] [--grades good,mid,bad,photo] [--wrong N] [--fields] [--check]
OUT holds NAME.GRADE.json of `medmark parse`. With --dumps it is made here: `build/clinical_probe` reads the files of the
corpus that have no dump yet (as slow as parsing) and runs today's clinical rules over all dumps (seconds).

Values are laboratory names, values, units, ranges and flags, the fields of the patient, sections, diagnoses and
medications, as far as the truth has them. A value is right where it is equal to the truth after folding of width and
punctuation (a section: within 2 % of edits); how a unit is spelled (μmol/L, umol/l) and which dash a range has is no error
here. A value is *sure* at 0.9 and over; *silent* is one that is wrong and not marked needs_review. The layouts are dealt
into two halves by their names, so that a weight (src/clinical/labs/lab_result.cpp and others) can be set on one half and
verified on the other. Grades that are not asked for stand in rows of their own. --fields prints precision and recall by
field. --check ends with status 1 where less than 99.5 % of the sure values are right or more than 1 in 200 is silent.
"""
import argparse
import hashlib
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from score import CONFIDENCE_BINS, GRADES, OFFICE, field_table, score_folder, table

ROOT = Path(__file__).resolve().parent.parent
DUMP_ENDING = ".dump.json"  # src/pipeline/clinical_probe.cc
FILES_A_CALL = 500  # arguments have a limit of length
LEAST_SURE_RIGHT = 0.995
MOST_SILENT = 1 / 200
SURE = 0.9


def probe(binary, command, out, files):
    share = binary.parent / "share" / "medmark"
    for start in range(0, len(files), FILES_A_CALL):
        subprocess.run([binary, command, share, out, *files[start:start + FILES_A_CALL]], check=True)


def replay(binary, corpus, dumps, out, only):
    """Today's clinical rules over the files of the corpus: their names. A page is read only where no dump of its file is there."""
    wanted = [f for f in sorted(corpus.iterdir()) if f.suffix in (".pdf", ".docx", ".pptx") and re.search(only, f.stem)]
    probe(binary, "read", dumps, [f for f in wanted if not (dumps / (f.stem + DUMP_ENDING)).exists()])
    probe(binary, "replay", out, [dumps / (f.stem + DUMP_ENDING) for f in wanted])
    return {f.stem for f in wanted}


def half_of(name):
    """"set" or "verify", by the layout ("lab_report-two_up") of a document."""
    layout = name.rsplit("-", 1)[0]
    return "set" if hashlib.sha256(layout.encode()).digest()[0] % 2 == 0 else "verify"


def share(part, whole):
    return f"{100 * part / whole:.2f} %" if whole else ""


def bins_table(values):
    rows = []
    for low, high in zip(CONFIDENCE_BINS, CONFIDENCE_BINS[1:]):
        inside = [v for v in values if low <= v.confidence < high]
        right = sum(v.right for v in inside)
        rows.append([f"{low:.2f} to {min(high, 1):.2f}", len(inside), share(right, len(inside)), share(sum(v.review for v in inside), len(inside))])
    return table(["confidence", "values", "right", "needs_review"], rows)


def summary_row(label, values):
    sure = [v for v in values if v.confidence >= SURE]
    silent = sum(not v.right and not v.review for v in values)
    return [label, len(values), share(sum(v.right for v in values), len(values)), len(sure), share(sum(v.right for v in sure), len(sure)),
            silent, share(silent, len(values)), share(sum(v.review for v in values), len(values))]


def cause_of(value):
    """A name for what went wrong, from what was wanted and what was found."""
    wanted, found = value.wanted, value.found
    if not found:
        return "nothing read"
    if not wanted:
        return "row that the truth has not"
    if value.field.startswith("sections"):
        return "section cut or run into another"
    if wanted in found or found in wanted:
        return "part of it cut off or joined on"
    if sorted(c for c in wanted if c.isdigit()) != sorted(c for c in found if c.isdigit()):
        return "digits differ"
    return "letters differ"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpus", type=Path, default=ROOT / "build" / "bench" / "corpus")
    parser.add_argument("--only", default=".")
    parser.add_argument("--grades", default="good,mid,bad,photo")
    parser.add_argument("--dumps", type=Path, help="folder of documents as the clinical room receives them; filled where it lacks some")
    parser.add_argument("--probe", type=Path, default=ROOT / "build" / "clinical_probe")
    parser.add_argument("--wrong", type=int, default=0, help="values to print that are wrong and silent or sure")
    parser.add_argument("--fields", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    grades = options.grades.split(",")
    if options.dumps:
        names = replay(options.probe, options.corpus, options.dumps, options.out, options.only)
    else:
        names = {f.name.removesuffix(".json") for f in options.out.glob("*.json")}
    every = score_folder(options.out, options.corpus, options.only, names, values_only=True)
    documents = [s for s in every if s.grade in grades]
    if not documents:
        sys.exit("no result of the corpus matches")
    values = [v for s in documents for v in s.values.entries]
    print(bins_table(values), "\n")
    groups = [("all", values)]
    groups += [(grade, [v for s in documents if s.grade == grade for v in s.values.entries]) for grade in grades]
    others = [g for g in (*GRADES, *OFFICE) if g not in grades]
    groups += [(f"{grade} (not in all)", [v for s in every if s.grade == grade for v in s.values.entries]) for grade in others]
    groups += [(f"layouts to {half}", [v for s in documents if half_of(s.name) == half for v in s.values.entries]) for half in ("set", "verify")]
    print(table(["pages", "values", "right", "sure", "right of these", "silent", "of all", "needs_review"],
                [summary_row(label, group) for label, group in groups if group]), "\n")
    wrong = [v for v in values if not v.right]
    causes = Counter((cause_of(v), "silent" if not v.review else "marked") for v in wrong)
    kinds = sorted({cause for cause, _ in causes}, key=lambda c: -causes[c, "silent"] - causes[c, "marked"])
    print(table(["what is wrong", "marked", "silent"], [[k, causes[k, "marked"], causes[k, "silent"]] for k in kinds]))
    silent = [v for v in wrong if not v.review]
    shown = [(s, v) for s in documents for v in s.values.entries if not v.right and (not v.review or v.confidence >= SURE)]
    for document, value in shown[:options.wrong]:
        print(f"{document.name}.{document.grade} {value.field} {value.confidence:.3f}{' marked' if value.review else ''} "
              f"wanted {value.wanted[:60]!r} found {value.found[:60]!r}")
    if options.fields:
        print("\n" + field_table(documents))
    sure = [v for v in values if v.confidence >= SURE]
    sure_right = sum(v.right for v in sure) / max(len(sure), 1)
    if options.check and (sure_right < LEAST_SURE_RIGHT or len(silent) > MOST_SILENT * len(values)):
        sys.exit("a confidence promises more than it keeps")


if __name__ == "__main__":
    main()
