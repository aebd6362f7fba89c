"""The nginx set-up of docs/service.md, as it stands there: HTTPS, large uploads, events that come when they happen."""

import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import time
import unittest

from program import SOURCE
from server import ServiceTest, form
from tiny_pdf import tiny_pdf


def documented_server(port, backend, certificate, key):
    """The `server { ... }` block of the document, with our ports and files."""
    text = (SOURCE / "docs" / "service.md").read_text(encoding="utf-8")
    block = text[text.index("    server {"):]
    block = block[:block.index("\n    }\n") + len("\n    }\n")]
    block = re.sub(r"listen 443 ssl", f"listen 127.0.0.1:{port} ssl", block)
    block = block.replace("127.0.0.1:7860", f"127.0.0.1:{backend}")
    block = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {key};", block)
    return re.sub(r"ssl_certificate  .*;", f"ssl_certificate {certificate};", block)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@unittest.skipUnless(shutil.which("nginx", path="/usr/sbin:/usr/bin"), "needs nginx")
class ProxyTest(ServiceTest):
    def setUp(self):
        super().setUp()
        certificate, key = self.folder / "c.pem", self.folder / "k.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2",
                        "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
        self.service = self.serve("--behind-proxy", "--device", "cpu")
        self.port = free_port()
        settings = self.folder / "nginx.conf"
        folders = "".join(f"{name}_temp_path {self.folder / name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        settings.write_text(f"daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/error.log; events {{}}\n"
                            f"http {{ access_log off; {folders}\n"
                            + documented_server(self.port, self.service.port, certificate, key) + "}\n")
        self.nginx = subprocess.Popen([shutil.which("nginx", path="/usr/sbin:/usr/bin"), "-c", str(settings), "-p",
                                       str(self.folder)], stderr=subprocess.DEVNULL)
        self.addCleanup(lambda: (self.nginx.terminate(), self.nginx.wait()))
        self.trust = ssl.create_default_context(cafile=str(certificate))
        self.trust.check_hostname = False
        self.headers = {}
        for _ in range(100):
            try:
                self.request("GET", "/health")
                break
            except ConnectionRefusedError:
                time.sleep(0.05)

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=self.trust)
        connection.request(method, path, json.dumps(body) if isinstance(body, dict) else body,
                           {**self.headers, **(headers or {})})
        answer = connection.getresponse()
        answer.text = answer.read()
        connection.close()
        return answer

    def sign_in(self):
        answer = self.request("POST", "/api/v1/session", {"name": "admin", "password": self.service.password})
        self.assertEqual(answer.status, 200, answer.text)
        self.headers = {"Cookie": answer.headers["Set-Cookie"].split(";")[0],
                        "X-CSRF-Token": json.loads(answer.text)["csrf_token"]}
        change = {"old_password": self.service.password, "new_password": "a much better one"}
        self.assertEqual(self.request("POST", "/api/v1/session/password", change).status, 204)
        return answer

    def test_https_large_uploads_events_and_addresses(self):
        signed_in = self.sign_in()
        self.assertIn("Secure", signed_in.headers["Set-Cookie"], "the service knows that the browser came over HTTPS")
        self.assertIn("max-age", signed_in.headers["Strict-Transport-Security"])
        own, foreign = f"https://127.0.0.1:{self.port}", "https://attacker.example"
        self.assertEqual(self.request("GET", "/api/v1/tasks", headers={"Origin": own}).status, 200)
        self.assertEqual(self.request("GET", "/api/v1/tasks", headers={"Origin": foreign}).status, 403)

        large = tiny_pdf("Discharge summary", "Sample number 7") + b"%" + b"x" * (12 << 20) + b"\n"
        body, content_type = form({"start": "false"}, [("large.pdf", large)])
        answer = self.request("POST", "/api/v1/tasks", body, {"Content-Type": content_type})
        self.assertEqual(answer.status, 202, answer.text[:300])
        task = json.loads(answer.text)["tasks"][0]

        # The first event comes while the stream stays open: nothing on the way holds it back.
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10, context=self.trust)
        connection.request("GET", f"/api/v1/tasks/{task['id']}/events", headers=self.headers)
        events = connection.getresponse()
        self.assertEqual(self.next_status(events), "prepared")
        started = self.request("POST", f"/api/v1/tasks/{task['id']}/start", {})
        self.assertEqual(started.status, 200, started.text)
        states = []
        while not states or states[-1] not in ("completed", "failed"):
            states.append(self.next_status(events))
        self.assertEqual(states[-1], "completed")
        connection.close()

        entries = json.loads(self.request("GET", "/api/v1/audit?action=tasks").text)["entries"]
        self.assertEqual({entry["address"] for entry in entries}, {"127.0.0.1"})

    @staticmethod
    def next_status(events):
        while True:
            line = events.readline().decode()
            if line.startswith("data: "):
                return json.loads(line[6:])["status"]
            if not line:
                raise AssertionError("the stream ended")


if __name__ == "__main__":
    unittest.main()
