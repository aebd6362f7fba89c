"""Handwriting on a scan, seen from the command line: a block of its own, for a person to look at; none where nobody wrote."""

import struct
import unittest
import zlib

from program import ProgramTest

WIDTH, HEIGHT = 900, 1150
BLACK, BLUE = b"\x14\x14\x14", b"\x28\x46\xa8"
# Seven strokes of a digit: left, top, width, height in a square of 16 by 26.
STROKES = {"0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc", "8": "abcdefg", "9": "abcfgd"}
PLACES = {"a": (0, 0, 16, 3), "b": (13, 0, 3, 14), "c": (13, 12, 3, 14), "d": (0, 23, 16, 3), "e": (0, 12, 3, 14), "f": (0, 0, 3, 14), "g": (0, 11, 16, 3)}


class Sheet:
    """A page picture: rows of numbers, and what a pen draws."""

    def __init__(self):
        self.rows = [bytearray(b"\xfa" * 3 * WIDTH) for _ in range(HEIGHT)]
        for row in range(14):
            for x, digits in ((100, "4829"), (320, "7052"), (600, "1234")):
                for place, digit in enumerate(digits):
                    for stroke in STROKES[digit]:
                        left, top, width, height = PLACES[stroke]
                        self.bar(x + 24 * place + left, 130 + 60 * row + top, width, height, BLACK)

    def bar(self, x, y, width, height, ink):
        for row in self.rows[y:y + height]:
            row[3 * x:3 * (x + width)] = ink * width

    def line(self, points, ink):
        for (x0, y0), (x1, y1) in zip(points, points[1:]):
            steps = 2 * max(abs(x1 - x0), abs(y1 - y0))
            for step in range(steps + 1):
                self.bar(round(x0 + (x1 - x0) * step / steps), round(y0 + (y1 - y0) * step / steps), 4, 4, ink)

    def png(self):
        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        size = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        dots = struct.pack(">IIB", 4252, 4252, 1)  # 108 DPI
        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"pHYs", dots) +
                chunk(b"IDAT", zlib.compress(b"".join(b"\0" + bytes(row) for row in self.rows))) + chunk(b"IEND", b""))


class Handwriting(ProgramTest):
    def blocks_of(self, sheet):
        (self.folder / "sheet.png").write_bytes(sheet.png())
        self.parse(self.folder / "sheet.png")
        return [block for block in self.document("sheet")["blocks"] if block["type"] == "handwriting"]

    def test_a_tick_and_a_scribble_in_blue_are_blocks_for_a_person(self):
        sheet = Sheet()
        sheet.line([(30, 258), (44, 284), (76, 226)], BLUE)
        sheet.line([(740, 1060), (765, 1000), (780, 1070), (805, 1005), (820, 1065), (850, 1010)], BLUE)
        blocks = self.blocks_of(sheet)
        self.assertTrue(blocks)
        for block in blocks:
            self.assertTrue(block["needs_review"])
            self.assertLess(block["confidence"], 0.9)
        self.assertIn("1234", self.markdown("sheet"))

    def test_print_alone_has_none(self):
        self.assertEqual(self.blocks_of(Sheet()), [])


if __name__ == "__main__":
    unittest.main()
