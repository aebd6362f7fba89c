#!/usr/bin/env python3
"""Generates the benchmark's corpus: native PDFs, five grades of scan, exact truth. No network; same seed, same corpus.

Usage: generate.py [OUT] [--size 78] [--seed 1] [--grades native,good,...] [--one-grade] [--only REGEX] [--workers 2] [--unseen]
The grades `docx` and `pptx` are made only where they are named. OUT (default build/bench/corpus) gets NAME.GRADE.pdf and NAME.truth.json. Documents that are there already with the
same recipe are left alone. `--size` N takes the layouts in turn until there are N documents; `--one-grade` gives each
document its native form and one scan only, for large corpora.
"""
import argparse
import hashlib
import json
import multiprocessing
import re
import sys
import zlib
from pathlib import Path

import numpy as np
import pypdfium2

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import degrade  # noqa: E402
import office  # noqa: E402
import report as report_model  # noqa: E402
from browser import BrowserError  # noqa: E402
from image_pdf import image_pdf  # noqa: E402
from layouts import ADDED, LAYOUTS, UNSEEN  # noqa: E402
from looks import draw_look  # noqa: E402
from rendering import PAGINATE, PAPER, page_html  # noqa: E402
from worker import worker_state  # noqa: E402

ALL_GRADES = ("native", *degrade.GRADES)
SEALED_SHARE = 0.12  # of the documents carry an electronic seal in their native form
_state = {}


def file_name(name, grade):
    """NAME.native.pdf, NAME.docx.docx: what stands before the last dot names the result."""
    return f"{name}.{grade}.{grade if grade in office.GRADES else 'pdf'}"


def _interleaved(layouts):
    """The layouts, one of each report type in turn, so that any prefix of the list is a mixed corpus."""
    by_type = {}
    for entry in layouts:
        by_type.setdefault(entry[0], []).append(entry)
    longest = max(map(len, by_type.values()))
    return [entries[i] for i in range(longest) for entries in by_type.values() if i < len(entries)]


def plan(size, seed, layouts=LAYOUTS):
    """[(name, layout entry, seed of the document)]. A document's content does not depend on `size`."""
    order = _interleaved(layouts) + (ADDED if layouts is LAYOUTS else [])
    return [(f"{order[i % len(order)][0]}.{order[i % len(order)][1]}.{i // len(order):03d}".replace(".", "-"),
             order[i % len(order)], (seed, i)) for i in range(size)]


def _generator(seed, purpose):
    return np.random.default_rng([*seed, zlib.crc32(purpose.encode())])


def _compose(function, seed, browser):
    """Report, placed parts and printed PDF; a look whose text does not fit its page is drawn again."""
    for attempt in range(8):
        random = _generator(seed, f"content{attempt}")
        report = function(random)
        look = draw_look(random, report.language, report.look)
        width, height, _ = PAPER[report.paper]
        seal = _state["seals"][int(random.integers(len(_state["seals"])))] if report.language == "zh" and random.random() < SEALED_SHARE else None
        browser.load(page_html(report, look, seal), width, height)
        try:
            placed = browser.evaluate(PAGINATE)
        except BrowserError as error:
            failure = error
            continue
        return report, look, placed, browser.print_pdf()
    raise failure


def _pictures(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=degrade.SOURCE_DPI / 72).to_numpy()[:, :, :3].copy() for page in document]


def _seals_so_far(truth_file):
    """Of the scans that an earlier run made."""
    return json.loads(truth_file.read_text(encoding="utf-8"))["seals"] if truth_file.exists() else {}


def _make(task):
    name, (kind, layout, function), seed, grades, out = task
    browser, overlays = _state["browser"], _state["overlays"]
    report, look, placed, pdf = _compose(function, seed, browser)
    truth = report_model.truth(report, placed)
    truth["layout"] = f"{kind}/{layout}"
    truth["font"] = look["css"]["font"].split("'")[1]
    for grade in (g for g in grades if g in office.GRADES and office.can_write(report, g)):
        office.WRITERS[grade](report, out / file_name(name, grade))
    grades = [g for g in grades if g not in office.GRADES]
    if "native" in grades:
        (out / f"{name}.native.pdf").write_bytes(pdf)
    pages = _pictures(pdf)
    if len(pages) != placed["pages"]:
        raise RuntimeError(f"{name}: {placed['pages']} sheets became {len(pages)} pages")
    seals = _seals_so_far(out / f"{name}.truth.json")
    for grade in (g for g in grades if g != "native"):
        random = _generator(seed, grade)
        reverse = pages[0][::-1, ::-1] if random.random() < 0.3 else None
        laid = [[] for _ in pages]
        scans = [degrade.degrade(grade, page, random, {**overlays, "laid": laid[i]}, reverse) for i, page in enumerate(pages)]
        seals[grade] = [[i, *(round(v * 72 / degrade.SOURCE_DPI, 1) for v in box)] for i, boxes in enumerate(laid) for box in boxes]
        (out / f"{name}.{grade}.pdf").write_bytes(image_pdf(scans))
    truth["seals"] = seals
    (out / f"{name}.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return name


def _start_worker():
    _state.update(worker_state())


def _recipe():
    """A hash over everything in this folder, so that a changed generator makes its documents again."""
    digest = hashlib.sha256()
    for path in sorted(p for p in HERE.rglob("*") if p.suffix in (".py", ".js", ".css", ".tsv", ".json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def generate(out, size, seed=1, grades=ALL_GRADES, one_grade=False, only=".", workers=2, layouts=LAYOUTS):
    """Brings the corpus in `out` up to date; returns the names of its documents."""
    out.mkdir(parents=True, exist_ok=True)
    stamp_file = out / "corpus.json"
    stamp = {"recipe": _recipe(), "seed": seed}
    if not stamp_file.exists() or json.loads(stamp_file.read_text()) != stamp:
        for old in [f for ending in ("truth.json", "pdf", *office.GRADES) for f in out.glob(f"*.{ending}")]:
            old.unlink()
    stamp_file.write_text(json.dumps(stamp))
    tasks, names = [], []
    for name, entry, document_seed in plan(size, seed, layouts):
        if not re.search(only, name):
            continue
        chosen = grades
        if one_grade:
            scans = [g for g in grades if g != "native"]
            chosen = [g for g in grades if g == "native"] + [scans[document_seed[1] % len(scans)]] if scans else grades
        names.append(name)
        missing = [g for g in chosen if not (out / file_name(name, g)).exists()]
        if missing or not (out / f"{name}.truth.json").exists():
            tasks.append((name, entry, document_seed, missing, out))
    if tasks:
        with multiprocessing.Pool(min(workers, len(tasks)), _start_worker) as pool:
            for count, name in enumerate(pool.imap_unordered(_make, tasks), 1):
                if sys.stderr.isatty():
                    print(f"\r{count}/{len(tasks)} {name:<60}", end="" if count < len(tasks) else "\n", file=sys.stderr)
    return names


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path, default=HERE.parent.parent / "build" / "bench" / "corpus")
    parser.add_argument("--size", type=int, default=len(LAYOUTS + ADDED))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--grades", type=lambda text: text.split(","), default=list(ALL_GRADES))
    parser.add_argument("--one-grade", action="store_true")
    parser.add_argument("--only", default=".")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--unseen", action="store_true", help="the layouts that no rule was tuned on")
    options = parser.parse_args()
    names = generate(options.out, options.size, options.seed, options.grades, options.one_grade, options.only, options.workers,
                     UNSEEN if options.unseen else LAYOUTS)
    print(f"{len(names)} documents in {options.out}")


if __name__ == "__main__":
    main()
