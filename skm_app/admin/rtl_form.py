"""The form of one plan."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import SelectChoice, TextAreaField
from wtforms.validators import Length, ValidationError

from skm_app.admin.forms import FieldTanggal, FormulirUbah, make_pilihan, make_teks
from skm_app.intake.isian import clean_saran
from skm_app.models import Periode, Rtl
from skm_app.rtl import STATUS_LABEL

TAHUN_KE_DEPAN = 5
ROMAWI = ("I", "II", "III", "IV")
FIELDS = (
    "unsur",
    "masalah",
    "program",
    "tahun",
    "triwulan",
    "penanggung_jawab",
    "status",
    "uraian_hasil",
    "tanggal_selesai",
)


def _make_uraian(label: str, panjang: int, keterangan: str) -> TextAreaField:
    return TextAreaField(
        label,
        description=keterangan,
        filters=[lambda text: clean_saran(text) or ""],
        validators=[Length(max=panjang, message=f"Paling panjang {panjang} karakter.")],
    )


class RtlForm(FormulirUbah):
    unsur = make_pilihan("Unsur yang diperbaiki")
    masalah = _make_uraian("Masalah", 500, "Apa yang dikeluhkan atau kurang, dengan singkat.")
    program = _make_uraian("Program atau kegiatan", 500, "Apa yang akan dilakukan.")
    tahun = make_pilihan("Tahun")
    triwulan = make_pilihan(
        "Triwulan", [SelectChoice(str(n), f"Triwulan {ROMAWI[n - 1]}") for n in range(1, 5)]
    )
    penanggung_jawab = make_teks(
        "Penanggung jawab", 100, "Isi penanggung jawab.", "Jabatan, misalnya Kasi Pelayanan."
    )
    status = make_pilihan(
        "Status", [SelectChoice(kunci, nama) for kunci, nama in STATUS_LABEL.items()]
    )
    uraian_hasil = _make_uraian(
        "Hasil",
        1000,
        "Apa yang sudah dilakukan, atau mengapa tidak dilaksanakan.",
    )
    tanggal_selesai = FieldTanggal("Tanggal selesai")

    def set_choices(self, unsur: Mapping[str, str], periode: Periode, rtl: Rtl | None) -> None:
        self.unsur.choices = [SelectChoice(kunci, nama) for kunci, nama in unsur.items()]
        years = {*range(periode.tahun, periode.tahun + TAHUN_KE_DEPAN + 1)}
        if rtl is not None:
            # A plan that was carried on may be older than its period.
            years.add(rtl.tahun)
        self.tahun.choices = [SelectChoice(str(year), str(year)) for year in sorted(years)]

    def validate_program(self, field: TextAreaField) -> None:
        if not field.data:
            raise ValidationError("Isi program atau kegiatan yang direncanakan.")

    def validate_uraian_hasil(self, field: TextAreaField) -> None:
        if self.status.data in ("selesai", "tidak") and not field.data:
            raise ValidationError("Isi apa hasilnya, atau mengapa tidak dilaksanakan.")

    def validate_tanggal_selesai(self, field: FieldTanggal) -> None:
        if self.status.data == "selesai" and field.data is None:
            raise ValidationError("Isi tanggal selesai.")
        if self.status.data != "selesai" and field.data is not None:
            raise ValidationError("Kosongkan tanggal ini, atau pilih status selesai.")

    @classmethod
    def of(cls, rtl: Rtl) -> RtlForm:
        """The form of a plan as it is stored."""
        values = {name: getattr(rtl, name) for name in FIELDS}
        form = cls(**{**values, "tahun": str(rtl.tahun), "triwulan": str(rtl.triwulan)})
        form.open_for(rtl)
        return form

    def write_to(self, rtl: Rtl) -> None:
        """Put what was filled in into the plan; only after ``validate``."""
        for name in FIELDS:
            data = self[name].data
            setattr(rtl, name, int(data) if name in ("tahun", "triwulan") else data)
