"""A real server in a process of its own, and a real browser, for the tests of the door."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=da-DK",
]  # fmt: skip
_PATIENCE = 120


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass
class Running:
    """A server that has answered; `log` is what it has written so far."""

    address: str
    _log: Path
    _process_id: int

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request, redirects not followed; underscores in header names stand for hyphens."""
        request = urllib.request.Request(self.address + path, method=method)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with _OPENER.open(request, timeout=20) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    @property
    def resident(self) -> int:
        """Bytes of memory the process holds now (Linux)."""
        status = Path(f"/proc/{self._process_id}/status").read_text(encoding="utf-8")
        [kilobytes] = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
        return int(kilobytes) * 1024

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serving(folder: Path, *arguments: str, **environment: str) -> AbstractContextManager[Running]:
    """``python ARGUMENTS`` of the product, told its port by the environment; ended after."""
    return serving_at(folder, lambda _port: list(arguments), "/_stcore/health", **environment)


@contextmanager
def serving_at(
    folder: Path,
    arguments: Callable[[int], list[str]],
    health: str,
    program: str = sys.executable,
    **environment: str,
) -> Iterator[Running]:
    """A Python program that serves at the port its arguments are made for, from when it answers `health`."""
    port = free_port()
    log = folder / f"server-{port}.log"
    settings = {"DASHBOARD_PORT": str(port), **environment}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [program, *arguments(port)],
            cwd=ROOT, env={**os.environ, **settings}, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    try:
        running = Running(f"http://127.0.0.1:{port}", log, process.pid)
        _wait(running, process, health)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(running: Running, process: subprocess.Popen[bytes], health: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the server ended:\n{running.log}")
        try:
            running.ask(health)
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not answer:\n{running.log}")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page with everything it asked for and everything it complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def watched(browser: Browser) -> Iterator[Watched]:
    """A page in a fresh context: no cache, no cookies."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    seen = Watched(page)
    page.on("request", lambda request: seen.asked.append(request.url))
    page.on("websocket", lambda connection: seen.asked.append(connection.url))
    page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    yield seen
    context.close()
