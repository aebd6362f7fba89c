"""Runs the built program as a user does. MEDMARK_BINARY names it (CTest sets it)."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("MEDMARK_BINARY", SOURCE / "build" / "medmark"))
SAMPLES = SOURCE / "samples"


def run(*arguments, prefix=(), environment=None, timeout=300, stdin=None):
    """The finished process; its output as text."""
    return subprocess.run(
        [*map(str, prefix), str(BINARY), *map(str, arguments)],
        capture_output=True, text=True, timeout=timeout, input=stdin,
        env={**os.environ, **(environment or {})}, check=False)


class ProgramTest(unittest.TestCase):
    """A test with an empty folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="medmark-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.out = self.folder / "out"

    def parse(self, *inputs, options=(), expect=0, **keywords):
        result = run("parse", *inputs, "-o", self.out, *options, **keywords)
        self.assertEqual(result.returncode, expect, result.stderr)
        return result

    def document(self, stem):
        return json.loads((self.out / f"{stem}.json").read_text(encoding="utf-8"))

    def markdown(self, stem):
        return (self.out / f"{stem}.md").read_text(encoding="utf-8")
