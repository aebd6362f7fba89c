#!/usr/bin/env python3
"""Prints reports of the corpus, writes on them by hand, scans them. No network; same seed, same documents.

Usage: generate.py [OUT] [--count 12] [--seed 7] [--only REGEX] [--grades good,mid,...] [--ink black]
OUT (default build/bench/handwriting) gets written/NAME.GRADE.pdf, clean/NAME.GRADE.pdf (the same scan without the
handwriting) and NAME.truth.json in both: the truth of the print, with `handwriting`: {grade: [{kind, ink, text, page,
box, touches}]}, boxes in points of that scan. Needs what the corpus needs, and bench/handwriting/fonts.sh once.
"""
import argparse
import json
import re
import sys
import zlib
from pathlib import Path

import cv2
import numpy as np
import pypdfium2

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "corpus"))
import degrade  # noqa: E402
import generate as corpus  # noqa: E402
import pens  # noqa: E402
from browser import Browser  # noqa: E402
from image_pdf import image_pdf  # noqa: E402
from overlays import draw_overlays  # noqa: E402

SCALE = degrade.SOURCE_DPI / 72
LATIN_NOTES = ["ok", "5.8", "12.6", "2024.3.5", "7.35", "108", "3+", "OK"]
CHINESE_NOTES = ["已阅", "复查", "正常", "请复诊", "同意", "已告知", "建议复查"]
# Layouts with numbers to correct and with places to sign, dealt in turn.
PRINT = ["lab_report", "discharge_summary", "imaging_report", "lab_report", "outpatient_record", "checkup_report",
         "lab_report", "admission_record", "lab_report", "prescription", "pathology_report", "nursing_record"]


def words_of(pdf):
    """[[(text, (x0, y0, x1, y1) in pixels)]] by page: runs of characters without a gap."""
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            height, text = page.get_height(), page.get_textpage()
            whole = text.get_text_range()
            words = []
            for match in re.finditer(r"[0-9][0-9.]*|[\u4e00-\u9fff]+", whole):
                boxes = np.array([text.get_charbox(i) for i in range(match.start(), match.end())])
                x0, y0, x1, y1 = boxes[:, 0].min(), boxes[:, 1].min(), boxes[:, 2].max(), boxes[:, 3].max()
                if y1 - y0 < 20 and x1 > x0:
                    words.append((match.group(), tuple(int(v * SCALE) for v in (x0, height - y1, x1, height - y0))))
            pages.append(words)
    return pages


class Page:
    """A printed page being written on: `picture` (BGR), `marks` with their boxes in pixels."""

    def __init__(self, picture, words, random, writer, ink):
        self.printed, self.picture = picture, picture.copy()
        self.words, self.random, self.writer, self.marks = words, random, writer, []
        heights = [box[3] - box[1] for text, box in words if text[0] > "\u4e00"] or [26]
        self.em = max(20, int(np.median(heights)))
        self.pen = random.uniform(2.6, 4.6)
        dealt = ["blue", "blue", "black", "red"][int(random.integers(4))]
        self.ink = ink or dealt
        self.colour = pens.INKS[self.ink][int(random.integers(len(pens.INKS[self.ink])))]
        dark = (picture.min(axis=2) < 160).astype(np.uint8)
        self.taken = cv2.dilate(dark, np.ones((5, 5), np.uint8))

    def _put(self, kind, cover, left, top, text="", touches=()):
        pens.lay_on(self.picture, cover, left, top, self.colour)
        box = (left, top, left + cover.shape[1], top + cover.shape[0])
        self.taken[max(0, top):box[3], max(0, left):box[2]] = 1
        self.marks.append({"kind": kind, "ink": self.ink, "text": text, "touches": list(touches), "box": box})

    def _is_free(self, left, top, shape):
        if left < 12 or top < 12 or left + shape[1] > self.taken.shape[1] - 12 or top + shape[0] > self.taken.shape[0] - 12:
            return False
        return not self.taken[top:top + shape[0], left:left + shape[1]].any()

    def _number(self, wanted):
        """A printed number that stands once on the page, of the wanted ones where there are any."""
        counts = {}
        for text, _ in self.words:
            counts[text] = counts.get(text, 0) + 1
        found = [(t, b) for t, b in self.words if t[0].isdigit() and 2 <= len(t) <= 6 and counts[t] == 1 and not t.endswith(".")]
        best = [(t, b) for t, b in found if t in wanted] or found
        free = [(t, b) for t, b in best if all(t not in m["touches"] for m in self.marks)]
        return free[int(self.random.integers(len(free)))] if free else None

    def correction(self, values):
        """A printed number struck out, another written where there is room beside or above it."""
        number = self._number(values)
        if not number:
            return
        text, (x0, y0, x1, y1) = number
        cover = pens.strike(x1 - x0, y1 - y0, self.pen, self.random)
        self._put("strike", cover, (x0 + x1 - cover.shape[1]) // 2, (y0 + y1 - cover.shape[0]) // 2, touches=[text])
        written = f"{float(text.rstrip('.') or 1) * self.random.uniform(0.6, 1.4):.{len(text.partition('.')[2])}f}"
        for _ in range(4):
            cover = self.writer.words(written, int(self.em * self.random.uniform(0.8, 1.5)), self.random)
            for left in range(x1 + 6, x1 + 12 * self.em, 8):
                for top in (y0 - 6, y0 - 14, y0 + 2):
                    if self._is_free(left, top, cover.shape):
                        return self._put("number", cover, left, top, written)

    def circle(self, values):
        number = self._number(values)
        if number:
            text, (x0, y0, x1, y1) = number
            cover = pens.circle(x1 - x0, y1 - y0, self.pen, self.random)
            self._put("circle", cover, (x0 + x1 - cover.shape[1]) // 2, (y0 + y1 - cover.shape[0]) // 2, touches=[text])

    def underline(self):
        text, (x0, _, x1, y1) = self.words[int(self.random.integers(len(self.words)))]
        cover = pens.underline(x1 - x0, y1 - y1 + self.em, self.pen, self.random)
        self._put("underline", cover, x0 - 4, y1 + 1)

    def tick(self):
        cover = pens.tick(int(self.em * self.random.uniform(0.9, 1.8)), self.pen, self.random)
        self._beside_print("tick", cover)

    def note(self):
        texts = LATIN_NOTES if self.random.random() < 0.4 else CHINESE_NOTES
        text = texts[int(self.random.integers(len(texts)))]
        cover = self.writer.words(text, int(self.em * self.random.uniform(1.1, 1.9)), self.random)
        self._beside_print("note", cover, text)

    def _beside_print(self, kind, cover, text=""):
        """In free room to the right or left of a printed line."""
        for index in self.random.permutation(len(self.words)):
            _, (x0, y0, x1, y1) = self.words[index]
            top = (y0 + y1 - cover.shape[0]) // 2 + int(self.random.integers(-4, 5))
            for left in (x1 + int(self.em * self.random.uniform(0.3, 1.5)), x0 - cover.shape[1] - self.em // 2):
                if self._is_free(left, top, cover.shape):
                    return self._put(kind, cover, left, top, text)

    def signature(self):
        """In free room low on the page, after a label of signing where there is one."""
        cover = pens.signature(int(self.em * self.random.uniform(3, 6)), int(self.em * self.random.uniform(1.3, 2.6)), self.pen, self.random)
        if self.random.random() < 0.4:
            cover = self.writer.words("".join(self.random.choice(list("李王张刘陈杨赵周吴徐孙明华建文晓丽伟"), 3)),
                                      int(self.em * self.random.uniform(1.3, 2.2)), self.random)
        signed = [b for t, b in self.words if re.search("签|医师|医生|检验|审核|记录", t)]
        for x0, y0, x1, y1 in reversed(sorted(signed, key=lambda b: b[1])):
            for left in range(x1 + 8, x1 + 14 * self.em, 12):
                for top in (y0 - cover.shape[0] // 3, y0 - 4, (y0 + y1 - cover.shape[0]) // 2):
                    if self._is_free(left, top, cover.shape):
                        return self._put("signature", cover, left, top)
        return self._beside_print("signature", cover)

    def write(self, values):
        """A few kinds of marks, as a doctor with one pen leaves them."""
        self.signature()
        for kind in self.random.permutation(["correction", "circle", "tick", "note", "underline"])[:int(self.random.integers(2, 5))]:
            getattr(self, kind)(*([values] if kind in ("correction", "circle") else []))
        self.marks = self.marks[:7]  # as many as three bits tell apart, see _boxes


def _boxes(grade, page, generator):
    """Where the marks of `page` came to stand on the scan, in points: solid boxes on white go the same way, coded in bits."""
    shape = page.picture.shape
    white = np.full(shape, 255, np.uint8)
    blank = degrade.degrade(grade, white, generator(), {}, None)
    seen = []
    for bit in range(3):
        coded = white.copy()
        for number, mark in enumerate(page.marks, 1):
            if number >> bit & 1:
                x0, y0, x1, y1 = mark["box"]
                coded[max(0, y0):y1, max(0, x0):x1] = 0
        scan = degrade.degrade(grade, coded, generator(), {}, None)
        change = cv2.absdiff(scan.pixels, blank.pixels)
        seen.append(cv2.morphologyEx((change if change.ndim == 2 else change.max(axis=2)).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5))) > 60)
    points = 72 / blank.dots_per_inch
    boxes = []
    for number, _ in enumerate(page.marks, 1):
        place = np.logical_and.reduce([seen[bit] if number >> bit & 1 else ~seen[bit] for bit in range(3)])
        _, _, stats, _ = cv2.connectedComponentsWithStats(place.astype(np.uint8))
        if len(stats) < 2:
            boxes.append(None)
            continue
        x, y, w, h, _ = stats[1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))]
        boxes.append([round(float(v) * points, 1) for v in (x, y, x + w, y + h)])
    return boxes


def make(name, print_folder, out, seed, grades, ink, browser, overlays):
    """Writes one document in all grades, with and without its handwriting."""
    pdf = print_folder / f"{name}.native.pdf"
    truth = json.loads((print_folder / f"{name}.truth.json").read_text(encoding="utf-8"))
    values = {row["value"] for row in truth["clinical"].get("lab_results", [])}
    random = np.random.default_rng([seed, zlib.crc32(name.encode())])
    writer = pens.Writer(browser)
    pages = []
    for picture, words in zip(corpus._pictures(pdf.read_bytes()), words_of(pdf)):
        page = Page(picture, words, random, writer, ink)
        page.write(values)
        pages.append(page)
    truth["handwriting"] = {}
    for grade in grades:
        stamped = grade in ("bad", "photo") and random.random() < 0.4
        seal_seed = int(random.integers(1 << 30))
        marks, written, clean = [], [], []
        for index, page in enumerate(pages):
            def generator(index=index, grade=grade):
                return np.random.default_rng([seed, zlib.crc32(f"{name}{grade}{index}".encode())])
            for picture, scans in ((page.picture, written), (page.printed, clean)):
                base = picture
                if stamped:
                    base = degrade.stamped(picture, np.random.default_rng(seal_seed), overlays).astype(np.uint8)
                scans.append(degrade.degrade(grade, base, generator(), {}, None))
            for mark, box in zip(page.marks, _boxes(grade, page, generator)):
                if box:
                    marks.append({**mark, "page": index, "box": box})
        truth["handwriting"][grade] = marks
        (out / "written" / f"{name}.{grade}.pdf").write_bytes(image_pdf(written))
        (out / "clean" / f"{name}.{grade}.pdf").write_bytes(image_pdf(clean))
    for folder in ("written", "clean"):
        (out / folder / f"{name}.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")


def chosen(count, only):
    """Names of one-page and longer reports of the corpus' plan, the types of PRINT in turn."""
    by_type = {}
    for name, (kind, *_), _ in corpus.plan(3 * len(corpus.LAYOUTS), 1):
        by_type.setdefault(kind, []).append(name)
    names = []
    while len(names) < count:
        names.append(by_type[PRINT[len(names) % len(PRINT)]].pop(0))
    return [name for name in names if re.search(only, name)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path, default=HERE.parent.parent / "build" / "bench" / "handwriting")
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default=".")
    parser.add_argument("--ink", choices=sorted(pens.INKS), help="of every pen; without it each page's pen has one of its own")
    parser.add_argument("--grades", type=lambda text: text.split(","), default=list(degrade.GRADES))
    options = parser.parse_args()
    if not pens.FONTS.is_dir():
        sys.exit("the handwriting typefaces are missing: run bench/handwriting/fonts.sh")
    names = chosen(options.count, options.only)
    for folder in ("written", "clean", "print"):
        (options.out / folder).mkdir(parents=True, exist_ok=True)
    corpus.generate(options.out / "print", 3 * len(corpus.LAYOUTS), grades=("native",), only=f"^({'|'.join(names)})$")
    cv2.setNumThreads(1)
    with Browser() as browser:
        overlays = draw_overlays(browser)
        for name in names:
            make(name, options.out / "print", options.out, options.seed, options.grades, options.ink, browser, overlays)
            print(name, file=sys.stderr)


if __name__ == "__main__":
    main()
