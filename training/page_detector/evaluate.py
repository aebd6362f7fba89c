#!/usr/bin/env python3
"""mAP@0.5 of the page detector and of PicoDet-CDLA on the benchmark's pages, through the product's own image stage.

Usage: evaluate.py MODEL OUT [--documents 93] [--unseen 14] [--grades good,mid,bad,photo,fax] [--probe build/layout_probe]

Documents of the benchmark's seeds (training never sees them) and layouts that neither rules nor training know, one grade of
scan each. `layout_probe` prepares every page as the product does and says what both models see; the flat page is laid
over the printed one to know where the truth stands on it (pages that cannot be laid over are left out and counted).

PicoDet has fewer classes. Its `text` stands for paragraph and for key_value, and what it says of the one is not held against it
where the other stands; its header and footer are likewise not held against it on page numbers.
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench" / "corpus"))
import cv2  # noqa: E402
import generate  # noqa: E402
import pypdfium2  # noqa: E402
from layouts import LAYOUTS, UNSEEN  # noqa: E402

from regions import CLASSES, labelled  # noqa: E402

DOTS_PER_INCH = 90
LEAST_LIKENESS = 0.3  # correlation of the laid-over pages; those that miss one another stay below 0.2
OVERLAP = 0.5
PICODET_NAMES = {c: [c] for c in CLASSES} | {"key_value": ["paragraph"], "page_number": [], "seal": []}
# Truth of these classes, met by a region of PicoDet that stands for the class on the left, counts neither way.
PICODET_EXCUSES = {"paragraph": ["key_value"], "key_value": ["paragraph"], "header": ["page_number"], "footer": ["page_number"]}


def laid_over(printed, flat):
    """(homography from the printed page's pixels to the flat page's, likeness)."""
    def prepared(picture):  # ink against the paper around it; half as large: half a millimetre is near enough
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        grey = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.float32)
        ink = 1 - grey / np.maximum(cv2.GaussianBlur(grey, (0, 0), 8), 8)
        return cv2.GaussianBlur(np.clip(ink, 0, 0.6), (0, 0), 1.2)
    matrix = np.diag([flat.shape[1] / printed.shape[1], flat.shape[0] / printed.shape[0], 1]).astype(np.float32)
    a, b = prepared(printed), prepared(flat)
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 40, 1e-4)
    likeness = 0.0
    for blur in (9, 5):  # coarse first: faxes and photographs are some millimetres off
        try:
            likeness, matrix = cv2.findTransformECC(a, b, matrix, cv2.MOTION_HOMOGRAPHY, criteria, None, blur)
        except cv2.error:
            return matrix, 0.0
    halved = np.diag([0.5, 0.5, 1])
    return (np.linalg.inv(halved) @ matrix @ halved).astype(np.float32), likeness


def mapped(box, matrix):
    x0, y0, x1, y1 = box
    points = np.array([[[x0, y0], [x1, y0], [x1, y1], [x0, y1]]], np.float32)
    there = cv2.perspectiveTransform(points, matrix)[0]
    return [*there.min(0), *there.max(0)]


def truth_of(corpus, name, grade, page, flat):
    """[[class, box in points of the flat page]], likeness."""
    truth = json.loads((corpus / f"{name}.truth.json").read_text(encoding="utf-8"))
    scale = DOTS_PER_INCH / 72
    with pypdfium2.PdfDocument(corpus / f"{name}.native.pdf") as document:
        printed = document[page].render(scale=scale).to_numpy()[:, :, :3].copy()
    regions = labelled([r for r in truth["regions"] if r["page"] == page], printed, scale)
    height, width = printed.shape[:2]
    boxes = [[kind, [x0 * width, y0 * height, x1 * width, y1 * height]] for kind, x0, y0, x1, y1 in regions]
    boxes += [["seal", [v * scale for v in box]] for at, *box in truth["seals"].get(grade, []) if at == page]
    matrix, likeness = laid_over(printed, flat)
    return [[kind, [float(v) / scale for v in mapped(box, matrix)]] for kind, box in boxes], likeness


def overlap(a, b):
    inside = max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    area = lambda r: (r[2] - r[0]) * (r[3] - r[1])  # noqa: E731
    return inside / (area(a) + area(b) - inside + 1e-9)


def average_precision(pages, names, kind, excuses):
    """(AP, number of true regions) of one class over [(truth, answers)]; `names` are the answer's classes that stand for it."""
    marked, wanted = [], 0
    for truth, answers in pages:
        right = [box for name, box in truth if name == kind]
        excused = [box for name, box in truth if name in excuses]
        wanted += len(right)
        free = set(range(len(right)))
        for name, score, *box in sorted((a for a in answers if a[0] in names), key=lambda a: -a[1]):
            best = max(free, key=lambda i: overlap(right[i], box), default=None)
            if best is not None and overlap(right[best], box) >= OVERLAP:
                free.discard(best)
                marked.append((score, True))
            elif not any(overlap(other, box) >= OVERLAP for other in excused):
                marked.append((score, False))
    if not wanted:
        return None, 0
    marked.sort(key=lambda m: -m[0])
    hits = np.cumsum([m[1] for m in marked]) if marked else np.zeros(0)
    precision = hits / np.arange(1, len(hits) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    recall = np.concatenate([[0], hits / wanted])
    return float(np.sum((recall[1:] - recall[:-1]) * precision)), wanted


def scored(pages, model):
    is_picodet = model == "picodet"
    made = {}
    for kind in CLASSES:
        names = PICODET_NAMES[kind] if is_picodet else [kind]
        made[kind] = average_precision(pages, names, kind, PICODET_EXCUSES.get(kind, []) if is_picodet else [])
    return made


def corpus_of(out, options):
    grades = ["native", *options.grades]
    known, unseen = out / "known", out / "unseen"
    names = [(known, n) for n in generate.generate(known, options.documents, 1, grades, True, layouts=LAYOUTS)]
    return names + [(unseen, n) for n in generate.generate(unseen, options.unseen, 1, grades, True, layouts=UNSEEN)]


def probed(options, out, documents):
    """Lines of layout_probe for every scan."""
    pictures = out / "flat"
    pictures.mkdir(exist_ok=True)
    scans = [p for corpus, name in documents for p in sorted(corpus.glob(f"{name}.*.pdf")) if ".native." not in p.name]
    run = subprocess.run([options.probe, options.models, options.model, pictures, *scans], check=True, capture_output=True, text=True)
    folders = {p.stem: p.parent for p in scans}
    return [(folders[page["file"]], page) for page in map(json.loads, run.stdout.splitlines())]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=len(LAYOUTS))
    parser.add_argument("--unseen", type=int, default=2 * len(UNSEEN))
    parser.add_argument("--grades", type=lambda text: text.split(","), default=["good", "mid", "bad", "photo", "fax"])
    parser.add_argument("--probe", type=Path, default=ROOT / "build" / "layout_probe")
    parser.add_argument("--models", type=Path, default=ROOT / ".dependencies" / "models")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    pages, left_out, times = [], 0, {"own": [], "picodet": []}
    for corpus, page in probed(options, options.out, corpus_of(options.out, options)):
        name, grade = page["file"].rsplit(".", 1)
        flat = cv2.imread(str(options.out / "flat" / f"{page['file']}-{page['page']}.png"))
        truth, likeness = truth_of(corpus, name, grade, page["page"], flat)
        if likeness < LEAST_LIKENESS:
            left_out += 1
            continue
        for model in times:
            times[model].append(page[model]["ms"])
        pages.append({"file": page["file"], "page": page["page"], "grade": grade, "unseen": corpus.name == "unseen", "truth": truth,
                      "own": page["own"]["regions"], "picodet": page["picodet"]["regions"]})
    (options.out / "pages.json").write_text(json.dumps(pages, ensure_ascii=False))
    print(f"{len(pages)} pages, {left_out} left out; median ms: " + ", ".join(f"{m} {np.median(t):.1f}" for m, t in times.items()))
    parts = {"all": pages, "unseen layouts": [p for p in pages if p["unseen"]]}
    parts |= {grade: [p for p in pages if p["grade"] == grade] for grade in options.grades}
    for part, chosen in parts.items():
        tables = {m: scored([(p["truth"], p[m]) for p in chosen], m) for m in times}
        kinds = [k for k in CLASSES if tables["own"][k][1]]
        means = {m: np.mean([tables[m][k][0] for k in kinds]) if kinds else 0 for m in times}
        print(f"\n{part} ({len(chosen)} pages): mAP@0.5 own {means['own']:.3f}, picodet {means['picodet']:.3f}")
        if part in ("all", "unseen layouts"):
            print("| class | regions | own | PicoDet-CDLA |\n|---|---:|---:|---:|")
            for kind in kinds:
                print(f"| {kind} | {tables['own'][kind][1]} | {tables['own'][kind][0]:.3f} | {tables['picodet'][kind][0]:.3f} |")


if __name__ == "__main__":
    main()
