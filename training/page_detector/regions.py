"""What the page detector finds, and the labels of a generated page.

Boxes are fractions of the page (0..1, origin at the top left), tight around ink.
"""
import numpy as np

CLASSES = ("title", "paragraph", "key_value", "table", "table_caption", "figure", "figure_caption", "formula", "header",
           "footer", "page_number", "seal")
DARK = 190  # grey below this is ink; shading behind headings and cells is lighter
JOINED_FIELDS_GAP = 7  # points: two blocks of fields nearer than this are one to the eye
LEAST_SIDE = 1.5  # points: a label thinner than this shows nothing


def joined_fields(regions):
    """Blocks of fields that stand right under one another become one."""
    fields = sorted((list(r["box"]) for r in regions if r["type"] == "key_value"), key=lambda b: b[1])
    joined = []
    for box in fields:
        last = joined[-1] if joined else None
        if last and -2 <= box[1] - last[3] < JOINED_FIELDS_GAP and min(box[2], last[2]) > max(box[0], last[0]):
            joined[-1] = [min(last[0], box[0]), last[1], max(last[2], box[2]), max(last[3], box[3])]
        else:
            joined.append(box)
    return [r for r in regions if r["type"] != "key_value"] + [{"type": "key_value", "box": b} for b in joined]


def tight(box, dark):
    """The box shrunk to the ink inside it (pixels); None where there is none."""
    height, width = dark.shape
    x0, y0 = max(0, int(np.floor(box[0]))), max(0, int(np.floor(box[1])))
    x1, y1 = min(width, int(np.ceil(box[2]))), min(height, int(np.ceil(box[3])))
    if x0 >= x1 or y0 >= y1:
        return None
    inside = dark[y0:y1, x0:x1]
    columns, rows = np.flatnonzero(inside.any(0)), np.flatnonzero(inside.any(1))
    if not len(columns):
        return None
    return [x0 + columns[0], y0 + rows[0], x0 + columns[-1] + 1, y0 + rows[-1] + 1]


def labelled(regions, picture, scale):
    """[[class, x0, y0, x1, y1]] of the truth's regions of one page; `picture` shows it at `scale` pixels a point."""
    dark = picture.min(axis=2) < DARK
    height, width = dark.shape
    labels = []
    for region in joined_fields(regions):
        box = tight([v * scale for v in region["box"]], dark)
        if box is None or min(box[2] - box[0], box[3] - box[1]) < LEAST_SIDE * scale:
            continue
        labels.append([region["type"], *(round(float(v) / side, 5) for v, side in zip(box, (width, height, width, height)))])
    return labels
