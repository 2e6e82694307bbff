"""The published result of a period on one page, for the wall and for social media.

Source: the form in which units publish their IKM after PermenPANRB 14/2017 (index, mutu,
respondents by sex and education, period, services, thanks).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from typing import Any, Literal

from sqlalchemy.orm import Session

from skm_app.angka import format_angka
from skm_app.models import Instalasi, Unit
from skm_app.periode.pokok import describe_tertutup
from skm_app.reports.bahan import Bahan
from skm_app.reports.kata import rentang
from skm_app.reports.kelompok import Kelompok, read_kelompok, read_per_layanan
from skm_app.reports.laporan.kop import read_kop
from skm_app.reports.pdf import make_foto_data
from skm_app.reports.teks import clean_line
from skm_app.reports.typst_pdf import compile_arsip, compile_png
from skm_app.scoring import TABEL_MUTU, is_kecil

TEMPLATE = "poster.typ"
PPI = 150  # an A4 page becomes 1240 x 1754 pixels
MAX_HURUF = 300  # letters of names of services
SEMENTARA = "SEMENTARA"
BERUBAH = f"{SEMENTARA}: angka masih dapat berubah sampai hasil ditetapkan"
CONTOH = "Data contoh, bukan hasil survei sebenarnya"
LAYANAN_LAIN = "layanan lain"

Jumlah = tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Poster:
    """What a poster says. ``instansi``: the government above the unit; ``lambang``: its emblem.

    ``kalimat``: why there are no figures; then all of them are missing. ``jenis_kelamin``,
    ``pendidikan``: people per group, small groups folded together. ``sementara``: the figures
    may still change; ``contoh``: they are those of a demo.
    """

    unit: str
    instansi: str
    lambang: bytes | None
    nama: str
    rentang: str
    sementara: bool
    contoh: bool = False
    kalimat: str = ""
    ikm: Decimal | None = None
    huruf: str = ""
    kinerja: str = ""
    n: int | None = None
    jenis_kelamin: tuple[Jumlah, ...] = ()
    pendidikan: tuple[Jumlah, ...] = ()
    layanan: tuple[str, ...] = ()


def read_poster(session: Session, bahan: Bahan) -> Poster:
    """Gather a poster. Of fewer than five respondents, or without an index, it has no figures."""
    kop = read_kop(session, session.get_one(Unit, bahan.periode.unit_id))
    poster = Poster(
        unit=bahan.unit,
        instansi=kop.instansi,
        lambang=kop.lambang,
        nama=bahan.nama,
        rentang=rentang(bahan.mulai, bahan.sampai),
        sementara=bahan.sementara,
        contoh=session.get(Instalasi, "demo") is not None,
        kalimat=_explain(bahan),
    )
    hasil = bahan.hasil
    if poster.kalimat or hasil.mutu is None:
        return poster
    poster = replace(
        poster,
        ikm=hasil.ikm,
        huruf=hasil.mutu.huruf,
        kinerja=hasil.mutu.kinerja,
        n=hasil.n,
    )
    if _is_withheld(bahan):
        return poster
    kelompok = read_kelompok(session, bahan)
    return replace(
        poster,
        jenis_kelamin=_count(kelompok["jenis_kelamin"]),
        pendidikan=_count(kelompok["pendidikan"]),
        layanan=tuple(
            LAYANAN_LAIN if one.digabung else one.nama for one in read_per_layanan(session, bahan)
        ),
    )


def _is_withheld(bahan: Bahan) -> bool:
    """Whether the result was released without its groups: then the wall does not show them."""
    terbitan = bahan.penetapan.terbitan if bahan.penetapan else None
    return terbitan is not None and not terbitan.isi.get("rincian")


def make_poster(
    poster: Poster, ukuran: Literal["a4", "a3"] = "a4", jenis: Literal["pdf", "png"] = "pdf"
) -> bytes:
    """Set a poster on one page. The same poster gives the same bytes."""
    data = make_poster_data(poster) | {"ukuran": ukuran}
    title = clean_line(f"Indeks Kepuasan Masyarakat {poster.unit} {poster.nama}")
    if jenis == "png":
        return compile_png(TEMPLATE, data, title, ppi=PPI)
    return compile_arsip(TEMPLATE, data, title)


def make_poster_data(poster: Poster) -> dict[str, Any]:
    """Collect what the template prints."""
    instansi = clean_line(poster.instansi)
    nama = clean_line(poster.nama)
    return {
        "unit": clean_line(poster.unit).upper(),
        "instansi": instansi,
        "lambang": make_foto_data(poster.lambang),
        "alt": f"Lambang {instansi}",
        "periode": f"TAHUN {nama}" if nama.isdecimal() else nama.upper(),
        "cap": SEMENTARA if poster.sementara else "",
        "tanda": [BERUBAH] * poster.sementara + [CONTOH] * poster.contoh,
        "kalimat": poster.kalimat,
        "ikm": format_angka(poster.ikm, 2),
        "huruf": poster.huruf,
        "kinerja": poster.kinerja,
        "jenjang": [
            {
                "huruf": mutu.huruf,
                "kinerja": mutu.kinerja,
                "selang": f"{format_angka(mutu.batas_bawah, 2)}–{format_angka(mutu.batas_atas, 2)}",
            }
            for mutu in reversed(TABEL_MUTU)
        ],
        "rincian": _list_rincian(poster),
    }


def _list_rincian(poster: Poster) -> list[list[str]]:
    """Rows of a heading and its words; a row that has none is left out."""
    rows = [
        ["Jumlah responden", _orang(poster.n)],
        ["Jenis kelamin", _list_jumlah(poster.jenis_kelamin)],
        ["Pendidikan", _list_jumlah(poster.pendidikan)],
        ["Periode survei", poster.rentang],
        ["Nama layanan", _list_layanan(poster.layanan)],
    ]
    return [row for row in rows if row[1]]


def _explain(bahan: Bahan) -> str:
    """Why a poster has no figures; empty if it has."""
    if not bahan.hasil.n:
        return "Belum ada jawaban pada periode ini."
    if is_kecil(bahan.hasil.n):
        return describe_tertutup(None)
    if bahan.hasil.mutu is None:
        return "IKM belum dapat dihitung: ada unsur pelayanan yang belum dinilai."
    return ""


def _count(groups: tuple[Kelompok, ...]) -> tuple[Jumlah, ...]:
    return tuple((one.nama, one.jumlah) for one in groups)


def _orang(count: int | None) -> str:
    return f"{format_angka(count)} orang"


def _list_jumlah(groups: tuple[Jumlah, ...]) -> str:
    return ", ".join(f"{nama} {_orang(jumlah)}" for nama, jumlah in groups)


def _list_layanan(names: tuple[str, ...]) -> str:
    if names == (LAYANAN_LAIN,):
        return "Seluruh layanan"
    # As many as are still read from afar, at least one.
    lengths = list(accumulate(map(len, names)))
    many = max(sum(length <= MAX_HURUF for length in lengths), 1)
    shown = [clean_line(nama) for nama in names[:many]]
    rest = len(names) - len(shown)
    return "; ".join([*shown, f"dan {rest} layanan lain"] if rest else shown)
