"""Draws one line of a report with its surroundings, and says which sign stands where.

Own drawing, because exact places are what lets a small network learn from little. Neighbouring rows, rules, seals and watermarks are drawn
without a name: they are what the network learns to pass over.
"""
import re
from dataclasses import dataclass, field

import cv2
import numpy as np
from PIL import Image, ImageDraw

import signs as S
from fonts import font_of, has, measure

HEIGHT, ROOM, EMS = 2.6, 1.65, 13  # of the canvas, in em: height, what is above the baseline, width
_PARTS = re.compile(r"\^\{([^}]*)\}|_\{([^}]*)\}|(\t)|(.)", re.S)


@dataclass
class Drawn:
    """Signs in order: their classes, and x0 y0 x1 y1 baseline size each (pixels)."""
    classes: list = field(default_factory=list)
    places: list = field(default_factory=list)

    def arrays(self):
        return np.array(self.classes, np.uint8), np.array(self.places, np.float32).reshape(-1, 6)


class _Pen:
    def __init__(self, draw, look, random, baseline, drawn, grey=0):
        self.draw, self.look, self.random, self.baseline, self.drawn, self.grey = draw, look, random, baseline, drawn, grey
        self.x = 0.0
        self.arrow_shape = (random.uniform(0.04, 0.12), random.uniform(0.14, 0.34), random.uniform(0.16, 0.4), random.random() < 0.5)

    def note(self, sign, left, top, right, bottom, size):
        if self.drawn is not None and right > left and bottom > top:
            self.drawn.classes.append(S.INDEX[sign])
            self.drawn.places.append((left, top, right, bottom, self.baseline, size))

    def character(self, character, size, shift=0.0, level=0):
        sign, printed = S.sign_of(character, level), character
        if level and self.look.script_characters and sign != S.PRINT and self.look.face_of(sign):
            printed, size, shift = sign, self.look.em, 0
        face = self.look.face_of(printed)
        if printed == " " or face is None:
            self.x += 0.3 * size
            return
        if printed in S.ARROWS and self.look.drawn_arrows and not level:
            self.arrow(printed)
            return
        pixels = max(6, round(size))
        width, (left, top, right, bottom) = measure(face, pixels, printed)
        at = (round(self.x), round(self.baseline - shift))
        self.draw.text(at, printed, font=font_of(face, pixels), fill=self.grey, anchor="ls")
        self.note(sign, at[0] + left, at[1] + top, at[0] + right, at[1] + bottom, size)
        self.x += width + self.look.letter_gap * size

    def arrow(self, sign):
        """An arrow of lines: `arrow_shape` is thickness, half width and length of the head in em, and whether that is filled."""
        em = self.look.em
        thick, half, head, filled = [value * em if index < 3 else value for index, value in enumerate(self.arrow_shape)]
        length = self.random.uniform(0.6, 0.95) * em
        tail, tip = np.array([0.0, length / 2]), np.array([0.0, -length / 2])
        wings = [np.array([-half, -length / 2 + head]), np.array([half, -length / 2 + head])]
        turn = {"↑": 0, "→": 1, "↓": 2, "←": 3}[sign]
        matrix = np.linalg.matrix_power(np.array([[0, -1], [1, 0]]), turn)
        middle = np.array([self.x + max(half, 0.3 * em) + (0.2 * em if turn % 2 else 0), self.baseline - 0.36 * em])
        points = [tuple(matrix @ p + middle) for p in (tail, tip, *wings)]
        width = max(2, round(thick))
        self.draw.line([points[0], points[1]], fill=self.grey, width=width)
        if filled:
            self.draw.polygon([points[1], points[2], points[3]], fill=self.grey)
        else:
            self.draw.line([points[2], points[1], points[3]], fill=self.grey, width=width, joint="curve")
        xs, ys = zip(*points)
        self.note(sign, min(xs) - thick / 2, min(ys) - thick / 2, max(xs) + thick / 2, max(ys) + thick / 2, em)
        self.x = max(xs) + 0.15 * em

    def piece(self, text):
        look, script_began = self.look, None
        for raised, lowered, tab, plain in _PARTS.findall(text):
            script = raised or lowered
            if tab:
                self.x += self.random.uniform(0.4, 2.6) * look.em
            elif script:
                end = self.x
                if script_began is not None and self.random.random() < 0.3:
                    self.x = script_began  # one over the other
                script_began = self.x
                for character in script:
                    self.character(character, look.em * look.script, (look.rise if raised else -look.drop) * look.em, 1 if raised else -1)
                self.x = max(self.x, end)
                continue
            else:
                self.character(plain, look.em)
            script_began = None


def _rules(draw, width, height, em, baseline, random, stops):
    grey, thick = int(random.integers(0, 130)), max(1, round(em * random.uniform(0.02, 0.06)))
    for x in stops:
        draw.rectangle((x, 0, x + thick - 1, height), fill=grey)
    for y in (baseline + em * random.uniform(0.25, 0.75), baseline - em * random.uniform(0.95, 1.4)):
        if random.random() < 0.5:
            draw.rectangle((0, round(y), width, round(y) + thick - 1), fill=grey)


def _seal(picture, em, random, texts, look):
    """Strokes of a seal or letters of a watermark over the print, as ink multiplies."""
    height, width = picture.shape
    layer = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(layer)
    if random.random() < 0.6:
        grey, radius = int(random.integers(90, 220)), random.uniform(1.5, 6) * em
        x, y = random.uniform(0, width), random.choice([-1, 1]) * radius * random.uniform(0.6, 1.1) + height / 2
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=grey, width=max(1, round(em * random.uniform(0.04, 0.14))))
        for _ in range(int(random.integers(0, 5))):
            draw.text((random.uniform(0, width), random.uniform(0, height)), texts.han()[:1], font=font_of(look.han, round(em * random.uniform(0.8, 1.5))), fill=grey, anchor="mm")
        degrees = random.uniform(-25, 25)
    else:
        font = font_of(look.han, round(em * random.uniform(1.5, 3.5)))
        draw.text((random.uniform(0, width), height / 2), texts.han(), font=font, fill=int(random.integers(170, 238)), anchor="mm")
        degrees = random.uniform(15, 45)
    turned = cv2.warpAffine(np.asarray(layer), cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1), (width, height), borderValue=255)
    return (picture.astype(np.float32) * turned / 255).astype(np.uint8)


def drawn_line(texts, look, random, alone=False):
    """(grey picture, classes, places). `alone`: one piece in the middle of nothing."""
    em = look.em
    width, height, baseline = int(EMS * em), int(HEIGHT * em), ROOM * em
    picture = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(picture)
    drawn = Drawn()
    pen = _Pen(draw, look, random, baseline, drawn)
    pen.x = width * 0.45 if alone else random.uniform(0, 1) * em
    stops, in_table = [], random.random() < 0.35
    while pen.x < width:
        pen.piece(texts.piece().strip("\t") if alone else texts.piece())
        if alone:
            break
        pen.x += random.choice([0, 0.05, 0.3, 1.0, 2.2], p=[0.25, 0.15, 0.3, 0.2, 0.1]) * em
        if in_table and random.random() < 0.4:
            stops.append(round(pen.x + random.uniform(0, 0.4) * em))
            pen.x = stops[-1] + random.uniform(0.1, 1.2) * em
    if not alone and random.random() < 0.5:  # rows above and below
        for away in (-1, 1):
            other = _Pen(draw, look, random, baseline + away * em * random.uniform(1.3, 2.0), None)
            while other.x < width:
                other.piece(texts.piece())
    if in_table or random.random() < 0.1:
        _rules(draw, width, height, em, baseline, random, stops)
    grey = np.asarray(picture)
    if random.random() < 0.15:
        grey = _seal(grey, em, random, texts, look)
    return (grey, *drawn.arrays())
