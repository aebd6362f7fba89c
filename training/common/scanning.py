"""What print goes through before a model sees it: print, scan, fax or photograph.

All on one grey picture (uint8, white paper); places of signs (float [count, 6]: x0 y0 x1 y1 baseline size, pixels) move along.
"""
import cv2
import numpy as np


def scaled(picture, places, factor):
    width, height = max(8, round(picture.shape[1] * factor)), max(8, round(picture.shape[0] * factor))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    across, down = width / picture.shape[1], height / picture.shape[0]
    exact = np.array([across, down, across, down, down, down], np.float32)
    return cv2.resize(picture, (width, height), interpolation=way), places * exact


def _turned(picture, places, degrees):
    height, width = picture.shape
    pad = int(abs(np.tan(np.radians(degrees))) * width / 2) + 2
    picture = cv2.copyMakeBorder(picture, pad, pad, 0, 0, cv2.BORDER_CONSTANT, value=255)
    places = places + np.array([0, pad, 0, pad, pad, 0], np.float32)
    height += 2 * pad
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    picture = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    middle = np.stack([(places[:, 0] + places[:, 2]) / 2, (places[:, 1] + places[:, 3]) / 2, np.ones(len(places))], 1)
    shift = (middle @ matrix.T - middle[:, :2]).astype(np.float32)
    return picture, places + np.concatenate([shift, shift, shift[:, 1:], np.zeros((len(places), 1), np.float32)], 1)


def _light(shape, random, strength):
    y, x = np.mgrid[-1:1:shape[0] * 1j, -1:1:shape[1] * 1j].astype(np.float32)
    angle = random.uniform(0, 2 * np.pi)
    return 1 - strength * (0.5 + 0.5 * (x * np.cos(angle) + y * np.sin(angle)))


def _specks(picture, random, count, dark=True):
    height, width = picture.shape
    for _ in range(count):
        x, y, r = random.integers(width), random.integers(height), random.integers(0, 2)
        picture[y:y + r + 1, x:x + r + 1] = random.integers(0, 90) if dark else 255
    return picture


def _compressed(picture, quality):
    return cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE)


def _neighbours(picture, random, em):
    """Remains of other print at the upper or lower edge of the crop, a rule, or a seal's stroke."""
    height, width = picture.shape
    kind = random.random()
    out = cv2.copyMakeBorder(picture, int(0.5 * em), int(0.5 * em), 0, 0, cv2.BORDER_CONSTANT, value=255)
    if kind < 0.5:
        at = out.shape[0] - int(0.25 * em) if random.random() < 0.5 else 0
        piece = picture[height // 3: height // 3 + int(0.25 * em)]
        piece = np.roll(piece, random.integers(width), axis=1)[: out.shape[0] - at]
        out[at:at + len(piece)] = np.minimum(out[at:at + len(piece)], piece)
    elif kind < 0.75:
        y = random.integers(0, max(1, int(0.2 * em))) if random.random() < 0.5 else out.shape[0] - 1 - random.integers(0, max(1, int(0.2 * em)))
        out[y:y + max(1, int(em / 24))] = random.integers(0, 120)
    else:
        start = (int(random.integers(width)), int(random.integers(out.shape[0])))
        radius = int(random.uniform(2, 6) * em)
        ring = np.full_like(out, 255)
        cv2.circle(ring, start, radius, int(random.integers(110, 215)), max(1, int(em * random.uniform(0.04, 0.12))))
        out = (out.astype(np.float32) * ring / 255).astype(np.uint8)
    return out, int(0.5 * em)


def scanned(picture, places, em, random, degraded):
    """(picture, places, em) as a scanner or camera would give it; `em` in pixels."""
    target = random.uniform(24, 44) if not degraded else random.uniform(18, 36)
    if degraded and random.random() < 0.25:
        picture, pad = _neighbours(picture, random, em)
        places = places + np.array([0, pad, 0, pad, pad, 0], np.float32)
    picture, places = scaled(picture, places, min(1.3, target / em))
    em *= min(1.3, target / em)
    if not degraded:
        return picture, places, em
    if random.random() < 0.6:
        picture, places = _turned(picture, places, random.normal(0, 0.45))
    kind = random.choice(["scan", "poor", "fax", "photo"], p=[0.25, 0.25, 0.28, 0.22])
    work = picture.astype(np.float32)
    if random.random() < 0.3:  # heavier or lighter print
        size = (2, 2) if em > 20 else (2, 1)
        work = (cv2.erode if random.random() < 0.5 else cv2.dilate)(work, np.ones(size, np.uint8))
    if kind == "fax":
        # As faxes are made: blurred by the optics, cut to black and white, pixels flipped.
        work = cv2.GaussianBlur(work, (0, 0), random.uniform(0.4, 1.0)) + random.normal(0, random.uniform(4, 26), work.shape)
        work = np.where(work > random.uniform(105, 200), 255, 0).astype(np.uint8)
        flips = random.random(work.shape) < random.uniform(0, 0.006)
        work[flips] = 255 - work[flips]
        return _specks(work, random, random.integers(0, 12)), places, em
    ink, paper = (random.uniform(0, 60), random.uniform(225, 255)) if kind == "scan" else (random.uniform(10, 110), random.uniform(175, 250))
    work = ink + work / 255 * (paper - ink)
    work = cv2.GaussianBlur(work, (0, 0), random.uniform(0.3, 0.8) if kind == "scan" else random.uniform(0.5, 1.0 + em / 50))
    if kind == "photo":
        work = work * _light(work.shape, random, random.uniform(0.05, 0.45))
        if random.random() < 0.4:  # a camera's movement
            blur = np.eye(3, dtype=np.float32) / 3 if random.random() < 0.5 else np.ones((1, 3), np.float32) / 3
            work = cv2.filter2D(work, -1, blur)
    work = work + random.normal(0, random.uniform(1, 5 if kind == "scan" else 14), work.shape)
    work = np.clip(work, 0, 255).astype(np.uint8)
    if random.random() < 0.3:
        work = _specks(work, random, random.integers(1, 8))
    if random.random() < 0.6:
        work = _compressed(work, int(random.integers(35, 92)))
    return work, places, em


def as_ink(picture):
    """Ink 1, paper 0, from the picture's own darkest and its paper; the engine does the same."""
    low, paper = np.percentile(picture, 1), np.percentile(picture, 60)
    return np.clip((paper - picture.astype(np.float32)) / max(paper - low, 48.0), -0.2, 1.2)
