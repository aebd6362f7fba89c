"""Examples with truth from the formulas that people corrected in the page (common/corrections.py).

A correction says what LaTeX stands in its picture, not where its signs do. The trained model says where: where the formula it reads is built like
the corrected one and differs in no more than a few signs, its places are taken with the names of the correction. Others are left out; how many is
all that is ever printed of them.
"""
import numpy as np

import signs as S
from corrections import samples
from decode import Token, latex_tokens_of
from degrade import model_input
from evaluate import seen_in
from latex import UnknownLatex, tokens_of
from scanning import as_ink

MOST_CHANGED = 0.25  # of the signs
_SIGN_OF = {S.token_of(sign): sign for sign in S.SIGNS[5:]}
_SIZES = (1.0, 0.8, 1.25, 0.62)  # of a formula's text against the first guess: half of the picture's height is rarely right


def renamed(made, truth):
    """Names the signs of `made` as `truth` does; how many changed, or None where the two are not built alike."""
    if len(made) != len(truth):
        return None
    changed = count = 0
    for one, wanted in zip(made, truth):
        signs = one.signs if isinstance(one, Token) else []
        count += len(signs)
        if one == wanted:
            continue
        if len(signs) != 1 or wanted not in _SIGN_OF or signs[0].sign == S.HAN or wanted == S.HAN:
            return None
        signs[0].sign = _SIGN_OF[wanted]
        changed += 1
    return changed if changed <= MOST_CHANGED * count else None


def _example(network, picture, em, truth):
    laid = model_input(picture, np.zeros((0, 6), np.float32), em)
    if laid is None:
        return None
    signs, bars = seen_in(network, laid[0])
    made = latex_tokens_of(signs, bars)
    if made is None:
        return None
    size = float(np.median([s.size for s in signs]))
    changed = renamed(made, truth)
    if changed is None:
        return None
    classes = [S.INDEX[s.sign] for s in signs] + [S.INDEX[S.BAR]] * len(bars)
    places = [(s.x0, s.y0, s.x1, s.y1, s.baseline, s.size) for s in signs] + [(b.x0, b.y - 0.5, b.x1, b.y + 0.5, b.y, size) for b in bars]
    return laid[0], np.array(classes), np.array(places, np.float32), np.array([s.italic for s in signs] + [False] * len(bars))


def corrected_examples(folder, network):
    """[(picture, classes, places, italic)] of every corrected formula in `folder` that can be placed; `network`: model.Exported."""
    found, left_out = [], 0
    for sample in samples(folder):
        if not sample.target.endswith(".latex") or sample.picture is None:
            continue
        grey = np.asarray(sample.picture.convert("L"))
        try:
            truth = tokens_of(sample.truth)
        except UnknownLatex:
            left_out += 1
            continue
        rows = np.flatnonzero((as_ink(grey) > 0.5).any(1))
        guess = (rows[-1] - rows[0] + 1) * (0.4 if S.FRACTION in truth else 0.8) if len(rows) else 0
        example = next(filter(None, (_example(network, grey, guess * size, truth) for size in _SIZES if guess)), None)
        if example is None:
            left_out += 1
        else:
            found.append(example)
    print(f"corrections: {len(found)} formulas, {left_out} left out", flush=True)
    return found
