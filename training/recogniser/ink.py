"""Whether all ink of a strip stands under characters of what was read, and these on ink: a digit that was passed over leaves its ink behind."""
import cv2
import numpy as np

LEAST_CONTRAST = 24         # grey levels, as the program's strips
RULE, FULL = 77, 46         # columns of a drawn line, rows of an upright one
EDGE = 14                   # rows at top and bottom where a run from end to end is a rule
GAP, NARROW = 2, 6          # columns: ink apart by fewer is one run; narrower runs hold less than the error of a middle
REACH, NARROW_REACH = 2, 6  # columns that a character's middle may lie off its run


def runs_of(picture):
    """[begin, end) of the columns that hold ink, without rules; None where there is no contrast."""
    dark, paper = np.percentile(picture, 0.5), np.percentile(picture, 70)
    if paper - dark < LEAST_CONTRAST:
        return None
    ink = np.where(picture < paper - 0.5 * (paper - dark), 255, 0).astype(np.uint8)
    if ink.shape[1] > RULE:
        ink[cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, RULE), np.uint8)) > 0] = 0
    else:
        full = (ink > 0).all(1)
        full[EDGE:-EDGE] = False
        ink[full] = 0
    height = (ink > 0).sum(0)
    runs = []
    for x in np.flatnonzero((height > 0) & (height < FULL)):
        if runs and x - runs[-1][1] < GAP:
            runs[-1][1] = x + 1
        else:
            runs.append([x, x + 1])
    return runs


def _lies_on(middle, run):
    reach = NARROW_REACH if run[1] - run[0] < NARROW else REACH
    return run[0] - reach <= middle <= run[1] + reach


def explains(picture, middles):
    """`middles`: columns of the characters that were read, without spaces."""
    runs = runs_of(picture)
    if runs is None or not middles:
        return False
    return all(any(_lies_on(m, run) for m in middles) for run in runs) and all(any(_lies_on(m, run) for run in runs) for m in middles)
