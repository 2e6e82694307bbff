"""The servers that are measured: the real one, and the same one that stores nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, Response, g, has_request_context, render_template_string
from sqlalchemy import event

from skm_app import create_app
from skm_app.cli.serve import SERVER_ENV
from skm_app.intake import Isian, Tercatat
from skm_app.server import Server
from tests.running import Server as Running
from tests.running import running

STATEMENTS = "X-Statements"  # header that the measured server answers with
EMPTY_PAGE = '{% extends "public.html" %}{% block title %}Kosong{% endblock %}'


class MeasuredServer(Server):
    """The production server plus an empty page; with ``store=False`` intake writes nothing."""

    def __init__(self, port: int, *, store: bool) -> None:
        self._store = store
        super().__init__("127.0.0.1", port)

    def load(self) -> Flask:
        app = create_app()
        _count_statements(app)
        app.add_url_rule("/kosong", view_func=lambda: render_template_string(EMPTY_PAGE))
        if not self._store:
            app.extensions["skm"].intake.record = _accept
        return app


def _count_statements(app: Flask) -> None:
    """Tell with each answer how many statements it took, besides the beginning of transactions."""

    def count(*arguments: object) -> None:
        if has_request_context() and not str(arguments[2]).startswith("BEGIN"):
            g.statements = g.get("statements", 0) + 1

    def tell(response: Response) -> Response:
        response.headers[STATEMENTS] = str(g.get("statements", 0))
        return response

    event.listen(app.extensions["skm"].database.engine, "before_cursor_execute", count)
    app.after_request(tell)


def _accept(isian: Isian) -> Tercatat:
    """Everything was checked; nothing is written."""
    return Tercatat(baru=True, kode_pengaduan=None)


@contextmanager
def serving(
    data_dir: Path, *, store: bool = True, wrapper: tuple[str, ...] = ()
) -> Iterator[Running]:
    """A measured server in processes of its own."""
    server = Running(
        env={**SERVER_ENV, "SKM_DATA_DIR": str(data_dir)},
        log=data_dir / "server.log",
        wrapper=(
            *wrapper,
            sys.executable,
            "-m",
            "benchmarks.servers",
            "store" if store else "check",
        ),
        command=(),
        program=(),
    )
    with running(server):
        yield server


def processes_of(server: Running) -> list[int]:
    """The server's process and all below it."""
    if server.process is None:
        return []
    found = [server.process.pid]
    for pid in found:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        found += [int(child) for child in children.split()]
    return found


def cpu_seconds(server: Running) -> float:
    """Processor time of the server so far, user and system, all processes, in seconds.

    From schedstat (nanoseconds on a processor), summed over threads: ticks of 10 ms are too coarse.
    """
    total = 0
    for pid in processes_of(server):
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return total / 1e9


def memory_mb(server: Running) -> float:
    """Proportional set size of all processes in MB: shared pages counted once."""
    kilobytes = 0
    for pid in processes_of(server):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        kilobytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes / 1024


def count_syncs(trace: Path) -> int:
    """Syncs that strace wrote down."""
    return sum(
        "fdatasync(" in line or "fsync(" in line
        for line in trace.read_text(encoding="utf-8", errors="replace").splitlines()
        if "resumed" not in line
    )


def git_and_machine() -> str:
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        "unknown processor",
    )
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return f"commit {commit or '?'}, {os.cpu_count()} cores, {cpu}, Python {sys.version.split()[0]}"


if __name__ == "__main__":
    # benchmarks.servers store|check --port N
    MeasuredServer(int(sys.argv[3]), store=sys.argv[1] == "store").run()
