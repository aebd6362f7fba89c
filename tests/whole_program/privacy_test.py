"""No byte leaves the machine: proven by an empty network namespace and by a trace of every system call that connects."""

import re
import shutil
import unittest

from program import SAMPLES, ProgramTest

SCAN = SAMPLES / "discharge_summary_scan.pdf"


def unshare_works():
    import subprocess
    return subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0


class Privacy(ProgramTest):
    @unittest.skipUnless(unshare_works(), "needs unprivileged user namespaces")
    def test_works_in_an_empty_network_namespace(self):
        self.parse(SCAN, prefix=("unshare", "-rn"))
        self.assertIn("出院小结", self.markdown(SCAN.stem))

    @unittest.skipUnless(shutil.which("strace"), "needs strace")
    def test_no_socket_to_another_host_is_opened(self):
        trace = self.folder / "trace"
        self.parse(SCAN, prefix=("strace", "-f", "-o", trace, "-e", "trace=network"))
        calls = trace.read_text(errors="replace")
        self.assertEqual(re.findall(r"AF_INET6?|AF_NETLINK|AF_PACKET", calls), [])
        self.assertEqual(re.findall(r"connect\(", calls), [])
