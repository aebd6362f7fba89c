#!/usr/bin/env python3
"""Gives the strips that the program cuts out of scanned pages of the corpus their truth: align.py CORPUS PROBED OUT.jsonl

CORPUS holds NAME.native.pdf; PROBED what reading_probe wrote: probe.jsonl and NAME.GRADE.strips. What stands on the native page is known
character by character with its place. Strips whose reading stands exactly once on the page say how the scan lies on it (a homography, so
that turned and photographed pages fit); every strip then holds the characters whose middle lies inside it, whatever was read there. Pages
with fewer than MATCHES such strips are left out, and said. Needs the benchmark's environment (pypdfium2).
"""
import json
import sys
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

MATCHES = 6
NEAR = 3.0  # points that a matching strip may lie off
TOP, BOTTOM = 0.1, 0.9  # of a strip's height: characters whose middle is outside belong to other rows
SMALL, OFF_LINE = 0.82, 0.12  # of the line's tallest sign: height of raised and lowered digits, and how far their middle is off
LEAST_SPACE = 5  # columns: the file has spaces around scripts that nobody sees
SPACES = " \t\r\n\u00a0\u3000\u2002\u2003\u2009\ufffe\u0002"


def native_characters(page):
    """[(character, x0, y0, x1, y1)] from the page's top left, in the order of the file; spaces with the boxes they have."""
    text = page.get_textpage()
    height = page.get_height()
    found = []
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        if code == 0:
            continue
        left, bottom, right, top = text.get_charbox(index)
        found.append((chr(code), left, height - top, right, height - bottom))
    return found


def bare(text):
    return "".join(c for c in text if c not in SPACES)


def reading_of(part):
    return "".join(chr(code) for code, _, _ in part["read"])


def homography(strips, characters):
    """From the native page to the flat scan (points), or None."""
    inked = [c for c in characters if c[0] not in SPACES]
    stream = "".join(c[0] for c in inked)
    source, target = [], []
    for strip in strips:
        read = bare(reading_of(strip["large"]))
        at = stream.find(read) if len(read) >= 3 else -1
        if at < 0 or stream.find(read, at + 1) >= 0:
            continue
        boxes = np.array([c[1:] for c in inked[at:at + len(read)]])
        if boxes[:, 3].max() - boxes[:, 1].min() > 2.2 * np.median(boxes[:, 3] - boxes[:, 1]):
            continue  # over two rows
        x0, y0, x1, y1 = boxes[:, 0].min(), boxes[:, 1].min(), boxes[:, 2].max(), boxes[:, 3].max()
        quad = np.array(strip["quad"]).reshape(4, 2)
        # A strip has margins: only its middle, and its ends less half its height, are known.
        margin = 0.25 * np.linalg.norm(quad[3] - quad[0])
        along = (quad[1] - quad[0]) / max(np.linalg.norm(quad[1] - quad[0]), 1)
        left, right = (quad[0] + quad[3]) / 2, (quad[1] + quad[2]) / 2
        source.append(((x0 + x1) / 2, (y0 + y1) / 2))
        target.append(tuple((left + right) / 2))
        if len(read) > 8:
            source += [(x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)]
            target += [tuple(left + margin * along), tuple(right - margin * along)]
    if len(source) < MATCHES:
        return None
    source, target = np.float32(source), np.float32(target)
    affine, _ = cv2.estimateAffine2D(source, target, method=cv2.LMEDS)
    if affine is None:
        return None
    off = np.linalg.norm(source @ affine[:, :2].T + affine[:, 2] - target, axis=1)
    kept = off < max(4 * NEAR, 3 * np.median(off))
    if kept.sum() < 3 * MATCHES:
        return np.vstack([affine, [0, 0, 1]])
    matrix, _ = cv2.findHomography(source[kept], target[kept], cv2.LMEDS)
    return matrix


def leveled(found):
    """The digits among `found` that are raised or lowered print, by their tight boxes: as characters of their own (⁹, ₂)."""
    digits = [f for f in found if f["character"].isdigit() and f["character"].isascii()]
    if not digits:
        return
    tallest = max(f["box"][3] - f["box"][1] for f in found if f["character"].isascii() and f["character"].isalnum())
    normal = [f["box"] for f in digits if f["box"][3] - f["box"][1] > SMALL * tallest]
    letters = [f["box"] for f in found if f["character"].isascii() and f["character"].isupper() and f["box"][3] - f["box"][1] > SMALL * tallest]
    line = np.median(np.array(normal or letters), 0) if normal or letters else None
    for f in digits:
        x0, y0, x1, y1 = f["box"]
        if line is None or y1 - y0 > SMALL * tallest:
            continue
        middle = (y0 + y1 - line[1] - line[3]) / 2 / tallest
        if abs(middle) > OFF_LINE:
            f["character"] = ("⁰¹²³⁴⁵⁶⁷⁸⁹" if middle < 0 else "₀₁₂₃₄₅₆₇₈₉")[int(f["character"])]


def truth_of(strip, characters, left, right):
    """[[character, x0, x1]...] of what stands in a strip, columns of it: in the order of the file, but runs from left to right; a space
    where there is one between two characters of a run, or between runs."""
    quad = np.array(strip["quad"]).reshape(4, 2)
    frame = np.stack([quad[1] - quad[0], quad[3] - quad[0]], 1)
    at = [np.linalg.solve(frame, (points - quad[0]).T).T for points in (left, right)]
    middle = (at[0] + at[1]) / 2
    inside = (middle[:, 0] > 0) & (middle[:, 0] < 1) & (middle[:, 1] > TOP) & (middle[:, 1] < BOTTOM)
    runs, last = [], None
    for index in np.flatnonzero(inside):
        character, box = characters[index][0], characters[index][1:]
        if character in SPACES:
            continue
        one = {"character": character, "x0": at[0][index, 0] * strip["cols"], "x1": at[1][index, 0] * strip["cols"], "box": box, "space": False}
        between = "".join(c[0] for c in characters[last + 1:index]) if last is not None else ""
        if not runs or bare(between) or one["x0"] < runs[-1][-1]["x0"] - 1e-3:
            runs.append([])
        else:
            one["space"] = bool(between)
        runs[-1].append(one)
        last = index
    found = []
    for run in sorted(runs, key=lambda r: r[0]["x0"]):
        leveled(run)
        run[0]["space"] = bool(found)
        for one in run:
            if one["space"] and one["x0"] - found[-1][2] >= LEAST_SPACE:
                found.append([" ", round(found[-1][2], 1), round(one["x0"], 1)])
            found.append([one["character"], round(one["x0"], 1), round(one["x1"], 1)])
    return found


def main():
    corpus, probed, out = (Path(a) for a in sys.argv[1:4])
    pages = [json.loads(line) for line in (probed / "probe.jsonl").read_text().splitlines() if line.endswith("]}")]  # the last may be half written
    documents, lost = {}, 0
    with out.open("w") as stream:
        for page in pages:
            name, _, grade = page["file"].rpartition(".")
            native = documents.setdefault(name, pypdfium2.PdfDocument(corpus / f"{name}.native.pdf"))
            characters = native_characters(native[page["page"]])
            matrix = homography(page["strips"], characters) if characters else None
            if matrix is None:
                lost += 1
                continue
            boxes = np.array([c[1:] for c in characters])
            height = (boxes[:, 1] + boxes[:, 3]) / 2
            left, right = (cv2.perspectiveTransform(np.stack([boxes[:, side], height], 1)[None], matrix)[0] for side in (0, 2))
            for strip in page["strips"]:
                entry = {"file": page["file"], "page": page["page"], "grade": grade, "cols": strip["cols"], "at": strip["at"],
                         "truth": truth_of(strip, characters, left, right), "large": strip["large"]}
                if "small" in strip:
                    entry["small"] = strip["small"]
                stream.write(json.dumps(entry, ensure_ascii=False) + "\n")
    print(f"{len(pages)} pages, {lost} that could not be laid on their native page")


if __name__ == "__main__":
    main()
