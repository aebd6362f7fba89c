#!/usr/bin/env python3
"""What a small recogniser before the large one saves and costs: evaluate.py ALIGNED.jsonl PROBED

ALIGNED.jsonl is align.py's, PROBED the folder of a reading_probe that read with both. Prints, by grade of scan: the share of lines (and of the recognition's
time) without Han; the character error of both by class of character; and for several beliefs t what the cascade does: lines that are easy
(alphabet.is_easy, no wider than WIDEST), whose ink all has its character (ink.py) and whose least sure character the small one believes
with t or more are the small one's, the rest the large one's. Errors are edits (insertions, deletions, exchanges) over printed characters, folded as alphabet.bare says. Needs the
benchmark's environment (rapidfuzz).
"""
import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

import alphabet as A
from ink import explains
from strips import HEIGHT

BELIEFS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
SHOWN = 0.9  # belief from which mistakes are listed
UNTRUE = 0.5  # strips where even the large one differs from the truth in more: they hold something else
GRADES = ("good", "mid", "bad", "photo", "fax")


def is_han(character):
    return "\u3400" <= character <= "\u9fff"


def kind_of(character):
    for name, group in (("digits", A.DIGITS), ("Latin", A.LATIN), ("Greek", A.GREEK), ("Roman", A.ROMAN), ("marks", A.MARKS), ("°℃‰%", "°℃‰%"), ("punctuation", A.PUNCTUATION)):
        if character in group:
            return name
    return "Han" if is_han(character) else "other"


class Line:
    def __init__(self, entry, pixels):
        self.grade, self.cols = entry["grade"], entry["cols"]
        self.printed = "".join(one[0] for one in entry["truth"])
        self.has_han = any(is_han(c) for c in self.printed)
        self.has_script = any(c in A.RAISED + A.LOWERED for c in self.printed)
        self.truth = A.bare(self.printed)
        self.raw = {name: "".join(chr(c) for c, _, _ in entry[name]["read"]) for name in ("large", "small") if name in entry}
        self.read = {name: A.bare(text) for name, text in self.raw.items()}
        self.ms = {name: entry[name]["ms"] for name in self.raw}
        self.edits = {name: Levenshtein.editops(self.truth, text) for name, text in self.read.items()}
        small = entry.get("small", {"read": []})["read"]
        self.belief = min((b for _, b, _ in small), default=0.0)
        self.is_asked = self.cols <= A.WIDEST
        picture = pixels[entry["at"]:entry["at"] + HEIGHT * self.cols].reshape(HEIGHT, self.cols)
        is_taken = self.is_asked and A.is_easy("".join(chr(c) for c, _, _ in small)) and explains(picture, [m for c, _, m in small if chr(c) != " "])
        if not is_taken:
            self.belief = -1.0

    def wrong_digits(self, name):
        """Printed digits that are not read as they stand, and digits read where none stands."""
        text = self.read[name]
        lost = sum(op.tag != "insert" and self.truth[op.src_pos] in A.DIGITS for op in self.edits[name])
        return lost + sum(op.tag != "delete" and text[op.dest_pos] in A.DIGITS and not (op.tag == "replace" and self.truth[op.src_pos] in A.DIGITS) for op in self.edits[name])


def lines_of(aligned, probed):
    pixels, lines = {}, []
    for text in aligned.read_text().splitlines():
        entry = json.loads(text)
        if entry["file"] not in pixels:
            pixels = {entry["file"]: np.fromfile(probed / f"{entry['file']}.strips", np.uint8)}
        lines.append(Line(entry, pixels[entry["file"]]))
    kept = [line for line in lines if line.truth and len(line.edits["large"]) <= UNTRUE * max(len(line.truth), len(line.read["large"]))]
    print(f"{len(lines)} strips; {sum(not line.truth for line in lines)} hold no printed character, {len(lines) - len(kept)} in all are left out")
    return kept


def shares(lines):
    print("\ngrade | lines | without Han | of the recognition's time | of its columns | ms a line | ms without Han")
    for grade in (*GRADES, "all"):
        of = [line for line in lines if grade in (line.grade, "all")]
        if not of:
            continue
        easy = [line for line in of if not line.has_han]
        time = sum(line.ms["large"] for line in of)
        print(f"{grade} | {len(of)} | {len(easy) / len(of):.3f} | {sum(line.ms['large'] for line in easy) / time:.3f} | {sum(line.cols for line in easy) / sum(line.cols for line in of):.3f} "
              f"| {time / len(of):.1f} | {sum(line.ms['large'] for line in easy) / max(1, len(easy)):.1f}")


def by_kind(lines, name):
    print(f"\n{name}: error by class of printed character (wrong or lost of printed), lines without Han / with Han")
    total, wrong, confused = defaultdict(Counter), defaultdict(Counter), Counter()
    for line in lines:
        for character in line.truth:
            total[line.has_han][kind_of(character)] += 1
        for op in line.edits[name]:
            if op.tag != "insert":
                wrong[line.has_han][kind_of(line.truth[op.src_pos])] += 1
            before = line.truth[op.src_pos] if op.tag != "insert" else ""
            after = line.read[name][op.dest_pos] if op.tag != "delete" else ""
            confused[(before, after)] += 0 if is_han(before or "x") else 1
    for kind in sorted(set(total[False]) | set(total[True])):
        print("  " + kind, *(f"{wrong[han][kind]}/{total[han][kind]} = {wrong[han][kind] / max(1, total[han][kind]):.4f}" for han in (False, True)))
    print("  most often:", " ".join(f"{a or '∅'}>{b or '∅'}:{n}" for (a, b), n in confused.most_common(40)))


def cascade(lines):
    print("\nt | taken of all lines | of those without Han | recognition's time saved | edits of taken lines: small, large | digits wrong: small, large | digits right by the large one only")
    for t in BELIEFS:
        for grade in (*GRADES, "all"):
            of = [line for line in lines if grade in (line.grade, "all")]
            taken = [line for line in of if line.belief >= t]
            if not of:
                continue
            large = sum(line.ms["large"] for line in of)
            saved = sum(line.ms["large"] for line in taken) - sum(line.ms["small"] for line in of if line.is_asked)
            printed = sum(len(line.truth) for line in of)
            edits = [sum(len(line.edits[name]) for line in taken) for name in ("small", "large")]
            rest = sum(len(line.edits["large"]) for line in of if line.belief < t)
            digits = [sum(line.wrong_digits(name) for line in taken) for name in ("small", "large")]
            harmed = sum(line.wrong_digits("small") > line.wrong_digits("large") for line in taken)
            print(f"{t} {grade} | {len(taken) / len(of):.3f} | {sum(not line.has_han for line in taken) / max(1, sum(not line.has_han for line in of)):.3f} | {saved / large:.3f} "
                  f"| {edits[0]}, {edits[1]}: error of all lines {(edits[0] + rest) / printed:.4f} for {(edits[1] + rest) / printed:.4f} | {digits[0]}, {digits[1]} | {harmed} lines")
    print(f"\ntaken with {SHOWN}, and read worse than by the large one (grade, printed, small, large, belief):")
    for line in [x for x in lines if x.belief >= SHOWN and len(x.edits["small"]) > len(x.edits["large"])][:60]:
        print("  ", line.grade, line.truth, line.read["small"], line.read["large"], round(line.belief, 4))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("aligned", type=Path)
    parser.add_argument("probed", type=Path)
    arguments = parser.parse_args()
    lines = lines_of(arguments.aligned, arguments.probed)
    shares(lines)
    by_kind(lines, "large")
    if lines and "small" in lines[0].read:
        by_kind(lines, "small")
        cascade(lines)


if __name__ == "__main__":
    main()
