"""Reads the rows under the header into responses, and collects every fault."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from skm_app.berkas.kesalahan import Fault, quote
from skm_app.berkas.susunan import Kolom, Susunan
from skm_app.berkas.tabel import BarisMentah, Rumus, Sel, Tabel
from skm_app.profil import (
    Profil,
    parse_jenis_kelamin,
    parse_pekerjaan,
    parse_pendidikan,
    parse_usia,
)

NILAI = re.compile(r"([1-4])(?:[.,]0+)?")
TANGGAL_LOKAL = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
TANGGAL_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T][0-9:.]+)?")

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Baris:
    """One response of the file."""

    nomor: int  # line of the CSV or row of the sheet, from 1
    tanggal: date | None
    profil: Profil
    layanan: str | None
    saran: str | None
    nilai: dict[str, int | None]  # by butir kunci; None is unanswered


class PembacaBaris:
    """Reads rows of one layout; ``faults`` grows as it goes."""

    def __init__(self, susunan: Susunan, *, lebar_mengikat: bool) -> None:
        """Remember the layout and whether a cell beyond the header is a fault."""
        self.susunan = susunan
        self.lebar_mengikat = lebar_mengikat
        self.faults: list[Fault] = []

    def read(self, row: BarisMentah) -> Baris:
        """Read one row; what cannot be read becomes a fault and ``None``."""
        before = len(self.faults)
        self._check_width(row)
        nilai = {
            kunci: self._value(row, kolom, _parse_nilai)
            for kunci, kolom in self.susunan.butir.items()
        }
        if len(self.faults) == before and not any(nilai.values()):
            self.faults.append(Fault(baris=row.nomor, pesan="tidak ada satu pun jawaban"))
        return Baris(
            nomor=row.nomor,
            tanggal=self._optional(row, "tanggal", _parse_tanggal),
            profil=Profil(
                jenis_kelamin=self._optional(
                    row, "jenis_kelamin", _text_first(parse_jenis_kelamin)
                ),
                usia=self._optional(row, "usia", _text_first(parse_usia)),
                pendidikan=self._optional(row, "pendidikan", _text_first(parse_pendidikan)),
                pekerjaan=self._optional(row, "pekerjaan", _text_first(parse_pekerjaan)),
            ),
            layanan=self._optional(row, "layanan", _parse_teks),
            saran=self._optional(row, "saran", _parse_teks),
            nilai=nilai,
        )

    def _check_width(self, row: BarisMentah) -> None:
        if self.lebar_mengikat and any(row.sel[len(self.susunan.header.sel) :]):
            pesan = "isian lebih banyak daripada judul kolom; beri tanda kutip pada isian berkoma"
            self.faults.append(Fault(baris=row.nomor, pesan=pesan))

    def _optional(self, row: BarisMentah, field: str, parse: Callable[[Sel], T | None]) -> T | None:
        kolom = self.susunan.lain.get(field)
        return None if kolom is None else self._value(row, kolom, parse)

    def _value(self, row: BarisMentah, kolom: Kolom, parse: Callable[[Sel], T | None]) -> T | None:
        try:
            return parse(row.cell(kolom.indeks))
        except ValueError as error:
            self.faults.append(Fault(baris=row.nomor, kolom=kolom.judul, pesan=str(error)))
            return None


def list_tanggal(tabel: Tabel, nomor: int, indeks: int | None) -> list[date | None]:
    """The days of the rows under the header, before anything else of them is read.

    :param nomor: number of the header row.
    :param indeks: the column of the days; None: there is none.
    :return: None for a row that names no day that can be read.
    """
    rows = [row for row in tabel.baris if row.nomor > nomor]
    return [None if indeks is None else _tanggal_or_none(row.cell(indeks)) for row in rows]


def _tanggal_or_none(sel: Sel) -> date | None:
    try:
        return _parse_tanggal(sel)
    except ValueError:
        return None


def _text(sel: Sel) -> str:
    if isinstance(sel, Rumus):
        raise ValueError(sel.value)
    return sel if isinstance(sel, str) else f"{sel:%d/%m/%Y}"


def _text_first(parse: Callable[[str], str | None]) -> Callable[[Sel], str | None]:
    return lambda sel: parse(_text(sel))


def _parse_nilai(sel: Sel) -> int | None:
    text = _text(sel)
    if not text:
        return None
    match = NILAI.fullmatch(text)
    if match is None:
        raise ValueError(f"{quote(text)} bukan nilai 1-4")
    return int(match[1])


def _parse_tanggal(sel: Sel) -> date | None:
    if isinstance(sel, date):
        return sel
    text = _text(sel)
    if not text:
        return None
    try:
        if match := TANGGAL_LOKAL.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := TANGGAL_ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass  # 31/02/2024 has the form of a date only; it gets the same answer
    raise ValueError(f"{quote(text)} bukan tanggal; tulis seperti 31/12/2024")


def _parse_teks(sel: Sel) -> str | None:
    text = _text(sel)
    if any(unicodedata.category(char) == "Cc" and char not in "\n\r\t" for char in text):
        raise ValueError(f"{quote(text)} memuat karakter kendali")
    return text or None
