"""Letterhead, coat of arms and the office's own template."""

from __future__ import annotations

import io
import json

from docx import Document
from PIL import Image
from sqlalchemy import select

from skm_app.database import Database
from skm_app.models import Catatan, KopSurat, TemplatLaporan
from tests.admin.helpers import Petugas
from tests.admin.laporan import LAPORAN, make_picture, send_file
from tests.offices import ON_SQLITE, Kantor

pytestmark = ON_SQLITE

KOP = {
    "tempat": "Palaran",
    "jabatan": "Camat Palaran",
    "nama": "Drs. Budi O'Brien, M.Si",
    "nip": "19700101 199503 1 002",
}


def test_a_letterhead_is_kept_and_two_who_begin_it_at_once_do_not_overwrite_each_other(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    url = f"{LAPORAN}/kop"
    own = f"{url}/{kantor.palaran}"
    second = lia.open(url)
    assert lia.fill_in(url, KOP).location == own
    form = next(n for n, one in enumerate(second.forms) if one.action == own)
    lia.send(second, {"nama": "Orang lain"}, 409, form=form)

    page = lia.open(own)
    assert page.by_id("nama").attrs["value"] == KOP["nama"]
    assert "PEMERINTAH KOTA SAMARINDA" in page.text
    lia.fill_in(own, {"nama": "x" * 101}, 422)
    # Each unit signs for itself.
    assert lia.open(f"{url}/{kantor.rawa_makmur}").by_id("nama").attrs["value"] == ""


def test_a_coat_of_arms_stays_transparent_and_out_of_the_log(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    url = f"{LAPORAN}/kop/{kantor.palaran}"
    tujuan = io.BytesIO()
    Image.new("RGBA", (1600, 1600), (255, 0, 0, 0)).save(tujuan, "PNG")
    for isi, kalimat in (
        (make_picture(kind="GIF"), "bukan gambar"),
        (make_picture() + b"\0" * 1024 * 1024, "Paling besar 1 MB"),
        (tujuan.getvalue(), "Lambang sudah disimpan"),
    ):
        send_file(lia, url, f"{url}/lambang", isi)
        assert kalimat in lia.open(url).text

    answer = lia.client.get(f"{url}/lambang")
    lambang = Image.open(io.BytesIO(answer.data))
    assert (answer.mimetype, lambang.size, lambang.getpixel((0, 0))) == (
        "image/png", (800, 800), (0, 0, 0, 0),
    )  # fmt: skip
    with database.reading() as session:
        (deed,) = session.scalars(select(Catatan).where(Catatan.objek == "kop_surat"))
        assert len(json.dumps(deed.sesudah)) < 100
    lia.press(url, f"{url}/lambang/hapus")
    with database.reading() as session:
        assert session.get_one(KopSurat, kantor.palaran).lambang_jenis is None


def test_only_a_template_that_can_be_filled_is_kept(
    lia: Petugas, database: Database, kantor: Kantor
) -> None:
    url = f"{LAPORAN}/templat/{kantor.palaran}"
    contoh = lia.client.get(f"{LAPORAN}/templat/contoh.docx").data
    wrong = Document(io.BytesIO(contoh))
    wrong.add_paragraph("Nilai: {{ nilai_ajaib }}")
    changed = io.BytesIO()
    wrong.save(changed)
    for isi, kalimat in (
        (b"", "Pilih dahulu"),
        (b"bukan docx", ""),
        (make_picture(), ""),
        (b"PK\x03\x04" + b"\0" * 100, ""),
        (contoh + b"\0" * (10 * 1024 * 1024), "Paling besar 10 MB"),
        (changed.getvalue(), "nilai_ajaib"),
    ):
        answer = send_file(lia, url, url, isi)
        assert answer.status_code == 422, isi[:20]
        assert "Templat tidak disimpan" in answer.text
        assert kalimat in answer.text
    with database.reading() as session:
        assert session.get(TemplatLaporan, kantor.palaran) is None

    assert send_file(lia, url, url, contoh).status_code == 303
    answer = lia.client.get(f"{url}/berkas")
    assert (answer.data, answer.headers["Content-Disposition"]) == (
        contoh, 'attachment; filename="C x.docx"',
    )  # fmt: skip
    assert send_file(lia, url, url, contoh, "Laporan “Ngāti” – baru.docx").status_code == 303
    header = lia.client.get(f"{url}/berkas").headers["Content-Disposition"]
    # A server refuses to send a header with other letters.
    assert header.encode("latin-1").startswith(b"attachment;")
    assert "filename*=UTF-8''Laporan%20%E2%80%9CNg" in header
    lia.press(url, f"{url}/hapus")
    assert lia.client.get(f"{url}/berkas").status_code == 404
    with database.reading() as session:
        objek = session.scalars(select(Catatan.aksi).where(Catatan.objek == "templat_laporan"))
        assert list(objek) == ["ubah", "ubah", "hapus"]
