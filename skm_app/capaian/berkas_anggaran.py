"""Reads the budget of a year from a file, and checks it against its own sums."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from skm_app.angka import format_angka
from skm_app.berkas.kesalahan import quote
from skm_app.berkas.tabel import BarisMentah
from skm_app.capaian.anggaran import TINGKAT
from skm_app.capaian.berkas_baca import (
    Pembaca,
    Unit,
    check_tahun,
    find_unit,
    make_names,
    open_pembaca,
)
from skm_app.kata import plain

NAMA = ("program", "kegiatan", "sub_kegiatan")
WAJIB = ("tingkat", "unit", *NAMA, "anggaran_rp", "realisasi_rp")
BOLEH = ("tahun", "persen_tercetak", "penjelasan")
KOLOM = ("tahun", *WAJIB, "persen_tercetak", "penjelasan")
MAX_NAMA = 300

Kunci = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class IsiAnggaran:
    """One sub kegiatan of a file. ``penjelasan`` empty: the file has none, what is stored stays."""

    unit_id: uuid.UUID
    unit: str
    program: str
    kegiatan: str
    sub_kegiatan: str
    anggaran_rp: int
    realisasi_rp: int
    penjelasan: str = ""


@dataclass(frozen=True, kw_only=True)
class BerkasAnggaran:
    """The rows of a file in its order; ``kosong``: units of the office that have none.

    ``lain``: columns that are not read.
    """

    baris: tuple[IsiAnggaran, ...]
    kosong: tuple[str, ...]
    lain: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Atas:
    """A row of an upper level, to be compared with what lies below it."""

    row: BarisMentah
    tingkat: str
    unit: str
    kunci: Kunci
    anggaran_rp: int | None
    realisasi_rp: int | None


def parse_anggaran(data: bytes, tahun: int, units: Sequence[Unit]) -> BerkasAnggaran:
    """Read the budget file of a year, CSV or XLSX.

    :param tahun: a row that names another year is a fault; a file need not name the year.
    :param units: the units whose budget it is, the topmost first.
    :raise BerkasError: with every fault; nothing of the file is to be used.
    """
    pembaca = open_pembaca(data, WAJIB, BOLEH)
    reader = _Pembaca(pembaca, units)
    for row in pembaca.baris:
        check_tahun(pembaca, row, tahun, wajib=False)
        reader.read(row)
    if not pembaca.faults and not reader.isi:
        pembaca.add_fault(None, "tingkat", "tidak ada baris sub_kegiatan")
    # What is wrong in a row would come back as a sum that is wrong.
    pembaca.raise_faults()
    reader.check_sums()
    pembaca.raise_faults()
    named = {one.unit_id for one in reader.isi}
    return BerkasAnggaran(
        baris=tuple(reader.isi),
        kosong=tuple(one.nama for one in units if one.id not in named),
        lain=tuple(pembaca.lain),
    )


class _Pembaca:
    """Reads rows one by one; remembers the sums and who came before."""

    def __init__(self, pembaca: Pembaca, units: Sequence[Unit]) -> None:
        self.pembaca = pembaca
        self.names = make_names(units)
        self.isi: list[IsiAnggaran] = []
        self.atas: list[_Atas] = []
        self.seen: dict[tuple[str, Kunci], int] = {}
        self.ejaan: dict[str, str] = {}

    def read(self, row: BarisMentah) -> None:
        teks = self.pembaca.teks
        tingkat = teks(row, "tingkat", 40).casefold().replace(" ", "_").replace("-", "_")
        if tingkat not in TINGKAT:
            pesan = f"{quote(tingkat)} bukan tingkat" if tingkat else "tingkat belum diisi"
            self.pembaca.add_fault(
                row.nomor, "tingkat", pesan, f"tulis salah satu: {', '.join(TINGKAT)}"
            )
            return
        unit = self._read_unit(row)
        # One name, one spelling, that of its first row: else it would look like two.
        names = [
            self.ejaan.setdefault(plain(nama), nama)
            for nama in (teks(row, kolom, MAX_NAMA) for kolom in NAMA)
        ]
        depth = max(TINGKAT.index(tingkat) - 1, 0)
        for kolom, nama in list(zip(NAMA, names, strict=True))[:depth]:
            if not nama:
                self.pembaca.add_fault(row.nomor, kolom, f"belum diisi untuk tingkat {tingkat}")
                unit = None
        anggaran_rp = self.pembaca.bulat(row, "anggaran_rp")
        realisasi_rp = self.pembaca.bulat(row, "realisasi_rp")
        if unit is None:
            return
        kunci = (str(unit.id), *names[:depth])
        if self._is_double(row, tingkat, kunci):
            return
        if tingkat == "sub_kegiatan":
            self._add_sub(row, unit, names, anggaran_rp, realisasi_rp)
        else:
            self.atas.append(
                _Atas(
                    row=row,
                    tingkat=tingkat,
                    unit=unit.nama,
                    kunci=() if tingkat == "total" else kunci,
                    anggaran_rp=anggaran_rp,
                    realisasi_rp=realisasi_rp,
                )
            )

    def _read_unit(self, row: BarisMentah) -> Unit | None:
        text = self.pembaca.teks(row, "unit", 200)
        unit = find_unit(self.names, text)
        if unit is None:
            known = ", ".join(dict.fromkeys(one.nama for one in self.names.values()))
            pesan = f"{quote(text)} bukan unit kantor ini" if text else "unit belum diisi"
            self.pembaca.add_fault(row.nomor, "unit", pesan, f"yang dikenal: {known}")
        return unit

    def _is_double(self, row: BarisMentah, tingkat: str, kunci: Kunci) -> bool:
        first = self.seen.setdefault((tingkat, kunci), row.nomor)
        if first != row.nomor:
            self.pembaca.add_fault(
                row.nomor, None, f"sama dengan baris {first}", "gabungkan atau hapus salah satunya"
            )
        return first != row.nomor

    def _add_sub(
        self,
        row: BarisMentah,
        unit: Unit,
        names: Sequence[str],
        anggaran_rp: int | None,
        realisasi_rp: int | None,
    ) -> None:
        if self.pembaca.is_empty(row, "anggaran_rp"):
            self.pembaca.add_fault(
                row.nomor, "anggaran_rp", "belum diisi", "tulis 0 bila tidak ada anggaran"
            )
        # Where there is no budget an empty realisasi can only mean that nothing was spent.
        if self.pembaca.is_empty(row, "realisasi_rp") and anggaran_rp != 0:
            self.pembaca.add_fault(
                row.nomor, "realisasi_rp", "belum diisi", "tulis 0 bila belum ada realisasi"
            )
        self.isi.append(
            IsiAnggaran(
                unit_id=unit.id,
                unit=unit.nama,
                program=names[0],
                kegiatan=names[1],
                sub_kegiatan=names[2],
                anggaran_rp=anggaran_rp or 0,
                realisasi_rp=realisasi_rp or 0,
                penjelasan=self.pembaca.teks(row, "penjelasan", MAX_NAMA),
            )
        )

    def check_sums(self) -> None:
        """Compare every row of an upper level with the sum of its sub kegiatan."""
        for atas in self.atas:
            below = [one for one in self.isi if _is_below(one, atas.kunci)]
            if not below:
                self.pembaca.add_fault(
                    atas.row.nomor, "tingkat", f"{atas.tingkat} {atas.unit} tidak mempunyai baris "
                    "sub_kegiatan", "tambahkan barisnya atau hapus baris ini",
                )  # fmt: skip
                continue
            for kolom in ("anggaran_rp", "realisasi_rp"):
                printed = getattr(atas, kolom)
                total = sum(getattr(one, kolom) for one in below)
                if printed is not None and printed != total:
                    self.pembaca.add_fault(
                        atas.row.nomor,
                        kolom,
                        f"{atas.tingkat.replace('_', ' ')} {atas.unit}: tercetak "
                        f"{format_angka(printed)}, jumlah sub kegiatannya {format_angka(total)}, "
                        f"selisih {format_angka(printed - total)}",
                    )


def _is_below(isi: IsiAnggaran, kunci: Kunci) -> bool:
    path = (str(isi.unit_id), isi.program, isi.kegiatan)
    return path[: len(kunci)] == kunci
