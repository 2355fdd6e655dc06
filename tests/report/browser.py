"""A real Chromium, driven over its own pipe: no driver to install, nothing listens on a port.

`Chromium.find()` names the program, `Page` opens a file and answers questions; both know nothing of the report.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

FLAGS = (
    "--headless",
    "--no-sandbox",  # runs as any user, in a container too; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)


def find() -> str | None:
    """The Chromium of this machine: TWOSOURCE_CHROMIUM, or the first known name on the path."""
    named = os.environ.get("TWOSOURCE_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    return named or next((path for name in names if (path := shutil.which(name))), None)


class Chromium:
    """A headless browser with a profile of its own, gone when the block ends."""

    def __init__(self, program: str) -> None:
        self._profile = tempfile.mkdtemp(prefix="twosource-chromium-")
        self._out_read, self._out_write = os.pipe()
        self._in_read, self._in_write = os.pipe()

        def wire() -> None:  # the browser reads commands from 3 and answers on 4
            os.dup2(self._in_read, 63)
            os.dup2(self._out_write, 64)
            os.dup2(63, 3)
            os.dup2(64, 4)

        self._process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={self._profile}", "about:blank"],
            preexec_fn=wire,  # noqa: PLW1509 - the two pipes have fixed numbers; no thread runs yet
            close_fds=False,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(self._in_read)
        os.close(self._out_write)
        self._buffer = b""
        self._count = 0
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> Chromium:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
        os.close(self._in_write)
        os.close(self._out_read)
        shutil.rmtree(self._profile, ignore_errors=True)

    def call(
        self, method: str, session: str = "", timeout: float = 60.0, **parameters: object
    ) -> dict[str, Any]:
        """One command of the DevTools protocol and its result; events on the way are kept."""
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._in_write, data) :]
        until = time.monotonic() + timeout
        while True:
            answer = self._next(until - time.monotonic())
            if answer is None:
                raise TimeoutError(f"{method}: no answer in {timeout} s")
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def wait(self, method: str, timeout: float = 60.0) -> None:
        """Until the event has come."""
        until = time.monotonic() + timeout
        while not any(e.get("method") == method for e in self.events):
            event = self._next(until - time.monotonic())
            if event is None:
                raise TimeoutError(f"{method} did not come in {timeout} s")
            self.events.append(event)

    def drain(self, seconds: float) -> None:
        """Take what comes in the next so many seconds."""
        until = time.monotonic() + seconds
        while (event := self._next(until - time.monotonic())) is not None:
            self.events.append(event)

    def _next(self, timeout: float) -> dict[str, Any] | None:
        until = time.monotonic() + max(0.0, timeout)
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._out_read], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                return None
            chunk = os.read(self._out_read, 1 << 20)
            if not chunk:
                raise RuntimeError("the browser ended")
            self._buffer += chunk
        line, self._buffer = self._buffer.split(b"\0", 1)
        event: dict[str, Any] = json.loads(line)
        return event


class Page:
    """One tab with one file in it."""

    def __init__(
        self,
        browser: Chromium,
        width: int = 1440,
        height: int = 900,
        dark: bool = False,
        scripts: bool = True,
    ) -> None:
        self._browser = browser
        self._target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = browser.call("Target.attachToTarget", targetId=self._target, flatten=True)[
            "sessionId"
        ]
        browser.events.clear()
        for domain in ("Page", "Runtime", "Network", "Log", "Audits"):
            self.call(f"{domain}.enable")
        self.size(width, height)
        self.call(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}],
        )
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)

    def __enter__(self) -> Page:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.call("Target.closeTarget", targetId=self._target)

    def call(self, method: str, timeout: float = 60.0, **parameters: object) -> dict[str, Any]:
        """A command to this tab."""
        return self._browser.call(method, self._session, timeout, **parameters)

    def size(self, width: int, height: int) -> None:
        """The window's inner size in CSS pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def open(self, file: Path, fragment: str = "", timeout: float = 60.0) -> float:
        """Open a file; the seconds until its load event, laid out."""
        start = time.monotonic()
        self._browser.events = [e for e in self._browser.events if e.get("method") != "Page.loadEventFired"]
        url = file.resolve().as_uri() + (f"#{fragment}" if fragment else "")
        self.call("Page.navigate", timeout, url=url)
        self._browser.wait("Page.loadEventFired", timeout)
        self.run("document.body.offsetHeight")
        return time.monotonic() - start

    def run(self, expression: str) -> Any:
        """The value of an expression in the page (works with the page's own scripts off, too)."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def key(self, key: str, code: int, text: str = "") -> None:
        """Press and release one key."""
        for kind in ("keyDown", "keyUp"):
            said = text if kind == "keyDown" else ""
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, text=said
            )

    def picture(self, whole: bool = False) -> bytes:
        """A PNG of the window, or of the whole page."""
        return base64.b64decode(
            self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        )

    def pdf(self) -> bytes:
        """The page as printed on A4."""
        answer = self.call("Page.printToPDF", printBackground=True, paperWidth=8.27, paperHeight=11.69)
        return base64.b64decode(answer["data"])

    def complaints(self) -> list[str]:
        """Console errors, exceptions, log entries and policy violations so far."""
        self._browser.drain(0.3)
        out = []
        for e in self._browser.events:
            method, p = e.get("method"), e.get("params", {})
            if method == "Runtime.exceptionThrown":
                out.append(f"exception: {p['exceptionDetails']['text']}")
            elif method == "Runtime.consoleAPICalled":
                out.append(f"console.{p['type']}: {p['args']}")
            elif method == "Log.entryAdded" and p["entry"]["level"] in ("error", "warning"):
                out.append(f"log: {p['entry']['text']}")
            elif method == "Audits.issueAdded" and "contentSecurityPolicy" in json.dumps(p):
                out.append(f"policy: {json.dumps(p)[:300]}")
            elif method == "Page.javascriptDialogOpening":
                out.append(f"dialog: {p['message']}")
        return out

    def requests(self) -> list[str]:
        """Every address that the tab asked for."""
        return [
            e["params"]["request"]["url"]
            for e in self._browser.events
            if e.get("method") == "Network.requestWillBeSent"
        ]

    def stopped(self) -> list[str]:
        """Addresses that the page's own policy kept it from asking for."""
        asked = {
            e["params"]["requestId"]: e["params"]["request"]["url"]
            for e in self._browser.events
            if e.get("method") == "Network.requestWillBeSent"
        }
        return [
            asked[e["params"]["requestId"]]
            for e in self._browser.events
            if e.get("method") == "Network.loadingFailed" and e["params"].get("blockedReason") == "csp"
        ]
