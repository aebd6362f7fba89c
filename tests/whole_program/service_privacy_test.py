"""What the service tells whom: no call to another host, and nothing of a document outside the data folder."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

from privacy_test import unshare_works
from processes import below
from program import SAMPLES
from server import Service, ServiceTest
from tiny_pdf import tiny_pdf

CANARY = "CANARYBIRD"
SCAN = SAMPLES / "discharge_summary_scan.pdf"


class TracedService(Service):
    """`medmark serve` with every network call of all its processes written down."""

    def command(self):
        return ["strace", "-f", "-qq", "-o", str(self.data) + ".trace", "-e", "trace=network", *super().command()]

    def end(self):
        # The signal is for the service, not for the tracer.
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                os.kill(int(child), signal.SIGTERM)
        return self.stop(0)


class NetworkTest(ServiceTest):
    @unittest.skipUnless(shutil.which("strace"), "needs strace")
    def test_a_whole_run_of_serve_and_watch_calls_nobody(self):
        incoming = self.folder / "in"
        incoming.mkdir()
        (incoming / "night.pdf").write_bytes(tiny_pdf("Discharge summary", "Sample number 1"))
        service = TracedService(self.folder / "data", "--no-auth", "--device", "cpu", "--watch", str(incoming))
        self.addCleanup(lambda: service.process.poll() is None and service.stop(signal.SIGKILL))
        answer = service.upload("/api/v1/upload", [("a.pdf", tiny_pdf("Discharge summary", "Sample number 2"))])
        self.assertEqual(answer.status, 200, answer.body)
        identifier = answer.json["id"]
        self.assertEqual(service.get(f"/api/v1/documents/{identifier}/pages/0/image").status, 200)
        self.assertEqual(service.get(f"/api/v1/documents/{identifier}/bundle").status, 200)
        end = time.monotonic() + 120
        while time.monotonic() < end and not (self.folder / "done" / "night.pdf").exists():
            time.sleep(0.3)
        self.assertTrue((self.folder / "done" / "night.pdf").exists())
        self.assertEqual(service.end(), 0)
        calls = Path(str(service.data) + ".trace").read_text(errors="replace")
        self.assertIn("listen(", calls, "the trace saw the server listen")
        self.assertEqual(re.findall(r".*connect\(.*", calls), [], "nobody is called")
        self.assertEqual(re.findall(r".*sendto\([^)]*sin6?_port.*", calls), [], "nothing is sent to an address")
        inet = [line for line in calls.splitlines() if re.search(r"socket\(AF_(INET6?|NETLINK|PACKET)", line)]
        self.assertEqual(len(inet), 1, "one socket, that listens:\n" + "\n".join(inet))

    @unittest.skipUnless(unshare_works(), "needs unprivileged user namespaces")
    def test_the_service_works_where_there_is_no_network_but_loopback(self):
        result = subprocess.run(
            ["unshare", "-rn", sys.executable, "netns.py", "serve_test.UploadTest", "serve_test.TaskTest",
             "serve_test.WatchTest", "serve_test.CorrectionTest"],
            cwd=Path(__file__).parent, capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertNotIn("Ran 0 tests", result.stderr)


class CanaryTest(ServiceTest):
    def test_nothing_of_a_document_gets_out_whatever_happens(self):
        """Every place that others read is searched: log, metrics, error bodies, output, core dumps, temporary files."""
        os.makedirs(self.folder / "work")
        os.makedirs(self.folder / "temporary")
        service = CanaryService(self.folder / "data", "--device", "cpu", environment={"TMPDIR": str(self.folder / "temporary")})
        self.addCleanup(lambda: service.process.poll() is None and service.stop(signal.SIGKILL))
        told = []

        def ask(method, path, body=None, headers=None, **fields):
            files = fields.pop("files", None)
            answer = service.upload(path, files, **fields) if files is not None else service.request(method, path, body, headers)
            told.append(answer)
            return answer

        wrong = ask("POST", "/api/v1/session", {"name": CANARY, "password": CANARY + "word"})
        self.assertEqual(wrong.status, 401)
        signed_in = service.request("POST", "/api/v1/session", {"name": "admin", "password": service.password})
        service.headers = {"Cookie": signed_in.headers["Set-Cookie"].split(";")[0],
                           "X-CSRF-Token": signed_in.json["csrf_token"]}
        changed = {"old_password": service.password, "new_password": CANARY + " pass"}
        self.assertEqual(ask("POST", "/api/v1/session/password", changed).status, 204)
        document = tiny_pdf("Discharge summary", f"Name: {CANARY}", f"Diagnosis: {CANARY} fever")
        uploaded = service.upload("/api/v1/upload", [(f"{CANARY}.pdf", document)], password=CANARY + "key")
        self.assertEqual(uploaded.status, 200)
        self.assertIn(CANARY, uploaded.json["content"], "the document does hold what must not get out")
        identifier = uploaded.json["id"]
        ask("POST", "/api/v1/upload", files=[(f"{CANARY}.pdf", b"MZ" + CANARY.encode())], password=CANARY + "key")
        ask("POST", "/api/v1/upload", files=[(f"{CANARY}.pdf", b"%PDF-1.4\n" + CANARY.encode())], password=CANARY + "key")
        ask("POST", "/api/v1/upload", files=[(f"{CANARY}.pdf", document)], dpi=CANARY)
        ask("GET", f"/api/v1/documents?q={CANARY}&state={CANARY}")
        ask("GET", f"/api/v1/documents/{CANARY}")
        ask("GET", f"/{CANARY}?{CANARY}={CANARY}")
        ask("GET", f"/api/v1/documents/{identifier}/assets/{CANARY}")
        ask("PATCH", f"/api/v1/documents/{identifier}", {"corrections": [{"target": CANARY, "value": CANARY}]})
        ask("POST", "/api/v1/users", {"name": CANARY, "role": CANARY, "password": CANARY})
        ask("GET", f"/api/v1/tasks/{CANARY}", headers={"X-Request-Id": CANARY + " !"})
        self.crash_in_the_middle(service)
        for path in ("/metrics", "/health", "/ready", "/api/v1/system", "/api/v1/audit?limit=1000"):
            ask("GET", path)
        for answer in told:
            self.assertNotIn(CANARY.encode(), answer.body)
            self.assertNotIn(CANARY, str(answer.headers))
        self.assertEqual(service.stop(), 0)
        self.assertIn("route=/api/v1/upload", Path(service.log_path).read_text(encoding="utf-8"))
        self.assertEqual(self.files_that_tell(), [], "outside the data folder")
        self.assertEqual([p for p in (self.folder / "work").rglob("*")], [], "no core dump, no file left behind")
        self.assertEqual(oct((self.folder / "data").stat().st_mode & 0o777), "0o700")

    def crash_in_the_middle(self, service):
        """Engine and decoder end by a signal that would dump their memory."""
        task = service.upload("/api/v1/tasks", [(f"{CANARY}.pdf", SCAN.read_bytes() + CANARY.encode())]).json["tasks"][0]
        crashed = 0
        end = time.monotonic() + 60
        while crashed < 2 and time.monotonic() < end:
            for victim in below(service.process.pid, "decoder")[:1] + below(service.process.pid, "engine")[:1]:
                limits = Path(f"/proc/{victim}/limits").read_text()
                self.assertRegex(limits, r"Max core file size +0 +0 ")
                os.kill(victim, signal.SIGSEGV)
                crashed += 1
            time.sleep(0.1)
        self.assertGreaterEqual(crashed, 2)
        self.assertIn(service.wait_for(task["id"])["status"], ("completed", "partial", "failed"))

    def files_that_tell(self):
        data = str(self.folder / "data") + os.sep
        found = []
        for path in self.folder.rglob("*"):
            if path.is_file() and not str(path).startswith(data):
                if CANARY.encode() in path.read_bytes() or CANARY in path.name:
                    found.append(str(path))
        return found


class CanaryService(Service):
    """`medmark serve` that may dump cores, into an empty folder, if it does not forbid them itself."""

    def command(self):
        # Limits and folder are the child's own.
        return [sys.executable, "-c",
                "import os, resource, sys; hard = resource.getrlimit(resource.RLIMIT_CORE)[1];"
                "resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)); os.chdir(sys.argv[1]); os.execv(sys.argv[2], sys.argv[2:])",
                str(Path(self.data).parent / "work"), *super().command()]


if __name__ == "__main__":
    unittest.main()
