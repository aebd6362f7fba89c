#!/usr/bin/env python3
"""Holds accuracy on a small part of the corpus against floors.json; exit status 1 where something fell below.

Usage: check_floors.py [--binary build/medmark] [--out DIR] [--raise]
`--raise` lifts every floor to what was just measured less the margin; a floor is never lowered by it.
"""
import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "corpus"))
from deidentify import removed  # noqa: E402
from generate import generate  # noqa: E402
from score import GRADES, METRICS, number, group, score_folder, summarise, table  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).resolve().parent / "floors.json"
LOWER_IS_BETTER = {"silent"}
REMOVED = "removed"  # share of the identifiers that --deidentify takes out
REMOVED_GRADES = ("native", "mid")
COLUMNS = [*METRICS, REMOVED]


def parse(binary, files, out, *options):
    shutil.rmtree(out, ignore_errors=True)  # results of an earlier run must not stand in for missing ones
    status = subprocess.run([binary, "parse", *files, "-o", str(out), *options], check=False).returncode
    if status not in (0, 1):  # 1: some document failed and scores 0; anything else is no measurement
        sys.exit(f"{binary} ended with status {status}")


def measure(binary, plan, corpus, out):
    """{grade: {metric: value}} over the planned documents, whose results are left in `out`, and the identifiers that leaked."""
    names = generate(corpus, plan["size"], plan["seed"], workers=2, only=plan["only"])
    files = {grade: sorted(str(corpus / f"{name}.{grade}.pdf") for name in names) for grade in GRADES}
    parse(binary, [file for of_grade in files.values() for file in of_grade], out)
    scores = score_folder(out, corpus, names={f"{name}.{grade}" for name in names for grade in GRADES})
    measured = {grade: summarise(found) for grade, found in group(scores, lambda s: s.grade).items()}
    without = out.with_name(out.name + "-deidentified")
    parse(binary, [file for grade in REMOVED_GRADES for file in files[grade]], without, "--deidentify")
    counts, leaked = removed(without, corpus)
    for grade in REMOVED_GRADES:
        there, gone = counts["all", grade]
        measured[grade][REMOVED] = gone / there if there else None
    return measured, leaked


def fallen(floors, measured):
    """[(grade, metric, floor, value)] of everything that is worse than its floor."""
    worse = []
    for grade, metrics in floors.items():
        for metric, floor in metrics.items():
            value = measured.get(grade, {}).get(metric)
            if value is None or (value > floor if metric in LOWER_IS_BETTER else value < floor):
                worse.append((grade, metric, floor, value))
    return worse


def raised(floors, measured, margins):
    """The floors with every one lifted to the measured value less its margin, where that is better."""
    lifted = {}
    for grade in (g for g in GRADES if g in measured):
        lifted[grade] = dict(floors.get(grade, {}))
        margin = margins["native" if grade == "native" else "scanned"]
        for metric in (m for m in COLUMNS if m in measured[grade]):
            value, old = measured[grade][metric], lifted[grade].get(metric)
            if metric in LOWER_IS_BETTER:
                new = round(value + margin.get(metric, margin["else"]), 4)
                lifted[grade][metric] = new if old is None else min(old, new)
            else:
                new = round(max(0.0, value - margin.get(metric, margin["else"])), 4)
                lifted[grade][metric] = new if old is None else max(old, new)
    return lifted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / "build" / "medmark"))
    parser.add_argument("--corpus", type=Path, default=ROOT / "build" / "bench" / "floors")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench" / "floors-out")
    parser.add_argument("--raise", dest="lift", action="store_true")
    options = parser.parse_args()
    plan = json.loads(FLOORS.read_text(encoding="utf-8"))
    measured, leaked = measure(options.binary, plan, options.corpus, options.out)
    rows = []
    for grade in (g for g in GRADES if g in measured):
        rows.append([grade] + [number(measured[grade].get(m)) for m in COLUMNS])
        rows.append(["· floor"] + [number(plan["floors"].get(grade, {}).get(m)) for m in COLUMNS])
    print(table(["grade", *COLUMNS], rows))
    if options.lift:
        plan["floors"] = raised(plan["floors"], measured, plan["margin"])
        FLOORS.write_text(json.dumps(plan, indent=1) + "\n", encoding="utf-8")
        return 0
    worse = fallen(plan["floors"], measured)
    for grade, metric, floor, value in worse:
        print(f"{grade} {metric}: {number(value) or 'missing'}, floor {floor:.4f}", file=sys.stderr)
    if worse:
        print("\n".join(f"not removed: {identifier}" for identifier in leaked), file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
