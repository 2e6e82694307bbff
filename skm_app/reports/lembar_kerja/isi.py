"""What the worksheet says, whether it is set as XLSX or as PDF.

Its figures are worked out from the rows on the sheet themselves, so that rows and figures cannot
disagree even if answers come in while it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from skm_app.angka import TIDAK_ADA, format_angka
from skm_app.label_ciri import label_of
from skm_app.reports.bahan import Bahan, BarisResponden
from skm_app.scoring import TABEL_MUTU, HasilIKM, Instrumen, Konvensi, Unsur
from skm_app.tanggal import format_tanggal

JUDUL = "PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN DAN PER UNSUR PELAYANAN"
INTERNAL = "Untuk arsip kantor; jangan dibagikan: memuat data per responden."
SEMENTARA = "SEMENTARA: periode belum ditetapkan, angka masih dapat berubah."
KEPALA_PROFIL = ("No.", "Tanggal", "Pendidikan", "Pekerjaan", "J/K", "Usia")
CIRI_PROFIL = ("pendidikan", "pekerjaan", "jenis_kelamin", "usia")
TANPA_RESPONDEN = "Belum ada responden dalam periode ini."

# Names of the rows below the respondents, in their order.
BARIS_UNSUR = "Unsur pelayanan"
BARIS_JUMLAH = "Jumlah nilai per unsur"
BARIS_TERISI = "Jumlah jawaban terisi per unsur"
BARIS_NRR = "NRR per unsur"
BARIS_BOBOT = "Bobot"
BARIS_TERTIMBANG = "NRR tertimbang per unsur"
BARIS_TOTAL = "Jumlah NRR tertimbang *)"
BARIS_IKM = "IKM unit pelayanan **)"
BARIS_MUTU = "Mutu pelayanan"
BARIS_KINERJA = "Kinerja unit pelayanan"
BARIS_N = "Jumlah responden"

KEPALA_UNSUR = ("Kode", "Unsur pelayanan", "NRR", "Nilai konversi", "Mutu")
KEPALA_MUTU = (
    "Nilai persepsi", "Nilai interval (NI)", "Nilai interval konversi (NIK)", "Mutu pelayanan",
    "Kinerja unit pelayanan",
)  # fmt: skip
JUDUL_MUTU = "Tabel mutu pelayanan (PermenPANRB 14/2017)"


class LembarKerjaError(Exception):
    """The worksheet cannot be made; the message says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class KolomUnsur:
    """The columns of one unsur: one per butir, side by side."""

    unsur: Unsur
    butir: tuple[str, ...]  # kunci
    kepala: tuple[str, ...]  # "U1"; "U1.1", "U1.2" where there are several


def list_kolom(instrumen: Instrumen) -> tuple[KolomUnsur, ...]:
    """Columns in the regulation's order of unsur, not in the order in which a form asks."""
    found = []
    for unsur in instrumen.unsur:
        butir = tuple(one.kunci for one in instrumen.butir_of(unsur.kunci))
        several = len(butir) > 1
        kepala = tuple(
            f"{unsur.kode}.{place}" if several else unsur.kode
            for place, _ in enumerate(butir, start=1)
        )
        found.append(KolomUnsur(unsur=unsur, butir=butir, kepala=kepala))
    return tuple(found)


def list_butir(instrumen: Instrumen) -> tuple[str, ...]:
    """Kunci of the butir, in the order of the columns."""
    return tuple(butir for kolom in list_kolom(instrumen) for butir in kolom.butir)


def list_profil(baris: BarisResponden) -> tuple[str, ...]:
    """Who answered, in words, in the order of ``CIRI_PROFIL``."""
    return tuple(label_of(ciri, getattr(baris, ciri) or "") for ciri in CIRI_PROFIL)


def list_identitas(bahan: Bahan) -> tuple[tuple[str, str], ...]:
    """What the sheet is about: names and their values."""
    return (
        ("Unit pelayanan", bahan.unit),
        ("Alamat", bahan.alamat.strip() or TIDAK_ADA),
        (
            "Periode",
            f"{bahan.nama} ({format_tanggal(bahan.mulai)} s.d. {format_tanggal(bahan.sampai)})",
        ),
    )


def list_peringatan(bahan: Bahan, hasil: HasilIKM) -> tuple[str, ...]:
    """What has to stand out: that figures may change, or that rows do not give them."""
    found = []
    if bahan.sementara:
        found.append(SEMENTARA)
    elif (hasil.n, hasil.ikm) != (bahan.hasil.n, bahan.hasil.ikm) or any(
        (a.jumlah, a.terisi) != (b.jumlah, b.terisi)
        for a, b in zip(hasil.unsur, bahan.hasil.unsur, strict=True)
    ):
        found.append(
            "PERHATIAN: baris responden tidak lagi menghasilkan angka yang ditetapkan "
            f"(IKM {format_angka(bahan.hasil.ikm)} dari {format_angka(bahan.hasil.n)} responden). "
            "Periksa dengan perintah skm verify."
        )
    return tuple(found)


def list_catatan(bahan: Bahan, dicetak: datetime) -> tuple[str, ...]:
    """The lines at the end: what the words mean, how it was worked out, and when.

    :param dicetak: aware, in the office's time zone.
    """
    konvensi = bahan.konvensi
    lines = [
        "*) Jumlah NRR tertimbang semua unsur.  **) Jumlah NRR tertimbang × 25.",
        "NRR = nilai rata-rata; NRR per unsur = jumlah nilai : jumlah jawaban terisi; "
        "NRR tertimbang = NRR × bobot; IKM = Indeks Kepuasan Masyarakat.",
        "Sel kosong berarti tidak dijawab dan tidak ikut dihitung. Urutan baris dalam satu hari "
        "diacak.",
        f'Cara hitung "{konvensi.nama}": {konvensi.uraian}',
        _explain_pembulatan(konvensi),
    ]
    if bahan.penetapan is not None:
        lines.append(
            f"Ditetapkan {format_waktu(bahan.penetapan.ditetapkan.astimezone(dicetak.tzinfo))}. "
            f"Sidik penetapan: {bahan.penetapan.sidik}"
        )
    return (*lines, f"Dicetak {format_waktu(dicetak)}.")


def _explain_pembulatan(konvensi: Konvensi) -> str:
    asal = (
        "angka sebelum dibulatkan"
        if konvensi.desimal_tertimbang is None
        else "NRR tertimbang yang sudah dibulatkan"
    )
    return (
        "NRR dan NRR tertimbang ditulis dengan 3 desimal, IKM dengan 2 desimal; angka 5 di "
        f"belakangnya dibulatkan ke atas. IKM dihitung dari {asal}."
    )


def format_waktu(value: datetime) -> str:
    """A day and time as people write them: ``3 Januari 2025 pukul 14.05 WITA``."""
    zone = value.tzname()
    return f"{format_tanggal(value.date())} pukul {value:%H.%M}" + (f" {zone}" if zone else "")


def bobot_of(unsur: Unsur, konvensi: Konvensi) -> Fraction:
    """The weight that the convention gives an unsur."""
    return unsur.bobot if konvensi.bobot is None else konvensi.bobot


def format_bobot(bobot: Fraction) -> str:
    """A weight as people know it: ``1/9``, or ``0,111`` if it ends after three decimals."""
    if 1000 % bobot.denominator == 0:
        return format_angka((Decimal(int(bobot * 1000)) / 1000).normalize())
    return f"{bobot.numerator}/{bobot.denominator}"


def list_mutu() -> tuple[tuple[str, ...], ...]:
    """The grades from the best down, each in the cells of ``KEPALA_MUTU``."""
    return tuple(
        (
            str(one.persepsi),
            one.interval,
            f"{format_angka(one.batas_bawah)} – {format_angka(one.batas_atas)}",
            one.huruf,
            one.kinerja,
        )
        for one in TABEL_MUTU
    )
