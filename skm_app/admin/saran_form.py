"""Forms of the comments: what to look for, what a comment is about, what the public may read."""

from __future__ import annotations

import uuid
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from skm_app.admin.forms import FieldTanggal, Formulir, FormulirUbah, clean_teks, make_pilihan
from skm_app.admin.unit import UnitPohon, list_below
from skm_app.intake.isian import clean_saran
from skm_app.saran import MAX_TEKS
from skm_app.saran.daftar import JENIS_SARAN, SaringanSaran
from skm_app.scoring import Unsur

NAMES = ("unit", "layanan", "mulai", "sampai", "unsur", "jenis", "kata")
MAX_HARI = 366
LayananUnit = tuple[uuid.UUID, str, str]  # id, name, name of its unit


class SaringanForm(Formulir):
    """Filters in the address: nothing is changed by them, so there is no token."""

    class Meta:
        csrf = False

    unit = make_pilihan("Unit")
    layanan = make_pilihan("Layanan")
    mulai = FieldTanggal("Mulai")
    sampai = FieldTanggal("Sampai")
    unsur = make_pilihan("Tentang unsur")
    jenis = make_pilihan(
        "Jenis",
        [SelectChoice("", "Semua"), *(SelectChoice(one, one.capitalize()) for one in JENIS_SARAN)],
    )
    kata = StringField(
        "Kata yang dicari",
        filters=[clean_teks],
        validators=[Length(max=100, message="Paling panjang 100 karakter.")],
    )

    @classmethod
    def of(cls, kueri: Mapping[str, str], today: date) -> SaringanForm:
        """The filters of an address; without days, this month and the two before it."""
        given = {name: kueri.get(name, "").strip() for name in NAMES}
        given["sampai"] = given["sampai"] or month_end(today).isoformat()
        given["mulai"] = given["mulai"] or months_before(today, 2).isoformat()
        return cls(formdata=MultiDict(given))

    def set_choices(
        self, pohon: Sequence[UnitPohon], layanan: Sequence[LayananUnit], unsur: Sequence[Unsur]
    ) -> None:
        self.unit.choices = [SelectChoice(str(unit.id), unit.label) for unit in pohon]
        self.unit.data = self.unit.data or str(pohon[0].id)
        self.layanan.choices = [
            SelectChoice("", "Semua layanan"),
            *(SelectChoice(str(id_), nama, optgroup=unit) for id_, nama, unit in layanan),
        ]
        self.unsur.choices = [
            SelectChoice("", "Semua"),
            *(SelectChoice(one.kunci, f"{one.kode} {one.nama}") for one in unsur),
        ]

    def validate_sampai(self, field: FieldTanggal) -> None:
        if self.mulai.data and field.data:
            if field.data < self.mulai.data:
                raise ValidationError("Tanggal sampai harus sesudah tanggal mulai.")
            if (field.data - self.mulai.data).days > MAX_HARI:
                raise ValidationError("Paling lama satu tahun sekali lihat.")

    def to_saringan(self, pohon: list[UnitPohon]) -> SaringanSaran:
        """What was chosen; only after ``validate``."""
        assert self.mulai.data is not None  # an empty one was filled in before
        assert self.sampai.data is not None
        return SaringanSaran(
            unit_ids=list_below(pohon, uuid.UUID(self.unit.data)),
            mulai=self.mulai.data,
            sampai=self.sampai.data,
            layanan_id=uuid.UUID(self.layanan.data) if self.layanan.data else None,
            unsur=self.unsur.data or None,
            jenis=self.jenis.data or None,
            kata=self.kata.data,
        )


class TandaForm(Formulir):
    """Which unsur a comment is about; none is an answer, too."""

    unsur = SelectMultipleField("Tentang unsur")

    def set_choices(self, unsur: Sequence[Unsur]) -> None:
        self.unsur.choices = [SelectChoice(one.kunci, one.nama) for one in unsur]


class TinjauanForm(FormulirUbah):
    teks = TextAreaField(
        "Teks tanpa data pribadi",
        description="Yang tampak seperti data pribadi sudah disamarkan. Periksa sekali lagi: nama "
        "tanpa sebutan Pak atau Bu tidak dikenali program.",
        filters=[lambda text: clean_saran(text) or ""],
        validators=[Length(max=MAX_TEKS, message=f"Paling panjang {MAX_TEKS} karakter.")],
    )
    tayang = BooleanField("Boleh ditayangkan kepada umum")


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_before(day: date, months: int) -> date:
    """The first day of the month that lies so many months back."""
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)
