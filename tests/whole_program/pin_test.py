"""training/common/pin.py puts a trained model where the program and the lock file look for it."""

import hashlib
import json
import sys
import unittest

from program import SOURCE, ProgramTest

sys.path.insert(0, str(SOURCE / "training" / "common"))
import pin  # noqa: E402


class Pin(ProgramTest):
    def setUp(self):
        super().setUp()
        self.root = self.folder / "root"
        for folder in ("models", "third_party", "src/inference"):
            (self.root / folder).mkdir(parents=True)
        self.list = self.root / "src/inference/model_files.cpp"
        self.list.write_text('{Model::kA, "a", "a.onnx",\n     "00", "x"},\n{Model::kB, "b", "b.onnx",\n     "", "x"},\n')
        self.lock = self.root / "third_party/dependencies.lock.json"
        self.lock.write_text(json.dumps({"packages": [], "own_models": []}))

    def trained(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def test_the_hash_stands_in_both_places(self):
        for content in (b"first", b"second"):
            digest = pin.pin(self.trained("b.onnx", content), self.root)
            self.assertEqual(digest, hashlib.sha256(content).hexdigest())
            self.assertEqual((self.root / "models/b.onnx").read_bytes(), content)
            self.assertIn(f'"b.onnx",\n     "{digest}"', self.list.read_text())
            self.assertIn('"a.onnx",\n     "00"', self.list.read_text(), "the other model's hash stays")
            self.assertEqual([m["sha256"] for m in json.loads(self.lock.read_text())["own_models"]], [digest])

    def test_a_model_that_the_program_does_not_know_is_refused(self):
        with self.assertRaises(SystemExit):
            pin.pin(self.trained("c.onnx", b"x"), self.root)
        self.assertFalse((self.root / "models/c.onnx").exists())

    def test_the_repository_stays_small(self):
        (self.root / "models/a.onnx").write_bytes(b"0" * (pin.MOST_BYTES - 2))
        with self.assertRaises(SystemExit):
            pin.pin(self.trained("b.onnx", b"123"), self.root)


if __name__ == "__main__":
    unittest.main()
