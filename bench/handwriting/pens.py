"""Handwriting as a pen leaves it: strokes with pressure, and words of handwriting typefaces; as covers of ink (0..1)."""
import base64
from pathlib import Path

import cv2
import numpy as np

FONTS = Path(__file__).resolve().parent.parent.parent / "build" / "bench" / "handwriting-fonts" / "node_modules" / "@fontsource"
LATIN_HANDS = ["caveat-latin", "homemade-apple-latin", "nanum-pen-script-latin", "reenie-beanie-latin", "long-cang-latin"]
CHINESE_HANDS = ["long-cang-chinese-simplified", "liu-jian-mao-cao-chinese-simplified", "zhi-mang-xing-chinese-simplified"]
INKS = {"blue": [(168, 74, 38), (120, 48, 30), (190, 96, 60)], "black": [(42, 38, 36), (60, 56, 52)],
        "red": [(48, 40, 196), (70, 58, 220)]}  # BGR of ballpoints and gel pens on white paper
_FINE = 4  # strokes are drawn this much larger
_TEXT_PIXELS = 160


def stroke(points, width, random, shape):
    """The cover of one smooth stroke through `points` (pixels of a picture of `shape`); pressure varies along it."""
    points = np.asarray(points, np.float64)
    dense = _smooth(points, max(24, int(np.abs(np.diff(points, axis=0)).sum() / 1.5)))
    knots = random.uniform(0.65, 1.15, max(4, len(points)))
    pressure = np.interp(np.linspace(0, 1, len(dense)), np.linspace(0, 1, len(knots)), knots)
    ends = np.minimum(1, np.minimum(np.arange(len(dense)), np.arange(len(dense))[::-1]) / 6 + 0.45)
    canvas = np.zeros((shape[0] * _FINE, shape[1] * _FINE), np.uint8)
    for (x, y), share in zip(dense, pressure * ends):
        cv2.circle(canvas, (round(x * _FINE), round(y * _FINE)), max(1, round(width * share * _FINE / 2)), 255, -1)
    return cv2.resize(canvas, (shape[1], shape[0]), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def _smooth(points, count):
    """Points along a Catmull-Rom spline."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    places = np.linspace(0, len(points) - 1, count, endpoint=False)
    made = []
    for place in places:
        i, t = int(place), place - int(place)
        a, b, c, d = padded[i:i + 4]
        made.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t ** 3))
    return np.array([*made, points[-1]])


def strike(width, height, pen, random):
    """One or two slanted lines through a word of the given size."""
    pad = int(0.3 * height)
    shape = (height + 2 * pad, width + 4 * pad)
    cover = np.zeros(shape, np.float32)
    for _ in range(int(random.integers(1, 3))):
        ends = pad + height * random.uniform(0.3, 0.75, 2)
        middle = ends.mean() + height * random.uniform(-0.08, 0.08)
        cover = np.maximum(cover, stroke([(pad, ends[0]), (shape[1] / 2, middle), (shape[1] - pad, ends[1])], pen, random, shape))
    return cover


def tick(size, pen, random):
    shape = (int(size * 1.2), int(size * 1.3))
    points = [(0.1 * size, random.uniform(0.5, 0.7) * size), (random.uniform(0.3, 0.42) * size, random.uniform(0.95, 1.1) * size),
              (0.7 * size, 0.5 * size), (1.2 * size, random.uniform(0.05, 0.2) * size)]
    return stroke(points, pen, random, shape)


def circle(width, height, pen, random):
    """An open, uneven ring around a word of the given size."""
    pad = int(0.45 * height) + 4
    shape = (height + 2 * pad, width + 3 * pad)
    turns = np.linspace(0, 2 * np.pi * random.uniform(0.97, 1.1), 13) + random.uniform(0, 6.28)
    wobble = random.uniform(0.86, 1.0, len(turns))
    x = shape[1] / 2 + (shape[1] / 2 - 4) * wobble * np.cos(turns)
    y = shape[0] / 2 + (shape[0] / 2 - 4) * wobble * np.sin(turns)
    return stroke(np.column_stack([x, y]), pen, random, shape)


def underline(width, height, pen, random):
    shape = (int(0.6 * height) + 6, width + 8)
    steps = np.linspace(4, shape[1] - 4, 6)
    return stroke(np.column_stack([steps, shape[0] / 2 + random.uniform(-0.16, 0.16, 6) * height]), pen, random, shape)


def signature(width, height, pen, random):
    """A scribbled name: loops that run to the right, often with a flourish under them."""
    shape = (height + 8, width + 8)
    count = int(random.integers(9, 17))
    x = np.linspace(0.04, 0.92, count) * width + random.uniform(-0.06, 0.06, count) * width
    y = np.where(np.arange(count) % 2, random.uniform(0.05, 0.45, count), random.uniform(0.5, 0.95, count)) * height
    cover = stroke(np.clip(np.column_stack([x, y]) + 4, 3, None), pen, random, shape)
    if random.random() < 0.5:
        tail = [(0.9 * width, 0.75 * height), (0.4 * width, 0.92 * height), (0.1 * width, 0.85 * height), (0.97 * width, 0.7 * height)]
        cover = np.maximum(cover, stroke(np.array(tail) + 4, 0.8 * pen, random, shape))
    return cover


class Writer:
    """Words in handwriting typefaces, drawn by a browser."""

    def __init__(self, browser):
        self._browser = browser

    def words(self, text, height, random):
        """The cover of `text`, its letters about `height` pixels high, slanted and with an uneven baseline."""
        hand = LATIN_HANDS if text.isascii() else CHINESE_HANDS
        name = hand[int(random.integers(len(hand)))]
        file = FONTS / name.split("-latin")[0].split("-chinese")[0] / "files" / f"{name}-400-normal.woff2"
        font = base64.b64encode(file.read_bytes()).decode()
        letters = "".join(f'<span style="display:inline-block;transform:translateY({random.uniform(-9, 9):.0f}px) '
                          f'rotate({random.uniform(-4, 4):.1f}deg)">{c}</span>' for c in text)
        width = _TEXT_PIXELS * (len(text) + 2)
        self._browser.load(
            f"<style>@font-face{{font-family:Hand;src:url(data:font/woff2;base64,{font})}}</style><body style='margin:0;"
            f"background:transparent'><div style=\"font:{_TEXT_PIXELS}px Hand;padding:60px;white-space:nowrap\">{letters}</div>",
            width, 3 * _TEXT_PIXELS)
        shot = cv2.imdecode(np.frombuffer(self._browser.screenshot(width, 3 * _TEXT_PIXELS, transparent=True), np.uint8),
                            cv2.IMREAD_UNCHANGED)
        cover = shot[..., 3].astype(np.float32) / 255
        shear = np.array([[1, random.uniform(-0.05, 0.3), 0], [random.uniform(-0.06, 0.03), 1, 30]], np.float32)
        cover = cv2.warpAffine(cover, shear, (cover.shape[1] + 200, cover.shape[0] + 80), flags=cv2.INTER_AREA)
        rows, columns = np.flatnonzero(cover.max(axis=1) > 0.2), np.flatnonzero(cover.max(axis=0) > 0.2)
        cover = cover[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
        scale = height / cover.shape[0]
        return cv2.resize(cover, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def lay_on(picture, cover, left, top, ink):
    """Ink over print, in place; parts outside the page are cut off. BGR uint8."""
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + cover.shape[1], picture.shape[1]), min(top + cover.shape[0], picture.shape[0])
    piece = np.clip(cover[y0 - top:y1 - top, x0 - left:x1 - left, None] * 0.95, 0, 1)
    under = picture[y0:y1, x0:x1].astype(np.float32)
    picture[y0:y1, x0:x1] = (under * (1 - piece * (1 - np.array(ink, np.float32) / 255))).astype(np.uint8)
