"""A real server in a process of its own, and a small client that speaks to it like a browser."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

SKM = [sys.executable, "-c", "from skm_app.cli import main; main()"]
START_SECONDS = 60
ANSWERS = {f"u{number}": "3" for number in range(1, 10)}


def run_skm(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one ``skm`` command to its end."""
    return subprocess.run(
        [*SKM, *arguments],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """``skm serve`` on a free port of 127.0.0.1; restart it on the same port at will.

    :param wrapper: command put before it, for example strace with its options.
    :param program: what is run; ``command`` and ``--port`` are its arguments.
    """

    env: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    wrapper: Sequence[str] = ()
    program: Sequence[str] = tuple(SKM)
    command: Sequence[str] = ("serve",)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.wrapper, *self.program, *self.command, "--port", str(self.port)],
                env={**os.environ, **self.env},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if get(self.port, "/healthz").status == 200:
                    return
            if self.process is not None and self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"Server did not start:\n{self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """SIGKILL to the server and all its children, as a power cut would."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        if self.process is None:
            return 0
        self.process.terminate()
        return self.process.wait(timeout=40)


@contextlib.contextmanager
def running(server: Server) -> Iterator[Server]:
    server.start()
    try:
        server.wait_until_ready()
        yield server
    finally:
        # A browser that still holds a connection would delay a clean stop by seconds.
        server.kill()


@dataclass(frozen=True)
class Reply:
    status: int
    body: str
    location: str
    cookie: str


def get(port: int, path: str, cookie: str = "") -> Reply:
    return request(port, "GET", path, cookie=cookie)


def request(
    port: int, method: str, path: str, body: dict[str, str] | None = None, cookie: str = ""
) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {"Cookie": cookie} if cookie else {}
        data = None
        if body is not None:
            data = urlencode(body)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, data, headers)
        response = connection.getresponse()
        set_cookie = response.getheader("Set-Cookie") or ""
        return Reply(
            status=response.status,
            body=response.read().decode(),
            location=response.getheader("Location") or "",
            cookie=set_cookie.split(";")[0],
        )
    finally:
        connection.close()


class Citizen:
    """Opens the form of a titik once and can then send responses."""

    def __init__(self, port: int, kode: str) -> None:
        self.port, self.path = port, f"/s/{kode}"
        self.cookie = self.token = ""

    def open(self) -> None:
        reply = get(self.port, self.path)
        if reply.status == 503:
            raise http.client.HTTPException("The server is too busy for the form.")
        found = re.search(r'name="csrf_token" value="([^"]+)"', reply.body)
        assert found, f"{reply.status}: no form at {self.path}"
        self.cookie, self.token = reply.cookie, found[1]

    def send(self, submission_id: uuid.UUID, **answers: str) -> Reply:
        body = {
            **ANSWERS,
            "submission_id": str(submission_id),
            "csrf_token": self.token,
            **answers,
        }
        return request(self.port, "POST", self.path, body, self.cookie)
