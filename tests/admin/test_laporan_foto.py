"""Photos of a report: only real pictures come in, and nothing hidden stays in them."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import undefer

from skm_app.admin.laporan_foto import MAX_FOTO_PERIODE
from skm_app.database import Database
from skm_app.models import Catatan, FotoLaporan, new_id
from tests.admin.helpers import Petugas
from tests.admin.laporan import LAPORAN, id_of, make_bomb, make_picture, send_file
from tests.offices import ON_SQLITE, Kantor, add_periode

pytestmark = ON_SQLITE

GPS, ORIENTATION, LEFT_DOWN = 0x8825, 0x0112, 8


def list_foto(database: Database) -> list[FotoLaporan]:
    with database.reading() as session:
        return list(session.scalars(select(FotoLaporan).options(undefer(FotoLaporan.isi))))


def upload(who: Petugas, page: str, isi: bytes, keterangan: str = "Loket") -> str:
    """Send a photo; what the page says afterwards."""
    answer = send_file(who, page, f"{page}/foto", isi, keterangan=keterangan)
    assert (answer.status_code, answer.location) == (303, f"{page}#foto")
    return who.open(page).text


def test_a_photo_is_kept_upright_and_without_the_place_where_it_was_taken(
    lia: Petugas, budi: Petugas, database: Database, kantor: Kantor
) -> None:
    page = f"{LAPORAN}/{add_periode(database, kantor.palaran)}"
    exif = Image.Exif()
    exif[ORIENTATION] = LEFT_DOWN
    exif.get_ifd(GPS)[1] = "S"
    large = (
        make_picture((3000, 1500), "JPEG", exif=exif, comment=b"rahasia") + b"PK\x03\x04<script>"
    )

    assert "Foto sudah disimpan" in upload(lia, page, large, 'Loket "depan" <b>')

    (foto,) = list_foto(database)
    kept = Image.open(io.BytesIO(foto.isi))
    assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (1000, 2000), {})
    assert b"rahasia" not in foto.isi
    assert b"<script>" not in foto.isi
    top, bottom = kept.getpixel((500, 100)), kept.getpixel((500, 1900))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[2] > 200, bottom[0] > 200) == (True, True)
    answer = budi.client.get(f"{LAPORAN}/foto/{foto.id}")
    assert (answer.mimetype, answer.data) == ("image/jpeg", foto.isi)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert budi.open(page).root.first("img").attrs["alt"] == 'Loket "depan" <b>'


def test_what_is_no_whole_picture_or_too_large_is_refused(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    page = f"{LAPORAN}/{add_periode(database, kantor.palaran)}"
    good = make_picture()
    wrong = {
        "Pilih dahulu gambarnya": [b""],
        "bukan gambar JPEG atau PNG yang utuh": [
            b"bukan gambar", make_picture(kind="GIF"), good[:60], b"<svg onload='x'/>", b"%PDF-1.7",
        ],
        "Paling banyak 40 juta titik": [make_bomb(), make_bomb(7000)],
        "Paling besar 5 MB": [good + b"\0" * (5 * 1024 * 1024)],
    }  # fmt: skip
    for kalimat, files in wrong.items():
        for isi in files:
            assert kalimat in upload(lia, page, isi), isi[:20]
    assert "Isi keterangan" in upload(lia, page, good, "  ")
    assert "paling panjang 300" in upload(lia, page, good, "x" * 301)
    assert list_foto(database) == []


def test_a_period_holds_twelve_photos(lia: Petugas, database: Database, kantor: Kantor) -> None:
    page = f"{LAPORAN}/{add_periode(database, kantor.palaran)}"
    with database.writing() as session:
        session.add_all(
            FotoLaporan(
                id=new_id(), periode_id=id_of(page), keterangan="x", jenis="image/jpeg",
                sidik="0" * 64, isi=b"x", diunggah=datetime.now(UTC),
            )
            for _ in range(MAX_FOTO_PERIODE - 1)
        )  # fmt: skip
    waiting = lia.open(page)
    assert "Foto sudah disimpan" in upload(lia, page, make_picture())
    assert not [one for one in lia.open(page).forms if one.action == f"{page}/foto"]
    token = waiting.forms[0].fields["csrf_token"]
    lia.client.post(
        f"{page}/foto",
        data={
            "csrf_token": token,
            "keterangan": "y",
            "berkas": (io.BytesIO(make_picture()), "x.png"),
        },
    )
    assert "Paling banyak 12 foto" in lia.open(page).text
    assert len(list_foto(database)) == MAX_FOTO_PERIODE


def test_a_photo_is_deleted_only_after_a_question(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    page = f"{LAPORAN}/{add_periode(database, kantor.palaran)}"
    upload(lia, page, make_picture())
    (foto,) = list_foto(database)
    url = f"{LAPORAN}/foto/{foto.id}/hapus"

    assert lia.open(url).h1 == "Hapus foto ini?"
    assert len(list_foto(database)) == 1
    lia.press(url, url)

    assert list_foto(database) == []
    with database.reading() as session:
        deeds = session.execute(
            select(Catatan.aksi, Catatan.unit_id).where(Catatan.objek == "foto_laporan")
        ).all()
    assert [tuple(one) for one in deeds] == [("tambah", kantor.palaran), ("hapus", kantor.palaran)]
