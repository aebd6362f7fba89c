"""Disks that are full, read-only or broken under the service: what was accepted stays, what cannot be kept is refused."""

import os
import shutil
import signal
import subprocess
import time
import unittest

from program import BINARY, ProgramTest, run
from server import Service, ServiceTest
from tiny_pdf import tiny_pdf

# Fails writes and syncs below FAULT_FOLDER with EIO while the file FAULT_SWITCH is there; in the server process alone.
FAULTS = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
static int is_server;
__attribute__((constructor)) static void begin(void) {
  char line[4096] = {0};
  int file = open("/proc/self/cmdline", O_RDONLY);
  if (file < 0) return;
  ssize_t size = read(file, line, sizeof line - 1);
  close(file);
  size_t first = strlen(line) + 1;
  is_server = size > (ssize_t)first && strcmp(line + first, "serve") == 0;
}
static int fails(int descriptor) {
  char link[64], path[4096] = {0};
  if (!is_server || access(getenv("FAULT_SWITCH"), F_OK) != 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  if (readlink(link, path, sizeof path - 1) <= 0) return 0;
  return strncmp(path, getenv("FAULT_FOLDER"), strlen(getenv("FAULT_FOLDER"))) == 0;
}
#define FAULTY(type, name, parameters, arguments)                           \
  type name parameters {                                                    \
    static type(*real) parameters;                                          \
    if (!real) real = (type(*) parameters)dlsym(RTLD_NEXT, #name);          \
    if (fails(descriptor)) { errno = EIO; return -1; }                      \
    return real arguments;                                                  \
  }
FAULTY(ssize_t, write, (int descriptor, const void* bytes, size_t size), (descriptor, bytes, size))
FAULTY(ssize_t, pwrite64, (int descriptor, const void* bytes, size_t size, off_t at), (descriptor, bytes, size, at))
FAULTY(ssize_t, pwrite, (int descriptor, const void* bytes, size_t size, off_t at), (descriptor, bytes, size, at))
FAULTY(int, fsync, (int descriptor), (descriptor))
FAULTY(int, fdatasync, (int descriptor), (descriptor))
"""


def namespaces_work():
    return subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True,
                          check=False).returncode == 0


def document(number, size=0):
    """A PDF of its own; `size` bytes of nothing behind it."""
    return tiny_pdf("Discharge summary", f"Sample number {number}") + b"%" + b"x" * size + b"\n"


class MountedService(Service):
    """`medmark serve` whose data folder is a disk of its own."""

    def __init__(self, data, size, *options):
        self.size = size
        super().__init__(data, *options)

    def command(self):
        return ["unshare", "-rm", "sh", "-euc", f'mount -t tmpfs -o size={self.size} none "{self.data}"; exec "$0" "$@"',
                *super().command()]


class StorageTest(ServiceTest):
    def assert_ended(self, service, tasks):
        for task in tasks:
            ended = service.wait_for(task["id"], 60)
            self.assertEqual(ended["status"], "completed", ended["error"])

    def assert_refused(self, answer):
        self.assertIn(answer.status, (500, 507), answer.body)
        self.assertIn(answer.json["error"]["code"], ("storage_full", "internal"))

    @unittest.skipUnless(namespaces_work(), "needs mount namespaces")
    def test_a_full_disk_refuses_uploads_and_keeps_what_it_has(self):
        (self.folder / "data").mkdir()
        service = MountedService(self.folder / "data", "12m", "--no-auth", "--device", "cpu")
        self.addCleanup(lambda: service.process.poll() is None and service.stop(signal.SIGKILL))
        small = service.upload("/api/v1/tasks", [("small.pdf", document(1))]).json["tasks"]
        self.assert_ended(service, small)
        accepted, refused = [], None
        for number in range(2, 30):
            answer = service.upload("/api/v1/tasks", [("large.pdf", document(number, 1 << 20))], start="false")
            if answer.status != 202:
                refused = answer
                break
            accepted += answer.json["tasks"]
        self.assertGreater(len(accepted), 2)
        self.assertEqual((refused.status, refused.json["error"]["code"]), (507, "storage_full"))
        # What was there is there, whole; nothing of the refused upload is.
        self.assertIn("Sample number 1", service.get(f"/api/v1/documents/{small[0]['document_id']}/content").body.decode())
        self.assertEqual(service.get("/api/v1/documents?limit=100").json["total"], len(accepted) + 1)
        for task in accepted[:2]:
            self.assertEqual(service.request("DELETE", f"/api/v1/documents/{task['document_id']}").status, 204)
        for task in accepted[2:]:
            self.assertEqual(service.request("POST", f"/api/v1/tasks/{task['id']}/start", {}).status, 200)
        self.assert_ended(service, accepted[2:])
        again = service.upload("/api/v1/tasks", [("again.pdf", document(99))])
        self.assertEqual(again.status, 202, again.body)
        self.assert_ended(service, again.json["tasks"])

    @unittest.skipUnless(namespaces_work(), "needs mount namespaces")
    def test_a_read_only_data_folder_is_told_at_the_start_and_stays_as_it_is(self):
        service = self.serve("--no-auth", "--device", "cpu")
        task = service.upload("/api/v1/tasks", [("a.pdf", document(1))]).json["tasks"][0]
        self.assert_ended(service, [task])
        self.assertEqual(service.stop(), 0)
        data = self.folder / "data"
        before = sorted((str(p.relative_to(data)), p.stat().st_size) for p in data.rglob("*"))
        read_only = ("unshare", "-rm", "sh", "-euc",
                     f'mount --bind "{data}" "{data}"; mount -o remount,bind,ro "{data}"; exec "$0" "$@"')
        result = run("serve", "--no-auth", "--port", "0", "--data", data, prefix=read_only, timeout=60)
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("storage_full", result.stderr)
        self.assertEqual(sorted((str(p.relative_to(data)), p.stat().st_size) for p in data.rglob("*")), before)

    @unittest.skipUnless(shutil.which("cc"), "needs a C compiler for the fault injector")
    def test_an_io_error_costs_the_requests_it_meets(self):
        source, library, switch = self.folder / "faults.c", self.folder / "faults.so", self.folder / "broken"
        source.write_text(FAULTS)
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
        data = self.folder / "data"
        service = self.serve("--no-auth", "--device", "cpu", environment={
            "LD_PRELOAD": str(library), "FAULT_FOLDER": str(data) + "/", "FAULT_SWITCH": str(switch)})
        good = service.upload("/api/v1/tasks", [("a.pdf", document(1))]).json["tasks"]
        self.assert_ended(service, good)
        waiting = service.upload("/api/v1/tasks", [("b.pdf", document(2))], start="false").json["tasks"]

        switch.touch()
        self.assert_refused(service.upload("/api/v1/tasks", [("c.pdf", document(3))]))
        self.assert_refused(service.request("POST", f"/api/v1/tasks/{waiting[0]['id']}/start", {}))
        self.assert_refused(service.request("DELETE", f"/api/v1/documents/{good[0]['document_id']}"))
        health = service.get("/health")
        self.assertEqual(health.status, 503)
        self.assertIn("storage", [warning["code"] for warning in health.json["warnings"]])
        self.assertEqual(service.get("/api/v1/tasks").status, 200, "what is there can be read")

        switch.unlink()
        self.assertEqual(service.get("/health").status, 200)
        self.assertEqual(service.get(f"/api/v1/tasks/{waiting[0]['id']}").json["status"], "prepared")
        self.assertEqual(service.get("/api/v1/documents?limit=10").json["total"], 2)
        self.assertEqual(service.request("POST", f"/api/v1/tasks/{waiting[0]['id']}/start", {}).status, 200)
        self.assert_ended(service, waiting)
        self.assertEqual(service.stop(), 0)
        service.start()
        self.assertEqual(service.get("/api/v1/documents?limit=10").json["total"], 2, "a coherent state")
        self.assertEqual(os.listdir(data / "incoming"), [], "nothing of the refused upload is left")

    @unittest.skipUnless(namespaces_work(), "needs mount namespaces")
    def test_a_full_result_folder_under_serve_keeps_the_watched_file(self):
        incoming, results, data = self.folder / "in", self.folder / "md", self.folder / "data"
        for folder in (incoming, results, data):
            folder.mkdir()
        (incoming / "night.pdf").write_bytes(document(1))
        full = ["unshare", "-rm", "sh", "-euc", f'mount -t tmpfs -o size=4k none "{results}"; exec "$0" "$@"']
        with open(self.folder / "log", "wb") as log:
            process = subprocess.Popen([*full, str(BINARY), "serve", "--no-auth", "--port", "0", "--device", "cpu", "--data",
                                        str(data), "--watch", str(incoming)], stdout=subprocess.DEVNULL, stderr=log)
        self.addCleanup(lambda: process.poll() is None and (process.kill(), process.wait()))
        self.wait_until(lambda: b"storage_full" in (self.folder / "log").read_bytes())
        process.terminate()
        self.assertEqual(process.wait(60), 0)
        self.assertEqual(list((self.folder / "failed").iterdir()), [], "a full disk is not the document's fault")
        kept = [path for path in incoming.rglob("night.pdf") if path.is_file()]
        self.assertEqual(len(kept), 1, "claimed or waiting, but there")
        service = self.serve("--no-auth", "--device", "cpu", "--watch", str(incoming))
        self.wait_until(lambda: (self.folder / "done" / "night.pdf").exists())
        self.assertIn("Sample number 1", (results / "night.md").read_text(encoding="utf-8"))
        self.assertEqual(service.get("/api/v1/documents").json["total"], 1, "parsed once")

    def wait_until(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.2)
        self.fail("it did not come to pass")


class WatchedDiskTest(ProgramTest):
    @unittest.skipUnless(namespaces_work(), "needs mount namespaces")
    def test_a_read_only_incoming_folder_is_told(self):
        incoming = self.folder / "in"
        incoming.mkdir()
        (incoming / "a.pdf").write_bytes(document(1))
        read_only = ("unshare", "-rm", "sh", "-euc",
                     f'mount --bind "{incoming}" "{incoming}"; mount -o remount,bind,ro "{incoming}"; exec "$0" "$@"')
        result = run("watch", incoming, "--output", self.out, "--done", self.folder / "done", "--failed",
                     self.folder / "failed", "--once", "--settle", "0.1", "--device", "cpu", prefix=read_only, timeout=60)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertRegex(result.stderr, "storage_full|internal")
        self.assertTrue((incoming / "a.pdf").exists())


if __name__ == "__main__":
    unittest.main()
