"""What doctors corrected in the page, as a training set: the zip files of GET /api/v1/training_set (docs/api.md).

They hold patients' data: they stay in build/training/corrections of the hospital's own machine, are never committed, and
nothing here prints what stands in them.
"""
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image


@dataclass
class Sample:
    """One corrected line, cell or field. `picture` shows it alone (None where the page has no picture)."""
    target: str
    read: str
    truth: str
    picture: Image.Image | None


def samples(folder):
    """Every sample of every training_set*.zip in `folder`, in the order of the names; nothing where there is none."""
    for path in sorted(Path(folder).glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for line in archive.read("samples.jsonl").decode().splitlines():
                sample = json.loads(line)
                crop = sample.get("crop")
                picture = Image.open(io.BytesIO(archive.read(crop))).convert("RGB") if crop else None
                yield Sample(sample["target"], sample["read"], sample["truth"], picture)
