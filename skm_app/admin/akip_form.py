"""The form of one AKIP evaluation."""

from __future__ import annotations

from decimal import Decimal

from wtforms import Field, SelectChoice, StringField
from wtforms.validators import InputRequired, ValidationError

from skm_app.admin.forms import (
    TAHUN_TERAKHIR,
    TAHUN_TERAWAL,
    FieldAngka,
    FormulirUbah,
    clean_teks,
    make_pilihan,
    make_teks,
)
from skm_app.kinerja import load_aturan
from skm_app.models import Akip

PALING_TINGGI = Decimal(100)
MAX_DESIMAL = 2
COCOKKAN = (
    "Hanya untuk mencocokkan: predikat menurut Tabel 3.1 dihitung dari nilainya, dan bila huruf "
    "yang tercetak berbeda, perbedaannya ditunjukkan."
)
TIDAK_ADA = SelectChoice("", "Tidak diketahui")


class AkipForm(FormulirUbah):
    """What an evaluation says; its year stands in the address."""

    nilai = FieldAngka(
        "Nilai",
        description="Antara 0 dan 100, paling banyak dua desimal, misalnya 76,50.",
        validators=[InputRequired("Isi nilai hasil evaluasi, misalnya 76,50.")],
    )
    predikat = make_pilihan("Predikat yang tercetak di laporan evaluasi")
    sumber = make_teks(
        "Sumber",
        200,
        "Isi dokumen asalnya, agar nilai ini dapat ditelusuri.",
        "Misalnya Laporan Hasil Evaluasi AKIP 2023, Inspektorat Kota Samarinda.",
    )

    def set_choices(self) -> None:
        letters = [SelectChoice(one.nama, f"{one.nama} ({one.arti})") for one in load_aturan().akip]
        self.predikat.choices = [TIDAK_ADA, *letters]
        self.predikat.description = COCOKKAN

    def validate_nilai(self, field: Field) -> None:
        if field.data is None:
            return
        exponent = field.data.as_tuple().exponent
        if not 0 <= field.data <= PALING_TINGGI:
            raise ValidationError("Nilai AKIP antara 0 dan 100.")
        if isinstance(exponent, int) and -exponent > MAX_DESIMAL:
            raise ValidationError(f"Paling banyak {MAX_DESIMAL} desimal.")

    def fill(self, row: Akip) -> None:
        """Write the form into a row; the form must be valid."""
        # Compared as numbers: 77,1 is no change of 77,10.
        if self.nilai.data is not None and self.nilai.data != row.nilai:
            row.nilai = self.nilai.data
        row.predikat = self.predikat.data or ""
        row.sumber = self.sumber.data or ""


class AkipBaruForm(AkipForm):
    """A year that is not there yet."""

    tahun = StringField(
        "Tahun yang dievaluasi",
        filters=[clean_teks],
        validators=[InputRequired("Isi tahun, misalnya 2024.")],
    )

    def validate_tahun(self, field: Field) -> None:
        text = field.data
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            raise ValidationError("Tahun terdiri atas empat angka, misalnya 2024.")
        if not TAHUN_TERAWAL <= int(text) <= TAHUN_TERAKHIR:
            raise ValidationError(f"Tahun antara {TAHUN_TERAWAL} dan {TAHUN_TERAKHIR}.")
