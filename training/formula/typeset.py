"""Sets formulas on paper as TeX, MathML and Word do, and says what was drawn where.

A formula is a tree of the nodes below. `typeset` draws it with one Style and returns the grey picture, the LaTeX tokens, and
every sign drawn with its box, baseline and size (pixels). Own boxes and own drawing, because exact places are what lets a
small model learn from little.
"""
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

import signs as S
from fonts import font_of, has, measure


@dataclass
class Text:
    """Characters side by side. `italic` letters are variables; an operator has room on both sides."""
    text: str
    italic: bool = False
    operator: bool = False


@dataclass
class Name:
    """ln, min, ...: upright, one token."""
    name: str


@dataclass
class Space:
    """A visible gap between two words."""


@dataclass
class Row:
    parts: list


@dataclass
class Fraction:
    top: object
    bottom: object


@dataclass
class Root:
    inside: object
    cube: bool = False


@dataclass
class Scripts:
    base: object
    sub: object = None
    sup: object = None


@dataclass
class Brackets:
    inside: object
    left: str = "("
    right: str = ")"


@dataclass
class Style:
    upright: str
    italic: str
    symbols: str
    han: str
    em: int = 44
    script: float = 0.7
    smallest: float = 0.5
    sup_shift: float = 0.38
    sub_shift: float = 0.18
    operator_gap: float = 0.24
    fraction_scale: float = 1.0
    fraction_gap: float = 0.14
    fraction_overhang: float = 0.1
    rule: float = 0.05
    axis: float = 0.26
    letter_gap: float = 0.0
    root_lead: float = 0.55
    root_glyph: bool = False
    bracket_growth: float = 1.0  # how much brackets grow with what they hold
    math_italic: bool = False    # letters of the mathematical alphabets of `italic`
    name_gap: float = 0.16


@dataclass
class _Box:
    width: float = 0
    ascent: float = 0
    descent: float = 0
    glyphs: list = field(default_factory=list)  # (x, baseline y, character drawn, font, pixels, class, nominal size, drop, italic)
    rules: list = field(default_factory=list)   # (x0, y0, x1, y1)
    lines: list = field(default_factory=list)   # (points, thickness, baseline, nominal size): radical signs

    def place(self, other, x, y):
        """Lays another box with its baseline at (x, y) below this one's."""
        self.glyphs += [(gx + x, gy + y, *rest) for gx, gy, *rest in other.glyphs]
        self.rules += [(x0 + x, y0 + y, x1 + x, y1 + y) for x0, y0, x1, y1 in other.rules]
        self.lines += [([(px + x, py + y) for px, py in points], w, at + y, size) for points, w, at, size in other.lines]
        self.ascent = max(self.ascent, other.ascent - y)
        self.descent = max(self.descent, other.descent + y)


def _mathematical(character):
    if character == "h":
        return "\u210e"
    if "a" <= character <= "z":
        return chr(0x1D44E + ord(character) - 97)
    if "A" <= character <= "Z":
        return chr(0x1D434 + ord(character) - 65)
    return character


class _Setter:
    def __init__(self, style):
        self.style = style
        self.tokens = []

    def emit(self, token):
        self.tokens.append(token)
        return len(self.tokens) - 1

    def glyph(self, character, italic, size, nominal=None, drop=0.0, sign=None):
        """One character. `nominal`, `drop`: of a grown bracket, the size of its row and how far it was moved down."""
        style = self.style
        sign = sign or S.sign_of(character)
        if "\u4e00" <= character <= "\u9fff":
            path = style.han
        else:
            path = style.italic if italic and character.isalpha() else style.upright
            if style.math_italic and italic:
                character = _mathematical(character)
            if not has(path, character):
                path = style.symbols
            if not has(path, character):
                path = style.han
        pixels = max(6, round(size))
        width, (_, top, _, bottom) = measure(path, pixels, character)
        return _Box(width + style.letter_gap * size, max(-top, 0), max(bottom, 0), 
                    glyphs=[(0, 0, character, path, pixels, sign, nominal or size, drop, italic and sign.isalpha())])

    def row(self, boxes, gaps=0.0):
        out = _Box()
        for box in boxes:
            out.place(box, out.width, 0)
            out.width += box.width + gaps
        return out

    def set(self, node, size):
        return getattr(self, "_" + type(node).__name__.lower())(node, size)

    def _text(self, node, size):
        for character in node.text:
            self.emit(S.token_of(character))
        out = self.row([self.glyph(c, node.italic, size) for c in node.text])
        if node.operator:
            gap = self.style.operator_gap * size
            padded = _Box(out.width + 2 * gap, out.ascent, out.descent)
            padded.place(out, gap, 0)
            return padded
        return out

    def _name(self, node, size):
        self.emit("\\" + node.name)
        out = self.row([self.glyph(c, False, size) for c in node.name])
        out.width += self.style.name_gap * size
        return out

    def _space(self, _, size):
        self.emit(S.SPACE)
        return _Box(width=0.28 * size)

    def _row(self, node, size):
        return self.row([self.set(part, size) for part in node.parts])

    def smaller(self, size):
        return max(size * self.style.script, self.style.em * self.style.smallest)

    def _scripts(self, node, size):
        base = self.set(node.base, size)
        out = _Box(base.width)
        out.place(base, 0, 0)
        small, wide = self.smaller(size), 0
        tall = max(0.0, base.ascent - 0.75 * size)
        if node.sub is not None:
            self.emit(S.SUB)
            sub = self.set(node.sub, small)
            self.emit(S.END)
            drop = max(self.style.sub_shift * size, base.descent - 0.1 * size) + (0.06 * size if node.sup is not None else 0)
            out.place(sub, base.width + 0.04 * size, drop)
            wide = sub.width
        if node.sup is not None:
            self.emit(S.SUPER)
            sup = self.set(node.sup, small)
            self.emit(S.END)
            out.place(sup, base.width + 0.06 * size, -(self.style.sup_shift * size + tall))
            wide = max(wide, sup.width)
        out.width = base.width + wide + 0.1 * size
        return out

    def _fraction(self, node, size):
        style = self.style
        self.emit(S.FRACTION)
        inner = size * style.fraction_scale
        top = self.set(node.top, inner)
        self.emit(S.OVER)
        bottom = self.set(node.bottom, inner)
        self.emit(S.END)
        rule, overhang, side = max(1.0, style.rule * size), style.fraction_overhang * size, 0.12 * size
        width = max(top.width, bottom.width) + 2 * overhang
        out = _Box(width + 2 * side)
        axis, gap = -style.axis * size, style.fraction_gap * size
        out.place(top, side + (width - top.width) / 2, axis - rule / 2 - gap - top.descent)
        out.place(bottom, side + (width - bottom.width) / 2, axis + rule / 2 + gap + bottom.ascent)
        out.rules.append((side, axis - rule / 2, side + width, axis + rule / 2))
        return out

    def _root(self, node, size):
        style = self.style
        self.emit(S.CUBE_ROOT if node.cube else S.ROOT)
        inside = self.set(node.inside, size)
        self.emit(S.END)
        gap, rule, lead = 0.12 * size, max(1.0, style.rule * size), style.root_lead * size
        top, bottom = -(inside.ascent + gap), max(inside.descent, 0) + 0.06 * size
        start = 0.0
        out = _Box()
        if node.cube:
            small = self.glyph("3", False, size * 0.55, sign=S.ROOT_INDEX)
            out.place(small, 0, top + (bottom - top) * 0.45)
            start = small.width * 0.6
        tall = bottom - top
        if style.root_glyph and has(style.symbols, "√"):
            pixels = max(8, round(tall / 0.95))
            width, (left, up, right, down) = measure(style.symbols, pixels, "√")
            out.place(_Box(width, -up, down, glyphs=[(0, 0, "√", style.symbols, pixels, S.ROOT_SIGN, size, top - up, False)]), start, top - up)
            bar = start + right
        else:
            points = [(start, top + 0.58 * tall), (start + 0.25 * lead, top + 0.52 * tall), (start + 0.55 * lead, bottom),
                      (start + lead, top + rule / 2)]
            out.lines.append((points, rule * 1.2, 0, size))
            bar = start + lead
        out.rules.append((bar, top, bar + inside.width + 0.1 * size, top + rule))
        out.place(inside, bar + 0.04 * size, 0)
        out.width = bar + inside.width + 0.2 * size
        out.ascent, out.descent = max(out.ascent, -top + rule), max(out.descent, bottom)
        return out

    def _brackets(self, node, size):
        self.emit(node.left)
        inside = self.set(node.inside, size)
        self.emit(node.right)
        tall = max(inside.ascent - self.style.axis * size, inside.descent + self.style.axis * size, 0.5 * size)
        grown = size * (1 + self.style.bracket_growth * max(0.0, tall / (0.62 * size) - 1))
        drop = (grown - size) * self.style.axis  # keeps the middle on the axis
        boxes = [self.glyph(c, False, grown, size, drop) for c in (node.left, node.right)]
        out = _Box()
        out.place(boxes[0], 0, drop)
        out.place(inside, boxes[0].width, 0)
        out.place(boxes[1], boxes[0].width + inside.width, drop)
        out.width = boxes[0].width + inside.width + boxes[1].width
        return out


@dataclass
class Drawn:
    """Signs drawn: their classes (index into signs.SIGNS) and, float [count, 6], x0 y0 x1 y1 baseline size; italic or not."""
    classes: np.ndarray
    places: np.ndarray
    italic: np.ndarray


def typeset(node, style, margin=8):
    """(grey picture uint8 with white paper, LaTeX tokens, Drawn)."""
    setter = _Setter(style)
    box = setter.set(node, style.em)
    width, height = int(box.width + 2 * margin) + 2, int(box.ascent + box.descent + 2 * margin) + 2
    picture = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(picture)
    x0, y0 = margin, margin + box.ascent
    classes, places, slanted = [], [], []

    def note(sign, left, top, right, bottom, baseline, size, italic=False):
        classes.append(S.INDEX[sign])
        places.append((left, top, right, bottom, baseline, size))
        slanted.append(italic)

    for x, y, character, path, pixels, sign, size, drop, italic in box.glyphs:
        at = (round(x + x0), round(y + y0))
        draw.text(at, character, font=font_of(path, pixels), fill=0, anchor="ls")
        left, top, right, bottom = measure(path, pixels, character)[1]
        note(sign, at[0] + left, at[1] + top, at[0] + right, at[1] + bottom, at[1] - drop, size, italic)
    for left, top, right, bottom in box.rules:
        thick, at = max(1, round(bottom - top)), round(y0 + top)
        draw.rectangle((round(x0 + left), at, round(x0 + right), at + thick - 1), fill=0)
        note(S.BAR, x0 + left, at, x0 + right, at + thick, at + thick / 2, style.em)
    for points, thick, baseline, size in box.lines:
        moved = [(x + x0, y + y0) for x, y in points]
        draw.line(moved, fill=0, width=max(1, round(thick)), joint="curve")
        xs, ys = zip(*moved)
        note(S.ROOT_SIGN, min(xs), min(ys), max(xs), max(ys), baseline + y0, size)
    return np.asarray(picture), setter.tokens, Drawn(np.array(classes, np.uint8), np.array(places, np.float32), np.array(slanted, bool))
