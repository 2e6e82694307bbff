"""Forms of the performance page: a target, and where a realisasi comes from."""

from __future__ import annotations

import uuid
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from wtforms import Field, SelectChoice
from wtforms.validators import InputRequired, ValidationError

from skm_app.admin.forms import (
    FieldAngka,
    FormulirUbah,
    make_radio,
    make_teks,
)
from skm_app.angka import format_angka
from skm_app.capaian import NilaiRealisasi, read_from_periode, read_probebaya
from skm_app.kinerja import DEFINISI_PROBEBAYA
from skm_app.models import Indikator, Penetapan, Periode, Realisasi, Target

DOKUMEN = "dokumen"
PERIODE = "periode:"
MAX_NILAI = Decimal(1_000_000_000)
# As many as are printed, so that the printed division can be redone.
MAX_DESIMAL = 2


class TargetForm(FormulirUbah):
    target = FieldAngka("Target", validators=[InputRequired("Isi target, misalnya 88,31.")])
    sumber_target = make_teks(
        "Sumber", 200, keterangan="Dokumen asal, misalnya Perjanjian Kinerja 2025."
    )

    highest: int | None = None

    @classmethod
    def of(cls, target: Target | None) -> TargetForm:
        """A form that shows what is stored."""
        if target is None:
            return cls(formdata=None)
        form = cls(formdata=None, target=target.target, sumber_target=target.sumber)
        form.open_for(target)
        return form

    def fill(self, target: Target) -> None:
        """Write the form into a row; the form must be valid."""
        if self.target.data is not None:
            target.target = self.target.data
        target.sumber = self.sumber_target.data or ""

    def validate_target(self, field: Field) -> None:
        if field.data is None:
            return
        if field.data == 0:
            raise ValidationError(
                "Target 0 tidak dapat dipakai, karena capaian adalah realisasi dibagi target."
            )
        _check_nilai(field.data)
        if self.highest is not None and field.data > self.highest:
            raise ValidationError(f"Indeks paling tinggi {self.highest}.")


class RealisasiForm(FormulirUbah):
    sumber_realisasi = make_radio("Realisasi diambil dari")
    nilai = FieldAngka("Angka menurut dokumen")
    sumber = make_teks("Nama dokumen", 200, keterangan="Misalnya LKjIP 2023, Tabel 3.5.")

    @classmethod
    def of(cls, choices: list[SelectChoice], realisasi: Realisasi | None) -> RealisasiForm:
        """A form that shows what is stored."""
        form = cls(
            formdata=None,
            sumber_realisasi=_encode(realisasi),
            nilai=realisasi.nilai if realisasi else None,
            sumber=realisasi.sumber if realisasi else "",
        )
        form.set_choices(choices)
        form.open_for(realisasi)
        return form

    def set_choices(self, choices: list[SelectChoice]) -> None:
        self.sumber_realisasi.choices = choices

    def validate_nilai(self, field: Field) -> None:
        if self.sumber_realisasi.data == DOKUMEN:
            if field.data is None:
                raise ValidationError("Isi angka yang tertulis di dokumen, misalnya 87,23.")
            _check_nilai(field.data)

    def validate_sumber(self, field: Field) -> None:
        if self.sumber_realisasi.data == DOKUMEN and not field.data:
            raise ValidationError("Isi nama dokumennya, agar angka ini dapat ditelusuri.")

    def fill(self, realisasi: Realisasi) -> None:
        """Write the choice into a row; the form must be valid."""
        chosen = self.sumber_realisasi.data
        is_dokumen = chosen == DOKUMEN
        periode = chosen.startswith(PERIODE)
        realisasi.cara = "periode" if periode else chosen
        realisasi.periode_id = uuid.UUID(chosen.removeprefix(PERIODE)) if periode else None
        realisasi.nilai = self.nilai.data if is_dokumen else None
        realisasi.sumber = self.sumber.data if is_dokumen else ""


def list_asal(session: Session, indikator: Indikator, tahun: int) -> list[SelectChoice]:
    """Where the realisasi of an indikator can come from, each with its figure of the moment."""
    choices = []
    if indikator.kode == "ikm":
        for periode in _list_periode(session, indikator.unit_id, tahun):
            found = read_from_periode(session, periode)
            choices.append(SelectChoice(f"{PERIODE}{periode.id}", _label(found.asal, found)))
    if indikator.kode == "probebaya":
        for definisi, uraian in DEFINISI_PROBEBAYA.items():
            found = read_probebaya(session, indikator.unit_id, tahun, definisi)
            choices.append(SelectChoice(definisi, _label(uraian, found)))
    return [*choices, SelectChoice(DOKUMEN, "Angka dari dokumen, diisi di bawah ini")]


def _list_periode(session: Session, unit_id: uuid.UUID, tahun: int) -> list[Periode]:
    return list(
        session.scalars(
            select(Periode)
            .where(Periode.unit_id == unit_id, Periode.tahun == tahun)
            .options(selectinload(Periode.semua_penetapan).selectinload(Penetapan.pembukaan))
            # The year itself before its parts.
            .order_by(Periode.mulai, Periode.sampai.desc())
        )
    )


def _label(uraian: str, found: NilaiRealisasi) -> str:
    if found.nilai is None:
        return f"{uraian}: belum dapat dihitung. {found.asal}"
    return f"{uraian}: {format_angka(found.nilai, 2)}"


def _encode(realisasi: Realisasi | None) -> str | None:
    if realisasi is None:
        return None
    return f"{PERIODE}{realisasi.periode_id}" if realisasi.periode_id else realisasi.cara


def _check_nilai(nilai: Decimal) -> None:
    if nilai < 0:
        raise ValidationError("Angka tidak boleh negatif.")
    exponent = nilai.as_tuple().exponent
    if nilai > MAX_NILAI or (isinstance(exponent, int) and -exponent > MAX_DESIMAL):
        raise ValidationError(
            f"Paling besar {format_angka(MAX_NILAI)}, dengan paling banyak {MAX_DESIMAL} desimal."
        )
