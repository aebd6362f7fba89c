"""The service against its own description, with generated requests."""

import subprocess
import unittest
from pathlib import Path

from server import ServiceTest
from tiny_pdf import tiny_pdf

PYTHON = "/usr/bin/python3"  # Debian's, which has the packages


def packages_are_there():
    return subprocess.run([PYTHON, "-W", "ignore", "-c", "import hypothesis, jsonschema"], capture_output=True,
                          check=False).returncode == 0


class PropertyTest(ServiceTest):
    @unittest.skipUnless(packages_are_there(), "needs python3-hypothesis and python3-jsonschema")
    def test_every_answer_is_as_described(self):
        service = self.serve("--no-auth", "--device", "cpu")
        document = service.upload("/api/v1/upload", [("a.pdf", tiny_pdf("Discharge summary", "Sample number 7"))]).json
        result = subprocess.run(
            [PYTHON, "-W", "ignore", str(Path(__file__).with_name("api_properties.py")), str(service.port), document["id"],
             document["task_id"]], cwd=self.folder, capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(result.returncode, 0, result.stdout[-2000:] + result.stderr[-4000:])
        print(result.stdout)
        self.assertEqual(service.get("/health").status, 200, "and it is as well as before")


if __name__ == "__main__":
    unittest.main()
