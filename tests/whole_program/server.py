"""Starts the service as a user does and talks to it with nothing but the standard library."""

import http.client
import json
import os
import re
import select
import signal
import subprocess
import time
import uuid

from program import BINARY, ProgramTest


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = response.headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)


def form(fields, files):
    """A multipart body and its content type; files are (name, bytes)."""
    boundary = uuid.uuid4().hex
    parts = []
    for name, value in fields.items():
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, data in files:
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
                     + data + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


class Service:
    """A running `medmark serve` on a free port."""

    def __init__(self, data, *options, environment=None):
        self.data = data
        self.options = options
        self.environment = environment or {}
        self.log = ""
        self.headers = {}
        self.start()

    def start(self):
        self.log_path = str(self.data) + ".log"
        self.started = time.monotonic()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                self.command(), stdout=subprocess.PIPE, stderr=log, text=True, env={**os.environ, **self.environment})
        ready, _, _ = select.select([self.process.stdout], [], [], 60)
        line = self.process.stdout.readline() if ready else ""
        found = re.search(r":(\d+)/", line)
        if not found:
            self.process.kill()
            with open(self.log_path, encoding="utf-8") as log:
                raise AssertionError("the service did not start: " + log.read())
        self.port = int(found.group(1))
        self.password = None
        if "--no-auth" not in self.options and not getattr(self, "seen", False):
            greeting = self.process.stdout.readline()
            self.password = re.search(r"password (\S+)", greeting).group(1)
        self.seen = True

    def command(self):
        return [str(BINARY), "serve", "--port", "0", "--data", str(self.data), *self.options]

    def stop(self, with_signal=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        code = self.process.wait(60)
        self.process.stdout.close()
        return code

    def request(self, method, path, body=None, headers=None, timeout=180):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {**self.headers, **(headers or {})}
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            sent.setdefault("Content-Type", "application/json")
        connection.request(method, path, body=body, headers=sent)
        response = connection.getresponse()
        answer = Answer(response, response.read())
        connection.close()
        return answer

    def get(self, path, **keywords):
        return self.request("GET", path, **keywords)

    def upload(self, path, files, **fields):
        body, content_type = form(fields, files)
        return self.request("POST", path, body, {"Content-Type": content_type}, timeout=600)

    def wait_for(self, task_id, timeout=300):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            task = self.get(f"/api/v1/tasks/{task_id}").json
            if task["status"] in ("completed", "partial", "failed", "canceled"):
                return task
            time.sleep(0.3)
        raise AssertionError("the task did not end")


class ServiceTest(ProgramTest):
    """A test with a data folder of its own."""

    def serve(self, *options, environment=None):
        service = Service(self.folder / "data", *options, environment=environment)
        self.addCleanup(lambda: service.process.poll() is None and service.stop(signal.SIGKILL))
        self.addCleanup(service.process.stdout.close)
        return service
