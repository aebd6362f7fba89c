"""`medmark watch`: what goes in comes out, once, whatever is killed, filled up or cut off in between."""

import json
import os
import random
import re
import shutil
import subprocess
import time
import unittest

from privacy_test import unshare_works
from processes import kill_one
from program import BINARY, ProgramTest, run
from tiny_pdf import tiny_pdf

DOCUMENTS = 200
KILLS = 15
AT_ONCE = 4  # documents that an engine of two threads holds


class WatchTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.incoming = self.folder / "incoming"
        self.incoming.mkdir()
        self.done = self.folder / "done"
        self.failed = self.folder / "failed"

    def arguments(self, *more):
        return ["watch", self.incoming, "--output", self.out, "--done", self.done, "--failed", self.failed,
                "--settle", "0.2", "--device", "cpu", "--threads", "2", *more]

    def once(self, expect=0, **keywords):
        result = run(*self.arguments("--once"), **keywords)
        self.assertEqual(result.returncode, expect, result.stderr)
        return result

    def start(self):
        return subprocess.Popen([BINARY, *map(str, self.arguments())], stderr=subprocess.DEVNULL)

    def fill(self, count):
        for number in range(count):
            path = self.incoming / f"ward {number % 7}" / f"{number}.pdf"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(tiny_pdf("Discharge summary", f"Sample number {1000 + number}"))

    @staticmethod
    def names(folder, suffix):
        return sorted(str(p.relative_to(folder)) for p in folder.rglob(f"*{suffix}") if p.is_file())

    def waiting(self):
        return [p for p in self.incoming.rglob("*.pdf")]


class Once(WatchTest):
    def test_results_are_those_of_parse(self):
        self.fill(3)
        shutil.copytree(self.incoming, self.folder / "copy")
        self.once()
        watched, self.out = self.out, self.folder / "parsed"
        self.parse(self.folder / "copy")
        self.assertEqual(self.names(watched, ".md"), self.names(self.out, ".md"))
        for name in self.names(self.out, ".json"):
            documents = [json.loads((folder / name).read_text(encoding="utf-8")) for folder in (watched, self.out)]
            for document in documents:
                for page in document["pages"]:
                    page["timings_ms"] = {}
            self.assertEqual(*documents)
        self.assertEqual(self.waiting(), [])

    def test_a_broken_file_is_set_aside_with_its_reason(self):
        (self.incoming / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing")
        self.fill(1)
        result = self.once(expect=1)
        self.assertEqual(self.names(self.done, ".pdf"), ["ward 0/0.pdf"])
        self.assertIn("corrupt_document", (self.failed / "broken.pdf.reason.txt").read_text())
        self.assertNotIn("broken", result.stderr)

    def test_wrong_usage_is_told_apart(self):
        self.assertEqual(run(*self.arguments("--schedule", "at night")).returncode, 2)
        self.assertEqual(run(*self.arguments("--dpi", "1")).returncode, 2)

    @unittest.skipUnless(unshare_works(), "needs unprivileged user namespaces")
    def test_works_in_an_empty_network_namespace(self):
        self.fill(2)
        self.once(prefix=("unshare", "-rn"))
        self.assertEqual(len(self.names(self.out, ".json")), 2)

    @unittest.skipUnless(shutil.which("strace"), "needs strace")
    def test_no_process_gets_a_socket_but_the_pairs_of_its_children(self):
        self.fill(2)
        trace = self.folder / "trace"
        self.once(prefix=("strace", "-f", "-o", trace, "-e", "trace=network"))
        calls = trace.read_text(errors="replace")
        # The C library asks for its name service's local socket, and is refused.
        self.assertEqual(re.findall(r"(?<!\w)socket\(.*\) = \d", calls), [])
        self.assertEqual(re.findall(r"AF_INET6?|AF_NETLINK|AF_PACKET|(?<!\w)(?:connect|bind|listen)\(", calls), [])
        self.assertIn("SCM_RIGHTS", calls)


def mounts_work():
    return subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True,
                          check=False).returncode == 0


class FullDisk(WatchTest):
    @unittest.skipUnless(mounts_work(), "needs unprivileged user namespaces")
    def test_a_full_disk_loses_nothing_and_is_taken_up_later(self):
        self.fill(3)
        self.out.mkdir()
        full = ("unshare", "-rm", "sh", "-euc", f'mount -t tmpfs -o size=4k none "{self.out}"; exec "$0" "$@"')
        result = self.once(expect=1, prefix=full)
        self.assertIn("storage_full", result.stderr)
        self.assertEqual(len(self.waiting()), 3)
        self.assertEqual(self.names(self.failed, ""), [])
        self.once()
        self.assertEqual(len(self.names(self.out, ".json")), 3)
        self.assertEqual(len(self.names(self.done, ".pdf")), 3)

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_read_only_output_folder_loses_nothing(self):
        self.fill(1)
        self.out.mkdir()
        self.out.chmod(0o500)
        self.once(expect=1)
        self.out.chmod(0o700)
        kept = self.waiting() + list(self.failed.rglob("*.pdf"))
        self.assertEqual(len(kept), 1)


class Killed(WatchTest):
    def test_nothing_is_lost_or_doubled_whatever_is_killed(self):
        chance = random.Random(20261122)
        self.fill(DOCUMENTS)
        watcher = self.start()
        kills = {"program": 0, "engine": 0, "decoder": 0}
        next_kill = 1
        deadline = time.monotonic() + 240
        try:
            while len(self.names(self.done, ".pdf")) < DOCUMENTS and time.monotonic() < deadline:
                if self.names(self.failed, ""):
                    break
                time.sleep(chance.uniform(0.02, 0.2))
                if len(self.names(self.done, ".pdf")) < next_kill:
                    continue
                # What was in the process is read once more before the next one: a document that is hit twice fails.
                next_kill = len(self.names(self.done, ".pdf")) + chance.randint(2 * AT_ONCE, 2 * DOCUMENTS // KILLS)
                victim = chance.choice(list(kills))
                kills[victim] += kill_one(chance, watcher.pid, victim)
                if victim == "program":
                    watcher.wait()
                    watcher = self.start()
        finally:
            watcher.kill()
            watcher.wait()
        print(f"\nkilled: {kills}")
        wanted = sorted(f"ward {n % 7}/{n}" for n in range(DOCUMENTS))
        self.assertEqual(self.names(self.done, ".pdf"), sorted(f"{stem}.pdf" for stem in wanted))
        self.assertEqual(self.names(self.out, ".json"), sorted(f"{stem}.json" for stem in wanted))
        self.assertEqual(self.names(self.out, ".md"), sorted(f"{stem}.md" for stem in wanted))
        self.assertEqual(self.names(self.failed, ""), [])
        self.assertEqual(self.waiting(), [])
        for stem in wanted:
            document = json.loads((self.out / f"{stem}.json").read_text(encoding="utf-8"))
            self.assertIn(f"Sample number {1000 + int(stem.split('/')[1])}", document["content"])
            self.assertEqual(document["pages"][0]["errors"], [])
