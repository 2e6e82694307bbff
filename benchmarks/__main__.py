"""``python -m benchmarks``: measure, print figures and ratios, judge nothing by the clock alone."""

from __future__ import annotations

import argparse
import http.client
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.load import Timings, send_submissions
from benchmarks.pages import measure_pages
from benchmarks.seeding import seed_office
from benchmarks.servers import count_syncs, cpu_seconds, git_and_machine, memory_mb, serving
from tests.running import Server, get, request, run_skm

ROUNDS = 5


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", default="1000,100000,1000000", help="responses, for reading")
    arguments.add_argument(
        "--only", choices=["write", "syncs", "read", "pages"], help="one part only"
    )
    chosen = arguments.parse_args()
    print(f"# {git_and_machine()}")
    with tempfile.TemporaryDirectory(prefix="skm-bench-") as folder:
        root = Path(folder)
        if chosen.only in (None, "write"):
            measure_writing(root / "write")
        if chosen.only in (None, "syncs"):
            measure_syncs(root / "syncs")
        if chosen.only in (None, "read"):
            measure_reading(root, [int(size) for size in chosen.sizes.split(",")])
        if chosen.only in (None, "pages"):
            measure_pages(root, [int(size) for size in chosen.sizes.split(",")])


def measure_writing(data_dir: Path) -> None:
    """Rates, latencies, processor time per submission against a server that stores nothing."""
    kode = seed_office(data_dir, 0)
    with serving(data_dir) as real, serving(data_dir, store=False) as check_only:
        send_submissions(real.port, kode, 4, 50)
        send_submissions(check_only.port, kode, 4, 50)
        print("\n## Complete submissions (open the form, send it)")
        for clients, each in ((1, 300), (8, 75), (32, 25)):
            print_timings(f"{clients:>2} clients", send_submissions(real.port, kode, clients, each))
        print(
            "\n## Server processor time per acknowledged POST, ms (medians of interleaved rounds)"
        )
        for clients, each in ((1, 200), (8, 40), (32, 12)):
            compare_posts(real, check_only, kode, clients, each)
        print("\n## Server processor time per page, ms")
        compare_pages(real, kode)
        print(f"\nMemory after this load: {memory_mb(real):.0f} MB (bound 150)")


def compare_posts(real: Server, check_only: Server, kode: str, clients: int, each: int) -> None:
    def post(server: Server) -> Callable[[], object]:
        return lambda: send_submissions(server.port, kode, clients, each, with_form=False)

    pairs = [
        (
            cpu_per(real, post(real), clients * each),
            cpu_per(check_only, post(check_only), clients * each),
        )
        for _ in range(ROUNDS)
    ]
    stored, checked = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    ratio = median(pair[0] / pair[1] for pair in pairs)
    print(
        f"{clients:>2} clients: stored {stored:.2f}, checked only {checked:.2f}, "
        f"ratio {ratio:.2f} (bound 1.50)"
    )


def compare_pages(server: Server, kode: str) -> None:
    def fetch(path: str) -> Callable[[], object]:
        return lambda: fetch_many(server.port, path, 200)

    pairs = [
        (cpu_per(server, fetch(f"/s/{kode}"), 200), cpu_per(server, fetch("/kosong"), 200))
        for _ in range(ROUNDS)
    ]
    form, empty = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    ratio = median(pair[0] / pair[1] for pair in pairs)
    print(f"form {form:.2f}, empty page {empty:.2f}, ratio {ratio:.2f} (bound 2.00)")


def measure_syncs(root: Path) -> None:
    """Syncs to disk per acknowledged submission, written down by strace."""
    print("\n## Syncs to disk per acknowledged submission")
    for clients, each in ((1, 300), (8, 75), (32, 25)):
        data_dir = root / str(clients)
        kode = seed_office(data_dir, 0)
        trace = data_dir / "trace"
        options = ("strace", "-f", "-qq", "-o", str(trace), "-e", "trace=fsync,fdatasync")
        with serving(data_dir, wrapper=options) as server:
            send_submissions(server.port, kode, 1, 5)
            before = count_syncs(trace)
            send_submissions(server.port, kode, clients, each)
            time.sleep(0.5)
            syncs = count_syncs(trace) - before
        print(
            f"{clients:>2} clients: {syncs} / {clients * each} = "
            f"{syncs / (clients * each):.3f} (bound 1)"
        )


def measure_reading(root: Path, sizes: Sequence[int]) -> None:
    """Live index and dashboard at growing numbers of responses."""
    print("\n## Reading: /admin/ikm.json and the dashboard")
    figures = {}
    for size in sizes:
        data_dir = root / f"read-{size}"
        began = time.perf_counter()
        seed_office(data_dir, size)
        seeded = time.perf_counter() - began
        with serving(data_dir) as server:
            cookie = sign_in(server, data_dir)
            json_cpu = median(read_rounds(server, "/admin/ikm.json", cookie))
            json_times = Timings(fetch_many(server.port, "/admin/ikm.json", 100, cookie))
            page_times = Timings(fetch_many(server.port, "/admin/", 30, cookie))
            figures[size] = json_cpu
            print(
                f"{size:>9} responses: ikm.json {json_cpu:.2f} ms processor, "
                f"p50 {json_times.percentile(50):.1f} ms, p95 {json_times.percentile(95):.1f} ms; "
                f"dashboard p50 {page_times.percentile(50):.1f} ms, "
                f"p95 {page_times.percentile(95):.1f} ms; "
                f"memory {memory_mb(server):.0f} MB (seeded in {seeded:.0f} s)"
            )
    smallest, largest = min(sizes), max(sizes)
    ratio = figures[largest] / figures[smallest]
    print(f"ikm.json at {largest} / at {smallest}: {ratio:.2f} (bound 1.50)")


def read_rounds(server: Server, path: str, cookie: str) -> list[float]:
    fetch_many(server.port, path, 20, cookie)
    return [
        cpu_per(server, lambda: fetch_many(server.port, path, 100, cookie), 100)
        for _ in range(ROUNDS)
    ]


def sign_in(server: Server, data_dir: Path) -> str:
    added = run_skm(
        "user", "add", "pengukur", "--role", "admin", env={"SKM_DATA_DIR": str(data_dir)}
    )
    sandi = added.stdout.split("Sandi sekali pakai: ")[1].strip()
    page = get(server.port, "/admin/masuk")
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.body)
    if found is None:
        raise RuntimeError(f"No sign-in form: {page.status}")
    reply = request(
        server.port,
        "POST",
        "/admin/masuk",
        {"csrf_token": found[1], "nama": "pengukur", "sandi": sandi},
        page.cookie,
    )
    if reply.status != 303:
        raise RuntimeError(f"Sign-in failed: {reply.status}")
    return reply.cookie


def fetch_many(port: int, path: str, count: int, cookie: str = "") -> list[float]:
    """Fetch a page again and again over one connection; seconds per fetch."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    seconds = []
    for _ in range(count):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = connection.getresponse()
        response.read()
        seconds.append(time.perf_counter() - began)
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status}")
    connection.close()
    return seconds


def cpu_per(server: Server, work: Callable[[], object], count: int) -> float:
    """Server processor time per unit of work, in milliseconds."""
    before = cpu_seconds(server)
    work()
    return (cpu_seconds(server) - before) / count * 1000


def print_timings(name: str, timings: Timings) -> None:
    p50, p95, p99 = (timings.percentile(percent) for percent in (50, 95, 99))
    print(f"{name}: {timings.rate:.0f}/s, p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms")


if __name__ == "__main__":
    main()
