#!/usr/bin/env python3
"""Places on scans of the corpus where a table is, with the cells of the truth, of geometry and of SLANet-plus.

Usage: places.py OUT [--documents 93] [--unseen 24] [--grades bad,fax] [--seed 31]      (in the bench's environment)
Documents of seeds that were not trained on, and layouts that neither rules nor training know. `table_probe` (in a configured
build) reads the scans once. OUT gets crops/*.pgm, what the witnesses are shown, and places.json, which evaluate.py reads.
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "bench" / "corpus")]
from scoring import markdown, tables  # noqa: E402

LEAST_OVERLAP = 0.3  # of boxes or of content, for a place to be a table of the truth


def overlap(a, b):
    inside = max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    return inside / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inside + 1e-9)


def rows_of(cells):
    """Rows of GridCells out of [row, column, row span, column span, text]."""
    rows = {}
    for r, _, rs, cs, text in sorted(cells, key=lambda c: (c[0], c[1])):
        rows.setdefault(r, []).append(tables.GridCell(text, rs, cs))
    return [rows[r] for r in sorted(rows)]


def cells_of(rows):
    """[row, column, row span, column span] of every cell, as HTML lays them."""
    taken, cells = set(), []
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            taken |= {(r + i, c + j) for i in range(cell.rowspan) for j in range(cell.colspan)}
            cells.append([r, c, cell.rowspan, cell.colspan])
            c += cell.colspan
    return cells


def truths_of(corpus, name):
    """[(page, box, style, rows)] of the tables that stand on one page."""
    made = []
    for block in json.loads((corpus / f"{name}.truth.json").read_text(encoding="utf-8"))["blocks"]:
        if block["type"] == "table" and len(block["boxes"]) == 1:
            page, *box = block["boxes"][0]
            made.append((page, box, block["style"], markdown.html_table(block["html"])))
    return made


def matched(line, truths):
    """The table of the truth at the place, or None: by where it stands, and by its words where geometry read them."""
    best, most = None, LEAST_OVERLAP
    for page, box, style, rows in truths:
        if page != line["page"]:
            continue
        likeness = overlap(box, line["box"])
        if line["geometry"]:
            likeness = max(likeness, tables.similarity(rows, rows_of(line["geometry"]["cells"]), False))
        if likeness > most:
            best, most = (style, rows), likeness
    return best


def looked(options):
    """[(corpus, line of table_probe)] for the scans, read once."""
    import generate
    from layouts import LAYOUTS, UNSEEN
    made = []
    for part, count, layouts in (("known", options.documents, LAYOUTS), ("unseen", options.unseen, UNSEEN)):
        corpus, kept = options.out / part, options.out / f"{part}.jsonl"
        names = generate.generate(corpus, count, options.seed, ["native", *options.grades], layouts=layouts)
        if not kept.exists():
            scans = [str(corpus / f"{n}.{g}.pdf") for n in names for g in options.grades]
            run = subprocess.run([options.probe, options.models, options.out / "crops", *scans], check=True, capture_output=True, text=True)
            kept.write_text(run.stdout)
        made += [(corpus, json.loads(line)) for line in kept.read_text().splitlines()]
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=93)
    parser.add_argument("--unseen", type=int, default=24)
    parser.add_argument("--grades", type=lambda text: text.split(","), default=["bad", "fax"])
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--probe", type=Path, default=ROOT / "build" / "table_probe")
    parser.add_argument("--models", type=Path, default=ROOT / ".dependencies" / "models")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    places = []
    for corpus, line in looked(options):
        name, grade = line["file"].rsplit(".", 1)
        found = matched(line, truths_of(corpus, name))
        place = {key: line[key] for key in ("file", "page", "crop", "dpi", "geometry", "slanet")}
        places.append(place | {"grade": grade, "style": found and found[0], "truth": found and cells_of(found[1])})
    (options.out / "places.json").write_text(json.dumps(places, ensure_ascii=False))
    print(f"{len(places)} places in {options.out}")


if __name__ == "__main__":
    main()
