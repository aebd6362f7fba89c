"""Models are refused when a byte is wrong, and named when they are missing."""

import os
import shutil

from program import BINARY, SAMPLES, ProgramTest, run

SCAN = SAMPLES / "discharge_summary_scan.pdf"


class Models(ProgramTest):
    def setUp(self):
        super().setUp()
        self.share = self.folder / "share"
        shutil.copytree(BINARY.parent / "share" / "medmark", self.share)
        self.environment = {"MEDMARK_SHARE": str(self.share)}
        self.model = next((self.share / "models").glob("*rec*.onnx"))

    def test_doctor_is_content_with_what_was_built(self):
        result = run("doctor")
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertNotIn("FAIL", result.stdout)
        self.assertEqual(result.stdout.count("matches"), len(list((self.share / "models").glob("*.onnx"))))

    def test_a_flipped_byte_is_refused(self):
        with self.model.open("r+b") as file:
            file.seek(os.path.getsize(self.model) // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))
        result = run("doctor", environment=self.environment)
        self.assertEqual(result.returncode, 1)
        self.assertIn("model_corrupt", result.stdout)
        result = self.parse(SCAN, expect=1, environment=self.environment)
        self.assertIn("model_corrupt", result.stderr)

    def test_a_missing_model_is_named(self):
        self.model.unlink()
        result = run("doctor", environment=self.environment)
        self.assertEqual(result.returncode, 1)
        self.assertIn("model_missing", result.stdout)
        result = self.parse(SCAN, expect=1, environment=self.environment)
        self.assertIn("model_missing", result.stderr)

    def test_the_model_of_an_option_is_named_when_it_is_missing(self):
        (self.share / "models" / "page_detector.onnx").unlink()
        result = self.parse(SCAN, options=["--layout_model", "yolo"], expect=1, environment=self.environment)
        self.assertIn("model_missing", result.stderr)

    def test_native_pages_need_no_model(self):
        shutil.rmtree(self.share / "models")
        self.parse(SAMPLES / "lab_report.pdf", environment=self.environment)
