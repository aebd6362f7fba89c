"""The scaling of a formula's picture to the model's height. What print, scan, fax or photograph do to it: common/scanning.py.

On one grey picture (uint8, white paper); places of signs (x0 y0 x1 y1 baseline size) move along.
"""
import numpy as np

from scanning import scaled

HEIGHT = 120
EM = 28.0  # pixels that an em of the formula's text has in the model's picture
MAX_WIDTH = 1136


def model_input(picture, places, em, random=None):
    """Scaled to EM per em of text (less where it would be too high) and laid into HEIGHT rows; None where it cannot be.

    `random` varies the scale and the place, as places found on pages do.
    """
    factor = EM / em * (random.uniform(0.8, 1.22) if random is not None else 1)
    factor = min(factor, HEIGHT / picture.shape[0])
    if factor < 0.6 * EM / em:
        return None
    picture, places = scaled(picture, places, factor)
    height, width = picture.shape
    if width > MAX_WIDTH:
        return None
    slack = HEIGHT - height
    top = int(random.integers(0, slack + 1)) if random is not None and random.random() < 0.5 else slack // 2
    paper = int(np.percentile(picture, 90))
    full = np.full((HEIGHT, width), paper, np.uint8)
    full[top:top + height] = picture
    return full, places + np.array([0, top, 0, top, top, 0], np.float32)
