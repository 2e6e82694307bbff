"""gunicorn, set up for one office: one process, many threads, no log of who came.

Run as a program of its own (``python -m skm_app.server HOST PORT``): ``skm serve`` turns into
it after its checks, so what only the checks need does not stay in memory.
"""

from __future__ import annotations

import sys
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from skm_app import create_app

THREADS = 16


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Runs the application until it is told to stop; a crashed worker is replaced."""

    def __init__(self, host: str, port: int) -> None:
        self._options: dict[str, Any] = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "keepalive": 15,
            "graceful_timeout": 20,
            # No access log: it would hold addresses of citizens.
            "accesslog": None,
            "control_socket_disable": True,
            "loglevel": "warning",
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app()


if __name__ == "__main__":
    Server(sys.argv[1], int(sys.argv[2])).run()
