"""Headless Chromium as a printer: HTML in, PDF or PNG out.

One browser process prints many documents; it is driven over the DevTools pipe (file descriptors 3 and 4), so no
socket is opened. The printed PDF is made reproducible: dates and producer strings are replaced by fixed ones.
Not thread-safe: one Browser per thread.
"""
import base64
import json
import os
import re
import shutil
import subprocess
import tempfile

POINTS_PER_CSS_PIXEL = 0.75
A4_WIDTH_PIXELS, A4_HEIGHT_PIXELS = 794, 1123

_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--mute-audio", "--hide-scrollbars",
    "--force-color-profile=srgb", "--font-render-hinting=none", "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
]


class BrowserError(RuntimeError):
    """Chromium answered with an error or went away."""


class Browser:
    """A context manager around one Chromium process with a profile of its own that is deleted afterwards."""

    def __init__(self, executable="chromium"):
        self._executable = shutil.which(executable)
        if self._executable is None:
            raise BrowserError(f"{executable} is not installed")
        self._next_id = 0
        self._buffer = b""

    def __enter__(self):
        self._profile = tempfile.mkdtemp(prefix="medmark-bench-browser-")
        command_read, self._command_write = os.pipe()
        self._answer_read, answer_write = os.pipe()

        def wire_pipes():
            os.dup2(command_read, 63)  # out of the way of 3 and 4 first, either of which may be taken
            os.dup2(answer_write, 64)
            os.dup2(63, 3)
            os.dup2(64, 4)

        environment = dict(os.environ, LANG="C.UTF-8", TZ="UTC")
        self._process = subprocess.Popen(
            [self._executable, *_FLAGS, f"--user-data-dir={self._profile}", "about:blank"],
            preexec_fn=wire_pipes, close_fds=False, env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(command_read)
        os.close(answer_write)
        target = self._call("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        self._page("Page.enable")
        self._frame = self._page("Page.getFrameTree")["frameTree"]["frame"]["id"]
        return self

    def __exit__(self, *_):
        try:
            self._call("Browser.close", {})
        except (BrowserError, OSError):
            self._process.kill()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._command_write)
        os.close(self._answer_read)
        shutil.rmtree(self._profile, ignore_errors=True)

    def _call(self, method, parameters, session=None):
        self._next_id += 1
        message = {"id": self._next_id, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._command_write, data):]
        while True:
            answer = self._receive()
            if answer.get("id") == self._next_id:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error'].get('message')}")
                return answer["result"]

    def _receive(self):
        while b"\0" not in self._buffer:
            piece = os.read(self._answer_read, 1 << 20)
            if not piece:
                raise BrowserError("Chromium closed its pipe")
            self._buffer += piece
        message, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(message)

    def _page(self, method, parameters=None):
        return self._call(method, parameters or {}, self._session)

    def load(self, html, width=A4_WIDTH_PIXELS, height=A4_HEIGHT_PIXELS, scale=1.0):
        """Shows `html` in a viewport of CSS pixels and waits until fonts and pictures are there."""
        self._page("Emulation.setDeviceMetricsOverride",
                   {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False})
        self._page("Page.setDocumentContent", {"frameId": self._frame, "html": html})
        self.evaluate("Promise.all([document.fonts.ready, ...[...document.images].map(i => i.decode())]).then(() => 0)")

    def evaluate(self, script):
        """Runs JavaScript in the page and returns its JSON value (promises are awaited)."""
        answer = self._page("Runtime.evaluate",
                            {"expression": script, "awaitPromise": True, "returnByValue": True})
        if "exceptionDetails" in answer:
            raise BrowserError(json.dumps(answer["exceptionDetails"], ensure_ascii=False)[:2000])
        return answer["result"].get("value")

    def print_pdf(self):
        """The loaded page as PDF bytes; page size and margins come from the CSS @page rule."""
        answer = self._page("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True,
                                                "marginTop": 0, "marginBottom": 0, "marginLeft": 0, "marginRight": 0})
        return _reproducible(base64.b64decode(answer["data"]))

    def screenshot(self, width, height, transparent=False):
        """The loaded page's top left rectangle as PNG bytes."""
        color = {"color": {"r": 0, "g": 0, "b": 0, "a": 0}} if transparent else {}
        self._page("Emulation.setDefaultBackgroundColorOverride", color)
        answer = self._page("Page.captureScreenshot", {
            "format": "png", "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}})
        self._page("Emulation.setDefaultBackgroundColorOverride", {})
        return base64.b64decode(answer["data"])


def _reproducible(pdf):
    """Replaces dates by a fixed one and names of versions by nothing, without moving a byte."""
    pdf = re.sub(rb"D:\d{14}", b"D:20240101000000", pdf)
    return re.sub(rb"/(Creator|Producer) \((?:[^()\\]|\\.)*\)",
                  lambda m: m.group()[:m.group().index(b"(") + 1] + b" " * (len(m.group()) - m.group().index(b"(") - 2) + b")",
                  pdf)
