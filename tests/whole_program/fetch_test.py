"""tools/fetch_dependencies.py lays the repository's own models beside the others, checked by their hashes."""

import hashlib
import json
import subprocess
import sys

from program import SOURCE, ProgramTest


class OwnModels(ProgramTest):
    def setUp(self):
        super().setUp()
        self.source = self.folder / "source"
        (self.source / "models").mkdir(parents=True)
        self.target = self.folder / "target"
        self.lock = self.source / "lock.json"

    def pin(self, content, pinned=None):
        (self.source / "models" / "own.onnx").write_bytes(content)
        entry = {"source": "models/own.onnx", "target": "models/own.onnx",
                 "sha256": hashlib.sha256(pinned or content).hexdigest()}
        self.lock.write_text(json.dumps({"packages": [], "own_models": [entry]}))

    def fetch(self):
        return subprocess.run([sys.executable, SOURCE / "tools/fetch_dependencies.py", "--lock", self.lock, "--target",
                               self.target, "--root", self.source], capture_output=True, text=True, check=False)

    def test_a_model_is_laid_out_and_follows_its_source(self):
        for content in (b"first", b"second"):
            self.pin(content)
            self.assertEqual(self.fetch().returncode, 0)
            self.assertEqual((self.target / "models" / "own.onnx").read_bytes(), content)

    def test_a_model_that_does_not_match_is_refused(self):
        self.pin(b"altered", pinned=b"trained")
        result = self.fetch()
        self.assertEqual(result.returncode, 1)
        self.assertIn("models/own.onnx does not match its SHA-256.", result.stderr)
        self.assertFalse((self.target / "models" / "own.onnx").exists())
