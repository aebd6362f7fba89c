"""The program runs on a processor without the wider instruction sets: AVX2 is all it may ask for."""

import shutil
import unittest

from program import SAMPLES, ProgramTest

# An emulated Haswell: AVX2 and FMA, no AVX-512, no VNNI.
EMULATOR = ("qemu-x86_64-static", "-cpu", "Haswell-noTSX")


@unittest.skipUnless(shutil.which(EMULATOR[0]), "needs qemu-user-static")
class Baseline(ProgramTest):
    def test_parses_a_native_report_with_avx2_only(self):
        self.parse(SAMPLES / "lab_report.pdf", prefix=EMULATOR, timeout=600)
        self.assertIn("WBC", self.markdown("lab_report"))
