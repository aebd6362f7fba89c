#!/usr/bin/env python3
"""Recall of de-identification: of everything in the corpus that names a person, how much is gone from the results?

Usage: deidentify.py OUT [--corpus DIR] [--only REGEX] [--show N] [--covered FOLDER]
OUT holds what `medmark parse --deidentify` wrote. A value counts as gone when neither the Markdown nor any string of the
JSON holds it any more: exactly, or, for long values on scans, with a letter or two misread.

Pixels are measured by reading them again. With --covered the pages of every result are written as pictures into FOLDER, each
place of the JSON's `removed` covered as a service does it; parse that folder (without --deidentify) and give its results to
this script: what it still finds was readable on the covered pages.
"""
import argparse
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import pypdfium2
from rapidfuzz import fuzz

from score import GRADES, table
from scoring.normal import fold

sys.path.insert(0, str(Path(__file__).resolve().parent / "corpus"))
from image_pdf import ScannedPage, image_pdf  # noqa: E402

# The hospital's name is no patient's data; what must go is what points at a person.
KINDS = ("name", "id_number", "phone", "address", "admission_number", "outpatient_number", "doctor", "chief", "nurse", "tester", "reviewer")
FUZZY_LENGTH = 6
FUZZY_SURE = 85
COVERED_DPI = 200


def strings(value):
    """Every string inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def write_covered(source, result, target):
    """The pages of `source` as pictures, the removed places of `result` in black."""
    places = json.loads(result.read_text(encoding="utf-8")).get("removed", [])
    pages = []
    for number, page in enumerate(pypdfium2.PdfDocument(source)):
        pixels = page.render(scale=COVERED_DPI / 72).to_numpy()[:, :, :3].copy()
        for place in places:
            if place["page"] != number:
                continue
            x0, y0, x1, y1 = (v * COVERED_DPI / 72 for v in place["bbox"])
            pixels[max(0, int(y0) - 1):int(y1) + 2, max(0, int(x0) - 1):int(x1) + 2] = 0
        pages.append(ScannedPage(pixels, COVERED_DPI, 90))
    target.write_bytes(image_pdf(pages))


def leaks(identifier, text, grade):
    if identifier in text:
        return True
    return grade != "native" and len(identifier) >= FUZZY_LENGTH and fuzz.partial_ratio(identifier, text) >= FUZZY_SURE


def removed(out, corpus, only="."):
    """{(kind or "all", grade): [identifiers, those that are gone]} over the results in `out`, and the list of what leaked."""
    counts, leaked = defaultdict(lambda: [0, 0]), []
    for truth_file in sorted(corpus.glob("*.truth.json")):
        name = truth_file.name.removesuffix(".truth.json")
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        for grade in GRADES:
            result = out / f"{name}.{grade}.json"
            if not result.exists() or not re.search(only, f"{name}.{grade}"):
                continue
            markdown = (out / f"{name}.{grade}.md").read_text(encoding="utf-8")
            document = json.loads(result.read_text(encoding="utf-8"))
            document.get("source", {}).pop("file_name", None)
            text = fold("\n".join([markdown, *strings(document)]))
            for identifier in truth["identifiers"]:
                if identifier["kind"] not in KINDS:
                    continue
                is_there = leaks(fold(identifier["text"]), text, grade)
                for key in ((identifier["kind"], grade), ("all", grade)):
                    counts[key][0] += 1
                    counts[key][1] += not is_there
                if is_there:
                    leaked.append(f"{name}.{grade} {identifier['kind']} {identifier['text']}")
    return counts, leaked


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).resolve().parent.parent / "build" / "bench" / "corpus")
    parser.add_argument("--only", default=".")
    parser.add_argument("--show", type=int, default=0, help="leaked values to print")
    parser.add_argument("--covered", type=Path, help="write covered pages here instead of scoring")
    options = parser.parse_args()
    if options.covered:
        options.covered.mkdir(parents=True, exist_ok=True)
        for result in sorted(options.out.glob("*.json")):
            source = options.corpus / f"{result.stem}.pdf"
            if source.exists() and re.search(options.only, result.stem):
                write_covered(source, result, options.covered / f"{result.stem}.pdf")
        return
    counts, leaked = removed(options.out, options.corpus, options.only)
    grades = [g for g in GRADES if any(key[1] == g for key in counts)]
    rows = [[kind] + [f"{counts[kind, g][1] / counts[kind, g][0]:.3f} of {counts[kind, g][0]}" if counts[kind, g][0] else "" for g in grades]
            for kind in ("all", *KINDS)]
    print(table(["kind", *grades], rows))
    print("\n".join(leaked[:options.show]))


if __name__ == "__main__":
    main()
