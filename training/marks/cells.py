"""From pictures and places to what the network is shown and told, and from its answer back to signs.

Cells are CELL_WIDTH x CELL_HEIGHT pixels of a strip, as the program cuts lines. The cells of a sign's middle stand for it, its rim for nothing.
"""
import numpy as np

import signs as S

STRIP_HEIGHT, STRIP_WIDTH = 48, 256
CELL_HEIGHT, CELL_WIDTH = 8, 4
ROWS, COLUMNS = STRIP_HEIGHT // CELL_HEIGHT, STRIP_WIDTH // CELL_WIDTH
CORE = 0.22      # of a sign's width and height left out at each side
VISIBLE = 0.75   # of a sign's width within the strip, below which it counts as nothing

INK = 0.5        # belief in anything at all from which a column of a box counts
LEAST_SHARE = 0.34  # of the widest run's weight in a box: narrower ones are the seam of two signs


def cells_of(low, high, cell, most):
    """Cells [first, end) that [low, high) touches."""
    first = max(int(low // cell), 0)
    return first, min(max(int(np.ceil(high / cell)), first + 1), most)


def labels_of(classes, places):
    """Class of each cell, uint8 [ROWS, COLUMNS]; large signs first, so that small ones on them stand."""
    cells = np.zeros((ROWS, COLUMNS), np.uint8)
    for at in np.argsort(-(places[:, 2] - places[:, 0]) * (places[:, 3] - places[:, 1]), kind="stable"):
        x0, y0, x1, y1 = places[at, :4]
        if min(x1, STRIP_WIDTH) - max(x0, 0) < VISIBLE * (x1 - x0):
            continue
        across, down = CORE * (x1 - x0), CORE * (y1 - y0)
        left, right = cells_of(x0 + across, x1 - across, CELL_WIDTH, COLUMNS)
        top, bottom = cells_of(y0 + down, y1 - down, CELL_HEIGHT, ROWS)
        cells[top:bottom, left:right] = classes[at]
    return cells


def signs_in(answer, x0, y0, x1, y1):
    """The signs that the network sees in a box, from left to right: [(sign, belief)]. `answer`: probabilities [rows, columns, classes].

    A column is what its cells together believe most; columns that agree are one sign. The program does the same (vision/mark_witness).
    """
    rows, columns, _ = answer.shape
    left, right = cells_of(x0, x1, CELL_WIDTH, columns)
    top, bottom = cells_of(y0, y1, CELL_HEIGHT, rows)
    box = answer[top:bottom, left:right]
    inked = 1 - box[..., 0]
    runs = []
    for column in range(box.shape[1]):
        if inked[:, column].max(initial=0) < INK:
            runs.append(None)
            continue
        belief = box[:, column, 1:].sum(0)
        best = int(belief.argmax()) + 1
        if runs and runs[-1] is not None and runs[-1][0] == best:
            runs[-1][1] += belief[best - 1]
            runs[-1][2] += inked[:, column].sum()
        else:
            runs.append([best, belief[best - 1], inked[:, column].sum()])
    runs = [run for run in runs if run is not None]
    widest = max((run[2] for run in runs), default=0)
    return [(S.SIGNS[best], belief / weight) for best, belief, weight in runs if weight >= LEAST_SHARE * widest]
