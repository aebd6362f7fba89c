"""`--table_strategy` and `--table_detection_threshold` change what they say they change, seen from the command line."""

import struct
import unittest
import zlib

from program import SAMPLES, ProgramTest

SEGMENTS = {"0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc",
            "8": "abcdefg", "9": "abcfgd"}


def loose_words_pdf():
    """A native page of six words in two rows: hardly a table."""
    rows = ((700, ("alpha", "beta", "gamma")), (680, ("delta", "epsilon", "zeta")))
    text = "".join(f"1 0 0 1 {x} {y} Tm ({word}) Tj\n" for y, words in rows for x, word in zip((72, 230, 390), words))
    stream = f"BT /F1 11 Tf\n{text}ET"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
               " /Resources << /Font << /F1 5 0 R >> >> >>",
               f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010d} 00000 n \n" for at in offsets)
    return f"{out}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


class Canvas:
    """A grey picture with numbers of seven strokes, as PNG."""

    def __init__(self, width, height):
        self.width = width
        self.rows = [bytearray(b"\xff" * width) for _ in range(height)]

    def bar(self, x, y, width, height):
        for row in self.rows[y:y + height]:
            row[x:x + width] = b"\x00" * width

    def number(self, x, y, digits):
        places = {"a": (0, 0, 14, 3), "b": (11, 0, 3, 13), "c": (11, 11, 3, 13), "d": (0, 21, 14, 3),
                  "e": (0, 11, 3, 13), "f": (0, 0, 3, 13), "g": (0, 10, 14, 3)}
        for digit in digits:
            for segment in SEGMENTS[digit]:
                left, top, width, height = places[segment]
                self.bar(x + left, y + top, width, height)
            x += 20

    def png(self):
        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        header = struct.pack(">IIBBBBB", self.width, len(self.rows), 8, 0, 0, 0, 0)
        data = zlib.compress(b"".join(b"\x00" + bytes(row) for row in self.rows))
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def numbers_picture():
    """A scan of numbers that stand in columns only loosely: a table whose cells geometry alone is unsure of."""
    canvas = Canvas(1000, 500)
    for row in range(5):
        for column in range(4):
            canvas.number(120 + 210 * column + 60 * ((row + column) % 2), 90 + 60 * row,
                          str(137 + 41 * row + 97 * column))
    return canvas.png()


class TableOptions(ProgramTest):
    def tables(self, stem):
        return [block for block in self.document(stem)["blocks"] if block["type"] == "table"]

    def test_a_lower_threshold_finds_more_tables(self):
        loose = self.folder / "loose.pdf"
        loose.write_bytes(loose_words_pdf())
        sure = SAMPLES / "lab_report.pdf"
        for threshold, loose_tables, sure_tables in (("0.05", 1, 1), ("0.3", 0, 1)):
            self.parse(loose, sure, options=("--table_detection_threshold", threshold))
            self.assertEqual(len(self.tables("loose")), loose_tables, threshold)
            self.assertEqual(len(self.tables(sure.stem)), sure_tables, threshold)

    def test_fast_leaves_the_structure_model_out(self):
        picture = self.folder / "numbers.png"
        picture.write_bytes(numbers_picture())
        seen = {}
        for strategy in ("accurate", "fast"):
            self.parse(picture, options=("--table_strategy", strategy))
            document = self.document("numbers")
            models = " ".join(model["name"] for model in document["engine"]["models"])
            seen[strategy] = ("table structure" in models, "tables" in document["pages"][0]["timings_ms"])
        self.assertEqual(seen, {"accurate": (True, True), "fast": (False, False)})


if __name__ == "__main__":
    unittest.main()
