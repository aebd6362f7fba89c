"""Draws one line as it stands in a cell or box of a report, and says which character stands where.

Texts are those of the marks recipe (drawn at random: numbers, units, ranges, flags, powers, ions, look-alikes) and pieces of its own: words
and codes of any letters. Own drawing, because exact places teach a small network faster than the text alone.
"""
import re

import cv2
import numpy as np
from PIL import Image, ImageDraw

from alphabet import GREEK, ROMAN, folded
from fonts import font_of, measure
from texts import Texts

HEIGHT, ROOM = 2.6, 1.65  # of the canvas, in em: height, and what is above the baseline
_PARTS = re.compile(r"\^\{([^}]*)\}|_\{([^}]*)\}|(.)", re.S)
_HAN = 0.22  # share of lines that may hold Han
_EASY = ("number", "number", "number", "range", "range", "unit_name", "unit_name", "code", "code", "words", "flagged", "power", "date", "name", "signed", "mixed",
         "any", "compared", "time", "brackets", "greek")
_UNITS = ("mmol/L", "mmol/L", "μmol/L", "umol/L", "μmol/L", "g/L", "mg/L", "mg/dL", "U/L", "IU/L", "IU/mL", "mIU/L", "μIU/mL", "ng/mL", "pg/mL", "pmol/L", "nmol/L", "pg", "fL", "%",
          "s", "sec", "mL", "ml", "kPa", "mmHg", "bpm", "mm/h", "/HPF", "/LP", "/μL", "/ul", "cells/μL", "mg", "μg", "ug", "μg/L", "g", "kg", "cm", "mm", "L", "h", "min", "℃", "°C", "mOsm/L",
          "mg/24h", "g/24h", "S/CO", "COI", "INR", "R", "mm/hr", "mL/min", "ml/min", "mV", "ms", "bid", "tid", "qd", "po", "ivgtt", "iu", "KU/L", "AU/mL", "10^{9}/L", "10^{12}/L")


class LineTexts(Texts):
    def __init__(self, random):
        super().__init__(random)
        self.by_name = {**self._marked, **self._plain}

    def letters(self, least, most):
        """Letters as words have them, or as codes have them."""
        common = "etaoinshrdlucmfywgpbvkxqjz"
        count = int(self.random.integers(least, most + 1))
        picked = "".join(common[min(int(self.random.exponential(7)), 25)] for _ in range(count))
        shape = self.random.random()
        return picked.upper() if shape < 0.45 else picked.capitalize() if shape < 0.75 else picked

    def own(self, name):
        pick, random = self.pick, self.random
        if name == "unit_name":
            return pick(("", "", "", "×", "x", "(", "*")) + pick(_UNITS)
        if name == "code":
            return self.letters(1, 5) + pick(("", "", "", "-", "%", "#", "*")) + (self.digits(int(random.integers(1, 4))) if random.random() < 0.35 else "")
        if name == "name":
            return " ".join(self.letters(2, 9) for _ in range(int(random.integers(1, 4))))
        if name == "flagged":
            return self.number() + pick((" ", "", "  ")) + pick(("H", "L", "↑", "↓", "*", "HH", "LL", "(H)", "h", "+"))
        if name == "compared":
            return pick("<>≤≥＜＞=") + pick(("", " ")) + self.number() + pick(("", "", "%", "mm"))
        if name == "time":
            return f"{int(random.integers(0, 24)):02d}:{int(random.integers(0, 60)):02d}" + pick(("", "", f":{int(random.integers(0, 60)):02d}"))
        if name == "brackets":
            return pick("([（") + pick((self.number(), self.letters(1, 4), "+", "-", "±")) + pick(")]）")
        if name == "greek":
            return pick((pick(GREEK), pick(ROMAN), pick(ROMAN), self.letters(1, 2))) + pick(("-", "", "2", "1", " ")) + pick(("", self.letters(1, 4), pick(GREEK)))
        if name == "mixed":
            return "".join(pick("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-/:()%,+*") for _ in range(int(random.integers(1, 12))))
        if name == "any":
            return self.piece()
        return self.by_name["spread" if name == "signed" and random.random() < 0.4 else name]()

    def line(self):
        """Text with ^{..} raised and _{..} lowered."""
        random = self.random
        if random.random() < _HAN:
            pieces = [self.han() if random.random() < 0.5 else self.own(self.pick(_EASY)) for _ in range(int(random.integers(1, 4)))]
        else:
            pieces = [self.own(self.pick(_EASY)) for _ in range(int(random.choice([1, 1, 1, 2, 3])))]
        return "".join(p.replace("\t", " ") + self.pick(("", " ")) for p in pieces).strip() or "0"


def _rows(draw, look, em, baseline, random, texts, width):
    for away in (-1, 1):
        x, text = random.uniform(-2, 2) * em, texts.line()
        for character in text:
            face = look.face_of(character)
            if face and x < width:
                draw.text((round(x), round(baseline + away * em * random.uniform(1.35, 2.0))), character, font=font_of(face, em), fill=0, anchor="ls")
                x += measure(face, em, character)[0]


def drawn_line(texts, look, random):
    """(grey picture, characters, places): places are x0 y0 x1 y1 baseline em; a space's are the gap it stands for."""
    em, text = look.em, texts.line()
    width, height, baseline = int((len(text) + 4) * 1.15 * em), int(HEIGHT * em), ROOM * em
    picture = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(picture)
    if random.random() < 0.3:
        _rows(draw, look, em, baseline, random, texts, width)
    x, characters, places = random.uniform(0.5, 1.5) * em, [], []
    grey = int(random.integers(0, 60))
    for raised, lowered, plain in _PARTS.findall(text):
        level = 1 if raised else -1 if lowered else 0
        size = max(6, round(em * (look.script if level else 1)))
        shift = (look.rise if raised else -look.drop) * em if level else 0
        for character in raised or lowered or plain:
            if character == " ":
                gap = random.uniform(0.25, 0.7) * em
                characters.append(" ")
                places.append((x, baseline - 0.5 * em, x + gap, baseline, baseline, em))
                x += gap
                continue
            face = look.face_of(character)
            if face is None:
                continue
            advance, (left, top, right, bottom) = measure(face, size, character)
            at = (round(x), round(baseline - shift))
            draw.text(at, character, font=font_of(face, size), fill=grey, anchor="ls")
            characters.append(folded(character, level))
            places.append((at[0] + left, at[1] + top, at[0] + right, at[1] + bottom, baseline, em))
            x += advance + look.letter_gap * size
    end = int(min(width, x + random.uniform(0.5, 1.5) * em))
    made = np.asarray(picture)[:, :end]
    if random.random() < 0.08:  # a rule of a table at an end or below
        made = made.copy()
        if random.random() < 0.5:
            made[:, -max(1, em // 24):] = 60
        else:
            made[round(baseline + 0.4 * em):round(baseline + 0.4 * em) + max(1, em // 24)] = 60
    return made, characters, np.array(places, np.float32).reshape(-1, 6)
