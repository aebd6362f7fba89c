"""What a printed page goes through before the detector sees it: stamps, pens, paper, scanners, faxes, phones, and the product's own
cleaning. Works on small pictures (90 DPI and less), so that a page takes some 20 ms; bench/corpus/degrade.py is its elder
brother at full size, which the evaluation uses.

Pictures are BGR uint8; boxes are pixels of the picture; everything is drawn from the numpy Generator given.
"""
import cv2
import numpy as np

from network import LONG_SIDE, SHORT_SIDE

WHITE = 255.0


def input_size(height, width, long_side=LONG_SIDE, short_side=SHORT_SIDE):
    """(width, height) of the network's input for a page: standing or lying."""
    return (long_side, short_side) if width > height else (short_side, long_side)


def lay_over(page, overlay, centre, degrees, scale, opacity):
    """Multiplies a BGRA overlay onto the float page as ink does; the box of what shows, or None."""
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((overlay.shape[1] / 2, overlay.shape[0] / 2), degrees, scale)
    matrix[:, 2] += np.array(centre) - np.array([overlay.shape[1] / 2, overlay.shape[0] / 2])
    reach = int(np.hypot(*overlay.shape[:2]) * scale / 2) + 2
    x0, y0 = max(0, int(centre[0]) - reach), max(0, int(centre[1]) - reach)
    x1, y1 = min(width, int(centre[0]) + reach), min(height, int(centre[1]) + reach)
    if x0 >= x1 or y0 >= y1:
        return None
    matrix[:, 2] -= (x0, y0)
    piece = cv2.warpAffine(overlay, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR).astype(np.float32)
    cover = piece[..., 3:] / 255 * opacity
    page[y0:y1, x0:x1] *= 1 - cover * (1 - piece[..., :3] / 255)
    columns, rows = np.flatnonzero((piece[..., 3] > 60).any(0)), np.flatnonzero((piece[..., 3] > 60).any(1))
    if not len(columns):
        return None
    return [x0 + columns[0], y0 + rows[0], x0 + columns[-1] + 1, y0 + rows[-1] + 1]


def drawn_seal(random):
    """A stamp of a form the browser's overlays do not have: oval, box or ring with strokes for words."""
    side = int(random.integers(70, 150))
    wide = int(side * random.uniform(0.35, 1.0))
    canvas = np.zeros((wide + 8, side + 8, 4), np.uint8)
    colour = (int(random.integers(0, 60)), int(random.integers(0, 60)), int(random.integers(170, 240)), 255)
    if random.random() < 0.2:
        colour = (int(random.integers(140, 220)), int(random.integers(0, 70)), int(random.integers(0, 70)), 255)
    middle, axes, thick = (side // 2 + 4, wide // 2 + 4), (side // 2, wide // 2), int(random.integers(1, 4))
    if random.random() < 0.6:
        cv2.ellipse(canvas, middle, axes, 0, 0, 360, colour, thick)
    else:
        cv2.rectangle(canvas, (4, 4), (side + 3, wide + 3), colour, thick)
    for row in np.linspace(0.25, 0.75, max(1, wide // 28)):
        reach = 0.32 * side
        for x in np.arange(middle[0] - reach, middle[0] + reach, 11):
            for _ in range(4):
                start = (int(x + random.uniform(0, 9)), int(4 + row * wide + random.uniform(-5, 5)))
                end = (int(start[0] + random.uniform(-6, 6)), int(start[1] + random.uniform(-6, 6)))
                cv2.line(canvas, start, end, colour, 1, cv2.LINE_AA)
    return canvas


def stamped(page, random, overlays, labels):
    """Seals and a watermark over the page; the seals' boxes are added to `labels`."""
    height, width = page.shape[:2]
    if overlays["watermarks"] and random.random() < 0.3:
        mark = overlays["watermarks"][int(random.integers(len(overlays["watermarks"])))]
        for _ in range(int(random.choice([1, 1, 3]))):
            lay_over(page, mark, random.uniform([0.3 * width, 0.2 * height], [0.7 * width, 0.8 * height]),
                     random.uniform(15, 50), random.uniform(0.4, 1.2), random.uniform(0.3, 0.9))
    for _ in range(int(random.choice([0, 1, 1, 2]))):
        seal = (overlays["seals"][int(random.integers(len(overlays["seals"])))] if random.random() < 0.6
                else drawn_seal(random))
        scale = random.uniform(0.7, 1.2)
        box = lay_over(page, seal, random.uniform([0.1 * width, 0.06 * height], [0.9 * width, 0.95 * height]),
                       random.uniform(-30, 30), scale, random.uniform(0.45, 0.95))
        if box is not None and min(box[2] - box[0], box[3] - box[1]) > 18:
            labels.append(["seal", *box])


def written_on(page, random):
    """Strokes as of a pen: signatures, ticks, rings, underlines."""
    height, width = page.shape[:2]
    ink = np.array([[150, 60, 30], [40, 40, 40], [40, 40, 190]][int(random.integers(3))], np.float32)
    mask = np.zeros((height, width), np.uint8)
    for _ in range(int(random.integers(1, 5))):
        x, y = random.uniform(0.1, 0.9) * width, random.uniform(0.1, 0.95) * height
        kind = random.random()
        if kind < 0.5:
            count = int(random.integers(6, 26))
            steps = np.cumsum(random.normal([3.5, 0], [5, 7], (count, 2)), 0)
            points = (np.array([x, y]) + steps).astype(np.int32)
            cv2.polylines(mask, [points], False, 255, int(random.integers(1, 3)), cv2.LINE_AA)
        elif kind < 0.75:
            cv2.ellipse(mask, (int(x), int(y)), (int(random.integers(12, 50)), int(random.integers(8, 18))),
                        random.uniform(-8, 8), random.uniform(0, 30), random.uniform(330, 380), 255, 1, cv2.LINE_AA)
        else:
            cv2.line(mask, (int(x), int(y)), (int(x + random.uniform(20, 130)), int(y + random.uniform(-5, 5))), 255, 1, cv2.LINE_AA)
    cover = mask[..., None].astype(np.float32) / 255 * random.uniform(0.6, 1)
    page *= 1 - cover * (1 - ink / 255)


def light_field(shape, random, strength):
    y, x = np.mgrid[-1:1:shape[0] * 1j, -1:1:shape[1] * 1j].astype(np.float32)
    angle = random.uniform(0, 2 * np.pi)
    slope = x * np.cos(angle) + y * np.sin(angle)
    return (1 - strength * (0.5 + 0.5 * slope) - 0.4 * strength * (x * x + y * y) / 2)[..., None]


def creased(page, random):
    """Folds: a darker and a brighter line side by side."""
    height, width = page.shape[:2]
    for _ in range(int(random.integers(1, 3))):
        mask = np.zeros((height, width), np.float32)
        if random.random() < 0.6:
            y = random.uniform(0.1, 0.9) * height
            ends = (0, int(y)), (width, int(y + random.uniform(-0.03, 0.03) * height))
        else:
            x = random.uniform(0.1, 0.9) * width
            ends = (int(x), 0), (int(x + random.uniform(-0.03, 0.03) * width), height)
        cv2.line(mask, *ends, float(random.uniform(-0.35, 0.2)), int(random.integers(1, 4)))
        page *= 1 + cv2.GaussianBlur(mask, (0, 0), random.uniform(0.8, 2.5))[..., None]


def noisy(page, random, sigma):
    grain = cv2.resize(random.standard_normal((page.shape[0] // 2, page.shape[1] // 2), np.float32), page.shape[1::-1],
                       interpolation=cv2.INTER_LINEAR) if random.random() < 0.3 else random.standard_normal(page.shape[:2], np.float32)
    page += sigma * grain[..., None]


def faxed(page, random):
    """One bit a pixel, speckled, as at 150 DPI."""
    grey = cv2.cvtColor(np.clip(page, 0, 255).astype(np.uint8), cv2.COLOR_BGR2GRAY)
    grey = cv2.resize(grey, None, fx=1.6, fy=1.6, interpolation=cv2.INTER_CUBIC).astype(np.float32)
    grey += random.uniform(8, 22) * random.standard_normal(grey.shape, np.float32)
    black = grey < random.uniform(140, 200)
    specks = random.random(grey.shape, np.float32)
    black |= specks < random.uniform(0, 0.0015)
    black &= specks < 1 - random.uniform(0, 0.003)
    made = np.where(black, 0, 255).astype(np.uint8)
    return cv2.cvtColor(cv2.resize(made, page.shape[1::-1], interpolation=cv2.INTER_AREA), cv2.COLOR_GRAY2BGR).astype(np.float32)


def evened(page, random):
    """As the product cleans a page: the paper's shade is divided away."""
    picture = np.clip(page, 0, 255).astype(np.uint8)
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 4)
    paper = cv2.resize(paper, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR).astype(np.float32)
    return np.minimum(page / np.maximum(paper, 20) * random.uniform(245, 262), 255)


def on_paper(page, random, ink, tint):
    """Black becomes `ink`, white a paper of up to `tint` darker."""
    grey = random.uniform(0, tint)
    paper = np.array([WHITE - grey - random.uniform(0, 0.4 * tint), WHITE - grey, WHITE - grey], np.float32)
    np.multiply(page, (paper - ink) / 255, out=page)
    page += ink


def placed(height, width, size, random, turn, warp, loose):
    """Where the page's corners go in the input: fitted as the product does it, and a little turned, warped and moved."""
    scale = min(size[0] / width, size[1] / height)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    middle = np.array([width / 2, height / 2])
    angle = np.deg2rad(random.uniform(-turn, turn))
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    moved = (corners - middle) @ rotation.T * random.uniform(1 - loose, 1 + 0.35 * loose, 2 if random.random() < 0.5 else 1) + middle
    moved += random.uniform(-0.35 * loose, 0.35 * loose, 2) * [width, height]
    moved += random.uniform(-warp, warp, (4, 2)) * [width, height]
    return cv2.getPerspectiveTransform(corners, (moved * scale).astype(np.float32))


def moved_box(box, matrix, size):
    """A box after the mapping, cut to the picture; None where less than a third of it is left."""
    x0, y0, x1, y1 = box
    # Corner points moved in by a little: a turned line's box grows less than its own corners say.
    points = np.array([[[x0, (y0 + y1) / 2], [x1, (y0 + y1) / 2], [(x0 + x1) / 2, y0], [(x0 + x1) / 2, y1],
                        [x0, y0], [x1, y0], [x1, y1], [x0, y1]]], np.float32)
    there = cv2.perspectiveTransform(points, matrix)[0]
    left, top = there.min(0)
    right, bottom = there.max(0)
    cut = [max(0.0, left), max(0.0, top), min(float(size[0]), right), min(float(size[1]), bottom)]
    if cut[0] >= cut[2] or cut[1] >= cut[3]:
        return None
    share = (cut[2] - cut[0]) * (cut[3] - cut[1]) / ((right - left) * (bottom - top))
    return [float(v) for v in cut] if share > 1 / 3 else None


def background(size, random):
    """What lies beyond the page: white, the scanner's lid, a desk."""
    kind = random.random()
    if kind < 0.5:
        return np.full((size[1], size[0], 3), WHITE, np.float32)
    colour = random.uniform(30, 250, 3) if kind < 0.75 else np.full(3, random.uniform(200, 255))
    field = cv2.resize(random.random((8, 6), np.float32), size, interpolation=cv2.INTER_CUBIC)[..., None]
    return (colour + field * random.uniform(0, 50)).astype(np.float32)


def weathered(picture, labels, random, overlays, sides=(LONG_SIDE, SHORT_SIDE)):
    """(BGR picture of the input's size (`sides`), [[class, x0, y0, x1, y1]] in its pixels) of a printed page; labels in fractions."""
    height, width = picture.shape[:2]
    boxes = [[kind, x0 * width, y0 * height, x1 * width, y1 * height] for kind, x0, y0, x1, y1 in labels]
    page = picture.astype(np.float32)
    kind = random.choice(["clean", "scan", "poor", "photo", "fax"], p=[0.12, 0.3, 0.3, 0.15, 0.13])
    if random.random() < (0.3 if kind == "clean" else 0.5):
        stamped(page, random, overlays, boxes)
    if random.random() < 0.15:
        written_on(page, random)
    is_raw = random.random() < 0.35  # not deskewed, not evened
    turn, warp, loose = (2.5, 0, 0.05) if is_raw else (0.25, 0, 0.03)
    if kind == "photo":
        turn, warp, loose = (2.5, 0.035, 0.15) if is_raw else (0.5, 0.004, 0.04)
    if kind != "clean":
        if random.random() < 0.25 and kind != "fax":
            page *= 1 - random.uniform(0.02, 0.12) * (1 - cv2.GaussianBlur(page[:, ::-1], (0, 0), 1.5) / 255)
        ink, tint, strength, noise = {"scan": (60, 22, 0.2, 5), "poor": (115, 45, 0.4, 9), "photo": (70, 25, 0.4, 6),
                                      "fax": (30, 10, 0, 0)}[kind]
        on_paper(page, random, random.uniform(0, ink), tint)
        if random.random() < 0.2:
            creased(page, random)
        page = cv2.GaussianBlur(page, (0, 0), random.uniform(0.3, 0.55 if kind in ("scan", "fax") else 0.9))
        page *= light_field(page.shape, random, random.uniform(0, strength))
        noisy(page, random, random.uniform(0, noise))
    if kind == "fax":
        page = faxed(page, random)
    elif random.random() < 0.15:
        packed = cv2.imencode(".jpg", np.clip(page, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(30, 80))])[1]
        page = cv2.imdecode(packed, cv2.IMREAD_COLOR).astype(np.float32)
    if not is_raw and kind not in ("clean", "fax"):
        page = evened(page, random)
    if random.random() < 0.15:  # the grey of a copier
        page[:] = page.mean(2, keepdims=True)
    size = input_size(height, width, *sides)
    matrix = placed(height, width, size, random, turn, warp, loose)
    page = cv2.GaussianBlur(page, (0, 0), 0.45)  # what taking the area's mean does when a page is made smaller
    scene = background(size, random) if is_raw else np.full((size[1], size[0], 3), WHITE, np.float32)
    cover = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, size, flags=cv2.INTER_LINEAR)[..., None]
    scene = scene * (1 - cover) + cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_LINEAR) * cover
    kept = []
    for name, *box in boxes:
        there = moved_box(box, matrix, size)
        if there is not None and min(there[2] - there[0], there[3] - there[1]) >= 2:
            kept.append([name, *there])
    return np.clip(scene, 0, 255).astype(np.uint8), kept
