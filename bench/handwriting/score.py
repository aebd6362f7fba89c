#!/usr/bin/env python3
"""What of the handwriting is found, and whether the print beside it is still read as printed.

Usage: score.py OUT [--set DIR] [--corpus-out DIR]
OUT holds the results of `medmark parse` on the set's written/. Printed are, by kind of mark and by grade: the share of
marks that a block of type `handwriting` stands on; the share of such blocks that stand on no mark; the share of
printed values that a pen touched and that are still in the Markdown as printed, and how many of the lab values among
them carry needs_review. `--corpus-out`: results on pages without handwriting, where every such block is a false one.
"""
import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from score import GRADES, table  # noqa: E402

NEAR = 5  # points around a mark within which a block still stands on it


def area(box):
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])


def shared(a, b):
    return area((max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])))


def handwriting_of(document):
    return [(block["page"], block["bbox"]) for block in document["blocks"] if block["type"] == "handwriting"]


def score_document(marks, document, content, counts, false_blocks):
    blocks = handwriting_of(document)
    for mark in marks:
        cover = sum(shared(mark["box"], box) for page, box in blocks if page == mark["page"])
        found = cover >= 0.3 * area(mark["box"])
        for key in (("kind", mark["kind"]), ("ink", mark["ink"])):
            counts[key][0] += found
            counts[key][1] += 1
        for value in mark["touches"]:
            counts[("value", mark["kind"])][0] += value in content
            counts[("value", mark["kind"])][1] += 1
        rows = document["clinical"].get("lab_results", [])
        for number in (i for i, row in enumerate(rows) if row["value"] in mark["touches"] and mark["kind"] == "strike"):
            counts[("review", "struck lab value")][0] += bool(rows[number].get("needs_review"))
            counts[("review", "struck lab value")][1] += 1
    for page, (x0, y0, x1, y1) in blocks:
        inside = max((shared((m["box"][0] - NEAR, m["box"][1] - NEAR, m["box"][2] + NEAR, m["box"][3] + NEAR), (x0, y0, x1, y1))
                      for m in marks if m["page"] == page), default=0)
        false_blocks[0] += inside < 0.5 * area((x0, y0, x1, y1))
        false_blocks[1] += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--set", type=Path, default=Path(__file__).resolve().parent.parent.parent / "build" / "bench" / "handwriting")
    parser.add_argument("--corpus-out", type=Path)
    options = parser.parse_args()
    rows, keys, columns = [], set(), {}
    for grade in (g for g in GRADES if g != "native"):
        counts, false_blocks = defaultdict(lambda: [0, 0]), [0, 0]
        for truth_file in sorted((options.set / "written").glob("*.truth.json")):
            stem = f"{truth_file.name.removesuffix('.truth.json')}.{grade}"
            if not (options.out / f"{stem}.json").exists():
                continue
            truth = json.loads(truth_file.read_text(encoding="utf-8"))
            score_document(truth["handwriting"][grade], json.loads((options.out / f"{stem}.json").read_text(encoding="utf-8")),
                           (options.out / f"{stem}.md").read_text(encoding="utf-8"), counts, false_blocks)
        columns[grade] = (counts, false_blocks)
        keys |= set(counts)
    for key in sorted(keys):
        rows.append([" ".join(key), *("{}/{}".format(*columns[g][0][key]) if key in columns[g][0] else "" for g in columns)])
    rows.append(["blocks on no mark", *("{}/{}".format(*columns[g][1]) for g in columns)])
    print(table(["found of", *columns], rows))
    if options.corpus_out:
        files = sorted(options.corpus_out.glob("*.json"))
        wrong = [(f.stem, len(found)) for f in files if (found := handwriting_of(json.loads(f.read_text(encoding="utf-8"))))]
        print(f"\n{sum(n for _, n in wrong)} blocks of handwriting in {len(files)} documents without any: {wrong}")


if __name__ == "__main__":
    main()
