#!/usr/bin/env python3
"""Scores `medmark parse` on real tables that are not part of the repository, as a Markdown table for the README.

Usage: real_tables.py FOLDER [--binary build/medmark] [--pictures REGEX]
FOLDER is searched for NAME.pdf with NAME-str.xml beside it (the cell truth of the ICDAR 2013 table competition: every
cell with its rows, columns and text). Pictures that match --pictures have no truth; for them the rows, the laboratory
results and the values marked needs_review are counted, so that a change shows. Without the folder one line says so.
Only the tables with truth have a score; a picture's counts are for comparing two versions.
"""
import argparse
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from score import number, table
from scoring import tables
from scoring.markdown import html_table
from scoring.tables import GridCell


def truth_of(structure):
    """Tables of an ICDAR structure file, each as rows of cells; the regions of one table stand below each other."""
    made = []
    for element in ElementTree.parse(structure).getroot().iter("table"):
        rows = {}
        for region in element.iter("region"):
            above = int(region.get("row-increment", 0))
            left = int(region.get("col-increment", 0))
            for cell in region.iter("cell"):
                row, column = int(cell.get("start-row")) + above, int(cell.get("start-col")) + left
                last_row = int(cell.get("end-row", cell.get("start-row"))) + above
                last_column = int(cell.get("end-col", cell.get("start-col"))) + left
                text = " ".join((cell.findtext("content") or "").split())
                rows.setdefault(row, {})[column] = GridCell(text, last_row - row + 1, last_column - column + 1)
        made.append([[cells[column] for column in sorted(cells)] for _, cells in sorted(rows.items())])
    return made


def filled(rows):
    """Rows without their empty cells: the truth leaves out what is not printed."""
    kept = [[cell for cell in row if cell.text.strip()] for row in rows]
    return [row for row in kept if row]


def parsed(binary, files, out):
    subprocess.run([binary, "parse", *files, "-o", out], check=False, stderr=subprocess.DEVNULL)
    results = {}
    for file in files:
        found = out / f"{file.stem}.json"
        results[file] = json.loads(found.read_text(encoding="utf-8")) if found.exists() else {"blocks": []}
    return results


def found_tables(document):
    return [html_table(block["html"]) for block in document["blocks"] if block["type"] == "table" and block.get("html")]


def score_with_truth(documents):
    rows, sums = [], [0.0, 0.0]
    for file, document in sorted(documents.items()):
        wanted = [filled(t) for t in truth_of(file.with_name(file.stem + "-str.xml"))]
        found = [filled(t) for t in found_tables(document)]
        scores = [tables.best_match(wanted, found, structure) or 0.0 for structure in (False, True)]
        sums = [a + b for a, b in zip(sums, scores)]
        rows.append([file.stem, len(wanted), len(found), *map(number, scores)])
    rows.append([f"mean of {len(documents)}", "", "", *(number(s / len(documents)) for s in sums)])
    return table(["document", "tables", "found", "teds", "teds_s"], rows)


def count_without_truth(documents):
    rows = []
    for file, document in sorted(documents.items()):
        results = (document.get("clinical") or {}).get("lab_results") or []
        rows.append([file.stem, sum(len(t) for t in found_tables(document)), len(results),
                     sum(1 for result in results if result.get("needs_review"))])
    return table(["picture (no truth)", "rows", "lab results", "marked needs_review"], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--binary", default=str(Path(__file__).resolve().parent.parent / "build" / "medmark"))
    parser.add_argument("--pictures", default="table_only")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"real tables: skipped, there is no folder {options.folder.name}")
        return 0
    with_truth = sorted(f for f in options.folder.rglob("*.pdf") if f.with_name(f.stem + "-str.xml").exists())
    pictures = sorted(f for f in options.folder.rglob("*") if f.suffix in (".png", ".jpg")
                      and re.search(options.pictures, f.name))
    if not with_truth and not pictures:
        print("real tables: skipped, the folder holds no table with truth")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if with_truth:
            print(score_with_truth(parsed(options.binary, with_truth, Path(folder) / "truth")))
        if pictures:
            print("\n" + count_without_truth(parsed(options.binary, pictures, Path(folder) / "pictures")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
