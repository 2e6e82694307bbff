"""Forms of an indikator and of the other names that documents give it."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from wtforms import Field, SelectChoice
from wtforms.validators import ValidationError

from skm_app.admin.capaian_form import check_nilai
from skm_app.admin.forms import (
    FieldAngka,
    Formulir,
    FormulirUbah,
    make_pilihan,
    make_radio,
    make_teks,
)
from skm_app.admin.rencana_form import make_uraian, make_urutan
from skm_app.angka import format_angka
from skm_app.capaian import KODE_IKM, KODE_PROBEBAYA, RencanaPohon
from skm_app.models import Indikator

# Their figures are computed, so their codes stay as they are.
KODE_TETAP = (KODE_IKM, KODE_PROBEBAYA)
# Addresses of pages, which no indikator may take.
KODE_DIPAKAI = ("akip", "nko", "tambah", "triwulan")
TANPA_SASARAN = ""
_KODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class IndikatorForm(FormulirUbah):
    sasaran = make_pilihan("Sasaran")
    kode = make_teks(
        "Kode",
        20,
        "Isi kode yang pendek, misalnya sampah.",
        "Nama pendek untuk alamat halaman dan berkas: huruf kecil, angka, dan tanda hubung.",
    )
    urutan = make_urutan()
    nama = make_teks("Nama indikator", 300, "Isi nama indikator, seperti tertulis di keputusan.")
    satuan = make_teks("Satuan", 20, "Isi satuannya, misalnya Persen.")
    arah = make_radio(
        "Arah",
        [
            SelectChoice(
                "naik",
                "Makin besar makin baik, misalnya kepuasan. "
                "Capaian = realisasi dibagi target, dikali 100.",
            ),
            SelectChoice(
                "turun",
                "Makin kecil makin baik, misalnya jumlah pengaduan. "
                "Capaian = (2 × target − realisasi) dibagi target, dikali 100.",
            ),
        ],
        default="naik",
    )
    paling_tinggi = FieldAngka(
        "Angka paling tinggi",
        description="Yang tidak mungkin dilampaui: 100 untuk persen dan IKM. Kosongkan bila tidak "
        "ada. Target dan realisasi di atasnya ditolak.",
    )
    formula = make_uraian("Cara menghitung", 2000, keterangan="Formulasi menurut keputusan IKU.")
    alasan = make_uraian("Alasan", 2000, keterangan="Mengapa indikator ini dipilih.")
    sumber_data = make_teks("Sumber data", 200, keterangan="Misalnya Kecamatan Palaran.")

    # Why the direction cannot be another one; empty if it can.
    arah_tetap: str = ""
    # Codes of the other indikator of the office.
    terpakai: Collection[str] = ()
    # The highest target or document figure so far, and its year.
    tertinggi: tuple[Decimal, int] | None = None

    def prepare(
        self, pohon: RencanaPohon | None, indikator: Indikator | None, *, bertarget: bool = False
    ) -> None:
        """Offer the plan's sasaran; an indikator of fixed code has no field for it.

        :param bertarget: whether the indikator has a target: then its direction stays, because
            another one would turn the capaian of all its years.
        """
        choices = [
            SelectChoice(str(one.sasaran.id), f"{one.nomor}. {one.sasaran.uraian}")
            for one in (pohon.sasaran if pohon else ())
        ]
        self.sasaran.choices = [*choices, SelectChoice(TANPA_SASARAN, "Belum ditentukan")]
        if indikator is not None and indikator.kode in KODE_TETAP:
            del self.kode
        if indikator is not None:
            self._fix_arah(indikator, bertarget=bertarget)

    def _fix_arah(self, indikator: Indikator, *, bertarget: bool) -> None:
        """Offer only the direction that stands, where figures depend on it."""
        if indikator.kode in KODE_TETAP:
            sebab = "realisasi indikator ini dihitung program sendiri"
        elif bertarget:
            sebab = "indikator ini sudah punya target dan capaian semua tahunnya akan berubah"
        else:
            return
        self.arah_tetap = (
            f"Arah tidak dapat diubah, karena {sebab}. "
            "Buat indikator baru bila arahnya memang lain."
        )
        self.arah.choices = [one for one in self.arah.choices if one.value == indikator.arah]
        self.arah.invalid_choice_message = self.arah_tetap

    def validate_kode(self, field: Field) -> None:
        if field.data and not _KODE.fullmatch(field.data):
            raise ValidationError(
                "Kode hanya boleh berisi huruf kecil, angka, dan tanda hubung, misalnya sampah-rt."
            )
        if field.data in KODE_DIPAKAI:
            raise ValidationError("Kode ini dipakai program sendiri. Pilih kode lain.")
        if field.data in self.terpakai:
            raise ValidationError("Kode ini sudah dipakai indikator lain.")

    def validate_paling_tinggi(self, field: Field) -> None:
        if field.data is None:
            return
        check_nilai(field.data)
        if field.data == 0:
            raise ValidationError("Angka paling tinggi tidak boleh 0. Kosongkan bila tidak ada.")
        if self.tertinggi is not None and field.data < self.tertinggi[0]:
            nilai, tahun = self.tertinggi
            raise ValidationError(
                f"Angka tahun {tahun} sudah {format_angka(nilai)}, lebih dari batas ini."
            )


class NamaLainForm(Formulir):
    nama_lain = make_teks("Nama lain", 300, "Isi nama yang dipakai dokumen itu.")
    sumber_nama = make_teks(
        "Dokumen", 200, keterangan="Yang memakai nama itu, misalnya LKjIP 2024, Tabel 3.2."
    )
