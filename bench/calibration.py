#!/usr/bin/env python3
"""Does a confidence mean something? How many values are right at each, and how many are wrong without a mark.

Usage: calibration.py OUT [--corpus DIR] [--only REGEX] [--grades good,mid,bad,photo] [--wrong N] [--check]
OUT holds NAME.GRADE.md and NAME.GRADE.json. Values are laboratory names, values, units, ranges and flags, the fields of the
patient, sections, diagnoses and medications, as far as the truth has them. A value is right where it is equal to the truth
after folding of width and punctuation (a section: within 2 % of edits); how a unit is spelled (μmol/L, umol/l) and which
dash a range has is no error here. A value is *sure* at 0.9 and over; *silent* is one that is wrong and not marked
needs_review. The layouts are dealt into two halves by their names, so that a weight (src/clinical/labs/lab_result.cpp and
others) can be set on one half and verified on the other. Grades that are not asked for stand in rows of their own.
--check ends with status 1 where less than 99.5 % of the sure values are right or more than 1 in 200 values is silent.
"""
import argparse
import hashlib
import sys
from collections import Counter
from pathlib import Path

from score import CONFIDENCE_BINS, GRADES, OFFICE, score_folder, table

LEAST_SURE_RIGHT = 0.995
MOST_SILENT = 1 / 200
SURE = 0.9


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
    parser.add_argument("--corpus", type=Path, default=Path(__file__).resolve().parent.parent / "build" / "bench" / "corpus")
    parser.add_argument("--only", default=".")
    parser.add_argument("--grades", default="good,mid,bad,photo")
    parser.add_argument("--wrong", type=int, default=0, help="silent values to print")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    grades = options.grades.split(",")
    names = {f.name.removesuffix(".json") for f in options.out.glob("*.json")}
    every = score_folder(options.out, options.corpus, options.only, names)
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
    shown = [(s, v) for s in documents for v in s.values.entries if not v.right and not v.review]
    for document, value in shown[:options.wrong]:
        print(f"{document.name}.{document.grade} {value.field} {value.confidence:.3f} wanted {value.wanted[:60]!r} found {value.found[:60]!r}")
    sure = [v for v in values if v.confidence >= SURE]
    sure_right = sum(v.right for v in sure) / max(len(sure), 1)
    if options.check and (sure_right < LEAST_SURE_RIGHT or len(shown) > MOST_SILENT * len(values)):
        sys.exit("a confidence promises more than it keeps")


if __name__ == "__main__":
    main()
