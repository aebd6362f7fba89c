"""What happens to a printed page before a parser sees it: five grades of scan and photograph.

Every function takes a clean page picture (BGR uint8, 200 DPI) and a numpy Generator and returns a ScannedPage.
Same input and same generator state, same output.
"""
import cv2
import numpy as np

from image_pdf import ScannedPage

GRADES = ("good", "mid", "bad", "photo", "fax")
SOURCE_DPI = 200


def _turned(picture, degrees, background):
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=background)


def _blurred(picture, sigma):
    return cv2.GaussianBlur(picture, (0, 0), sigma) if sigma > 0.05 else picture


def _noisy(picture, random, sigma):
    return picture + random.normal(0, sigma, picture.shape[:2]).astype(np.float32)[..., None]


def _light_field(shape, random, strength):
    """A factor around 1 per pixel that falls off smoothly to one side or corner."""
    y, x = np.mgrid[-1:1:shape[0] * 1j, -1:1:shape[1] * 1j].astype(np.float32)
    angle = random.uniform(0, 2 * np.pi)
    slope = x * np.cos(angle) + y * np.sin(angle)
    return (1 - strength * (0.5 + 0.5 * slope) - 0.4 * strength * (x * x + y * y) / 2).astype(np.float32)


def _paper(random, tint):
    """The colour of the paper: white to grey or yellowish, darker by up to `tint`."""
    grey = random.uniform(0, tint)
    return np.array([255 - grey - random.uniform(0, 0.4 * tint), 255 - grey, 255 - grey], np.float32)


def _ink_and_paper(picture, ink, paper):
    """Maps black to `ink` and white to `paper`, so that contrast falls."""
    return ink + picture.astype(np.float32) / 255 * (paper - ink)


def _bleed_through(picture, reverse, amount):
    """Lets the mirrored other side shine through."""
    if reverse is None or amount <= 0:
        return picture
    ghost = cv2.GaussianBlur(cv2.flip(reverse, 1), (0, 0), 2.2).astype(np.float32)
    return picture * (1 - amount * (1 - ghost / 255))


def _lay_over(picture, overlay, left, top, opacity=1.0):
    """Multiplies an RGBA overlay onto the page as ink does; parts outside the page are cut off."""
    height, width = overlay.shape[:2]
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + width, picture.shape[1]), min(top + height, picture.shape[0])
    if x0 >= x1 or y0 >= y1:
        return picture
    piece = overlay[y0 - top:y1 - top, x0 - left:x1 - left].astype(np.float32)
    cover = piece[..., 3:] / 255 * opacity
    ink = 1 - cover * (1 - piece[..., :3] / 255)
    out = picture.astype(np.float32)
    out[y0:y1, x0:x1] *= ink
    return out


def _rotated_overlay(overlay, degrees):
    side = int(np.hypot(*overlay.shape[:2])) + 2
    canvas = np.zeros((side, side, 4), np.uint8)
    top, left = (side - overlay.shape[0]) // 2, (side - overlay.shape[1]) // 2
    canvas[top:top + overlay.shape[0], left:left + overlay.shape[1]] = overlay
    return cv2.warpAffine(canvas, cv2.getRotationMatrix2D((side / 2, side / 2), degrees, 1), (side, side),
                          flags=cv2.INTER_AREA)


def stamped(picture, random, overlays):
    """A red seal over printed text and a watermark across the page. Where the seal's ink stands, in pixels, is added to the
    list `overlays["laid"]` if there is one."""
    if overlays.get("watermarks"):
        mark = _rotated_overlay(overlays["watermarks"][int(random.integers(len(overlays["watermarks"])))],
                                random.uniform(20, 40))
        top = int(random.uniform(0.0, 0.35) * picture.shape[0])
        picture = _lay_over(picture, mark, int((picture.shape[1] - mark.shape[1]) / 2), top, random.uniform(0.5, 0.8))
    if overlays.get("seals"):
        seal = _rotated_overlay(overlays["seals"][int(random.integers(len(overlays["seals"])))],
                                random.uniform(-25, 25))
        rows = np.flatnonzero((picture.min(axis=2) < 128).any(axis=1))  # where something is printed
        row = int(rows[int(random.uniform(0.25, 1.0) * (len(rows) - 1))]) if len(rows) else picture.shape[0] // 2
        left = int(random.uniform(0.25, 0.75) * picture.shape[1] - seal.shape[1] / 2)
        picture = _lay_over(picture, seal, left, row - seal.shape[0] // 2, random.uniform(0.6, 0.95))
        x, y, width, height = cv2.boundingRect((seal[..., 3] > 60).astype(np.uint8))
        x, y = x + left, y + row - seal.shape[0] // 2
        overlays.get("laid", []).append([max(x, 0), max(y, 0), min(x + width, picture.shape[1]), min(y + height, picture.shape[0])])
    return picture


def good(picture, random, overlays, reverse=None):
    """A careful flatbed scan: hardly turned, a little noise."""
    page = _ink_and_paper(_blurred(picture, random.uniform(0.2, 0.5)), random.uniform(5, 35), _paper(random, 8))
    page = _turned(page, random.uniform(-0.35, 0.35), (250, 250, 250))
    page = _noisy(page, random, random.uniform(1, 3))
    return ScannedPage(np.clip(page, 0, 255).astype(np.uint8), SOURCE_DPI, int(random.integers(80, 93)))


def mid(picture, random, overlays, reverse=None):
    """An everyday scan: turned by up to two degrees, soft, unevenly lit, other side shining through."""
    page = _bleed_through(_blurred(picture, random.uniform(0.6, 0.95)), reverse, random.uniform(0, 0.08))
    page = _ink_and_paper(page, random.uniform(30, 70), _paper(random, 22))
    page = _turned(page, random.uniform(-2.0, 2.0), (225, 228, 230))
    page *= _light_field(page.shape, random, random.uniform(0.08, 0.25))[..., None]
    page = _noisy(page, random, random.uniform(3, 6))
    return ScannedPage(np.clip(page, 0, 255).astype(np.uint8), SOURCE_DPI, int(random.integers(60, 80)))


def bad(picture, random, overlays, reverse=None):
    """A poor copy: low resolution and contrast, seal and watermark over the text, strong gradient."""
    page = stamped(picture, random, overlays)
    page = _bleed_through(_blurred(page, random.uniform(0.5, 0.9)), reverse, random.uniform(0, 0.12))
    dots_per_inch = float(random.choice([130, 140, 150]))
    scale = dots_per_inch / SOURCE_DPI
    page = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    page = _ink_and_paper(page, random.uniform(70, 110), _paper(random, 40))
    page = _turned(page, random.uniform(-2.5, 2.5), (200, 203, 205))
    page *= _light_field(page.shape, random, random.uniform(0.2, 0.4))[..., None]
    page = _noisy(page, random, random.uniform(4, 8))
    if random.random() < 0.5:  # stored at 200 DPI although nothing above 150 is in it
        page = cv2.resize(page, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
        dots_per_inch = SOURCE_DPI
    return ScannedPage(np.clip(page, 0, 255).astype(np.uint8), dots_per_inch, int(random.integers(50, 70)))


def _desk(height, width, random):
    """A background to photograph on: wood, cloth, plain desk or a bed sheet; float BGR."""
    kind = random.choice(["wood", "cloth", "plain", "sheet"])
    if kind == "wood":
        grain = random.random((height // 7 + 1, 6)).astype(np.float32)
        field = cv2.resize(grain, (width, height), interpolation=cv2.INTER_CUBIC)
        base, span = np.array([45, 75, 115], np.float32), np.array([35, 50, 60], np.float32)
    elif kind == "cloth":
        y, x = np.mgrid[0:height, 0:width]
        field = (0.5 + 0.25 * np.sin(x * 0.7) + 0.25 * np.sin(y * 0.7)).astype(np.float32)
        base, span = np.array(random.uniform(50, 140, 3), np.float32), np.array([28, 28, 28], np.float32)
    elif kind == "sheet":
        folds = random.random((5, 9)).astype(np.float32)
        field = cv2.resize(folds, (width, height), interpolation=cv2.INTER_CUBIC)
        base, span = np.array([165, 150, 140], np.float32), np.array([40, 40, 40], np.float32)
    else:
        field = np.zeros((height, width), np.float32)
        base, span = np.array(random.uniform(35, 150, 3), np.float32), np.zeros(3, np.float32)
    return base + field[..., None] * span


def _curl_map(height, width, random):
    """Where each pixel of the gently curled sheet comes from on the flat one."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    bend, phase = random.uniform(0, 0.006) * height, random.uniform(0, np.pi)
    lift, across = random.uniform(0, 0.004) * width, random.uniform(0, np.pi)
    return (x + lift * np.sin(np.pi * y / height + across), y + bend * np.sin(np.pi * x / width + phase))


def photo(picture, random, overlays, reverse=None):
    """A sheet on a desk, photographed by hand: perspective, curl, uneven light, a soft shadow."""
    if random.random() < 0.3:
        picture = stamped(picture, random, {**overlays, "watermarks": None})
    page = _ink_and_paper(picture, random.uniform(20, 60), _paper(random, 20))
    page = _bleed_through(page, reverse, random.uniform(0, 0.06))
    height, width = page.shape[:2]
    map_x, map_y = _curl_map(height, width, random)
    page = cv2.remap(page, map_x, map_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    scale = random.uniform(0.95, 1.35)  # phones have more pixels than a 200 DPI scanner
    out_height, out_width = int(height * scale), int(width * scale)
    margin = random.uniform(0.02, 0.09, 8).reshape(4, 2)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) + margin * np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
    corners = (corners * [out_width, out_height]).astype(np.float32)
    spin = np.deg2rad(random.uniform(-2, 2))
    middle = np.array([out_width / 2, out_height / 2])
    turn = np.array([[np.cos(spin), -np.sin(spin)], [np.sin(spin), np.cos(spin)]])
    corners = ((corners - middle) @ turn.T + middle).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32), corners)
    scene = _desk(out_height, out_width, random)
    cover = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, (out_width, out_height))
    drop = cv2.GaussianBlur(np.roll(cover, (9, 9), (0, 1)), (0, 0), 12)[..., None]
    scene = scene * (1 - 0.35 * drop)
    sheet = cv2.warpPerspective(page, matrix, (out_width, out_height), flags=cv2.INTER_CUBIC)
    scene = scene * (1 - cover[..., None]) + sheet * cover[..., None]
    scene *= _light_field(scene.shape, random, random.uniform(0.15, 0.4))[..., None]
    if random.random() < 0.4:  # the shadow of the hand that holds the phone
        shade = np.ones((out_height, out_width), np.float32)
        point = (int(random.uniform(0.1, 0.9) * out_width), int(random.uniform(0.8, 1.1) * out_height))
        cv2.ellipse(shade, point, (int(0.25 * out_width), int(0.35 * out_height)), float(random.uniform(-30, 30)),
                    0, 360, 0.72, -1)
        scene *= cv2.GaussianBlur(shade, (0, 0), 60)[..., None]
    scene = _noisy(_blurred(scene, random.uniform(0.4, 0.95)), random, random.uniform(2, 5))
    scene *= np.array([random.uniform(0.9, 1.02), 1.0, random.uniform(0.97, 1.03)], np.float32)
    return ScannedPage(np.clip(scene, 0, 255).astype(np.uint8), SOURCE_DPI * scale, int(random.integers(70, 88)))


def fax(picture, random, overlays, reverse=None):
    """One bit a pixel at 150 DPI, speckled, sometimes on its side or upside down."""
    grey = cv2.cvtColor(picture.astype(np.uint8), cv2.COLOR_BGR2GRAY).astype(np.float32)
    grey = cv2.GaussianBlur(grey, (0, 0), random.uniform(0.5, 0.8))
    grey = cv2.resize(grey, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA)
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), random.uniform(-0.8, 0.8), 1)
    grey = cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    grey += random.normal(0, 14, grey.shape)
    page = np.where(grey < random.uniform(150, 185), 0, 255).astype(np.uint8)
    specks = random.random(page.shape)
    page[specks < random.uniform(0.0003, 0.0012)] = 0
    page[specks > 1 - random.uniform(0.0005, 0.003)] = 255
    turn = random.choice([0, 0, 0, 1, 2, 3])
    return ScannedPage(np.ascontiguousarray(np.rot90(page, int(turn))), 150, None)


def degrade(grade, picture, random, overlays, reverse=None):
    """`grade` is one of GRADES; `overlays` holds lists of RGBA pictures under "seals" and "watermarks" (BGRA order)."""
    return {"good": good, "mid": mid, "bad": bad, "photo": photo, "fax": fax}[grade](picture, random, overlays, reverse)
