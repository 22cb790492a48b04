"""A headless Chromium that is told what to do over two pipes (Chrome DevTools Protocol): no port, no network."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

OPTIONS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --hide-scrollbars --remote-debugging-pipe""".split()
PATIENCE = 300  # seconds for one answer, on a machine with much else to do


class Chromium:
    def __init__(self, requests: int, answers: int) -> None:
        self.requests, self.answers = requests, answers
        self.numbers = count(1)
        self.left = b""

    def send(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """The result of a method of the protocol."""
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        os.write(self.requests, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, answer["error"]
                return dict(answer["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.left:
            ready, _, _ = select.select([self.answers], [], [], PATIENCE)
            chunk = os.read(self.answers, 1 << 16) if ready else b""
            assert chunk, "Chromium does not answer"
            self.left += chunk
        message, _, self.left = self.left.partition(b"\0")
        return dict(json.loads(message))

    def open(self, html: str) -> str:
        """The session of a new tab with this page in it; no policy of the page holds for what a test runs in it."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = str(self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        self.send("Page.setBypassCSP", session, enabled=True)
        frame = self.send("Page.getFrameTree", session)["frameTree"]["frame"]["id"]
        self.send("Page.setDocumentContent", session, frameId=frame, html=html)
        return session

    def show(self, session: str, width: int, scheme: str) -> None:
        """The width of the window, in pixels, and the colour scheme the reader prefers."""
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.send("Emulation.setDeviceMetricsOverride", session, **metrics)
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        self.send("Emulation.setEmulatedMedia", session, features=media)

    def evaluate(self, session: str, script: str) -> Any:
        """The value of a script, or what its promise gives."""
        answer = self.send("Runtime.evaluate", session, expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")


@contextmanager
def chromium(program: str, profile: Path) -> Iterator[Chromium]:
    """A Chromium whose own files are in the folder `profile`; it ends with the block."""
    its_end, requests = os.pipe()
    answers, its_answers = os.pipe()
    start = f"import os, sys; os.dup2({its_end}, 3); os.dup2({its_answers}, 4); os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", start, program, *OPTIONS, f"--user-data-dir={profile}"]
    with subprocess.Popen(command, pass_fds=(its_end, its_answers), stderr=subprocess.DEVNULL) as process:
        os.close(its_end)
        os.close(its_answers)
        try:
            yield Chromium(requests, answers)
        finally:
            process.kill()
            os.close(requests)
            os.close(answers)
