"""The form of what one kelurahan did under Probebaya in a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Field, StringField

from skm_app.admin.forms import FormulirUbah
from skm_app.angka import format_angka
from skm_app.capaian.berkas_baca import MAX_JUMLAH, MAX_RUPIAH, parse_bulat
from skm_app.capaian.probebaya_isi import (
    ISI,
    LABEL,
    UANG,
    USULAN,
    find_galat,
    values_of_probebaya,
)
from skm_app.models import BIDANG_PROBEBAYA, Probebaya


class FieldBulat(StringField):  # type: ignore[misc]
    """A whole number of 0 or more, dots between thousands allowed; empty: not known."""

    def __init__(self, *args: Any, paling_besar: int, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.paling_besar = paling_besar

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = parse_bulat(valuelist[0], self.paling_besar)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else format_angka(self.data)


def _make(nama: str) -> Field:
    # What is said above the group need not be said at each field.
    label = LABEL[nama].removeprefix("Usulan ")
    return FieldBulat(
        label[:1].upper() + label[1:], paling_besar=MAX_RUPIAH if nama in UANG else MAX_JUMLAH
    )


class ProbebayaForm(FormulirUbah):
    jumlah_rt = _make("jumlah_rt")
    diajukan = _make("diajukan")
    disetujui = _make("disetujui")
    dilaksanakan = _make("dilaksanakan")
    infrastruktur = _make("infrastruktur")
    ekonomi = _make("ekonomi")
    sosial_budaya = _make("sosial_budaya")
    kesehatan = _make("kesehatan")
    pendidikan = _make("pendidikan")
    anggaran_rp = _make("anggaran_rp")
    realisasi_rp = _make("realisasi_rp")

    @classmethod
    def of(cls, row: Probebaya | None) -> ProbebayaForm:
        """A form that shows what is stored."""
        form = cls(formdata=None, **values_of_probebaya(row))
        form.open_for(row)
        return form

    @property
    def isi(self) -> dict[str, int | None]:
        """The figures by name; the form must be valid."""
        return {nama: self[nama].data for nama in ISI}

    @property
    def bagian_usulan(self) -> Sequence[Field]:
        return [self[nama] for nama in USULAN]

    @property
    def bagian_bidang(self) -> Sequence[Field]:
        return [self[nama] for nama in BIDANG_PROBEBAYA]

    @property
    def bagian_uang(self) -> Sequence[Field]:
        return [self[nama] for nama in UANG]

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - of wtforms
        """Each figure for itself, then all of them together."""
        if not super().validate(extra_validators):
            return False
        galat = find_galat(self.isi)
        for nama, pesan in galat.items():
            self[nama].errors = [pesan]
        return not galat
