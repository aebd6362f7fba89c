"""A printed table's picture becomes what the program would show the network: cut from a scan, cleaned, one pixel a point.

The weathering is that of the page detector (training/page_detector/weathering.py), on the table alone.
"""
import cv2
import numpy as np
import weathering

from scanning import as_ink
from units import DOTS_PER_INCH, MULTIPLE

POINTS = 72 / DOTS_PER_INCH
KINDS = ["clean", "scan", "poor", "photo", "fax"]
SHARES = [0.1, 0.2, 0.25, 0.15, 0.3]
LARGEST = (688, 848)  # width and height of the input at most: a lying page's table is made smaller
_STRENGTHS = {"scan": (60, 22, 0.2, 5), "poor": (115, 45, 0.4, 9), "photo": (70, 25, 0.4, 6), "fax": (30, 10, 0, 0)}


def _cut_box(truth, random, shape):
    """Where the program could cut the table out: around its ink, or around its borders, a little wide; pixels of the picture."""
    ink = [c[4] for c in truth["cells"] if c[4] is not None]
    outer = [truth["xs"][0], truth["ys"][0], truth["xs"][-1], truth["ys"][-1]]
    if ink and random.random() < 0.5:
        outer = [min(b[0] for b in ink), min(b[1] for b in ink), max(b[2] for b in ink), max(b[3] for b in ink)]
    widest = 28 if random.random() < 0.12 else 12
    margins = random.uniform(2, widest, 4) / POINTS
    box = [outer[0] - margins[0], outer[1] - margins[1], outer[2] + margins[2], outer[3] + margins[3]]
    return [int(max(0, box[0])), int(max(0, box[1])), int(min(shape[1], box[2])), int(min(shape[0], box[3]))]


def _stamped(page, random, overlays):
    height, width = page.shape[:2]
    if overlays["watermarks"] and random.random() < 0.5:
        mark = overlays["watermarks"][int(random.integers(len(overlays["watermarks"])))]
        weathering.lay_over(page, mark, random.uniform([0, 0], [width, height]), random.uniform(15, 50), random.uniform(0.6, 1.2), random.uniform(0.2, 0.7))
    if random.random() < 0.6:  # what is left of a seal after cleaning, or the seal on a fax
        seal = overlays["seals"][int(random.integers(len(overlays["seals"])))] if random.random() < 0.6 else weathering.drawn_seal(random)
        weathering.lay_over(page, seal, random.uniform([0, 0], [width, height]), random.uniform(-30, 30), random.uniform(0.7, 1.2), random.uniform(0.1, 0.8))


def _weathered(page, random, kind, overlays):
    """Float BGR page as scanner, fax or phone and the program's own cleaning leave it."""
    if kind != "clean" and random.random() < 0.35:
        _stamped(page, random, overlays)
    if random.random() < 0.08:
        weathering.written_on(page, random)
    if kind == "clean":
        return page
    ink, tint, strength, noise = _STRENGTHS[kind]
    weathering.on_paper(page, random, random.uniform(0, ink), tint)
    if random.random() < 0.15:
        weathering.creased(page, random)
    page = cv2.GaussianBlur(page, (0, 0), random.uniform(0.3, 0.65 if kind in ("scan", "fax") else 1.1))
    page *= weathering.light_field(page.shape, random, random.uniform(0, strength))
    if noise:
        weathering.noisy(page, random, random.uniform(0, noise))
    if kind == "fax":
        return weathering.faxed(page, random)
    return weathering.evened(page, random) if random.random() < 0.8 else page


def padded(ink):
    """White paper at the right and below, to sides that the network takes."""
    height, width = ink.shape
    return np.pad(ink, ((0, -height % MULTIPLE), (0, -width % MULTIPLE)))


def scale_of(width, height):
    """Pixels of the input a point for a table of so many points."""
    return min(1.0, LARGEST[0] / width, LARGEST[1] / height)


def scanned(picture, truth, random, overlays, kind=None, loose=1.0):
    """(ink [H, W] float32, truth in its pixels) of a grey picture of documents.py. `loose` scales turns and changes of size."""
    kind = kind or random.choice(KINDS, p=SHARES)
    x0, y0, x1, y1 = _cut_box(truth, random, picture.shape)
    page = cv2.cvtColor(picture[y0:y1, x0:x1], cv2.COLOR_GRAY2BGR).astype(np.float32)
    page = np.clip(_weathered(page, random, kind, overlays), 0, 255)
    height, width = page.shape[:2]
    factor = scale_of(width * POINTS, height * POINTS) * POINTS
    across, down = factor * random.uniform(1 - 0.15 * loose, 1 + 0.1 * loose, 2) if random.random() < 0.6 else (factor, factor)
    size = (max(16, min(LARGEST[0], round(width * across))), max(16, min(LARGEST[1], round(height * down))))
    across, down = size[0] / width, size[1] / height
    angle = np.radians(random.normal(0, 0.12 if kind != "photo" else 0.2) * loose)
    shear = np.radians(random.normal(0, 0.1 if kind != "photo" else 0.25) * loose)
    matrix = np.array([[across, shear * across, -shear * across * height / 2], [angle * down, down, -angle * down * width / 2]], np.float32)
    grey = cv2.cvtColor(page.astype(np.uint8), cv2.COLOR_BGR2GRAY)
    grey = cv2.GaussianBlur(grey, (0, 0), 0.5)  # what taking the area's mean does when a picture is made smaller
    grey = cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    moved = dict(truth)
    moved["xs"] = [(x - x0) * across for x in truth["xs"]]
    moved["ys"] = [(y - y0) * down for y in truth["ys"]]
    moved["cells"] = [[*cell[:4], None if cell[4] is None else [(cell[4][0] - x0) * across, (cell[4][1] - y0) * down, (cell[4][2] - x0) * across,
                                                                (cell[4][3] - y0) * down]] for cell in truth["cells"]]
    return as_ink(grey).astype(np.float32), moved
