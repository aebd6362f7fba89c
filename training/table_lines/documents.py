#!/usr/bin/env python3
"""Pictures of tables with the places of their cells, for the table lines network, from the corpus generator of bench/.

Usage: documents.py OUT [--documents 1600] [--first-seed 200000] [--unseen] [--workers 2]
OUT gets NUMBER-PAGE-TABLE.png (108 DPI, grey, the printed table with what stands around it), overlays/*.png (seals and
watermarks) and tables.json: {"NUMBER-PAGE-TABLE": {"style", "rows", "columns", "xs", "ys", "cells"}}, xs and ys the borders
and cells [row, column, row span, column span, ink box or null], all in pixels of the picture. Runs in the bench's environment;
same seeds, same bytes. The seeds are none that the benchmark uses; --unseen takes the layouts that no rule was tuned on.
"""
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench" / "corpus"))
import cv2  # noqa: E402
import pypdfium2  # noqa: E402

from browser import BrowserError  # noqa: E402
from corpus_documents import STATE, write_documents  # noqa: E402
from layouts import ADDED, LAYOUTS, UNSEEN  # noqa: E402
from looks import draw_look  # noqa: E402
from rendering import PAGINATE, PAPER, page_html  # noqa: E402

from tables import drawn_report  # noqa: E402
from units import DOTS_PER_INCH  # noqa: E402

AROUND = 30         # points around a table that its picture shows
DARK = 190          # grey below this is ink
INSIDE = 2          # pixels from a cell's border that rules may take
MOST_POSITIONS = 900  # rows times columns; larger ones are left out

# Every table of every page with its cells on the grid, as HTML lays them; CSS pixels from the page's corner.
CELLS = """(() => [...document.querySelectorAll('.page')].map((page) => {
  const origin = page.getBoundingClientRect();
  return [...page.querySelectorAll('table')].map((table) => {
    const taken = new Set();
    const cells = [];
    [...table.rows].forEach((row, r) => {
      let c = 0;
      for (const cell of row.cells) {
        while (taken.has(r + ',' + c)) ++c;
        for (let i = 0; i < cell.rowSpan; ++i) for (let j = 0; j < cell.colSpan; ++j) taken.add((r + i) + ',' + (c + j));
        const box = cell.getBoundingClientRect();
        cells.push([r, c, cell.rowSpan, cell.colSpan, box.left - origin.left, box.top - origin.top, box.right - origin.left,
                    box.bottom - origin.top]);
        c += cell.colSpan;
      }
    });
    return {style: table.className, cells};
  });
}))()"""


def _grid(table):
    """(xs, ys) borders in CSS pixels, or None where a border is nobody's."""
    cells = table["cells"]
    rows, columns = max(c[0] + c[2] for c in cells), max(c[1] + c[3] for c in cells)
    if rows < 2 or columns < 2 or rows * columns > MOST_POSITIONS:
        return None
    xs, ys = [None] * (columns + 1), [None] * (rows + 1)
    for r, c, rs, cs, x0, y0, x1, y1 in cells:
        xs[c], xs[c + cs], ys[r], ys[r + rs] = x0, x1, y0, y1
    if any(v is None for v in xs + ys):
        return None
    return xs, ys


def _cut(table, page, scale):
    """(picture, truth) of one table of a page picture with `scale` pixels a CSS pixel, or None."""
    grid = _grid(table)
    if grid is None:
        return None
    xs, ys = ([v * scale for v in borders] for borders in grid)
    around = AROUND * DOTS_PER_INCH / 72
    left, top = int(max(0, xs[0] - around)), int(max(0, ys[0] - around))
    right, bottom = int(min(page.shape[1], xs[-1] + around)), int(min(page.shape[0], ys[-1] + around))
    cells = []
    for r, c, rs, cs, x0, y0, x1, y1 in table["cells"]:
        x0, y0, x1, y1 = (v * scale for v in (x0, y0, x1, y1))
        a, b, d, e = int(x0) + INSIDE, int(y0) + INSIDE, int(np.ceil(x1)) - INSIDE, int(np.ceil(y1)) - INSIDE
        dark = page[b:e, a:d] < DARK
        box = None
        if dark.any():
            across, down = np.flatnonzero(dark.any(0)), np.flatnonzero(dark.any(1))
            box = [int(a + across[0] - left), int(b + down[0] - top), int(a + across[-1] + 1 - left), int(b + down[-1] + 1 - top)]
        cells.append([r, c, rs, cs, box])
    truth = {"style": table["style"], "rows": len(ys) - 1, "columns": len(xs) - 1, "xs": [round(v - left, 1) for v in xs],
             "ys": [round(v - top, 1) for v in ys], "cells": cells}
    return page[top:bottom, left:right], truth


def _composed(seed, layouts, browser):
    for attempt in range(12):
        random = np.random.default_rng([seed, attempt])
        report = drawn_report(random, layouts)
        if report is None or not report.blocks:
            continue
        look = draw_look(random, report.language, report.look)
        width, height, _ = PAPER[report.paper]
        browser.load(page_html(report, look), width, height)
        try:
            browser.evaluate(PAGINATE)
        except BrowserError:
            continue
        return browser.evaluate(CELLS), browser.print_pdf()
    return None


def _make(task):
    seed, layouts_name, out = task
    made = _composed(seed, UNSEEN if layouts_name == "unseen" else LAYOUTS + ADDED, STATE["browser"])
    if made is None:
        return {}
    placed, pdf = made
    tables = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for index in range(min(len(document), len(placed))):
            if not placed[index]:
                continue
            page = document[index].render(scale=DOTS_PER_INCH / 72, grayscale=True).to_numpy()
            page = page[:, :, 0] if page.ndim == 3 else page
            for number, table in enumerate(placed[index]):
                cut = _cut(table, page, DOTS_PER_INCH / 96)
                if cut is None:
                    continue
                name = f"{seed:06d}-{index}-{number}"
                cv2.imwrite(str(out / f"{name}.png"), cut[0])
                tables[name] = cut[1]
    return tables


if __name__ == "__main__":
    write_documents(__doc__, _make, "tables", DOTS_PER_INCH, documents=1600, first_seed=200000)
