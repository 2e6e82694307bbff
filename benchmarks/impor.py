"""``python -m benchmarks.impor``: seconds for an import, and how long citizens wait meanwhile."""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import tempfile
import threading
import time
import uuid
from datetime import date, timedelta
from pathlib import Path

from benchmarks.__main__ import sign_in
from benchmarks.seeding import seed_office
from benchmarks.servers import git_and_machine
from tests.running import Citizen, Server, get, request, running

HEADER = "Tanggal,Layanan,L/P,Usia,Pendidikan,Pekerjaan,U1,U2,U3,U4,U5,U6,U7,U8 Pengaduan,U9 Sarana"
BOUNDARY = "skm-bench"
PAUSE = 0.1


class Visitor(threading.Thread):
    """A citizen who sends one form after another, and one who opens the form."""

    def __init__(self, port: int, kode: str) -> None:
        super().__init__(daemon=True)
        self.citizen = Citizen(port, kode)
        self.over = threading.Event()
        self.sending: list[float] = []
        self.opening: list[float] = []

    def run(self) -> None:
        self.citizen.open()
        while not self.over.is_set():
            began = time.perf_counter()
            get(self.citizen.port, self.citizen.path)
            self.opening.append(time.perf_counter() - began)
            began = time.perf_counter()
            reply = self.citizen.send(uuid.uuid4(), layanan="umum")
            if reply.status != 303:
                raise RuntimeError(f"A citizen was refused: {reply.status}")
            self.sending.append(time.perf_counter() - began)
            time.sleep(PAUSE)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=10_000)
    rows = arguments.parse_args().rows
    print(f"# {git_and_machine()}")
    with tempfile.TemporaryDirectory(prefix="skm-bench-") as folder:
        data_dir = Path(folder)
        kode = seed_office(data_dir, 0)
        server = Server(env={"SKM_DATA_DIR": folder}, log=data_dir / "server.log")
        with running(server):
            visitor = Visitor(server.port, kode)
            visitor.start()
            cookie = sign_in(server, data_dir)
            # The first page with a form gives the session its token.
            cookie = get(server.port, "/admin/impor/tambah", cookie).cookie or cookie
            measure(server, cookie, kode, rows)
            visitor.over.set()
            visitor.join(timeout=60)
    print(
        f"meanwhile citizens: {len(visitor.sending)} forms, longest wait for sending "
        f"{max(visitor.sending):.2f} s (bound 15, the busy timeout), for opening "
        f"{max(visitor.opening):.2f} s"
    )


def measure(server: Server, cookie: str, kode: str, rows: int) -> None:
    began = time.perf_counter()
    kolom = upload(server, cookie, kode, make_csv(rows))
    uploaded = time.perf_counter()
    checked = send_form(server, cookie, kolom, kolom)
    checked_at = time.perf_counter()
    batch = send_form(server, cookie, checked, f"{kolom}/simpan")
    while json.loads(get(server.port, f"{batch}/kemajuan.json", cookie).body)["berjalan"]:
        time.sleep(PAUSE)
    stored = time.perf_counter()
    words = get(server.port, batch, cookie).body
    if f"{rows:,} jawaban tersimpan".replace(",", ".") not in words:
        raise RuntimeError("The import did not store every row.")
    print(
        f"{rows} rows: upload {uploaded - began:.1f} s, check {checked_at - uploaded:.1f} s, "
        f"store {stored - checked_at:.1f} s (bound 10)"
    )


def make_csv(rows: int) -> bytes:
    chance = random.Random(rows)
    today = date.today()
    lines = [HEADER]
    for _ in range(rows):
        day = today - timedelta(days=chance.randrange(200))
        nilai = ",".join(str(chance.randint(1, 4)) for _ in range(9))
        lines.append(
            f"{day},umum,{chance.choice('LP')},{chance.randint(18, 70)},SMA,Swasta,{nilai}"
        )
    return "\n".join(lines).encode()


def upload(server: Server, cookie: str, kode: str, data: bytes) -> str:
    """Send the file as a browser does; returns the address of the next step."""
    fields = {"csrf_token": token_of(server, cookie, "/admin/impor/tambah"), "titik": kode}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="berkas"; filename="a.csv"\r\n\r\n'
    )
    body = "".join(parts).encode() + head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    connection.request(
        "POST", "/admin/impor/tambah", body, {"Cookie": cookie, "Content-Type": kind}
    )
    response = connection.getresponse()
    response.read()
    connection.close()
    if response.status != 303:
        raise RuntimeError(f"Upload failed: {response.status}")
    return response.headers["Location"]


def send_form(server: Server, cookie: str, page: str, action: str) -> str:
    """Send the form of a page as it stands; returns where it leads."""
    html = get(server.port, page, cookie).body
    fields = {"csrf_token": token_in(html), "tanggal": ""}
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    reply = request(server.port, "POST", action, fields, cookie)
    if reply.status != 303:
        raise RuntimeError(f"{action}: {reply.status}")
    return reply.location


def token_of(server: Server, cookie: str, page: str) -> str:
    return token_in(get(server.port, page, cookie).body)


def token_in(html: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)
    if found is None:
        raise RuntimeError("No form on this page.")
    return found[1]


if __name__ == "__main__":
    main()
