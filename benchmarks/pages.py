"""Staff pages at growing numbers of responses: how long each takes, and how many statements."""

from __future__ import annotations

import http.client
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.seeding import seed_office
from benchmarks.servers import STATEMENTS, cpu_seconds, memory_mb, serving
from tests.running import Server

# Add the address of a page here and it is measured like the others.
PAGES = (
    "/admin/",
    "/admin/grafik.json",
    "/admin/?mulai={tahun}-01-01&sampai={tahun}-03-10",
    "/admin/camat",
    "/admin/capaian",
    "/admin/periode",
    "/admin/usulan",
    "/admin/kualitas",
    "/admin/saran",
    "/admin/pengaduan",
    "/admin/rtl",
    "/admin/kertas",
    "/admin/impor",
    "/admin/titik",
    "/admin/layanan",
    "/admin/pengguna",
    "/admin/catatan",
)
BOUND_MS = 300
FETCHES = 30


def measure_pages(root: Path, sizes: Sequence[int]) -> None:
    """Median time of each page, against the bound, with its statements."""
    from benchmarks.__main__ import sign_in

    print(f"\n## Staff pages: median of {FETCHES}, bound {BOUND_MS} ms")
    tahun = time.localtime().tm_year
    for size in sizes:
        data_dir = root / f"pages-{size}"
        seed_office(data_dir, size)
        with serving(data_dir) as server:
            cookie = sign_in(server, data_dir)
            for page in PAGES:
                path = page.format(tahun=tahun)
                before = cpu_seconds(server)
                milliseconds, statements = _fetch(server, path, cookie)
                processor = (cpu_seconds(server) - before) / FETCHES * 1000
                print(
                    f"{size:>9} responses: {path} {milliseconds:.0f} ms, "
                    f"{processor:.0f} ms processor, {statements} statements"
                )
            print(f"{size:>9} responses: memory {memory_mb(server):.0f} MB")


def _fetch(server: Server, path: str, cookie: str) -> tuple[float, int]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    seconds, statements = [], 0
    for _ in range(FETCHES):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        response = connection.getresponse()
        response.read()
        seconds.append(time.perf_counter() - began)
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
        statements = int(response.headers[STATEMENTS])
    connection.close()
    return median(seconds) * 1000, statements
