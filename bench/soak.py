"""Many pages through a running service: whether memory, descriptors and threads of server and engine stay as they are.

Usage: python3 bench/soak.py BINARY FILE... [--pages 5000] [--warm-up 500] [--data DIR] [--engines 1] [--minutes 60]

Starts `medmark serve --no-auth` on an empty data folder and uploads the files again and again, each time as another
document (a comment behind its end), a few at once; finished documents are deleted, so that the store does not grow.
Every 100 pages it writes one line: pages, resident memory of server and engine (MB), descriptors, threads. The last line is
one JSON object: the pages that were done, each measure after the warm-up and at the end (medians of one sample a second
over the first and the last fifth, since an engine at work breathes), its growth, and whether all stayed within 2 %.
"""

import argparse
import http.client
import json
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

AT_ONCE = 6
FIFTHS = 5         # of the time after the warm-up, the first and the last of which are compared
LEAST_SAMPLES = 50


class Processes:
    """The server and its engine."""

    def __init__(self, pid):
        self.server = pid

    def engine(self):
        for task in Path(f"/proc/{self.server}/task").iterdir():
            for child in (task / "children").read_text().split():
                if b"engine-process" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return int(child)
        return None

    @staticmethod
    def measure(pid):
        status = Path(f"/proc/{pid}/status").read_text()
        return {"memory_mb": int(re.search(r"RssAnon:\s+(\d+)", status).group(1)) / 1024,
                "descriptors": sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()),
                "threads": int(re.search(r"Threads:\s+(\d+)", status).group(1))}

    def sample(self):
        return {f"{name}_{key}": value for name, pid in (("server", self.server), ("engine", self.engine()))
                for key, value in self.measure(pid).items()}


class Feeder(threading.Thread):
    """One client: uploads, waits for the end, deletes."""

    def __init__(self, port, files, state):
        super().__init__(daemon=True)
        self.port, self.files, self.state = port, files, state

    def run(self):
        number = 0
        while not self.state["stop"]:
            try:
                self.feed(number)
            except (OSError, http.client.HTTPException) as error:
                if not self.state["stop"]:  # the end of the run cuts the last answers off
                    self.state["errors"].append(type(error).__name__)
            number += 1

    def feed(self, number):
        data = self.files[number % len(self.files)] + f"\n%{uuid.uuid4().hex}\n".encode()
        boundary = uuid.uuid4().hex
        body = (f'--{boundary}\r\nContent-Disposition: form-data; name="wait"\r\n\r\n600\r\n--{boundary}\r\n'
                f'Content-Disposition: form-data; name="file"; filename="soak.pdf"\r\n\r\n').encode()
        body += data + f"\r\n--{boundary}--\r\n".encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=700)
        connection.request("POST", "/api/v1/upload", body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
        answer = connection.getresponse()
        text = answer.read()
        if self.state["stop"]:
            return
        if answer.status != 200:
            self.state["errors"].append(answer.status)
            return
        document = json.loads(text)
        self.state["pages"] += len(document["document"]["pages"])
        connection.request("DELETE", f"/api/v1/documents/{document['id']}")
        connection.getresponse().read()
        connection.close()


def medians(samples):
    return {key: statistics.median(sample[key] for sample in samples) for key in samples[0]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--warm-up", type=int, default=500)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--engines", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    arguments = parser.parse_args()
    data = arguments.data or Path(tempfile.mkdtemp(prefix="medmark-soak-"))
    with open(data.parent / (data.name + ".log"), "wb") as log:
        service = subprocess.Popen([str(arguments.binary), "serve", "--no-auth", "--port", "0", "--data", str(data),
                                    "--engines", str(arguments.engines)], stdout=subprocess.PIPE, stderr=log, text=True)
    port = int(re.search(r":(\d+)/", service.stdout.readline()).group(1))
    processes = Processes(service.pid)
    state = {"stop": False, "pages": 0, "errors": []}
    files = [file.read_bytes() for file in arguments.files]
    feeders = [Feeder(port, files[i % len(files):] + files[:i % len(files)], state) for i in range(AT_ONCE)]
    for feeder in feeders:
        feeder.start()
    samples, next_line = [], 0
    end = time.monotonic() + arguments.minutes * 60
    while state["pages"] < arguments.pages and time.monotonic() < end and service.poll() is None:
        time.sleep(1)
        if processes.engine() is None:
            continue
        sample = {"pages": state["pages"], **processes.sample()}
        if sample["pages"] >= arguments.warm_up:
            samples.append(sample)
        if state["pages"] >= next_line:
            print(json.dumps(sample), flush=True)
            next_line = state["pages"] + 100
    state["stop"] = True
    died = service.poll() is not None
    service.terminate()
    service.wait(60)
    if died or len(samples) < LEAST_SAMPLES:
        print(json.dumps({"pages": state["pages"], "died": died, "samples": len(samples), "errors": state["errors"]}))
        return 1
    fifth = len(samples) // FIFTHS
    first, last = medians(samples[:fifth]), medians(samples[-fifth:])
    growth = {key: round((last[key] / first[key] - 1) * 100, 2) for key in first if key != "pages"}
    is_flat = all(value < 2 for key, value in growth.items()) and not state["errors"]
    print(json.dumps({"pages": state["pages"], "after_warm_up": first, "at_the_end": last, "growth_percent": growth,
                      "errors": state["errors"], "flat": is_flat}))
    return 0 if is_flat else 1


sys.exit(main())
