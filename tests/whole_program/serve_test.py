"""The service: uploads, tasks, documents, search, corrections, accounts, privacy, death and return."""

import http.client
import io
import json
import signal
import socket
import ssl
import struct
import subprocess
import time
import unittest
import zipfile
import zlib

from program import SAMPLES, run
from server import ServiceTest

try:
    import requests
except ImportError:
    requests = None

NATIVE = SAMPLES / "lab_report.pdf"


def sample():
    """A native report: it needs no model."""
    return NATIVE.read_bytes()


def grey_png(side):
    """A square PNG of one bit a pixel."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress(bytes(side * (1 + (side + 7) // 8)), 1)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)) + chunk(b"IDAT", rows)
            + chunk(b"IEND", b""))


class UploadTest(ServiceTest):
    def test_an_upload_answers_with_the_document(self):
        service = self.serve("--no-auth")
        answer = service.upload("/api/v1/upload", [("报告.pdf", sample())])
        self.assertEqual(answer.status, 200, answer.body)
        document = answer.json
        self.assertEqual(document["file_name"], "报告.pdf")
        self.assertEqual(document["content"], document["document"]["content"])
        self.assertTrue(document["content"].strip())
        again = service.upload("/api/v1/upload", [("other name.pdf", sample())])
        self.assertEqual(again.json["id"], document["id"], "the same bytes with the same options are one document")
        forced = service.upload("/api/v1/upload", [("报告.pdf", sample())], force="true")
        self.assertNotEqual(forced.json["id"], document["id"])

        identifier = document["id"]
        self.assertEqual(service.get(f"/api/v1/documents/{identifier}/content").body.decode(), document["content"])
        picture = service.get(f"/api/v1/documents/{identifier}/pages/0/image?width=200")
        self.assertEqual(picture.body[:3], b"\xff\xd8\xff")
        self.assertEqual(service.get(f"/api/v1/documents/{identifier}/pages/9999/image").status, 404)
        bundle = zipfile.ZipFile(io.BytesIO(service.get(f"/api/v1/documents/{identifier}/bundle").body))
        self.assertIn("报告.json", bundle.namelist())
        self.assertEqual(bundle.read("报告.md").decode(), document["content"])
        self.assertEqual(service.request("DELETE", f"/api/v1/documents/{identifier}").status, 204)
        self.assertEqual(service.get(f"/api/v1/documents/{identifier}").status, 404)
        self.assertEqual(service.stop(), 0)

    @unittest.skipUnless(requests, "requests is not installed")
    def test_the_script_from_the_field_works_unchanged(self):
        service = self.serve("--no-auth")
        path = self.folder / "a.pdf"
        path.write_bytes(sample())
        with open(path, "rb") as f:
            response = requests.post(f"http://localhost:{service.port}/api/v1/upload", files={"file": f}, timeout=300)
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.json()["content"])

    def test_what_is_wrong_has_its_code(self):
        service = self.serve("--no-auth")
        cases = [
            (service.upload("/api/v1/upload", [("a.pdf", b"MZ no document")]), 415, "unsupported_format"),
            (service.upload("/api/v1/upload", [("a.pdf", b"x")], dpi="9"), 400, "invalid_parameter"),
            (service.upload("/api/v1/upload", [("a.pdf", b"x")], colour="red"), 400, "invalid_parameter"),
            (service.upload("/api/v1/upload", []), 400, "invalid_parameter"),
            (service.request("POST", "/api/v1/upload", b"{}", {"Content-Type": "application/json"}), 400,
             "invalid_parameter"),
            (service.get("/api/v1/tasks/none"), 404, "not_found"),
            (service.get("/api/v1/nothing"), 404, "not_found"),
            (service.get("/api/v1/documents?limit=0"), 400, "invalid_parameter"),
        ]
        for answer, status, code in cases:
            self.assertEqual((answer.status, answer.json["error"]["code"]), (status, code), answer.body)
            self.assertEqual(answer.json["error"]["request_id"], answer.headers["X-Request-Id"])
        self.assertEqual(service.request("PUT", "/api/v1/tasks").status, 405)
        self.assertEqual(list((self.folder / "data" / "incoming").iterdir()), [], "refused uploads stay nowhere")

    def test_limits_hold_at_the_limit_and_refuse_beyond(self):
        service = self.serve("--no-auth")
        data = sample()
        changed = service.request("PATCH", "/api/v1/settings", {"limits": {"max_file_bytes": len(data)}})
        self.assertEqual(changed.status, 200, changed.body)
        self.assertEqual(service.upload("/api/v1/tasks", [("a.pdf", data)]).status, 202)
        refused = service.upload("/api/v1/tasks", [("a.pdf", data + b" ")])
        self.assertEqual((refused.status, refused.json["error"]["code"]), (413, "too_large"))

    def test_pages_and_pixels_have_limits_of_their_own(self):
        service = self.serve("--no-auth")
        two_pages = (SAMPLES / "admission_record_two_pages.pdf").read_bytes()
        self.assertEqual(service.request("PATCH", "/api/v1/settings", {"limits": {"max_pages": 1}}).status, 200)
        refused = service.upload("/api/v1/upload", [("a.pdf", two_pages)])
        self.assertEqual((refused.status, refused.json["error"]["code"]), (413, "too_many_pages"))
        self.assertEqual(service.upload("/api/v1/upload", [("a.pdf", two_pages)], pages="2").status, 200)
        bomb = grey_png(30_000)
        self.assertLess(len(bomb), 1 << 20, "a small file that unpacks to 900 million pixels")
        refused = service.upload("/api/v1/upload", [("a.png", bomb)])
        self.assertEqual((refused.status, refused.json["error"]["code"]), (413, "too_large"))

    def test_a_strange_file_is_refused_alone_and_fails_among_others(self):
        service = self.serve("--no-auth")
        refused = service.upload("/api/v1/tasks", [("a.exe", b"MZ no document")])
        self.assertEqual((refused.status, refused.json["error"]["code"]), (415, "unsupported_format"))
        tasks = service.upload("/api/v1/tasks", [("a.exe", b"MZ no document"), ("b.pdf", sample())]).json["tasks"]
        self.assertEqual(service.wait_for(tasks[0]["id"])["error"]["code"], "unsupported_format")
        self.assertEqual(service.wait_for(tasks[1]["id"])["status"], "completed")


class TaskTest(ServiceTest):
    def test_events_tell_a_task_to_its_end(self):
        service = self.serve("--no-auth")
        task = service.upload("/api/v1/tasks", [("a.pdf", sample())]).json["tasks"][0]
        events = service.get(f"/api/v1/tasks/{task['id']}/events").body.decode()
        states = [json.loads(line[6:])["status"] for line in events.splitlines() if line.startswith("data: ")]
        self.assertEqual(states[-1], "completed")

    def test_streams_of_all_tasks_tell_changes_and_deletions(self):
        service = self.serve("--no-auth")
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
        connection.request("GET", "/api/v1/events")
        events = connection.getresponse()
        task = service.upload("/api/v1/tasks", [("a.pdf", sample())]).json["tasks"][0]
        self.read_until(events, '"status":"completed"', task["id"])
        self.assertEqual(service.request("DELETE", f"/api/v1/documents/{task['document_id']}").status, 204)
        self.read_until(events, "event: removed", "")
        self.assertEqual(json.loads(events.readline()[6:]), {"id": task["id"], "document_id": task["document_id"]})
        connection.close()

    def read_until(self, events, *wanted):
        for line in events:
            if all(text in line.decode() for text in wanted):
                return
        self.fail("the stream ended")

    def test_what_is_wrong_with_a_prepared_file_is_told_with_its_pages(self):
        service = self.serve("--no-auth")
        task = service.upload("/api/v1/tasks", [("a.pdf", b"%PDF-1.7\nnothing")], start="false").json["tasks"][0]
        pages = service.get(f"/api/v1/documents/{task['document_id']}/pages")
        self.assertEqual((pages.status, pages.json["pages"]), (200, []))
        self.assertEqual(pages.json["error"]["code"], "corrupt_document")

    def test_prepared_tasks_wait_and_take_other_options_at_their_start(self):
        service = self.serve("--no-auth")
        task = service.upload("/api/v1/tasks", [("a.pdf", sample())], start="false").json["tasks"][0]
        self.assertEqual(task["status"], "prepared")
        pages = service.get(f"/api/v1/documents/{task['document_id']}/pages").json
        self.assertGreater(pages["page_count"], 0)
        self.assertEqual((pages["media_type"], pages["error"]), ("application/pdf", None))
        self.assertEqual(service.get(f"/api/v1/documents/{task['document_id']}/pages/0/image?width=100").status, 200)
        self.assertIsNone(service.get(f"/api/v1/documents/{task['document_id']}").json["content"])
        started = service.request("POST", f"/api/v1/tasks/{task['id']}/start", {"options": {"pages": "1"}})
        self.assertEqual(started.status, 200, started.body)
        self.assertEqual(service.wait_for(task["id"])["status"], "completed")
        document = service.get(f"/api/v1/documents/{task['document_id']}").json
        self.assertEqual(document["parameters"], {"pages": "1"})

    def test_a_full_queue_says_when_to_come_again(self):
        service = self.serve("--no-auth", "--max-queued", "1")
        files = [(f"{i}.pdf", sample() + b"\n" * (i + 1)) for i in range(4)]
        refused = service.upload("/api/v1/tasks", files)
        self.assertEqual((refused.status, refused.json["error"]["code"]), (429, "busy"))
        self.assertGreater(int(refused.headers["Retry-After"]), 0)
        self.assertNotEqual(service.get("/health").status, 503, "busy is not broken")

    def test_accepted_uploads_survive_the_death_of_the_server(self):
        service = self.serve("--no-auth")
        files = [(f"{i}.pdf", sample() + b"\n" * (i + 1)) for i in range(6)]
        tasks = service.upload("/api/v1/tasks", files).json["tasks"]
        service.stop(signal.SIGKILL)
        service.start()
        for task in tasks:
            ended = service.wait_for(task["id"])
            self.assertEqual(ended["status"], "completed", ended["error"])
        listed = service.get("/api/v1/documents?limit=100").json
        self.assertEqual(listed["total"], len(files), "nothing lost, nothing twice")

    def test_a_canceled_task_stays_canceled(self):
        service = self.serve("--no-auth")
        task = service.upload("/api/v1/tasks", [("a.pdf", sample())], start="false").json["tasks"][0]
        self.assertEqual(service.request("DELETE", f"/api/v1/tasks/{task['id']}").json["status"], "canceled")
        self.assertEqual(service.request("DELETE", f"/api/v1/tasks/{task['id']}").status, 409)


class WatchTest(ServiceTest):
    def test_a_watched_folder_becomes_documents_and_files(self):
        incoming = self.folder / "in"
        incoming.mkdir()
        (incoming / "night.pdf").write_bytes(sample())
        service = self.serve("--no-auth", "--watch", str(incoming))
        end = time.monotonic() + 120
        while time.monotonic() < end and not (self.folder / "done" / "night.pdf").exists():
            time.sleep(0.5)
        self.assertTrue((self.folder / "md" / "night.md").read_text(encoding="utf-8").strip())
        self.assertEqual(service.get("/api/v1/documents").json["documents"][0]["created_by"], "watch")
        folder = service.get("/api/v1/watch").json["folders"][0]
        self.assertEqual((folder["state"], folder["waiting"], folder["done"]), ("watching", 0, 1))


class CorrectionTest(ServiceTest):
    def test_a_correction_reaches_every_export_and_can_be_taken_back(self):
        service = self.serve("--no-auth")
        document = service.upload("/api/v1/upload", [("a.pdf", sample())]).json
        path = f"/api/v1/documents/{document['id']}"
        block = next(b for b in document["document"]["blocks"] if b["type"] in ("title", "paragraph", "key_value"))
        target = f"blocks.{block['id']}.text"
        change = {"corrections": [{"target": target, "value": "改正 zebra"},
                                  {"target": "clinical.patient.name", "value": "乙某某"}]}
        corrected = service.request("PATCH", path, change)
        self.assertEqual(corrected.status, 200, corrected.body)
        self.assertIn("zebra", corrected.json["content"])
        self.assertEqual(corrected.json["document"]["clinical"]["patient"]["name"], "乙某某")
        self.assertIn("zebra", service.get(path + "/content").body.decode())
        bundle = zipfile.ZipFile(io.BytesIO(service.get(path + "/bundle").body))
        self.assertIn("zebra", bundle.read("a.json").decode())
        self.assertIn("corrections.json", bundle.namelist())
        self.assertNotIn("zebra", service.get(path + "/json?original=true").body.decode())
        self.assertEqual(service.get("/api/v1/documents?q=zebra").json["total"], 1)

        kept = service.get(path + "/corrections").json["corrections"]
        self.assertEqual(kept[0]["original"], block["text"])
        self.assertEqual(kept[0]["author"], "local")
        undone = service.request("PATCH", path, {"undo": [kept[0]["id"]], "state": "released"})
        self.assertEqual(undone.json["content"], document["content"])
        self.assertEqual(undone.json["state"], "released")
        self.assertEqual(service.request("PATCH", path, change).status, 409, "released documents stay as they are")
        wrong = service.request("PATCH", path, {"corrections": [{"target": "blocks.none.text", "value": "x"}]})
        self.assertEqual(wrong.status, 404)


class AccountTest(ServiceTest):
    def sign_in(self, service, name, password):
        answer = service.request("POST", "/api/v1/session", {"name": name, "password": password})
        if answer.status == 200:
            service.headers = {"Cookie": answer.headers["Set-Cookie"].split(";")[0],
                               "X-CSRF-Token": answer.json["csrf_token"]}
        return answer

    def test_the_first_password_is_changed_before_anything_else(self):
        service = self.serve()
        self.assertEqual(service.get("/api/v1/tasks").status, 401)
        nobody = service.get("/api/v1/session")
        self.assertEqual((nobody.status, nobody.json["user"], nobody.json["csrf_token"]), (200, None, ""))
        wrong_key = service.get("/api/v1/session", headers={"Authorization": "Bearer none"})
        self.assertEqual(wrong_key.status, 401)
        signed_in = self.sign_in(service, "admin", service.password)
        self.assertEqual(signed_in.status, 200, signed_in.body)
        cookie = signed_in.headers["Set-Cookie"]
        self.assertIn("HttpOnly", cookie)
        self.assertIn("SameSite=Strict", cookie)
        self.assertEqual(service.get("/api/v1/tasks").status, 403)
        change = {"old_password": service.password, "new_password": "a much better one"}
        self.assertEqual(service.request("POST", "/api/v1/session/password", change).status, 204)
        self.assertEqual(service.get("/api/v1/tasks").status, 200)

        without_token = {"Cookie": service.headers["Cookie"]}
        service.headers, kept = without_token, service.headers
        refused = service.request("POST", "/api/v1/users", {"name": "x", "role": "viewer", "password": "0123456789"})
        self.assertEqual(refused.status, 403, "no change without the CSRF token")
        service.headers = kept
        made = service.request("POST", "/api/v1/api_keys", {"name": "archive", "scopes": ["read"]}).json
        service.headers = {"Authorization": "Bearer " + made["key"]}
        self.assertEqual(service.get("/api/v1/tasks").status, 200)
        self.assertEqual(service.upload("/api/v1/tasks", [("a.pdf", sample())]).status, 403)
        self.assertEqual(service.get("/api/v1/users").status, 403)
        service.headers = kept
        end = time.monotonic() + 10
        while time.monotonic() < end and not service.get("/api/v1/api_keys").json["api_keys"][0]["last_used_at"]:
            time.sleep(0.05)  # written down after the answer
        self.assertIsNotNone(service.get("/api/v1/api_keys").json["api_keys"][0]["last_used_at"])
        lines = service.get("/api/v1/audit?format=csv").body.decode("utf-8-sig").splitlines()
        self.assertGreater(len(lines), service.get("/api/v1/audit").json["total"] - 5)
        self.assertTrue(service.get("/api/v1/audit/verification").json["intact"])
        sign_ins = service.get("/api/v1/audit?action=session.post").json["entries"]
        self.assertEqual({entry["actor"] for entry in sign_ins if entry["result"] == "ok"}, {"admin"})
        self.assertEqual(service.get("/api/v1/session").json["user"]["name"], "admin")
        self.assertEqual(service.request("DELETE", "/api/v1/session").status, 204)
        self.assertEqual(service.get("/api/v1/tasks").status, 401)
        self.assertIsNone(service.get("/api/v1/session").json["user"], "an ended session is nobody's")

    def test_guessing_locks_the_account(self):
        service = self.serve()
        for _ in range(5):
            self.assertEqual(self.sign_in(service, "admin", "wrong").status, 401)
        locked = self.sign_in(service, "admin", service.password)
        self.assertEqual(locked.status, 429)
        self.assertIn("Retry-After", locked.headers)

    def test_no_accounts_on_an_open_address_is_refused(self):
        for host in ("0.0.0.0", "::"):
            result = run("serve", "--no-auth", "--host", host, "--port", "0", "--data", self.folder / "data", timeout=60)
            self.assertEqual(result.returncode, 2, result.stdout)
            self.assertIn("forbidden", result.stderr)

    def test_without_accounts_other_hosts_and_origins_are_refused(self):
        service = self.serve("--no-auth")
        self.assertEqual(service.get("/api/v1/tasks", headers={"Host": "attacker.example"}).status, 403)
        self.assertEqual(service.get("/api/v1/tasks", headers={"Origin": "http://attacker.example"}).status, 403)
        self.assertEqual(service.get("/api/v1/tasks", headers={"Origin": "null"}).status, 403)
        own = {"Origin": f"http://127.0.0.1:{service.port}"}
        self.assertEqual(service.get("/api/v1/tasks", headers=own).status, 200)


class PrivacyTest(ServiceTest):
    def test_logs_metrics_and_errors_know_no_patient(self):
        service = self.serve("--no-auth")
        canary = "CANARY某某"
        service.upload("/api/v1/upload", [(canary + ".pdf", sample())])
        answers = [
            service.upload("/api/v1/upload", [(canary + ".pdf", b"MZ" + canary.encode())], password=canary + "secret"),
            service.upload("/api/v1/upload", [(canary + ".pdf", b"x")], dpi=canary),
            service.get("/api/v1/documents?q=CANARY&state=CANARY"),
            service.get("/api/v1/documents/CANARY"),
            service.get("/CANARY"),
            service.get("/metrics"),
            service.get("/health"),
        ]
        for answer in answers:
            self.assertNotIn(b"CANARY", answer.body)
        self.assertEqual(service.stop(), 0)
        with open(service.log_path, encoding="utf-8") as log:
            text = log.read()
        self.assertIn("route=/api/v1/upload", text)
        self.assertNotIn("CANARY", text)

    def test_every_answer_carries_the_security_headers(self):
        service = self.serve("--no-auth")
        for path in ("/docs", "/health", "/api/v1/tasks", "/nothing"):
            headers = service.get(path).headers
            self.assertIn("default-src 'self'", headers["Content-Security-Policy"])
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["X-Frame-Options"], "DENY")


class TlsTest(ServiceTest):
    def test_a_given_certificate_serves_https_with_secure_cookies(self):
        certificate, key = self.folder / "c.pem", self.folder / "k.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2",
                        "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
        service = self.serve("--tls-certificate", str(certificate), "--tls-key", str(key))
        trust = ssl.create_default_context(cafile=str(certificate))
        trust.check_hostname = False
        connection = http.client.HTTPSConnection("127.0.0.1", service.port, timeout=60, context=trust)
        connection.request("POST", "/api/v1/session", json.dumps({"name": "admin", "password": service.password}))
        answer = connection.getresponse()
        answer.read()
        connection.close()
        self.assertEqual(answer.status, 200)
        self.assertIn("Secure", answer.headers["Set-Cookie"])
        self.assertIn("max-age", answer.headers["Strict-Transport-Security"])


class DescriptionTest(ServiceTest):
    def test_the_description_names_routes_that_are_there(self):
        service = self.serve("--no-auth")
        description = service.get("/openapi.json").json
        self.assertTrue(description["openapi"].startswith("3.1"))
        for path, methods in description["paths"].items():
            concrete = path.replace("{n}", "0").replace("{id}", "none").replace("{name}", "none")
            concrete = concrete.replace("{patient_key}", "none")
            for method in methods:
                if path == "/api/v1/events":
                    continue  # never ends
                answer = service.request(method.upper(), concrete)
                self.assertNotEqual(answer.status, 405, f"{method} {path}")
                missing = b"nothing at this address" in answer.body
                self.assertFalse(missing, f"{method} {path}")
                described = methods[method]["responses"]
                self.assertIn(str(answer.status), described, f"{method} {path}")

    def test_the_api_page_asks_no_other_host(self):
        service = self.serve("--no-auth")
        for path in ("/docs", "/docs.js", "/docs.css"):
            answer = service.get(path)
            self.assertEqual(answer.status, 200)
            self.assertNotIn(b"://", answer.body)


class RobustnessTest(ServiceTest):
    def test_broken_http_costs_its_connection_only(self):
        service = self.serve("--no-auth")
        for bytes_ in (b"\x00\xff\x00\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 5000,
                       b"POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999\r\n"
                       b"Content-Type: multipart/form-data; boundary=B\r\n\r\n--B"):
            with socket.create_connection(("127.0.0.1", service.port), timeout=30) as connection:
                connection.sendall(bytes_)
                connection.shutdown(socket.SHUT_WR)
                try:
                    connection.recv(1000)
                except ConnectionResetError:
                    pass  # what was sent after the refusal was never read
        self.assertEqual(service.get("/api/v1/tasks").status, 200)

    def test_the_first_upload_is_accepted_within_a_second(self):
        service = self.serve("--no-auth")
        answer = service.upload("/api/v1/tasks", [("a.pdf", sample())])
        seconds = time.monotonic() - service.started
        self.assertEqual(answer.status, 202)
        self.assertLess(seconds, 5, "1 s on an idle machine; tests share theirs")


if __name__ == "__main__":
    unittest.main()
