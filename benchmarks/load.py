"""Clients that send complete submissions: open the form, answer it, be thanked."""

from __future__ import annotations

import http.client
import threading
import time
import uuid
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlencode

from tests.running import ANSWERS, Citizen

PROFIL = {"jenis_kelamin": "P", "usia": "26-34", "pendidikan": "SMA", "pekerjaan": "Swasta"}


@dataclass
class Timings:
    """Seconds per request, and how long the whole run took."""

    seconds: list[float] = field(default_factory=list)
    whole: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.whole

    def percentile(self, percent: int) -> float:
        """In milliseconds."""
        return quantiles(self.seconds, n=100, method="inclusive")[percent - 1] * 1000


class Client(threading.Thread):
    """One phone with one kept-open connection."""

    def __init__(self, port: int, kode: str, count: int, *, with_form: bool) -> None:
        super().__init__(daemon=True)
        self.citizen = Citizen(port, kode)
        self.count, self.with_form = count, with_form
        self.seconds: list[float] = []
        self.failures: list[int] = []

    def run(self) -> None:
        self.citizen.open()
        connection = http.client.HTTPConnection("127.0.0.1", self.citizen.port, timeout=60)
        for _ in range(self.count):
            began = time.perf_counter()
            if self.with_form:
                self._ask(connection, "GET", None)
            status = self._ask(connection, "POST", self._body())
            self.seconds.append(time.perf_counter() - began)
            if status != 303:
                self.failures.append(status)
        connection.close()

    def _body(self) -> str:
        fields = {
            "layanan": "umum",
            "submission_id": str(uuid.uuid4()),
            "csrf_token": self.citizen.token,
            "saran": "",
        }
        return urlencode({**ANSWERS, **PROFIL, **fields})

    def _ask(self, connection: http.client.HTTPConnection, method: str, body: str | None) -> int:
        headers = {"Cookie": self.citizen.cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, self.citizen.path, body, headers)
        response = connection.getresponse()
        response.read()
        return response.status


def send_submissions(
    port: int, kode: str, clients: int, each: int, *, with_form: bool = True
) -> Timings:
    """Let ``clients`` phones send ``each`` submissions at the same time.

    :raise RuntimeError: if one was not acknowledged.
    """
    threads = [Client(port, kode, each, with_form=with_form) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    whole = time.perf_counter() - began
    failures = [status for thread in threads for status in thread.failures]
    if failures or sum(len(thread.seconds) for thread in threads) != clients * each:
        raise RuntimeError(f"Not every submission was acknowledged: {failures[:5]}")
    return Timings([one for thread in threads for one in thread.seconds], whole)
