"""From the model's cells to signs, and from signs to LaTeX tokens, with the grammar checked on the way.

The engine does the same in C++: vision/formula_cells and formula_bars find the signs and bars, structure/formulas writes the LaTeX (from these and from native
characters alike). Here it stands once more for the evaluation of a training.
"""
from dataclasses import dataclass, field

import numpy as np

import signs as S
from model import CELL_HEIGHT, CELL_WIDTH, PLACE

INK = 0.75           # probability of any sign from which a cell counts
SAME_X, SAME_Y = 0.55, 0.45  # of width and size: how far two cells may differ about where their sign stands
LEAST_APART = 2.2    # pixels
DOUBLE = 0.6         # share of the smaller box under another from which both are one sign
BAR_INK = 0.5        # probability of a bar from which a cell is one's
BAR_STEP, BAR_GAP, LEAST_BAR = 3.5, 3, 3  # pixels off a bar's middle, columns to its next cell, columns a bar has
RULE_INK, RULE_SHARE = 0.3, 0.8  # ink between two runs on one line, and the share of columns that must hold it, from which both are one bar
RULE_REACH = 2       # rows off a bar's line in which its ink may stand
RULE_SELF, LEAST_INK = 0.5, 0.15  # of the bar's usual ink, and at least: less is paper
RULE_HOLE = 10       # columns of paper that part a bar
NEAR_BARS = 10.0     # pixels: of bars over each other only the longest is one

SMALLER, RAISED, LOWERED = 0.88, 0.12, 0.07
REACH, OVERHANG, RADICAL_GAP = 2.6, 0.25, 0.5
WORD_GAP, NAME_GAP = 0.22, 0.12
NAMES = ("exp", "min", "max", "log", "ln", "lg")
BINARY = set("−+×÷·±/=≤≥≠≈<>→")


class Token(str):
    """A LaTeX token and the signs it was written for; none for those of structure."""

    def __new__(cls, text, signs):
        made = super().__new__(cls, text)
        made.signs = signs
        return made


class NotAFormula(Exception):
    """What was found cannot be written as a formula."""


@dataclass
class Sign:
    sign: str
    probability: float
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    size: float
    italic: bool = False
    tokens: list = field(default_factory=list)  # of something already written

    @property
    def x(self):
        return (self.x0 + self.x1) / 2

    @property
    def y(self):
        return (self.y0 + self.y1) / 2


@dataclass
class Bar:
    x0: float
    x1: float
    y: float
    first: float = 0  # y at its left and right end: it may be a little askew
    last: float = 0


def signs_of(cells, ink):
    """`cells`: the exported model's answer to the picture `ink` [rows, columns], ink 1 and paper 0. Returns (signs, bars)."""
    count = len(S.SIGNS)
    bar = S.INDEX[S.BAR]
    inked = np.argwhere((1 - cells[..., 0] > INK) | (cells[..., bar] > BAR_INK))
    if len(inked) == 0:
        return [], []
    found = cells[inked[:, 0], inked[:, 1]]
    middle_x, middle_y = (inked[:, 1] + 0.5) * CELL_WIDTH, (inked[:, 0] + 0.5) * CELL_HEIGHT
    places = found[:, count:count + PLACE].copy()
    places[:, [0, 2]] += middle_x[:, None]
    places[:, [1, 3, 4]] += middle_y[:, None]
    best = found[:, 1:count].argmax(1) + 1
    is_bar = best == bar
    groups = []
    for at in np.argsort(found[:, 0]):
        if is_bar[at]:
            continue
        x, width, size = (places[at, 0] + places[at, 2]) / 2, places[at, 2] - places[at, 0], places[at, 5]
        for group in groups:
            apart = max(SAME_X * max(width, group["width"]), LEAST_APART)
            if abs(x - group["x"]) < apart and abs(places[at, 4] - group["baseline"]) < SAME_Y * max(size, group["size"]):
                group["cells"].append(at)
                break
        else:
            groups.append({"x": x, "width": width, "baseline": places[at, 4], "size": size, "cells": [at]})
    signs, weights = [], []
    for group in groups:
        at = np.array(group["cells"])
        weight = 1 - found[at, 0]
        shares = found[at, :count].sum(0) / len(at)
        shares[[0, S.INDEX[S.BAR]]] = 0
        sign = int(shares.argmax())
        x0, y0, x1, y1, baseline, size = (places[at] * weight[:, None]).sum(0) / weight.sum()
        signs.append(Sign(S.SIGNS[sign], float(shares[sign]), x0, y0, x1, y1, baseline, size, float((found[at, -1] * weight).sum() / weight.sum()) > 0.5))
        weights.append(weight.sum())
    return _without_doubles(signs, weights), _bars(inked[is_bar], places[is_bar], ink)


def _without_doubles(signs, weights):
    """Two signs on the same ink are one: that of more cells."""
    kept = []
    for at in np.argsort(-np.array(weights), kind="stable"):
        one = signs[at]
        for other in kept:
            across = min(one.x1, other.x1) - max(one.x0, other.x0)
            down = min(one.y1, other.y1) - max(one.y0, other.y0)
            least = min((one.x1 - one.x0) * (one.y1 - one.y0), (other.x1 - other.x0) * (other.y1 - other.y0))
            if across > 0 and down > 0 and across * down > DOUBLE * max(least, 1e-6) and S.ROOT_SIGN not in (one.sign, other.sign):
                break
        else:
            kept.append(one)
    return kept


def _runs(cells, places):
    """Cells of bars joined to runs [first column, last column, ys], left to right."""
    runs = []
    for at in np.argsort(cells[:, 1], kind="stable") if len(cells) else []:
        column, y = cells[at, 1], (places[at, 1] + places[at, 3]) / 2
        near = [b for b in runs if column - b[1] <= BAR_GAP and abs(y - np.median(b[2][-8:])) < BAR_STEP]
        if near:
            bar = min(near, key=lambda b: abs(y - np.median(b[2][-8:])))
            bar[1] = column
            bar[2].append(y)
        else:
            runs.append([column, column, [y]])
    return runs


def _ink_along(ink, x0, x1, first, last):
    """The darkest ink near a line, column by column."""
    xs = range(max(int(x0), 0), max(min(int(x1), ink.shape[1]), max(int(x0), 0)))
    rows = np.round(np.linspace(first, last, len(xs)) - 0.5).astype(int)
    return np.array([ink[max(y - RULE_REACH, 0):max(y + RULE_REACH + 1, 0), x].max(initial=0) for x, y in zip(xs, rows)])


def _are_joined(ink, left, right):
    """Whether a rule runs from one bar to the other."""
    between = _ink_along(ink, left.x1, right.x0, left.last, right.first)
    return len(between) == 0 or np.mean(between >= RULE_INK) >= RULE_SHARE


def _joined(bars, ink):
    """Runs of one rule as one bar: the model loses a rule where letters touch it."""
    done = []
    for bar in sorted(bars, key=lambda b: b.x0):
        before = next((b for b in done if b.x1 <= bar.x0 and abs(b.last - bar.first) < BAR_STEP and _are_joined(ink, b, bar)), None)
        if before is None:
            done.append(bar)
            continue
        share = (bar.x1 - bar.x0) / (bar.x1 - bar.x0 + before.x1 - before.x0)
        before.x1, before.last, before.y = bar.x1, bar.last, before.y * (1 - share) + bar.y * share
    return done


def _parted(bar, ink):
    """A bar without the paper in it: two fractions side by side have a bar each."""
    along = _ink_along(ink, bar.x0, bar.x1, bar.first, bar.last)
    ys, parts = np.linspace(bar.first, bar.last, len(along)), []
    for at in np.flatnonzero(along >= max(RULE_SELF * np.median(along), LEAST_INK)):
        if parts and at - parts[-1][1] <= RULE_HOLE:
            parts[-1][1] = at
        else:
            parts.append([at, at])
    return [Bar(bar.x0 + a, bar.x0 + b + 1, (ys[a] + ys[b]) / 2, ys[a], ys[b]) for a, b in parts]


def _bars(cells, places, ink):
    bars = [Bar(first * CELL_WIDTH, (last + 1) * CELL_WIDTH, float(np.median(ys)), float(np.median(ys[:8])), float(np.median(ys[-8:])))
            for first, last, ys in _runs(cells, places)]
    bars = [part for bar in _joined(bars, ink) for part in _parted(bar, ink)]
    kept = []
    for bar in sorted(bars, key=lambda b: b.x0 - b.x1):
        if bar.x1 - bar.x0 >= LEAST_BAR * CELL_WIDTH and \
                not any(bar.x0 < other.x1 and bar.x1 > other.x0 and abs(bar.y - other.y) < NEAR_BARS for other in kept):
            kept.append(bar)
    return kept


def _place(sign, base):
    if sign.size >= SMALLER * base.size:
        return 0
    raised = (base.baseline - sign.baseline) / base.size
    return 1 if raised > RAISED else -1 if raised < -LOWERED else 0


class _Writer:
    """`strict`: what breaks the grammar is refused; else it is written as it stands (to measure how much of it was read)."""

    def __init__(self, strict=True):
        self.strict = strict

    def refuse(self):
        if self.strict:
            raise NotAFormula

    def write(self, signs, bars):
        signs, bars = list(signs), sorted(bars, key=lambda b: b.x0 - b.x1)
        while bars:
            bar = bars.pop(0)
            if not self._radical(signs, bars, bar):
                self._fraction(signs, bars, bar)
        signs.sort(key=lambda s: s.x0 if s.sign != S.ROOT_SIGN else s.x0)
        return self._row(signs)

    @staticmethod
    def _take(signs, bars, bar, above, em):
        def on_side(y):
            return y < bar.y if above else y > bar.y

        taken, left = [], []
        for s in signs:
            beside = (s.x < bar.x0 or s.x > bar.x1) and abs(s.y - bar.y) < 0.15 * s.size
            inside = not beside and bar.x0 - OVERHANG * em < s.x < bar.x1 + OVERHANG * em and abs(s.y - bar.y) < REACH * em
            (taken if inside and on_side(s.y) else left).append(s)
        inner = [b for b in bars if bar.x0 <= (b.x0 + b.x1) / 2 <= bar.x1 and on_side(b.y) and abs(b.y - bar.y) < REACH * em]
        signs[:] = left
        bars[:] = [b for b in bars if b not in inner]
        return taken, inner

    def _radical(self, signs, bars, bar):
        em = max((s.size for s in signs), default=1)
        sign = next((s for s in signs if s.sign == S.ROOT_SIGN and not s.tokens and abs(bar.x0 - s.x1) < RADICAL_GAP * em and
                     abs(bar.y - s.y0) < RADICAL_GAP * em), None)
        if sign is None:
            return False
        signs.remove(sign)
        third = next((s for s in signs if s.sign == S.ROOT_INDEX and abs(s.x1 - sign.x0) < 0.6 * em and sign.y0 - 0.3 * em < s.y < sign.y1), None)
        if third is not None:
            signs.remove(third)
        inside, inner = self._take(signs, bars, bar, False, em)
        if not inside:
            self.refuse()
            return True
        tokens = [S.CUBE_ROOT if third is not None else S.ROOT] + self.write(inside, inner) + [S.END]
        size = max(s.size for s in inside)
        signs.append(Sign(S.ROOT_SIGN, 1, sign.x0, bar.y, bar.x1, sign.y1, max(inside, key=lambda s: s.size).baseline, size, tokens=tokens))
        return True

    def _fraction(self, signs, bars, bar):
        em = max((s.size for s in signs), default=1)
        top, top_bars = self._take(signs, bars, bar, True, em)
        bottom, bottom_bars = self._take(signs, bars, bar, False, em)
        if not top or not bottom:
            self.refuse()
        if not top and not bottom:
            return
        size = max(s.size for s in top + bottom)
        tokens = [S.FRACTION] + self.write(top, top_bars) + [S.OVER] + self.write(bottom, bottom_bars) + [S.END]
        signs.append(Sign(S.BAR, 1, bar.x0, bar.y - size, bar.x1, bar.y + size, bar.y + 0.3 * size, size, tokens=tokens))

    def _row(self, signs):
        tokens, at, bases = [], 0, []
        while at < len(signs):
            base, begin = signs[at], at
            if base.sign in (S.ROOT_INDEX,) or (base.sign == S.ROOT_SIGN and not base.tokens):
                self.refuse()
            if base.tokens:
                tokens += base.tokens
                at += 1
            elif base.sign.isalpha() and base.sign.isascii() and base.sign not in (S.HAN, S.BAR):
                at, base = self._letters(tokens, signs, at)
            else:
                tokens.append(Token(S.token_of(base.sign), [base]))
                at += 1
            bases += signs[begin:at]
            raised, lowered = [], []
            while at < len(signs) and base.sign not in BINARY and base.sign not in "([":
                where = _place(signs[at], base)
                if where == 0 and (raised or lowered) and signs[at].size < SMALLER * base.size:
                    where = last  # a script of a script stands near the line again
                if where == 0:
                    break
                (raised if where > 0 else lowered).append(signs[at])
                last, at = where, at + 1
            if lowered:
                tokens += [S.SUB] + self._row(lowered) + [S.END]
            if raised:
                tokens += [S.SUPER] + self._row(raised) + [S.END]
        self._check(bases)
        return tokens

    @staticmethod
    def _letters(tokens, signs, at):
        """Letters side by side; names of operators become one token."""
        first, end = signs[at], at + 1
        while (end < len(signs) and not signs[end].tokens and signs[end].sign.isalpha() and signs[end].sign.isascii() and
               signs[end].sign not in (S.HAN, S.BAR) and _place(signs[end], first) == 0 and
               signs[end].size > SMALLER * first.size and signs[end].x0 - signs[end - 1].x1 < WORD_GAP * first.size):
            end += 1
        run = signs[at:end]
        text = "".join(s.sign for s in run)
        for name in NAMES:
            if text.startswith(name):
                rest = text[len(name):]
                if name in ("min", "max") and (rest or end >= len(signs) or signs[end].sign not in ("(", "[")):
                    continue
                gap = run[len(name)].x0 - run[len(name) - 1].x1 if rest else 1e9
                if not rest or rest[0].isupper() or gap > NAME_GAP * first.size:
                    tokens.append(Token("\\" + name, run[:len(name)]))
                    return at + len(name), run[len(name) - 1]
        tokens += [Token(s.sign, [s]) for s in run]
        return end, signs[end - 1]

    def _check(self, signs):
        """Brackets that match, operators with something on both sides."""
        opened = []
        for s in signs:
            if s.sign in ("(", "["):
                opened.append(s.sign)
            elif s.sign in (")", "]"):
                if not opened or opened.pop() != {")": "(", "]": "["}[s.sign]:
                    self.refuse()
        if opened:
            self.refuse()
        for one, next_one in zip(signs, signs[1:]):
            if not one.tokens and not next_one.tokens and one.sign in BINARY and next_one.sign in BINARY - {"−", "+"}:
                self.refuse()
        if len(signs) > 1 and signs[-1].sign in BINARY - {"+", "−"} and not signs[-1].tokens:
            self.refuse()


def latex_tokens_of(signs, bars, strict=True):
    """LaTeX tokens; None where the grammar does not come out and `strict`."""
    try:
        return _Writer(strict).write(signs, bars)
    except NotAFormula:
        return None
