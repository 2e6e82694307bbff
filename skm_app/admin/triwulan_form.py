"""The four quarters of an indikator in one form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from wtforms import Field, Form, FormField, TextAreaField
from wtforms.validators import Length

from skm_app.admin.forms import BerubahError, FieldAngka, FormulirUbah
from skm_app.angka import format_angka
from skm_app.models import Triwulan

MAX_NILAI = Decimal(1_000_000_000)
MAX_DESIMAL = 2
MAX_KETERANGAN = 1000


class BarisForm(Form):  # type: ignore[misc]  # wtforms has no types
    """One quarter; its token is that of the whole form."""

    target = FieldAngka("Target")
    realisasi = FieldAngka("Realisasi")
    keterangan = TextAreaField(
        "Keterangan",
        description="Hambatan, atau yang sedang dikerjakan. Boleh dikosongkan.",
        filters=[lambda text: (text or "").replace("\x00", "").replace("\r\n", "\n").strip()],
        validators=[
            Length(max=MAX_KETERANGAN, message=f"Paling panjang {MAX_KETERANGAN} karakter.")
        ],
    )


class TriwulanForm(FormulirUbah):
    """Carries the versions of all four rows, so that of two editors the second is told."""

    tw1 = FormField(BarisForm)
    tw2 = FormField(BarisForm)
    tw3 = FormField(BarisForm)
    tw4 = FormField(BarisForm)

    @classmethod
    def of(cls, rows: Mapping[int, Triwulan]) -> TriwulanForm:
        """A form that shows what is stored."""
        shown = {f"tw{nomor}": _values_of(row) for nomor, row in rows.items()}
        form = cls(formdata=None, data=shown)
        form.versi.data = _join_versi(rows)
        return form

    @property
    def baris(self) -> dict[int, BarisForm]:
        """The quarters by number."""
        return {
            1: self.tw1.form, 2: self.tw2.form, 3: self.tw3.form, 4: self.tw4.form,
        }  # fmt: skip

    def check_semua_versi(self, rows: Mapping[int, Triwulan]) -> None:
        """As ``check_versi``, for all four rows together.

        :raise BerubahError: if one of them is not as it was when the form was opened.
        """
        if (self.versi.data or "") != _join_versi(rows):
            raise BerubahError

    def check_nilai(
        self, paling_tinggi: Decimal | None, belum_mulai: Mapping[int, str], *, diketik: bool
    ) -> bool:
        """Whether targets and realisasi can be; puts what is wrong at the field.

        :param belum_mulai: quarters that have not begun, by name: nothing is reached in them yet.
        :param diketik: whether realisasi is typed here at all.
        """
        for nomor, baris in self.baris.items():
            _add_fault(baris.target, _find_fault_target(baris.target.data, paling_tinggi))
            if diketik:
                fault = _find_fault(baris.realisasi.data, paling_tinggi)
                if fault is None and baris.realisasi.data is not None and nomor in belum_mulai:
                    fault = f"{belum_mulai[nomor]} belum mulai, jadi realisasinya belum ada."
                _add_fault(baris.realisasi, fault)
        return not any(field.errors for one in self.baris.values() for field in one)


def _values_of(row: Triwulan) -> dict[str, object]:
    return {"target": row.target, "realisasi": row.realisasi, "keterangan": row.keterangan}


def _join_versi(rows: Mapping[int, Triwulan]) -> str:
    return " ".join(f"{nomor}:{row.versi}" for nomor, row in sorted(rows.items()))


def _add_fault(field: Field, fault: str | None) -> None:
    # What could not be read as a number is said already.
    if fault is not None and not field.errors:
        field.errors = [fault]


def _find_fault_target(nilai: Decimal | None, top: Decimal | None) -> str | None:
    if nilai == 0:
        return (
            "Target 0 tidak dapat dipakai, karena capaian adalah realisasi dibagi target. "
            "Kosongkan bila belum ada target."
        )
    return _find_fault(nilai, top)


def _find_fault(nilai: Decimal | None, top: Decimal | None) -> str | None:
    if nilai is None:
        return None
    if nilai < 0:
        return "Angka tidak boleh negatif."
    if top is not None and nilai > top:
        return f"Indikator ini paling tinggi {format_angka(top)}."
    exponent = nilai.as_tuple().exponent
    if nilai > MAX_NILAI or (isinstance(exponent, int) and -exponent > MAX_DESIMAL):
        return (
            f"Paling besar {format_angka(MAX_NILAI)}, dengan paling banyak {MAX_DESIMAL} desimal."
        )
    return None
