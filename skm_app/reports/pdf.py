"""A document as PDF, for the archive and for print: PDF/A-2a and PDF/UA-1.

Both standards ask for what we want anyway: fonts inside, tags, a language, a title, a text
beside each picture. The few documents that cannot meet them (letters that our fonts do not
have, headings that skip a level) are still made, as plain tagged PDF.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from typing import Any

from skm_app.reports.docx.gambar import siapkan_foto
from skm_app.reports.docx.halaman import ukur_larik
from skm_app.reports.dokumen import (
    Blok,
    Daftar,
    Dokumen,
    Gambar,
    HalamanBaru,
    Judul,
    Kop,
    Paragraf,
    Tabel,
    TandaTangan,
)
from skm_app.reports.grafik import make_grafik_data
from skm_app.reports.teks import clean_line, clean_lines, format_nip
from skm_app.reports.typst_pdf import compile_arsip

TEMPLATE = "laporan.typ"
TAK_TERBACA = "(gambar tidak dapat dibaca)"
LEBAR_MM = {False: 160, True: 247}  # of the text, by whether the page lies on its long side
# Of the cells of a table, by whether it is set small: letters in points, inset at each side in mm.
SEL = {False: (9.0, 1.6), True: (7.5, 1.0)}
PT_PER_MM = 72 / 25.4
# How much wider our letters are than those that ``ukur_larik`` knows, without or with ``tebal``.
LONGGAR = {False: 1.06, True: 1.1}
MAX_UTUH = 600  # letters; a row with more of them may run over the end of a page
MAX_BARIS_UTUH, MAX_HURUF_UTUH = 12, 1500  # a table with more may run on, too


def make_pdf(dokumen: Dokumen) -> bytes:
    """Set a document. The same document gives the same bytes.

    :raise ValueError: if a chart's parts do not fit together.
    """
    return compile_arsip(TEMPLATE, make_laporan_data(dokumen), clean_line(dokumen.nama))


def make_laporan_data(dokumen: Dokumen) -> dict[str, Any]:
    """Collect what the template prints; every text in it is only text."""
    bagian = _split_bab(dokumen.blok) if dokumen.bab else _split(dokumen.blok)
    blok = [one for part in bagian for one in part["blok"]]
    return {
        "nama": clean_line(dokumen.nama),
        "judul": [clean_line(line) for line in dokumen.judul],
        "kop": _kop(dokumen.kop),
        "tempat_tahun": clean_line(dokumen.tempat_tahun),
        "kaki": clean_line(dokumen.kaki),
        "cap": clean_line(dokumen.cap),
        "bab": clean_line(dokumen.bab),
        "bagian": bagian,
        "ada": {
            "DAFTAR TABEL": any(one["jenis"] == "tabel" and one["judul"] for one in blok),
            "DAFTAR GAMBAR": any(one["jenis"] == "gambar" and one["judul"] for one in blok),
        },
    }


def _split(blok: Sequence[Blok]) -> list[dict[str, Any]]:
    """Cut into runs of pages of one orientation and one way of numbering.

    What stands before the first numbered chapter has roman page numbers and ends with the
    contents; from there pages count from 1.
    """
    chapters = [n for n, one in enumerate(blok) if isinstance(one, Judul) and one.tingkat == 1]
    first = next((n for n in chapters if blok[n].nomor), None)  # type: ignore[union-attr]
    parts = [_part(romawi=first is not None, mulai=True)]
    contents_at = (first or 0) if chapters else None
    for place, one in enumerate(blok):
        if place == contents_at and place > 0:
            parts[-1]["daftar_isi"] = True
        if place == first and place > 0:
            parts.append(_part(mulai=True))
        if isinstance(one, HalamanBaru) and one.mendatar != parts[-1]["mendatar"]:
            parts.append(_part(mendatar=one.mendatar, romawi=parts[-1]["romawi"]))
        else:
            parts[-1]["blok"].append(_blok(one, mendatar=parts[-1]["mendatar"]))
    if contents_at == 0:
        parts.insert(0, _part(romawi=True, daftar_isi=True))
        parts[1] |= {"romawi": False, "mulai": True}
    return _mark_awal(parts)


def _split_bab(blok: Sequence[Blok]) -> list[dict[str, Any]]:
    """Cut a chapter alone into runs of pages of one orientation; no contents go before it."""
    parts = [_part(mulai=True)]
    for one in blok:
        if isinstance(one, HalamanBaru) and one.mendatar != parts[-1]["mendatar"]:
            parts.append(_part(mendatar=one.mendatar))
        else:
            parts[-1]["blok"].append(_blok(one, mendatar=parts[-1]["mendatar"]))
    return _mark_awal(parts)


def _mark_awal(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say which block begins a page by itself, and drop parts without any."""
    for part in parts:
        if part["blok"]:
            part["blok"][0]["awal"] = True  # begins a page already
    return [part for part in parts if part["blok"] or part["daftar_isi"]]


def _part(**changes: bool) -> dict[str, Any]:
    usual = {"mendatar": False, "romawi": False, "mulai": False, "daftar_isi": False}
    return {**usual, **changes, "blok": []}


def _kop(kop: Kop) -> dict[str, Any]:
    instansi = clean_line(kop.instansi)
    return {
        "instansi": instansi,
        "unit": clean_line(kop.unit),
        "alamat": clean_line(kop.alamat),
        "kontak": clean_line(kop.kontak),
        "lambang": make_foto_data(kop.lambang),
        "alt": f"Lambang {instansi}",
    }


def make_foto_data(foto: bytes | None) -> dict[str, Any] | None:
    """Wrap a photo for a template; None if there is none or it cannot be read.

    As text inside an SVG: a template is given text only, and typst reads it thirty times quicker
    than a list of numbers. A JPEG goes into the PDF as it is.

    :return: ``svg``, and ``rasio``, its width over its height.
    """
    siap = siapkan_foto(foto) if foto else None
    if siap is None:
        return None
    kind = "png" if siap.isi.startswith(b"\x89PNG") else "jpeg"
    isi = base64.b64encode(siap.isi).decode("ascii")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{siap.lebar}" height="{siap.tinggi}"'
        f' viewBox="0 0 {siap.lebar} {siap.tinggi}"><image width="{siap.lebar}"'
        f' height="{siap.tinggi}" href="data:image/{kind};base64,{isi}"/></svg>'
    )
    return {"svg": svg, "rasio": siap.lebar / siap.tinggi}


def _blok(blok: Blok, *, mendatar: bool) -> dict[str, Any]:
    match blok:
        case Judul():
            return {
                "jenis": "judul",
                "tingkat": min(max(blok.tingkat, 1), 4),
                "nomor": clean_line(blok.nomor),
                "teks": _breakable(clean_line(blok.teks), 30),
            }
        case Paragraf():
            lines = clean_lines(blok.teks).split("\n")
            return {"jenis": "paragraf", "alinea": [_breakable(one, 60) for one in lines if one]}
        case Daftar():
            butir = [_breakable(clean_line(one), 55) for one in blok.butir]
            return {"jenis": "daftar", "butir": butir, "bernomor": blok.bernomor}
        case Tabel():
            return _tabel(blok, LEBAR_MM[mendatar])
        case Gambar():
            return {
                "jenis": "gambar",
                "judul": clean_line(blok.judul),
                "alt": clean_line(blok.alt) or clean_line(blok.judul) or "Gambar",
                "lebar": min(max(blok.lebar, 1), 100),
                "grafik": make_grafik_data(blok.grafik) if blok.grafik else None,
                "foto": make_foto_data(blok.foto),
                "pengganti": TAK_TERBACA,
            }
        case TandaTangan():
            fields = ("tempat_tanggal", "jabatan", "nama", "pangkat", "nip")
            texts = {name: clean_line(getattr(blok, name)) for name in fields}
            return {"jenis": "tanda_tangan", **texts, "nip": format_nip(texts["nip"])}
        case HalamanBaru():
            return {"jenis": "halaman_baru"}


def _tabel(tabel: Tabel, lebar_mm: int) -> dict[str, Any]:
    huruf, tepi_mm = SEL[tabel.kecil]
    # What a column has for a single word before that has to be broken, in points.
    room = [
        (lebar_mm * share / sum(tabel.lebar) - 2 * tepi_mm) * PT_PER_MM for share in tabel.lebar
    ]

    def cells(texts: Sequence[str], *, tebal: bool = False) -> list[str]:
        return [
            _breakable_sel(clean_lines(text), points, huruf, tebal=tebal)
            for text, points in zip(texts, room, strict=True)
        ]

    def rows() -> Iterator[dict[str, Any]]:
        for place, texts in enumerate(tabel.baris):
            long = max(map(len, texts), default=0) > MAX_UTUH
            yield {
                "sel": cells(texts, tebal=place in tabel.tebal),
                "tebal": place in tabel.tebal,
                "pecah": long,
            }

    letters_in_all = sum(len(text) for texts in tabel.baris for text in texts)
    return {
        "jenis": "tabel",
        "utuh": len(tabel.baris) <= MAX_BARIS_UTUH and letters_in_all <= MAX_HURUF_UTUH,
        "judul": clean_line(tabel.judul),
        "kepala": cells(tabel.kepala, tebal=True),
        "baris": list(rows()),
        "lebar": list(tabel.lebar),
        "rata": list(tabel.rata),
        "catatan": clean_line(tabel.catatan),
        "kecil": tabel.kecil,
    }


def _breakable(text: str, most: int) -> str:
    """Let words of more than ``most`` letters break anywhere."""
    return re.sub(rf"\S{{{most + 1},}}", lambda word: "\u200b".join(word[0]), text)


def _breakable_sel(text: str, points: float, huruf: float, *, tebal: bool) -> str:
    """Let words that are wider than a column break anywhere, and no others."""

    def fit(found: re.Match[str]) -> str:
        word = found[0]
        wide = ukur_larik(word, huruf, tebal=tebal) * LONGGAR[tebal] > points
        return "\u200b".join(word) if wide else word

    return re.sub(r"\S+", fit, text)
