"""One engine or two: the same results, and no core idle while work waits. Cancellation within a page."""

import json
import os
import time
import unittest
from pathlib import Path

from processes import below
from program import SAMPLES
from server import ServiceTest

SCAN = SAMPLES / "discharge_summary_scan.pdf"
COPIES = 4


def processor_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def comparable(document):
    """What must not depend on engines: all but the times."""
    for page in document["pages"]:
        page.pop("timings_ms")
    document["source"].pop("sha256")
    return json.dumps(document, sort_keys=True, ensure_ascii=False)


class EnginesTest(ServiceTest):
    def results(self, *options):
        service = self.serve("--no-auth", "--device", "cpu", *options)
        self.wait_until_ready(service)
        engines = below(service.process.pid, "engine")
        before = {pid: processor_seconds(pid) for pid in engines}
        files = [("page.pdf", SCAN.read_bytes() + b"\n%" + str(i).encode()) for i in range(COPIES)]
        tasks = service.upload("/api/v1/tasks", files).json["tasks"]
        documents = []
        for task in tasks:
            self.assertEqual(service.wait_for(task["id"])["status"], "completed")
            documents.append(comparable(service.get(f"/api/v1/documents/{task['document_id']}").json["document"]))
        worked = [processor_seconds(pid) - before[pid] for pid in engines]
        self.assertEqual(service.stop(), 0)
        return documents, worked

    def wait_until_ready(self, service):
        end = time.monotonic() + 60
        while time.monotonic() < end and service.get("/ready").status != 200:
            time.sleep(0.2)
        time.sleep(0.5)

    def test_two_engines_give_the_same_results_and_both_work(self):
        one, _ = self.results("--engines", "1", "--threads", "2")
        os.rename(self.folder / "data", self.folder / "data of one")
        two, worked = self.results("--engines", "2", "--threads", "1")
        self.assertEqual(set(one), set(two))
        self.assertEqual(len(set(one)), 1, "copies of one document read the same")
        self.assertEqual(len(worked), 2)
        self.assertGreater(min(worked), 0.25 * max(worked), f"no engine idles while work waits: {worked}")


class CancelTest(ServiceTest):
    def test_a_running_task_stops_within_a_page(self):
        service = self.serve("--no-auth", "--device", "cpu", "--threads", "1")
        pages = [("page.pdf", SCAN.read_bytes() + b"\n%" + str(i).encode()) for i in range(12)]
        task = service.upload("/api/v1/tasks", pages, join="true").json["tasks"][0]
        end = time.monotonic() + 90
        done = 0
        while time.monotonic() < end and done < 1:
            done = service.get(f"/api/v1/tasks/{task['id']}").json["progress"]["pages_done"]
            time.sleep(0.05)
        asked = service.request("DELETE", f"/api/v1/tasks/{task['id']}").json
        self.assertTrue(asked["cancel_requested"])
        ended = service.wait_for(task["id"])
        self.assertEqual(ended["status"], "canceled")
        self.assertLessEqual(ended["progress"]["pages_done"], done + 2, "the page in hand, and one that had just begun")
        self.assertEqual(service.get(f"/api/v1/documents/{task['document_id']}").json["content"], None)


if __name__ == "__main__":
    unittest.main()
