"""What the network should answer for a table whose cells are known, and how a grid is made of its answer.

Pixels of the network's input (one a point). A separator is the whole gap between the ink of two rows (columns), as wide as it
is; cells that reach over it do not count.
"""
import numpy as np

from units import MAP_STEP, STEP

BELIEF = 0.5
SPAN_BELIEF = 0.5
SURE_GAP = 0.9    # reached somewhere in every gap between columns
SURE_PRINT = 0.2  # below it there is print of a column ...
LEAST_PRINT = 4   # ... in so many cells at least
WIDEST = 8.0  # pixels to both sides of a gap's middle that the map of spans is asked at


def gaps(truth, of_rows):
    """[(from, to)] between the ink before and behind every inner border."""
    borders = truth["ys" if of_rows else "xs"]
    at, span, low, high = (0, 2, 1, 3) if of_rows else (1, 3, 0, 2)
    count = len(borders) - 1
    before = [(borders[i] + borders[i + 1]) / 2 for i in range(count)]
    behind = list(before)
    ends, begins = [[] for _ in range(count)], [[] for _ in range(count)]
    for cell in truth["cells"]:
        if cell[4] is not None:
            begins[cell[at]].append(cell[4][low])
            ends[cell[at] + cell[span] - 1].append(cell[4][high])
    for i in range(count):
        if begins[i]:
            behind[i] = min(begins[i])
        if ends[i]:
            before[i] = max(ends[i])
    made = []
    for i in range(1, count):
        a, b = min(before[i - 1], borders[i]), max(behind[i], borders[i])
        made.append((a, b))
    return made


def line_target(truth, of_rows, length):
    """(parted, its weight, inside, its weight), each of `length` cells."""
    middle = (np.arange(length) + 0.5) * STEP
    borders = truth["ys" if of_rows else "xs"]
    parted, weight = np.zeros(length, np.float32), np.ones(length, np.float32)
    for a, b in gaps(truth, of_rows):
        inside = (middle > a) & (middle < b)
        if not inside.any():
            inside[min(length - 1, max(0, int((a + b) / 2 / STEP)))] = True
        parted[inside] = 1
        if inside.sum() > 3:  # the ink's very edge is anybody's guess
            first, last = np.flatnonzero(inside)[[0, -1]]
            weight[[first, last]] = 0
    low, high = (1, 3) if of_rows else (0, 2)
    ink = [c[4] for c in truth["cells"] if c[4] is not None]
    first = min([b[low] for b in ink], default=borders[0])
    last = max([b[high] for b in ink], default=borders[-1])
    within = ((middle > borders[0]) & (middle < borders[-1])).astype(np.float32)
    sure = ((middle < borders[0] - 1) | (middle > borders[-1] + 1) | ((middle > first) & (middle < last))).astype(np.float32)
    weight *= np.where((middle < first) | (middle > last), sure, 1)
    return parted, weight.astype(np.float32), within, sure


def map_target(truth, height, width):
    """(borders right and below [2, height, width], weight): one where the border is drawn or meant, zero where a cell reaches over it."""
    owner = np.full((truth["rows"], truth["columns"]), -1, np.int32)
    for number, (r, c, rs, cs, _) in enumerate(truth["cells"]):
        owner[r:r + rs, c:c + cs] = number
    target, weight = np.zeros((2, height, width), np.float32), np.zeros((2, height, width), np.float32)

    def paint(channel, x0, x1, y0, y1, is_border):
        a, b = int(x0 / MAP_STEP), max(int(x0 / MAP_STEP) + 1, int(np.ceil(x1 / MAP_STEP)))
        c, d = int(y0 / MAP_STEP), max(int(y0 / MAP_STEP) + 1, int(np.ceil(y1 / MAP_STEP)))
        c, a = max(c, 0), max(a, 0)
        target[channel, c:d, a:b] = is_border
        weight[channel, c:d, a:b] = 1.0 if is_border else 4.0

    for channel, of_rows in ((0, False), (1, True)):
        along = truth["xs"] if of_rows else truth["ys"]
        for border, (a, b) in enumerate(gaps(truth, of_rows), 1):
            middle = (a + b) / 2
            a, b = max(a, middle - WIDEST), min(b, middle + WIDEST)
            for i in range(len(along) - 1):
                first, second = (owner[border - 1, i], owner[border, i]) if of_rows else (owner[i, border - 1], owner[i, border])
                box = (along[i], along[i + 1], a, b) if of_rows else (a, b, along[i], along[i + 1])
                paint(channel, *box, float(first != second))
    return target, weight


def _runs(parted):
    """[(from, to)] of cells that say yes, ends excluded."""
    yes = np.concatenate([[0], parted.astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(yes))
    return list(zip(edges[::2], edges[1::2]))


def _between_prints(parted, runs, first, last):
    """The runs that part two columns: between them, and beside the outer ones, there is print, where the network is sure of none."""
    def holds_print(a, b):
        return (parted[a:b] < SURE_PRINT).sum() >= LEAST_PRINT

    runs = [(a, b) for a, b in runs if parted[a:b].max() >= SURE_GAP]
    while runs and not holds_print(first, runs[0][0]):
        runs = runs[1:]
    while runs and not holds_print(runs[-1][1], last):
        runs = runs[:-1]
    joined = []
    for run in runs:
        if joined and not holds_print(joined[-1][1], run[0]):
            joined[-1] = (joined[-1][0], run[1])
        else:
            joined.append(run)
    return joined


def borders_of(answer, size, of_rows):
    """([borders], [(from, to) of every inner gap]) of one direction from [2, cells]; pixels."""
    parted, inside = answer
    within = np.flatnonzero(inside > BELIEF)
    if not len(within):
        return [0.0, float(size)], []
    first, last = int(within[0]), int(within[-1]) + 1
    runs = [(a + first, b + first) for a, b in _runs(parted[first:last] > BELIEF)]
    runs = [(a, b) for a, b in runs if a > first + 1 and b < last - 1]  # what touches the table's edge is its margin
    if not of_rows:
        runs = _between_prints(parted, runs, first, last)
    found = [(a * STEP, b * STEP) for a, b in runs]
    return [float(first * STEP), *((a + b) / 2 for a, b in found), float(last * STEP)], found


def grid_of(rows, columns, spans, height, width):
    """{"xs", "ys", "cells": [row, column, row span, column span]} of the network's answer for one table."""
    ys, row_gaps = borders_of(rows, height, True)
    xs, column_gaps = borders_of(columns, width, False)
    count, across = len(ys) - 1, len(xs) - 1

    def seen(channel, x0, x1, y0, y1):
        a, b = int(x0 / MAP_STEP), max(int(x0 / MAP_STEP) + 1, int(np.ceil(x1 / MAP_STEP)))
        c, d = int(y0 / MAP_STEP), max(int(y0 / MAP_STEP) + 1, int(np.ceil(y1 / MAP_STEP)))
        piece = spans[channel, c:d, a:b]
        return float(piece.mean()) if piece.size else 1.0

    right, down = np.zeros((count, across), bool), np.zeros((count, across), bool)  # open borders
    for j, (a, b) in enumerate(column_gaps):
        middle = (a + b) / 2
        for i in range(count):
            right[i, j] = seen(0, max(a, middle - WIDEST), min(b, middle + WIDEST), ys[i], ys[i + 1]) < SPAN_BELIEF
    for i, (a, b) in enumerate(row_gaps):
        middle = (a + b) / 2
        for j in range(across):
            down[i, j] = seen(1, xs[j], xs[j + 1], max(a, middle - WIDEST), min(b, middle + WIDEST)) < SPAN_BELIEF
    taken, cells = np.zeros((count, across), bool), []
    for i in range(count):
        for j in range(across):
            if taken[i, j]:
                continue
            last = j
            while last + 1 < across and right[i, last] and not taken[i, last + 1]:
                last += 1
            bottom = i
            while bottom + 1 < count and down[bottom, j:last + 1].all() and _is_run(right, bottom + 1, j, last):
                bottom += 1
            taken[i:bottom + 1, j:last + 1] = True
            cells.append([i, j, bottom - i + 1, last - j + 1])
    return {"xs": xs, "ys": ys, "cells": cells}


def _is_run(right, row, first, last):
    if first > 0 and right[row, first - 1] or last + 1 < right.shape[1] and right[row, last]:
        return False
    return bool(right[row, first:last].all())
