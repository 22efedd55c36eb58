"""The programs that make files of pages: Chromium's print, LibreOffice."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from profstd.office import find_office


def find_chromium() -> str | None:
    """The path of a Chromium, None where none is installed, and on Windows: no pipes there."""
    if sys.platform == "win32":
        return None
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


class Browser:
    """A Chromium that prints pages; its DevTools protocol is spoken over two pipes."""

    def __init__(self, read: int, write: int) -> None:
        self._read = read
        self._write = write
        self._rest = b""
        self._count = 0

    def print_page(self, html: Path, **options: Any) -> bytes:
        """The PDF of a page; `options` are those of the protocol's Page.printToPDF."""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable", session)
        self._ask("Page.navigate", session, url=html.as_uri())
        while self._next().get("method") != "Page.loadEventFired":
            pass
        data = self._ask(
            "Page.printToPDF",
            session,
            **{"preferCSSPageSize": True, "printBackground": True, **options},
        )
        self._ask("Target.closeTarget", targetId=target)
        return base64.b64decode(data["data"])

    @contextmanager
    def tab(
        self, html: Path, *, width: int = 1280, height: int = 900, dark: bool = False
    ) -> Iterator[Tab]:
        """The page `html`, loaded, in a window of `width` times `height` pixels."""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session)
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        tab.ask("Emulation.setDeviceMetricsOverride", **metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        tab.ask("Emulation.setEmulatedMedia", features=[scheme])
        for domain in ("Page", "Runtime", "Log", "Network"):
            tab.ask(f"{domain}.enable")
        self._ask("Page.navigate", session, url=html.as_uri())
        while self._next().get("method") != "Page.loadEventFired":
            pass
        yield tab
        self._ask("Target.closeTarget", targetId=target)

    def close(self) -> None:
        """Ask the program to end."""
        self._ask("Browser.close")
        os.close(self._read)
        os.close(self._write)

    def _ask(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            data = os.read(self._read, 1 << 20)
            if not data:
                raise RuntimeError("Chromium went away")
            self._rest += data
        message, self._rest = self._rest.split(b"\0", 1)
        answer: dict[str, Any] = json.loads(message)
        return answer


class Tab:
    """A page that is open: what a reader does to it, and what it then shows."""

    def __init__(self, window: Browser, session: str) -> None:
        self._window = window
        self._session = session

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """A command of the DevTools protocol."""
        return self._window._ask(method, self._session, **parameters)

    def run(self, script: str) -> Any:
        """The JSON value of an expression or, awaited, of a promise; RuntimeError if it throws."""
        answer = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"], ensure_ascii=False))
        return answer["result"].get("value")

    def press(self, *keys: str, modifiers: int = 0) -> None:
        """Keys by their names, «Tab», «ArrowDown», «j»; `modifiers` is 8 for Shift."""
        for key in keys:
            text = "\r" if key == "Enter" else key if len(key) == 1 else ""
            codes = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "End": 35, "Home": 36}
            codes |= {"ArrowUp": 38, "ArrowDown": 40}
            facts = {"key": key, "code": key, "modifiers": modifiers}
            facts["windowsVirtualKeyCode"] = codes.get(key, ord(key[0].upper()))
            self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **facts)
            self.ask("Input.dispatchKeyEvent", type="keyUp", **facts)

    def write(self, text: str) -> None:
        """Text typed into what has the focus."""
        self.ask("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """A click in the middle of the first element of a CSS selector."""
        box = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
            "return [b.x + b.width / 2, b.y + b.height / 2] })()"
        )
        facts = {"x": box[0], "y": box[1], "button": "left", "clickCount": 1}
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, **facts)

    def picture(self, *, whole: bool = False) -> bytes:
        """A PNG of the window, or of the whole page."""
        answer = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(answer["data"])

    def paper(self, **options: Any) -> bytes:
        """The page printed, as a PDF; `options` are those of Page.printToPDF."""
        answer = self.ask("Page.printToPDF", preferCSSPageSize=True, **options)
        return base64.b64decode(answer["data"])


def _high_pipe() -> tuple[int, int]:
    """A pipe whose ends are not 3 and 4: those descriptors are the protocol's own."""
    import fcntl

    ends = os.pipe()
    read, write = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return read, write


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium without a window and with a profile of its own."""
    program = find_chromium()
    assert program
    to_it, mine_out = _high_pipe()
    mine_in, from_it = _high_pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            *(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--disable-background-networking", "--disable-dev-shm-usage"),
            f"--user-data-dir={profile}",
            "--remote-debugging-pipe",
        ]
        process = subprocess.Popen(
            command,
            preexec_fn=lambda: (os.dup2(to_it, 3), os.dup2(from_it, 4)),
            pass_fds=(3, 4),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_it)
        os.close(from_it)
        window = Browser(mine_in, mine_out)
        try:
            yield window
            window.close()
        finally:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def convert(files: Iterable[Path], to: str, folder: Path, *options: str) -> list[Path]:
    """What one run of LibreOffice makes of `files`: paths in `folder`, suffix `to`."""
    office = find_office()
    assert office
    sources = list(files)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            *(office, f"-env:UserInstallation={Path(profile).as_uri()}"),
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *(*options, "--convert-to", to, "--outdir", str(folder), *map(str, sources)),
        ]
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, timeout=300, stdin=quiet, stdout=quiet, stderr=quiet)
    suffix = to.partition(":")[0]
    return [folder / f"{source.stem}.{suffix}" for source in sources]
