"""How long a start takes: from the command to the first accepted upload, and to the first page that was parsed.

Usage: python3 bench/cold_start.py BINARY FILE [--runs 5]
Each run starts `medmark serve --no-auth` on an empty data folder and uploads the file at once. Prints one JSON line: the
median and the slowest of both times, in seconds.
"""

import argparse
import json
import re
import statistics
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path


def upload(port, data):
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + data + b"\r\n--b--\r\n"
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1/tasks", body,
                                     {"Content-Type": "multipart/form-data; boundary=b"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["tasks"][0]["id"]


def first_page(port, task):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/tasks/{task}/events") as events:
        for line in events:
            if line.startswith(b"data: "):
                state = json.loads(line[6:])
                if state["progress"]["pages_done"] > 0 or state["status"] in ("completed", "partial", "failed"):
                    return state["status"]
    return "lost"


def run(binary, data):
    with tempfile.TemporaryDirectory(prefix="medmark-start-") as folder:
        begin = time.monotonic()
        service = subprocess.Popen([str(binary), "serve", "--no-auth", "--port", "0", "--data", folder + "/data"],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            port = int(re.search(r":(\d+)/", service.stdout.readline()).group(1))
            task = upload(port, data)
            accepted = time.monotonic() - begin
            assert first_page(port, task) != "failed"
            return accepted, time.monotonic() - begin
        finally:
            service.terminate()
            service.wait(60)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    data = arguments.file.read_bytes()
    times = [run(arguments.binary, data) for _ in range(arguments.runs)]
    accepted, parsed = zip(*times)
    print(json.dumps({"runs": len(times), "accepted_s": round(statistics.median(accepted), 2),
                      "accepted_slowest_s": round(max(accepted), 2), "first_page_s": round(statistics.median(parsed), 2),
                      "first_page_slowest_s": round(max(parsed), 2)}))


main()
