"""What the quality page asks for: filters in its address, a proposal, the opening hours."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import (
    Field,
    HiddenField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget, TimeInput

from skm_app.admin.forms import Formulir, clean_teks, make_pilihan
from skm_app.admin.saringan import Saringan, SaringanError
from skm_app.kualitas import HARI, TANDA, JamLayanan, Pilihan
from skm_app.label_ciri import LABEL_CIRI
from skm_app.models import KANAL, Batch, Titik

# What the address may hold besides the filters of the dashboard.
NAMES = ("titik", "kanal", "jam", "batch", "tanda", "tampil")
SEMUA, BERTANDA = "semua", "bertanda"
JAM_LABEL = LABEL_CIRI["jam"]
KANAL_LABEL = LABEL_CIRI["kanal"]
ALASAN_KELUAR = (
    "Uji coba",
    "Isian kembar",
    "Diisi bukan oleh penerima layanan",
    "Kiriman beruntun yang tidak wajar",
    "Salah titik atau layanan",
    "Lainnya",
)
ALASAN_KEMBALI = ("Ternyata isian yang sah", "Salah pilih saat mengecualikan", "Lainnya")
MAX_SEKALI = 500
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")


@dataclass(frozen=True, kw_only=True)
class SaringanKualitas:
    """What is listed, besides the scope; empty: all of it."""

    pilihan: Pilihan
    titik: list[Titik]
    titik_id: uuid.UUID | None
    batch: str
    batch_ada: bool
    kanal: str
    jam: str
    tanda: str
    tampil: str


def read_saringan_kualitas(
    session: Session, kueri: Mapping[str, str], saringan: Saringan
) -> SaringanKualitas:
    """Read the page's own filters. Two statements.

    :raise SaringanError: naming the parameter that cannot be used.
    """
    given = {name: clean_teks(kueri.get(name)) for name in NAMES}
    titik = _list_titik(session, saringan)
    titik_id = _read_titik(given["titik"], titik)
    batch_ids = _find_batch(session, given["batch"], saringan)
    # Looking for certain responses means wanting to see them, with or without a sign.
    searching = any(given[name] for name in ("titik", "kanal", "jam", "batch"))
    return SaringanKualitas(
        pilihan=Pilihan(titik_id=titik_id, batch_ids=batch_ids),
        titik=titik,
        titik_id=titik_id,
        batch=given["batch"],
        batch_ada=bool(batch_ids) or not given["batch"],
        kanal=_one_of("kanal", given["kanal"], KANAL),
        jam=_one_of("jam", given["jam"], JAM_LABEL),
        tanda=_one_of("tanda", given["tanda"], TANDA),
        tampil=_one_of("tampil", given["tampil"], (SEMUA, BERTANDA))
        or (SEMUA if searching else BERTANDA),
    )


def _list_titik(session: Session, saringan: Saringan) -> list[Titik]:
    return list(
        session.scalars(
            select(Titik)
            .where(Titik.unit_id.in_(saringan.lingkup.unit_ids))
            .order_by(Titik.nama, Titik.kode)
        )
    )


def _read_titik(text: str, titik: list[Titik]) -> uuid.UUID | None:
    if not text:
        return None
    found = next((one.id for one in titik if str(one.id) == text), None)
    if found is None:
        raise SaringanError("Parameter titik: titik ini tidak ada di unit yang dipilih.")
    return found


def _find_batch(session: Session, kode: str, saringan: Saringan) -> tuple[uuid.UUID, ...]:
    if not kode:
        return ()
    units = Batch.unit_id.in_(saringan.lingkup.unit_ids)
    return tuple(session.scalars(select(Batch.id).where(units, Batch.kode == kode)))


def _one_of(name: str, text: str, known: Mapping[str, str] | tuple[str, ...]) -> str:
    if text and text not in known:
        raise SaringanError(f"Parameter {name}: bukan pilihan dari daftar.")
    return text


def _make_alasan(choices: Sequence[str]) -> Field:
    words = [SelectChoice("", "Pilih alasan"), *(SelectChoice(one, one) for one in choices)]
    return make_pilihan("Alasan", words)


class UsulanForm(Formulir):
    """A proposal about the ticked responses; the ticks stand beside it."""

    alasan = _make_alasan(ALASAN_KELUAR)
    uraian = TextAreaField(
        "Uraian",
        description="Apa yang terjadi, agar rekan yang memutuskan memahaminya. Jangan menulis "
        "nama atau ciri warga.",
        filters=[clean_teks],
        validators=[
            DataRequired("Tuliskan uraiannya."),
            Length(max=400, message="Paling panjang 400 karakter."),
        ],
    )

    def validate_alasan(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Pilih alasannya.")

    @property
    def teks(self) -> str:
        """The reason as it is stored."""
        return f"{self.alasan.data}: {self.uraian.data}"


class PulihkanForm(UsulanForm):
    """A proposal to count the ticked responses again."""

    alasan = _make_alasan(ALASAN_KEMBALI)


class JamForm(Formulir):
    """The opening hours; ``sebelum`` is what they were when the form was opened."""

    hari = SelectMultipleField(
        "Hari buka",
        choices=[SelectChoice(str(number), nama) for number, nama in enumerate(HARI, 1)],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    mulai = StringField("Jam buka", widget=TimeInput())
    sampai = StringField("Jam tutup", widget=TimeInput())
    sebelum = HiddenField()

    def open_for(self, jam: JamLayanan) -> None:
        """Show these hours."""
        self.hari.data = [str(day) for day in sorted(jam.hari)]
        self.mulai.data, self.sampai.data = f"{jam.mulai:%H:%M}", f"{jam.sampai:%H:%M}"
        self.sebelum.data = jam.teks

    def validate_mulai(self, field: Field) -> None:
        _read_time(field)

    def validate_sampai(self, field: Field) -> None:
        _read_time(field)

    def make_jam(self) -> JamLayanan | None:
        """The checked hours; None, with the fault in the form, if they cannot be."""
        if not self.validate():
            return None
        try:
            return JamLayanan(
                hari=frozenset(int(day) for day in self.hari.data),
                mulai=_read_time(self.mulai),
                sampai=_read_time(self.sampai),
            )
        except ValueError as error:
            field = self.sampai if self.hari.data else self.hari
            field.errors = [str(error)]
            return None


def _read_time(field: Field) -> time:
    found = _TIME.fullmatch((field.data or "").strip())
    if not found:
        raise ValidationError("Tulis jam seperti 07:30.")
    return time(int(found[1]), int(found[2]))
