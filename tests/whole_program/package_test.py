"""The archive of `make package` installs and parses over a bare root file system, with no network and no registry."""

import shutil
import subprocess
import unittest
from pathlib import Path

from program import BINARY, SAMPLES, SOURCE, ProgramTest

SCAN = SAMPLES / "discharge_summary_scan.pdf"
# All that a machine brings along: the C library and a shell.
GLIBC = ("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libresolv.so.2")


@unittest.skipUnless(shutil.which("busybox"), "needs busybox-static")
class Package(ProgramTest):
    def bare_root(self):
        root = self.folder / "root"
        for folder in ("bin", "lib64", "lib/x86_64-linux-gnu", "proc", "dev", "tmp", "usr/local", "work"):
            (root / folder).mkdir(parents=True)
        shutil.copy("/lib64/ld-linux-x86-64.so.2", root / "lib64")
        for library in GLIBC:
            shutil.copy(Path("/lib/x86_64-linux-gnu") / library, root / "lib/x86_64-linux-gnu")
        shutil.copy(shutil.which("busybox"), root / "bin/busybox")
        for tool in ("sh", "cp", "rm", "mkdir", "ln", "dirname"):
            (root / "bin" / tool).symlink_to("busybox")
        return root

    def inside(self, root, script):
        """Runs a script over the bare root: no network, its own /proc, and /dev/null, which every machine has."""
        (root / "dev/null").touch()
        enter = f'mount --bind /dev/null {root}/dev/null; exec {shutil.which("chroot")} {root} /bin/sh -euc "$0"'
        return subprocess.run(
            ["unshare", "-rnmpf", f"--mount-proc={root}/proc", "sh", "-euc", enter, script],
            capture_output=True, text=True, check=False, timeout=300,
            env={"PATH": "/bin:/usr/bin:/sbin:/usr/sbin:/usr/local/bin"})

    def test_installs_and_parses_on_a_bare_machine(self):
        made = subprocess.run([SOURCE / "tools/package.sh", BINARY.parent], capture_output=True, text=True, check=False)
        self.assertEqual(made.returncode, 0, made.stderr)
        archive, size = made.stdout.split()[-2:]
        print(f"\narchive size: {size}")
        root = self.bare_root()
        subprocess.run(["tar", "-xf", archive.rstrip(":"), "-C", root / "tmp"], check=True)
        shutil.copy(SCAN, root / "work")
        result = self.inside(root, "/tmp/medmark-*/install.sh; rm -rf /tmp/medmark-*; cd /work; "
                                   f"medmark parse {SCAN.name} -o out")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertNotIn("FAIL", result.stdout)
        self.assertIn("出院小结", (root / "work/out" / f"{SCAN.stem}.md").read_text(encoding="utf-8"))
