"""The form of a new period."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import Field, SelectChoice
from wtforms.validators import ValidationError

from skm_app.admin.forms import Formulir, make_pilihan, make_radio, make_tanggal, make_teks
from skm_app.admin.unit import UnitPohon
from skm_app.models import InstrumenTersimpan, Periode, new_id
from skm_app.periode import DEFAULT_INSTRUMEN
from skm_app.results import get_instrumen
from skm_app.scoring import EKSAK, KONVENSI, Instrumen, KonvensiError, get_konvensi
from skm_app.tanggal import format_tanggal


class PeriodeForm(Formulir):
    nama = make_teks(
        "Nama periode", 100, "Isi nama periode.", "Misalnya 2025 atau Semester I 2025."
    )
    unit = make_pilihan("Unit")
    mulai = make_tanggal("Hari pertama", "Isi hari pertama.")
    sampai = make_tanggal("Hari terakhir", "Isi hari terakhir.")
    instrumen = make_pilihan("Kuesioner", default=DEFAULT_INSTRUMEN)
    konvensi = make_radio(
        "Cara menghitung IKM",
        choices=[SelectChoice(nama, f"{nama}: {one.uraian}") for nama, one in KONVENSI.items()],
        default=EKSAK.nama,
    )

    known: dict[str, Instrumen]

    @classmethod
    def of(cls, pohon: Sequence[UnitPohon], all_instrumen: Sequence[Instrumen]) -> PeriodeForm:
        form = cls()
        form.known = {one.id: one for one in all_instrumen}
        form.unit.choices = [SelectChoice(str(unit.id), unit.label) for unit in pohon]
        form.instrumen.choices = [
            SelectChoice(one.id, f"{one.nama} ({one.id})") for one in all_instrumen
        ]
        return form

    def validate_sampai(self, field: Field) -> None:
        if self.mulai.data and field.data and field.data < self.mulai.data:
            raise ValidationError("Hari terakhir harus sesudah hari pertama.")

    def validate_konvensi(self, field: Field) -> None:
        instrumen = self.known.get(self.instrumen.data)
        if instrumen and field.data in KONVENSI:
            try:
                get_konvensi(field.data).check_instrumen(instrumen)
            except KonvensiError as error:
                raise ValidationError(str(error)) from error

    def check_others(self, others: Sequence[Periode]) -> bool:
        """Whether the name and the days are free; the reason goes to the field."""
        mulai: date = self.mulai.data
        sampai: date = self.sampai.data
        for other in others:
            if other.nama.casefold() == self.nama.data.casefold():
                self.nama.errors = [f"Nama {other.nama} sudah dipakai periode lain."]
                return False
            if mulai <= other.sampai and sampai >= other.mulai:
                self.mulai.errors = [
                    f"Tanggal ini sudah termasuk periode {other.nama} "
                    f"({format_tanggal(other.mulai)} sampai {format_tanggal(other.sampai)})."
                ]
                return False
        return True

    def make_periode(self) -> Periode:
        """The period of a valid form; it counts for the year in which it ends."""
        return Periode(
            id=new_id(),
            unit_id=uuid.UUID(self.unit.data),
            nama=self.nama.data,
            tahun=self.sampai.data.year,
            mulai=self.mulai.data,
            sampai=self.sampai.data,
            instrumen_id=self.instrumen.data,
            konvensi=self.konvensi.data,
        )


def list_instrumen(session: Session) -> list[Instrumen]:
    """Every stored questionnaire, the usual one first."""
    ids = session.scalars(select(InstrumenTersimpan.id).order_by(InstrumenTersimpan.id)).all()
    ordered = sorted(ids, key=lambda id_: id_ != DEFAULT_INSTRUMEN)
    return [get_instrumen(session, id_) for id_ in ordered]
