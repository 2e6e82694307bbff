"""Whether an office's own template can be used, and if not, what to mend and where."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from skm_app.reports.docx.nilai import (
    TemplatError,
    find_keberatan,
    list_isian,
    make_lingkungan,
)
from skm_app.reports.docx.paket import find_tautan, parse_paket, read_paket
from skm_app.reports.docx.susun import make_docx
from skm_app.reports.docx.wml import W, to_xml
from skm_app.reports.dokumen import Dokumen, Judul, Kop, Paragraf, Tabel

MAX_ISIAN = 200  # placeholders in one template
MAX_UNSUR = 20_000  # elements of a part; ten full pages have a quarter of that
MAX_TEKS = 20_000  # characters of a paragraph with placeholders
MAX_GALAT = 20  # more at once help nobody
TOKEN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
AWAL = re.compile(r"\{[{%#]")
KURUNG = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
PERINTAH = re.compile(r"\{%[-+]?(?:p |tr )?\s*(\w*)(.*?)[-+]?%\}", re.S)
# docxtpl's own marks for pictures, rows and rich text; of no use with plain values.
AWALAN = re.compile(r"\{\{(?:p|r|tr|tc) |\{%(?:r|tc) ")
PENANDA = re.compile(r"\{\{\s*isi\s*[|}]")
PENANDA_SAJA = re.compile(r"\{\{\s*isi\s*\}\}")
KUTIP = str.maketrans("“”‘’", "\"\"''")  # Word makes them while one types
TEMPAT = {"word/header": "kepala halaman", "word/footer": "kaki halaman"}


@dataclass(frozen=True)
class Larik:
    """A paragraph of the template with its place in words."""

    teks: str
    tempat: str


def check_templat(data: bytes) -> None:
    """See that a template can be filled, by looking at it and then by filling it once.

    :raise TemplatError: with every fault found.
    """
    paket = read_paket(data)
    akar = parse_paket(paket)
    galat = [*find_tautan(akar), *_periksa_isian(akar), *_periksa_penanda(akar)]
    if galat:
        raise TemplatError(_ringkas(galat))
    _coba(data)


def _ringkas(galat: Sequence[str]) -> list[str]:
    unik = list(dict.fromkeys(galat))
    hasil = unik[:MAX_GALAT]
    if len(unik) > MAX_GALAT:
        hasil.append(f"dan {len(unik) - MAX_GALAT} kesalahan lain")
    if any("tidak dikenal" in satu for satu in hasil):
        hasil.append("Isian yang dikenal: " + ", ".join(list_isian()) + ".")
    return hasil


def _periksa_isian(akar: Mapping[str, Any]) -> Iterator[str]:
    jumlah = 0
    for nama, pohon in akar.items():
        if not re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", nama):
            continue
        if sum(1 for _ in pohon.iter()) > MAX_UNSUR:
            yield "templat terlalu panjang; cukup sampul, kepala surat, dan {{ isi }}"
            return
        terbuka: list[Larik] = []
        semua = list(_list_larik(nama, pohon))
        # Counted before anything is matched: what looks for the end of an unclosed placeholder
        # would read the rest of the file again for each of them.
        jumlah += sum(len(KURUNG.findall(larik.teks)) for larik in semua)
        if jumlah > 2 * MAX_ISIAN or any(len(larik.teks) > MAX_TEKS for larik in semua):
            yield f"templat memuat lebih dari {MAX_ISIAN} isian, atau paragraf yang terlalu panjang"
            return
        if len(AWAL.findall(to_xml(pohon))) > sum(len(AWAL.findall(satu.teks)) for satu in semua):
            yield "templat memuat isian di luar teks biasa, misalnya dalam nama gambar; hapus"
            return
        for larik in semua:
            yield from _periksa_larik(larik, terbuka)
        for larik in terbuka:
            yield f"{larik.tempat}: {{% if … %}} tidak ditutup dengan {{% endif %}}"


def _list_larik(nama: str, pohon: Any) -> Iterator[Larik]:  # noqa: ANN401 - lxml has no types
    bagian = next((kata for awal, kata in TEMPAT.items() if nama.startswith(awal)), "")
    for nomor, paragraf in enumerate(pohon.iter(f"{W}p"), start=1):
        teks = "".join(
            t.text or ""
            for t in paragraf.iter(f"{W}t")
            if next(t.iterancestors(f"{W}p")) is paragraf
        )
        if KURUNG.search(teks):
            tabel = next(paragraf.iterancestors(f"{W}tbl"), None) is not None
            letak = ", ".join(
                filter(None, (bagian, "dalam tabel" if tabel else "", f"paragraf {nomor}"))
            )
            yield Larik(teks.translate(KUTIP), f"{letak} (“{_kutip(teks)}”)")


def _kutip(teks: str) -> str:
    rapi = " ".join(teks.split())
    return rapi if len(rapi) <= 70 else rapi[:69] + "…"


def _periksa_larik(larik: Larik, terbuka: list[Larik]) -> Iterator[str]:
    for token in TOKEN.findall(larik.teks):
        if AWALAN.match(token):
            yield f"{larik.tempat}: {_kutip(token)} memakai awalan yang tidak dapat dipakai"
        elif token.startswith("{{"):
            yield from _periksa_jinja(token, token, larik)
        elif token.startswith("{%"):
            yield from _periksa_perintah(token, larik, terbuka)
    if KURUNG.search(TOKEN.sub("", larik.teks)):
        yield f"{larik.tempat}: kurung isian tidak lengkap; tulis seperti {{{{ nama }}}}"


def _periksa_perintah(token: str, larik: Larik, terbuka: list[Larik]) -> Iterator[str]:
    cocok = PERINTAH.fullmatch(token)
    kata, sisa = (cocok[1], cocok[2]) if cocok else ("", "")
    if kata == "if":
        terbuka.append(larik)
        yield from _periksa_jinja(f"{{% if {sisa} %}}{{% endif %}}", token, larik)
    elif kata in ("elif", "else", "endif"):
        if not terbuka:
            yield f"{larik.tempat}: {_kutip(token)} tanpa {{% if … %}} sebelumnya"
        elif kata == "endif":
            terbuka.pop()
        elif kata == "elif":
            yield from _periksa_jinja(f"{{% if {sisa} %}}{{% endif %}}", token, larik)
    else:
        yield (
            f"{larik.tempat}: {_kutip(token)} tidak dapat dipakai dalam templat; yang dapat hanya "
            "{{ nama }} dan {% if cap %} … {% endif %}"
        )


def _periksa_jinja(sumber: str, token: str, larik: Larik) -> Iterator[str]:
    from jinja2 import TemplateError

    if len(token) > 200:
        yield f"{larik.tempat}: isian terlalu panjang"
        return
    try:
        pohon = make_lingkungan().parse(sumber)
    except (TemplateError, RecursionError):
        yield f"{larik.tempat}: {_kutip(token)} tidak dapat dibaca; tulis seperti {{{{ nama }}}}"
        return
    for keberatan in find_keberatan(pohon):
        yield f"{larik.tempat}: {keberatan}"


def _periksa_penanda(akar: Mapping[str, Any]) -> Iterator[str]:
    """The report needs one paragraph of its own, in the body, outside of tables and frames."""
    tempat = []
    for nama, pohon in akar.items():
        if nama.startswith("word/"):
            tempat += [
                (nama, satu) for satu in _list_larik(nama, pohon) if PENANDA.search(satu.teks)
            ]
    if not tempat:
        yield "penanda {{ isi }} tidak ada; tulis di paragraf tersendiri, tempat isi laporan"
    elif len(tempat) > 1:
        yield "penanda {{ isi }} lebih dari satu: " + "; ".join(satu.tempat for _, satu in tempat)
    elif not _sendirian(akar["word/document.xml"]):
        yield (
            f"{tempat[0][1].tempat}: {{{{ isi }}}} harus sendirian dalam satu paragraf, di luar "
            "tabel, kotak teks, kepala dan kaki halaman"
        )


def _sendirian(pohon: Any) -> bool:  # noqa: ANN401
    for paragraf in pohon.iterfind(f"{W}body/{W}p"):
        teks = "".join(t.text or "" for t in paragraf.iter(f"{W}t")).strip()
        if PENANDA_SAJA.fullmatch(teks):
            return True
    return False


def _make_coba() -> Dokumen:
    """A small document in which every value is there."""
    from PIL import Image

    lambang = io.BytesIO()
    Image.new("RGB", (8, 8), "#888888").save(lambang, "PNG")
    kop = Kop(
        instansi="Instansi", unit="Unit", alamat="Alamat", kontak="Kontak",
        lambang=lambang.getvalue(),
    )  # fmt: skip
    tabel = Tabel(judul="Tabel", kepala=("No",), baris=[("1",)], lebar=(1,), rata=("kiri",))
    return Dokumen(
        judul=("Judul", "Baris kedua"), nama="Nama", kop=kop, tempat_tahun="Tempat, 2025",
        blok=(Judul(tingkat=1, teks="PENDAHULUAN", nomor="BAB I"), Paragraf(teks="Isi"), tabel),
        kaki="Kaki", cap="SEMENTARA", isian=dict.fromkeys(list_isian(), "Isian"),
    )  # fmt: skip


def _coba(data: bytes) -> None:
    """Fill the template twice: with every value there, and with none that may be missing."""
    penuh = _make_coba()
    kosong = Kop(instansi="", unit="", alamat="")
    for dokumen in (penuh, replace(penuh, kop=kosong, kaki="", cap="", isian={})):
        try:
            make_docx(dokumen, data)
        except TemplatError:
            raise
        except Exception as salah:
            # Whatever a strange file makes a reader of documents stumble over: KeyError for a part
            # that is not there, ValueError for a number that is none, and so on.
            raise TemplatError(
                [
                    "templat ini tidak dapat diisi; mungkin {% if %} memotong tabel, atau "
                    "berkasnya tidak biasa. Simpan ulang di Word sebagai .docx, lalu coba lagi."
                ]
            ) from salah
