"""Writes PDFs whose pages are one picture each, as scanners do. Output depends on the input only."""
import zlib
from dataclasses import dataclass

import cv2
import numpy as np


@dataclass
class ScannedPage:
    """A page picture. `pixels` is BGR or grey uint8; `dots_per_inch` gives the page its size.

    `jpeg_quality` 1..100 stores JPEG; None stores one bit a pixel (dark is below 128), deflated.
    """
    pixels: np.ndarray
    dots_per_inch: float
    jpeg_quality: int | None


def encode_jpeg(pixels, quality):
    done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("the picture cannot be stored as JPEG")
    return data.tobytes()


def _image_object(page):
    height, width = page.pixels.shape[:2]
    head = f"/Type /XObject /Subtype /Image /Width {width} /Height {height}"
    if page.jpeg_quality is not None:
        space = "/DeviceGray" if page.pixels.ndim == 2 else "/DeviceRGB"
        return f"{head} /ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode", encode_jpeg(
            page.pixels, page.jpeg_quality)
    bits = np.packbits(page.pixels >= 128, axis=1)
    return (f"{head} /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode",
            zlib.compress(bits.tobytes(), 9))


def image_pdf(pages):
    """PDF bytes of the given ScannedPages, in order."""
    objects = [b"", b""]  # catalogue and page tree, filled in below

    def add(dictionary, stream=None):
        body = f"<< {dictionary}".encode()
        body += b" >>" if stream is None else (
            f" /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
        objects.append(body)
        return len(objects)

    kids = []
    for page in pages:
        height, width = page.pixels.shape[:2]
        across, down = (round(side * 72 / page.dots_per_inch, 2) for side in (width, height))
        image = add(*_image_object(page))
        content = add("", f"q {across} 0 0 {down} 0 0 cm /Picture Do Q".encode())
        kids.append(add(f"/Type /Page /Parent 2 0 R /MediaBox [0 0 {across} {down}] /Contents {content} 0 R "
                        f"/Resources << /XObject << /Picture {image} 0 R >> >>"))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode()

    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for offset in offsets:
        out += f"{offset:010d} 00000 n \n".encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
