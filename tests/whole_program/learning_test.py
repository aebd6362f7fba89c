"""What a hospital teaches the program, and what a de-identified copy shows: approved words, crops, covered pages."""

import io
import json
import struct
import unittest
import zipfile

from program import SAMPLES
from server import ServiceTest
from tiny_pdf import tiny_pdf

SCAN = SAMPLES / "discharge_summary_scan.pdf"


class LearningTest(ServiceTest):
    def test_an_approved_word_is_in_force_and_a_correction_becomes_a_crop(self):
        service = self.serve("--no-auth", "--device", "cpu")
        document = service.upload("/api/v1/upload", [("a.pdf", SCAN.read_bytes())]).json
        self.assertNotIn("local_words", json.dumps(document["document"]["engine"]["lexicons"]))
        title = next(block for block in document["document"]["blocks"] if block["text"] == "出院小结")
        change = {"corrections": [{"target": f"blocks.{title['id']}.text", "value": "出院总结"}]}
        self.assertEqual(service.request("PATCH", f"/api/v1/documents/{document['id']}", change).status, 200)

        suggestion = service.get("/api/v1/lexicon/suggestions").json["suggestions"][0]
        self.assertEqual((suggestion["original"], suggestion["value"], suggestion["state"]), ("出院小结", "出院总结", "open"))
        path = f"/api/v1/lexicon/suggestions/{suggestion['id']}"
        self.assertEqual(service.request("POST", path, {"state": "approved"}).json["state"], "approved")
        again = service.upload("/api/v1/upload", [("a.pdf", SCAN.read_bytes())], force="true").json
        self.assertIn("出院总结", again["content"])
        self.assertNotIn("出院小结", again["content"])
        words = [one for one in again["document"]["engine"]["lexicons"] if one["name"] == "local_words"]
        self.assertEqual(len(words), 1)
        self.assertIn(words[0], service.get("/api/v1/system").json["engine"]["lexicons"])
        self.assertEqual(again["document"]["clinical"]["lab_results"], document["document"]["clinical"]["lab_results"])

        archive = zipfile.ZipFile(io.BytesIO(service.get("/api/v1/training_set").body))
        sample = json.loads(archive.read("samples.jsonl").splitlines()[0])
        self.assertEqual((sample["read"], sample["truth"]), ("出院小结", "出院总结"))
        crop = archive.read(sample["crop"])
        self.assertEqual(crop[:4], b"\x89PNG")
        width, height = struct.unpack(">II", crop[16:24])
        self.assertGreater(width, height, "a line, not a page")
        self.assertLess(width, 1600)


class DeidentifiedTest(ServiceTest):
    def test_pages_are_covered_and_files_are_not_given_out(self):
        service = self.serve("--no-auth", "--device", "cpu")
        data = tiny_pdf("Discharge summary", "Name: Zhang Wei   Sex: M", "Phone: 13800138000", "Hemoglobin 120 g/L")
        plain = service.upload("/api/v1/upload", [("a.pdf", data)]).json
        task = service.request("POST", f"/api/v1/documents/{plain['id']}/deidentified").json["tasks"][0]
        self.assertEqual(service.wait_for(task["id"])["status"], "completed")
        copy = service.get(f"/api/v1/documents/{task['document_id']}").json
        self.assertNotIn("13800138000", copy["content"])
        self.assertTrue(copy["document"]["removed"], "the copy says where something was")
        image = "/pages/0/image?width=600"
        shown = service.get(f"/api/v1/documents/{plain['id']}{image}")
        covered = service.get(f"/api/v1/documents/{task['document_id']}{image}")
        self.assertEqual((shown.status, covered.status), (200, 200))
        self.assertNotEqual(shown.body, covered.body)
        self.assertEqual(service.get(f"/api/v1/documents/{plain['id']}/source/0").body, data)
        refused = service.get(f"/api/v1/documents/{task['document_id']}/source/0")
        self.assertEqual((refused.status, refused.json["error"]["code"]), (403, "forbidden"))

    def test_no_page_is_shown_before_it_is_known_what_to_cover(self):
        service = self.serve("--no-auth", "--device", "cpu")
        task = service.upload("/api/v1/tasks", [("a.pdf", tiny_pdf("Name: Zhang Wei"))], start="false",
                              deidentify="true").json["tasks"][0]
        self.assertEqual(service.get(f"/api/v1/documents/{task['document_id']}/pages/0/image").status, 409)


if __name__ == "__main__":
    unittest.main()
