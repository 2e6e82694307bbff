"""Reports for tests: a period with its responses, files sent and fetched as a browser does."""

from __future__ import annotations

import io
import struct
import time
import uuid
import zlib

from werkzeug.test import TestResponse

from skm_app.database import Database
from skm_app.intake import Intake
from tests.admin.helpers import Petugas
from tests.offices import Kantor, add_periode, close, import_palaran

LAPORAN = "/admin/laporan"


def make_2024(database: Database, intake: Intake, kantor: Kantor, *, tutup: bool = True) -> str:
    """The period of the printed report, 87,23 from 36 responses; the address of its page."""
    import_palaran(database, intake)
    periode_id = add_periode(database, kantor.palaran, konvensi="portal-kota")
    if tutup:
        close(database, periode_id)
    return f"{LAPORAN}/{periode_id}"


def send_file(
    who: Petugas, page: str, action: str, isi: bytes, nama: str = "../C:\\x.docx", **fields: str
) -> TestResponse:
    """Send a file with the form of a page that leads to an address."""
    form = next(one for one in who.open(page).forms if one.action == action)
    values = {"csrf_token": form.fields["csrf_token"], **fields}
    # Put together here: the test client would leave a large file open behind it.
    mark = "----batas"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
    ]
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="berkas"; filename="{nama}"\r\n'
        "Content-Type: text/html\r\n\r\n"
    )
    body = b"".join(parts) + head.encode() + isi + f"\r\n--{mark}--\r\n".encode()
    kind = f"multipart/form-data; boundary={mark}"
    return who.client.post(action, data=body, content_type=kind)


def order(who: Petugas, page: str, jenis: str) -> str:
    """Press a button of a period's page and wait for the file; the address of its own page."""
    opened = who.open(page)
    form = next(n for n, one in enumerate(opened.forms) if one.action == f"{page}/buat")
    url = who.send(opened, {"jenis": jenis}, form=form).location
    for _ in range(600):
        if not who.client.get(f"{url}/kemajuan.json").get_json()["berjalan"]:
            return url
        time.sleep(0.05)
    raise AssertionError(f"{jenis} is never finished")


def fetch(who: Petugas, page: str, jenis: str) -> tuple[str, bytes]:
    """Make a file of a period and take it away: its name and its content."""
    url = order(who, page, jenis)
    opened = who.open(url)
    assert "Berkas siap" in opened.text, opened.text
    answer = who.client.get(f"{url}/unduh")
    assert answer.status_code == 200
    nama = answer.headers["Content-Disposition"].partition("filename=")[2]
    return nama, answer.data


def make_picture(size: tuple[int, int] = (60, 30), kind: str = "PNG", **options: object) -> bytes:
    """A real picture, red on its left half and blue on its right."""
    from PIL import Image

    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    tujuan = io.BytesIO()
    image.save(tujuan, kind, **options)
    return tujuan.getvalue()


def make_bomb(side: int = 60_000) -> bytes:
    """A few bytes that say they are a picture of 3,600 million points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def id_of(page: str) -> uuid.UUID:
    """The period that a page is about."""
    return uuid.UUID(page.rpartition("/")[2])
