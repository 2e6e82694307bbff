"""Forms of the plan: the plan itself, tujuan, sasaran, who pays, and the agreement."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from wtforms import Field, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from skm_app.admin.forms import (
    FieldTanggal,
    Formulir,
    FormulirUbah,
    make_pilihan,
    make_teks,
)
from skm_app.admin.periode_form import FieldTahun
from skm_app.intake.isian import clean_saran
from skm_app.models import Base

MAX_TAHUN = 10
MAX_URUTAN = 999
# Which units' rows of a programme pay for a sasaran, as ``Dukungan.jenis_unit`` keeps it.
JENIS_UNIT = {
    "": "semua unit",
    "kecamatan": "hanya kecamatan",
    "kelurahan": "hanya kelurahan",
}


class FieldUrutan(StringField):  # type: ignore[misc]  # wtforms has no types
    """A place in a list, counted from 1; ``data`` is an int."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if text:
            if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_URUTAN):
                raise ValueError(f"Isi angka 1 sampai {MAX_URUTAN}.")
            self.data = int(text)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return str(self.data) if self.data else ""


def make_uraian(
    label: str, panjang: int, pesan: str | None = None, keterangan: str = ""
) -> TextAreaField:
    """A few lines of text; ``pesan``: what to say when it is empty, None: it may be."""
    needed = [DataRequired(pesan)] if pesan else []
    too_long = Length(max=panjang, message=f"Paling panjang {panjang} karakter.")
    return TextAreaField(
        label,
        description=keterangan,
        filters=[lambda text: clean_saran(text) or ""],
        validators=[*needed, too_long],
    )


def make_urutan() -> FieldUrutan:
    return FieldUrutan(
        "Nomor urut",
        description="Menentukan urutan di semua daftar dan tabel.",
        validators=[InputRequired("Isi nomor urutnya, misalnya 1.")],
    )


def fill_baris(form: Formulir, row: Base, names: Sequence[str]) -> None:
    """Write fields of a valid form into the columns of the same names."""
    for name in names:
        setattr(row, name, form[name].data)


class RencanaForm(FormulirUbah):
    nama = make_teks(
        "Nama rencana", 200, "Isi nama rencana, misalnya Renstra Kecamatan Palaran 2021-2026."
    )
    visi = make_uraian("Visi", 500)
    misi = make_uraian("Misi", 500)
    mulai = FieldTahun("Tahun pertama", validators=[InputRequired("Isi tahun pertama rencana.")])
    sampai = FieldTahun(
        "Tahun terakhir",
        description="Target tahun ini adalah target akhir Renstra.",
        validators=[InputRequired("Isi tahun terakhir rencana.")],
    )

    # Years that have a target, which the plan must keep.
    bertarget: Collection[int] = ()

    def validate_mulai(self, field: Field) -> None:
        before = [year for year in self.bertarget if field.data and year < field.data]
        if before:
            raise ValidationError(
                f"Tahun {min(before)} sudah punya target, jadi rencana tidak dapat dimulai "
                "sesudahnya."
            )

    def validate_sampai(self, field: Field) -> None:
        if not field.data or not self.mulai.data:
            return
        if field.data < self.mulai.data:
            raise ValidationError("Tahun terakhir tidak boleh sebelum tahun pertama.")
        if field.data - self.mulai.data >= MAX_TAHUN:
            raise ValidationError(f"Satu rencana paling lama {MAX_TAHUN} tahun.")
        after = [year for year in self.bertarget if year > field.data]
        if after:
            raise ValidationError(
                f"Tahun {max(after)} sudah punya target, jadi rencana tidak dapat berakhir "
                "sebelumnya."
            )


class TujuanForm(FormulirUbah):
    uraian = make_teks("Tujuan", 300, "Isi tujuan, seperti tertulis di Renstra.")
    urutan = make_urutan()


class SasaranForm(FormulirUbah):
    uraian = make_teks("Sasaran", 300, "Isi sasaran, seperti tertulis di Renstra.")
    urutan = make_urutan()


class DukunganForm(Formulir):
    program = make_teks(
        "Program",
        300,
        "Pilih atau ketik nama program.",
        "Pilih dari program yang ada di anggaran, atau ketik seperti yang tertulis di sana.",
    )
    jenis_unit = make_pilihan(
        "Anggaran dari",
        [SelectChoice(kunci, nama.capitalize()) for kunci, nama in JENIS_UNIT.items()],
        default="",
    )


class PerjanjianForm(FormulirUbah):
    dokumen = make_teks("Nomor dokumen", 200, keterangan="Boleh dikosongkan bila tidak bernomor.")
    tempat = make_teks("Tempat", 100, keterangan="Misalnya Samarinda.")
    tanggal = FieldTanggal("Tanggal")
    pertama_jabatan = make_teks(
        "Jabatan pihak pertama", 100, "Isi jabatan yang berjanji, misalnya Camat Palaran."
    )
    pertama_nama = make_teks("Nama pihak pertama", 100)
    kedua_jabatan = make_teks(
        "Jabatan pihak kedua", 100, "Isi jabatan yang menerima janji, misalnya Wali Kota Samarinda."
    )
    kedua_nama = make_teks("Nama pihak kedua", 100)
