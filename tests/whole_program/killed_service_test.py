"""kill -9 of server, engine and decoder at random moments of a batch: what was accepted is done, once, and nothing else."""

import http.client
import random
import signal
import time

from processes import kill_one
from server import ServiceTest
from tiny_pdf import tiny_pdf

DOCUMENTS = 200
AT_ONCE = 10
KILLS = 15


class KilledService(ServiceTest):
    def accept(self, service, numbers):
        """Uploads until the server has answered: what a client does that was cut off. The same bytes are one document."""
        files = [(f"{number}.pdf", tiny_pdf("Discharge summary", f"Sample number {1000 + number}")) for number in numbers]
        for _ in range(20):
            try:
                answer = service.upload("/api/v1/tasks", files)
                self.assertEqual(answer.status, 202, answer.body)
                return {number: task["document_id"] for number, task in zip(numbers, answer.json["tasks"])}
            except (OSError, http.client.HTTPException):
                self.revive(service)
        raise AssertionError("the server never answered")

    @staticmethod
    def revive(service):
        if service.process.poll() is not None:
            service.process.stdout.close()
            service.start()

    @staticmethod
    def statuses(service):
        tasks = service.get("/api/v1/tasks?limit=200").json["tasks"]
        return {task["document_id"]: task["status"] for task in tasks}

    def recover(self, service):
        """Until what was in work at a kill is done: a document that is hit twice fails, as it should."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if not set(self.statuses(service).values()) & {"queued", "running"}:
                return
            time.sleep(0.05)

    def test_what_was_accepted_is_done_once_whatever_is_killed(self):
        chance = random.Random(20261122)
        service = self.serve("--no-auth", "--device", "cpu")
        kills = {"program": 0, "engine": 0, "decoder": 0}
        accepted = {}
        moments = chance.sample(range(DOCUMENTS // AT_ONCE), KILLS)  # after which uploads
        numbers = list(range(DOCUMENTS))
        for begin in range(0, DOCUMENTS, AT_ONCE):
            accepted.update(self.accept(service, numbers[begin:begin + AT_ONCE]))
            if begin // AT_ONCE in moments:
                time.sleep(chance.uniform(0, 0.15))
                victim = chance.choice(list(kills))
                kills[victim] += kill_one(chance, service.process.pid, victim)
                if victim == "program":
                    service.process.wait()
                self.revive(service)
                self.recover(service)
        print(f"\nkilled: {kills}")
        end = time.monotonic() + 200
        statuses = {}
        while time.monotonic() < end:
            statuses = self.statuses(service)
            if len(statuses) == DOCUMENTS and not set(statuses.values()) & {"queued", "running"}:
                break
            time.sleep(0.5)
        self.assertEqual(set(statuses), set(accepted.values()))
        self.assertEqual(set(statuses.values()), {"completed"})
        self.assertEqual(service.get("/api/v1/documents?limit=1").json["total"], DOCUMENTS)
        for number in chance.sample(numbers, 20):
            content = service.get(f"/api/v1/documents/{accepted[number]}/content").body.decode()
            self.assertIn(f"Sample number {1000 + number}", content)
        self.assertEqual(service.stop(signal.SIGTERM), 0)
