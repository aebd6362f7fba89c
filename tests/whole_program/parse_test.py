"""`medmark parse` on our own samples: what users rely on, from the command line in to the files out."""

import json
import shutil
import struct
import zlib

from program import SAMPLES, ProgramTest, run

SCAN = SAMPLES / "discharge_summary_scan.pdf"
NATIVE = SAMPLES / "lab_report.pdf"
PHOTO = SAMPLES / "lab_sheet_photo.jpg"
TWO_PAGES = SAMPLES / "admission_record_two_pages.pdf"
ENGLISH = SAMPLES / "ultrasound_report_english.png"


def without_timings(document):
    for page in document["pages"]:
        page["timings_ms"] = {}
    return document


class Results(ProgramTest):
    def test_a_scanned_discharge_summary_becomes_markdown(self):
        self.parse(SCAN)
        markdown = self.markdown(SCAN.stem)
        lines = markdown.splitlines()
        self.assertEqual(lines[0], "# 出院小结")
        for line in ("## 基本信息", "- 姓名：张某某", "- 性别：男", "## 主诉", "反复胸闷气促3年，加重伴下肢水肿1周。",
                     "## 实验室检查", "> 图1：心脏超声显示左室射血分数(LVEF)为40%"):
            self.assertIn(line, lines)
        for row in ("| 检查项目 | 结果 | 单位 | 正常范围 |", "| NT-proBNP | 1860 | pg/mL | &lt;300 |",
                    "| eGFR | 48 | mL/min | &gt;90 |".replace("&gt;", ">")):
            self.assertIn(row, lines)

    def test_the_figure_of_a_scan_is_cut_out(self):
        self.parse(SCAN)
        figures = [b for b in self.document(SCAN.stem)["blocks"] if b["type"] == "figure"]
        self.assertEqual(len(figures), 1)
        picture = self.out / f"{SCAN.stem}.assets" / figures[0]["image"]
        self.assertTrue(picture.read_bytes().startswith(b"\x89PNG"))

    def test_every_input_kind_has_its_source(self):
        self.parse(SCAN, NATIVE, PHOTO, ENGLISH)
        for stem, source in ((SCAN.stem, "ocr"), (NATIVE.stem, "native"), (PHOTO.stem, "ocr"), (ENGLISH.stem, "ocr")):
            self.assertEqual([p["source"] for p in self.document(stem)["pages"]], [source], stem)

    def test_json_keeps_the_contract(self):
        self.parse(TWO_PAGES)
        document = self.document(TWO_PAGES.stem)
        self.assertEqual(document["schema_version"], "1.0")
        self.assertEqual(document["source"]["page_count"], 2)
        self.assertEqual([p["index"] for p in document["pages"]], [0, 1])
        self.assertEqual(document["content"], self.markdown(TWO_PAGES.stem))
        self.assertEqual([b["order"] for b in document["blocks"]], list(range(len(document["blocks"]))))
        for block in document["blocks"]:
            page = document["pages"][block["page"]]
            x0, y0, x1, y1 = block["bbox"]
            self.assertTrue(-1 <= x0 <= x1 <= page["width"] + 1 and -1 <= y0 <= y1 <= page["height"] + 1, block)
            self.assertTrue(0 <= block["confidence"] <= 1)

    def test_results_do_not_depend_on_threads(self):
        documents = []
        for threads in ("1", "4"):
            self.parse(SCAN, NATIVE, PHOTO, options=["--threads", threads])
            documents.append([without_timings(self.document(f.stem)) for f in (SCAN, NATIVE, PHOTO)])
        self.assertEqual(documents[0], documents[1])

    def test_selected_pages_only(self):
        self.parse(TWO_PAGES, options=["--pages", "2"])
        document = self.document(TWO_PAGES.stem)
        self.assertEqual(len(document["pages"]), 1)
        self.assertEqual(document["source"]["page_count"], 2)

    def test_joined_pictures_are_one_document(self):
        folder = self.folder / "pictures"
        folder.mkdir()
        shutil.copy(ENGLISH, folder / "page10.png")
        shutil.copy(PHOTO, folder / "page2.jpg")
        self.parse(folder, options=["--join"])
        document = self.document("pictures")
        self.assertEqual(len(document["pages"]), 2)
        self.assertLess(document["pages"][0]["width"], document["pages"][0]["height"])

    def test_folders_are_mirrored_and_resumed(self):
        source = self.folder / "in"
        (source / "sub").mkdir(parents=True)
        shutil.copy(NATIVE, source / "sub" / "a.pdf")
        self.parse(source)
        result = self.out / "sub" / "a.json"
        first = result.stat().st_mtime_ns
        self.parse(source, options=["--resume"])
        self.assertEqual(result.stat().st_mtime_ns, first)
        self.parse(source, options=["--resume", "--table_strategy", "fast"])
        self.assertNotEqual(result.stat().st_mtime_ns, first)


def png_header(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b""))


class Failures(ProgramTest):
    def failing(self, name, content, code):
        path = self.folder / name
        path.write_bytes(content)
        result = self.parse(path, expect=1)
        self.assertRegex(result.stderr, rf"(?m)^{path}: {code}: .+\.$")

    def test_unusable_files_end_with_a_stable_code(self):
        for name, content, code in (
                ("empty.pdf", b"", "corrupt_document"),
                ("text.pdf", b"just text, whatever the name says", "unsupported_format"),
                ("cut.pdf", NATIVE.read_bytes()[:300], "corrupt_document"),
                ("cut.png", ENGLISH.read_bytes()[:200], "corrupt_document"),
                ("huge.png", png_header(100000, 100000), "too_large")):
            with self.subTest(name):
                self.failing(name, content, code)

    def test_one_bad_file_does_not_stop_the_others(self):
        bad = self.folder / "bad.pdf"
        bad.write_bytes(b"%PDF-1.4 nothing")
        self.parse(bad, NATIVE, expect=1)
        self.assertTrue((self.out / f"{NATIVE.stem}.md").exists())

    def test_a_wrong_extension_does_not_matter(self):
        renamed = self.folder / "report.txt"
        shutil.copy(NATIVE, renamed)
        self.parse(renamed)
        self.assertEqual(self.document("report")["source"]["media_type"], "application/pdf")

    def test_usage_errors_are_told_apart(self):
        for options in (["--dpi", "10"], ["--pages", "x"], ["--layout_model", "other"], ["--batch_size", "65"],
                        ["--device", "tpu"], ["--no-such-option"]):
            with self.subTest(options):
                self.assertEqual(run("parse", NATIVE, "-o", self.out, *options).returncode, 2)

    def test_the_fast_layout_model_takes_the_place_of_the_other(self):
        self.parse(SCAN, options=["--layout_model", "yolo"])
        fast = self.document(SCAN.stem)
        names = [model["name"] for model in fast["engine"]["models"]]
        self.assertIn("medmark page detector", names)
        self.assertNotIn("PicoDet CDLA layout", names)
        self.assertIn("# 出院小结", self.markdown(SCAN.stem))

    def test_a_device_that_is_not_there(self):
        result = self.parse(NATIVE, options=["--device", "cuda:7"], expect=1)
        self.assertIn("device_unavailable", result.stderr)

    def test_a_missing_file(self):
        result = self.parse(self.folder / "none.pdf", expect=1)
        self.assertIn("not_found", result.stderr)
