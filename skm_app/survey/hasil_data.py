"""Public results as files: data as CSV and JSON, the data dictionary, the poster."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, Literal

from flask import Response
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from skm_app.ekspor import Tabel, write_csv
from skm_app.survey.hasil import get_hasil
from skm_app.survey.hasil_baca import Hasil, read_semua_hasil
from skm_app.survey.hasil_jawab import JSON, answer, answer_fault, write_json
from skm_app.survey.hasil_poster import compute_sidik_poster, read_poster_terbit
from skm_app.survey.views import bp
from skm_app.terbitan import LISENSI
from skm_app.web import current_state

CSV = "text/csv"
TIDAK_ADA = "Tidak ada hasil yang diterbitkan di alamat ini."
# Kinds of files below a result, and the type of each.
JENIS_DATA = ("csv", "json")
JENIS_POSTER: dict[str, str] = {"pdf": "application/pdf", "png": "image/png"}
BANYAK_POSTER = 16

# The columns of data.csv: name, meaning, unit.
KAMUS = (
    ("unit", "Kantor yang hasilnya ditunjukkan, dengan nama saat periode ditetapkan", "teks"),
    ("periode", "Nama periode survei", "teks"),
    ("mulai", "Hari pertama periode", "tanggal ISO 8601 (TTTT-BB-HH)"),
    ("sampai", "Hari terakhir periode", "tanggal ISO 8601 (TTTT-BB-HH)"),
    (
        "bagian",
        "Tentang apa baris ini: indeks (hasil seluruhnya), unsur (satu dari sembilan unsur), "
        "layanan (satu jenis layanan), atau ciri responden: jenis_kelamin, usia, pendidikan, "
        "pekerjaan, kanal (cara mengisi)",
        "kode",
    ),
    ("kode", "Kode unsur menurut PermenPANRB 14/2017 (U1 sampai U9); kosong selain unsur", "kode"),
    ("nama", "Nama unsur, layanan, atau kelompok responden", "teks"),
    (
        "jumlah",
        "Banyaknya responden; kosong untuk unsur. Kelompok yang lebih kecil dari lima orang "
        "digabung",
        "orang",
    ),
    ("nrr", "Nilai rata-rata unsur, 3 desimal, titik sebagai tanda desimal", "1 sampai 4"),
    (
        "nilai",
        "Indeks Kepuasan Masyarakat, atau NRR unsur dikali 25; 2 desimal, titik sebagai tanda "
        "desimal; kosong untuk kelompok responden",
        "25 sampai 100",
    ),
    ("mutu", "Mutu pelayanan menurut PermenPANRB 14/2017: A, B, C, atau D", "huruf"),
    ("digabung", "ya: beberapa kelompok kecil dihitung bersama; tidak: satu kelompok", "ya/tidak"),
    ("lisensi", "Lisensi data ini", "kode SPDX"),
)
KOLOM = tuple(kolom for kolom, _, _ in KAMUS)


@bp.get("/hasil/kamus.csv")
def show_hasil_kamus() -> ResponseReturnValue:
    """The data dictionary: what each column of data.csv means."""
    tabel = Tabel(kolom=("kolom", "arti", "satuan"), baris=KAMUS)
    return answer(lambda: write_csv(tabel), CSV, (), terbuka=True, nama="kamus.csv")


@bp.get("/hasil/<tahun>/data.<any(csv, json):jenis>")
def show_hasil_data_tahun(tahun: str, jenis: str) -> ResponseReturnValue:
    """The data of a year's result.

    :raise 404: if it is not public.
    """
    return _answer_data(tahun, None, jenis)


@bp.get("/hasil/<tahun>/<nama>/data.<any(csv, json):jenis>")
def show_hasil_data_periode(tahun: str, nama: str, jenis: str) -> ResponseReturnValue:
    """The data of a part of a year.

    :raise 404: if it is not public.
    """
    return _answer_data(tahun, nama, jenis)


@bp.get("/hasil/<tahun>/poster.<any(pdf, png):jenis>")
def show_hasil_poster_tahun(tahun: str, jenis: Literal["pdf", "png"]) -> ResponseReturnValue:
    """The poster of a year's result, A4.

    :raise 404: if it is not public.
    """
    return _answer_poster(tahun, None, jenis)


@bp.get("/hasil/<tahun>/<nama>/poster.<any(pdf, png):jenis>")
def show_hasil_poster_periode(
    tahun: str, nama: str, jenis: Literal["pdf", "png"]
) -> ResponseReturnValue:
    """The poster of a part of a year, A4.

    :raise 404: if it is not public.
    """
    return _answer_poster(tahun, nama, jenis)


def make_data(hasil: Hasil) -> dict[str, Any]:
    """A result as programs read it: what was released, when, and where its page is."""
    terbitan = hasil.terbitan
    return {
        **hasil.isi,
        "diterbitkan": terbitan.diterbitkan.isoformat(),
        "sidik": terbitan.sidik,
        "alamat": hasil.address(bahasa=None),
        "lisensi": LISENSI,
    }


def make_tabel(hasil: Hasil) -> Tabel:
    """A result as one table, a row for each figure; see ``KAMUS``."""
    isi, periode = hasil.isi, hasil.isi["periode"]
    head = (isi["unit"]["nama"], periode["nama"], periode["mulai"], periode["sampai"])
    rows = [("indeks", "", "Indeks Kepuasan Masyarakat", isi["n"], "", isi["ikm"], isi["mutu"], "")]
    rows += [
        ("unsur", one["kode"], one["nama"], "", one["nrr"], one["nilai"], one["mutu"], "")
        for one in isi["unsur"]
    ]
    rows += [
        ("layanan", "", one["nama"], one["n"], "", one["ikm"] or "", one["mutu"] or "",
         _yes(one["digabung"]))
        for one in isi["layanan"]
    ]  # fmt: skip
    rows += [
        (ciri, "", one["nama"], one["jumlah"], "", "", "", _yes(one["digabung"]))
        for ciri, kelompok in isi["responden"].items()
        for one in kelompok
    ]
    return Tabel(kolom=KOLOM, baris=[(*head, *row, LISENSI["kode"]) for row in rows])


def _yes(value: bool) -> str:
    return "ya" if value else "tidak"


def _answer_data(tahun: str, nama: str | None, jenis: str) -> Response:
    with current_state().database.reading() as session:
        semua = read_semua_hasil(session)
        try:
            hasil = get_hasil(semua, tahun, nama)
        except NotFound:
            return answer_fault(404, TIDAK_ADA)
    berkas = f"skm-{'-'.join(filter(None, (tahun, nama)))}.{jenis}"
    if jenis == "csv":
        return answer(
            lambda: write_csv(make_tabel(hasil)), CSV, [hasil.terbitan.sidik], terbuka=True,
            nama=berkas,
        )  # fmt: skip
    return answer(lambda: write_json(make_data(hasil)), JSON, [hasil.terbitan.sidik], terbuka=True)


class Simpanan:
    """Posters that were made, by what they were made of; the oldest gives way to the newest.

    One is made at a time: each takes a processor for a moment and some memory.
    """

    def __init__(self, banyak: int) -> None:
        self._banyak = banyak
        self._kept: dict[tuple[str, str], bytes] = {}
        self._lock = Lock()

    def get(self, key: tuple[str, str], make: Callable[[], bytes]) -> bytes:
        found = self._kept.get(key)
        if found is not None:
            return found
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
                while len(self._kept) > self._banyak:
                    del self._kept[next(iter(self._kept))]
            return self._kept[key]


POSTER = Simpanan(BANYAK_POSTER)


def _answer_poster(tahun: str, nama: str | None, jenis: Literal["pdf", "png"]) -> Response:
    with current_state().database.reading() as session:
        isi = get_hasil(read_semua_hasil(session), tahun, nama).isi
        poster = read_poster_terbit(session, isi)
    sidik = compute_sidik_poster(poster)

    def make() -> bytes:
        # Imported when needed: a server that never prints does not load what draws it.
        from skm_app.reports.poster import make_poster

        return make_poster(poster, "a4", jenis)

    return answer(lambda: POSTER.get((sidik, jenis), make), JENIS_POSTER[jenis], [sidik])
