"""Reads the sheets' cells into texts and figures with their places, and collects every fault."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from skm_app.angka import parse_angka
from skm_app.berkas import BarisMentah, Fault, Rumus, Sel, letter_of
from skm_app.berkas.kesalahan import quote
from skm_app.kinerja.periksa.laporan import Angka, Galat, Letak, Tulisan
from skm_app.periksa.kata import JUMLAH, TOTAL
from skm_app.periksa.lembar import Kolom, Lembar

HEADER_WITHIN = 12  # rows; a title and an instruction stand above the header
GALAT = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
TANPA = ("-", "–", "—", "tidak ada", "tidak ada anggaran")
MAX_TEKS = 500  # characters of a cell that are kept
_RP = re.compile(r"^rp\.?\s*", re.IGNORECASE)
_CATATAN = re.compile(r"\s*\([^()]*\)$")  # 100,74% (melebihi anggaran)
# Reports head the last row with either.
_SAMA = {
    TOTAL.casefold(): JUMLAH.casefold(),
    JUMLAH.casefold(): TOTAL.casefold(),
}
# 35,426,113,462.00, as programs write it; with one comma alone it is a decimal comma.
_RIBUAN_KOMA = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|-?[0-9]{1,3}(?:,[0-9]{3}){2,}")


class BarisLembar:
    """One row of a sheet; what cannot be read becomes a fault of the reader."""

    def __init__(self, pembaca: PembacaLembar, mentah: BarisMentah) -> None:
        """Remember the row; ``sebutan`` and ``tabel`` name it for people once they are known."""
        self._pembaca = pembaca
        self._mentah = mentah
        self.tabel = pembaca.lembar.nama
        self.sebutan = f"baris {mentah.nomor}"

    def teks(self, kunci: str) -> str:
        """A cell's text on one line; empty if it is blank."""
        sel = self._sel(kunci)
        if isinstance(sel, Rumus):
            self.fault(kunci, sel.value)
            return ""
        text = sel if isinstance(sel, str) else f"{sel:%d/%m/%Y}"
        return " ".join(text[:MAX_TEKS].split())

    def tulisan(self, kunci: str) -> Tulisan | None:
        """A cell's text with its place; None if it is blank."""
        text = self.teks(kunci)
        return Tulisan(teks=text, letak=self.letak(kunci)) if text else None

    def pilih(self, kunci: str, pilihan: Mapping[str, str]) -> str | None:
        """A choice by its word; None, with a fault, for anything else."""
        text = self.teks(kunci)
        words = {word.casefold(): value for word, value in pilihan.items()}
        found = words.get(text.casefold()) or words.get(_SAMA.get(text.casefold(), ""))
        if found is None:
            shown = f"{quote(text)} tidak dikenal" if text else "belum diisi"
            self.fault(kunci, f"{shown}; pilih {', '.join(pilihan)}")
        return found

    def kata(self, kunci: str) -> str | None:
        """The word of a number column that holds one of its words instead."""
        text = self.teks(kunci).casefold()
        kolom = self._pembaca.get_kolom(kunci)
        for one in kolom.pilihan:
            plain = one.casefold()
            if text.startswith((plain, _SAMA.get(plain, plain))):
                return one
        return None

    def nomor(self, kunci: str, *, wajib: bool = True) -> int | None:
        """A whole number such as a year; None, with a fault if it must be given."""
        text = self.teks(kunci).rstrip(".")
        # A year that the workbook holds as a number comes with the point of its thousand.
        if re.fullmatch(r"[1-9]\.[0-9]{3}", text):
            text = text.replace(".", "")
        if re.fullmatch(r"[0-9]{1,4}", text):
            return int(text)
        if text or wajib:
            words = ", ".join(self._pembaca.get_kolom(kunci).pilihan)
            hint = f" atau {words}" if words else ""
            shown = f"{quote(text)} bukan nomor" if text else "belum diisi"
            self.fault(kunci, f"{shown}; tulis angka bulat seperti 1{hint}")
        return None

    def angka(self, kunci: str) -> Angka | None:
        """A printed figure; None if it is blank, "–", or an error of the spreadsheet."""
        text = self.teks(kunci)
        if not text or text.upper() in GALAT:
            return None
        if text.casefold() in TANPA:
            if self._pembaca.get_kolom(kunci).isi != "rupiah":
                return None
            return Angka(nilai=Decimal(0), desimal=0, teks=text, letak=self.letak(kunci))
        try:
            nilai = parse_tercetak(_CATATAN.sub("", text))
        except ValueError:
            self.fault(kunci, f"{quote(text)} bukan angka; tulis seperti 87,23 atau 1.250.000")
            return None
        exponent = nilai.as_tuple().exponent
        desimal = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        return Angka(nilai=nilai, desimal=desimal, teks=text, letak=self.letak(kunci))

    def list_galat(self) -> list[Galat]:
        """The errors of the spreadsheet among the figures of the row."""
        found = []
        for kolom in self._pembaca.lembar.kolom:
            text = self.teks(kolom.kunci) if kolom.isi in ("angka", "rupiah") else ""
            if text.upper() in GALAT:
                tulisan = Tulisan(teks=text, letak=self.letak(kolom.kunci))
                found.append(Galat(tulisan=tulisan, tanpa_anggaran=self._is_tanpa_anggaran()))
        return found

    def letak(self, kunci: str) -> Letak:
        """A cell's place, as the workbook and as the report name it."""
        judul = self._pembaca.get_kolom(kunci).judul
        return Letak(
            lembar=self._pembaca.lembar.nama,
            sel=f"{letter_of(self._pembaca.indeks[kunci])}{self._mentah.nomor}",
            nama=f"{self.tabel}, {self.sebutan}, {judul}",
        )

    def fault(self, kunci: str, pesan: str) -> None:
        """Say what is wrong with a cell."""
        judul = self._pembaca.get_kolom(kunci).judul
        kolom = f"{judul} di lembar {self._pembaca.lembar.nama}"
        fault = Fault(baris=self._mentah.nomor, kolom=kolom, pesan=pesan)
        # A cell that is needed twice is read twice, and told of once.
        if fault not in self._pembaca.faults:
            self._pembaca.faults.append(fault)

    def _is_tanpa_anggaran(self) -> bool:
        if "anggaran" not in self._pembaca.indeks:
            return False
        angka = self.angka("anggaran")
        return angka is not None and angka.nilai == 0

    def _sel(self, kunci: str) -> Sel:
        return self._mentah.cell(self._pembaca.indeks[kunci])


class PembacaLembar:
    """Reads the rows under a sheet's header; ``faults`` grows as it goes."""

    def __init__(
        self, lembar: Lembar, rows: tuple[BarisMentah, ...] | None, faults: list[Fault]
    ) -> None:
        """Find the header; a missing sheet, or a column, is a fault."""
        self.lembar = lembar
        self.faults = faults
        self.indeks: dict[str, int] = {}
        self._rows: tuple[BarisMentah, ...] = ()
        if rows is None:
            cara = "pakai templatnya; lembar yang tidak dipakai biarkan kosong"
            faults.append(Fault(pesan=f"lembar {lembar.nama} tidak ada", perbaikan=cara))
        else:
            self._find_header(rows)

    def get_kolom(self, kunci: str) -> Kolom:
        return next(one for one in self.lembar.kolom if one.kunci == kunci)

    def list_baris(self) -> Iterator[BarisLembar]:
        """The rows with something in a column of the sheet."""
        for mentah in self._rows:
            if any(mentah.cell(indeks) for indeks in self.indeks.values()):
                yield BarisLembar(self, mentah)

    def _find_header(self, rows: tuple[BarisMentah, ...]) -> None:
        wanted = {_plain(one.judul): one.kunci for one in self.lembar.kolom}
        best: dict[str, int] = {}
        for mentah in rows[:HEADER_WITHIN]:
            found = {
                wanted[_plain(sel)]: indeks
                for indeks, sel in enumerate(mentah.sel)
                if isinstance(sel, str) and _plain(sel) in wanted
            }
            if len(found) == len(wanted):
                self.indeks = found
                self._rows = tuple(one for one in rows if one.nomor > mentah.nomor)
                return
            best = max(best, found, key=len)
        missing = [one.judul for one in self.lembar.kolom if one.kunci not in best]
        pesan = f"lembar {self.lembar.nama}: judul kolom {', '.join(missing)} tidak ada"
        self.faults.append(Fault(pesan=pesan, perbaikan="pakai templatnya"))


def parse_tercetak(text: str) -> Decimal:
    """Read a figure as a report prints it: ``Rp 35.426.113.462,00``, ``98,78%``, ``1.09%``.

    :raise ValueError: if it is none.
    """
    plain = _RP.sub("", text.replace("−", "-")).removesuffix("%").strip()
    if _RIBUAN_KOMA.fullmatch(plain):
        plain = plain.replace(",", "")
    return parse_angka(plain)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
