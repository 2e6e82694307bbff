"""Fields of the staff side's forms: they strip what is typed and speak Indonesian."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length

from skm_app.angka import format_angka, parse_angka
from skm_app.models import Berversi

PILIH = "Mohon pilih salah satu dari daftar."
TAHUN_TERAWAL, TAHUN_TERAKHIR = 2000, 2100
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Formulir(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Parent of all forms."""


class BerubahError(Exception):
    """Somebody else changed the row between opening its form and sending it."""


class FormulirUbah(Formulir):
    """Parent of forms that change a row; carries the version it was opened with."""

    versi = HiddenField()

    def open_for(self, row: Berversi | None) -> None:
        """Remember, in the form that is shown, which version of the row it shows, if any."""
        self.versi.data = _versi_of(row)

    def check_versi(self, row: Berversi | None) -> None:
        """Refuse to overwrite what somebody else has changed meanwhile.

        :param row: None if there is none: there must have been none for the form either.
        :raise BerubahError: if the row is not the version that the form was opened with.
        """
        if (self.versi.data or "") != _versi_of(row):
            raise BerubahError


def _versi_of(row: Berversi | None) -> str:
    return "" if row is None else str(row.versi)


class FieldTanggal(DateField):  # type: ignore[misc]
    """A day, as the browser's calendar sends it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = parse_tanggal(valuelist[0].strip())
            except ValueError as error:
                raise ValueError(str(error).capitalize()) from error


class FieldAngka(StringField):  # type: ignore[misc]
    """A number typed the Indonesian way; ``data`` is a Decimal."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = parse_angka(valuelist[0])

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_angka(self.data) if isinstance(self.data, Decimal) else ""


def make_teks(label: str, panjang: int, pesan: str | None = None, keterangan: str = "") -> Field:
    """A line of text.

    :param pesan: what to say when it is empty; None: it may be left empty.
    """
    # Not Optional(): it would keep the form's own check of an empty field from running.
    needed = [DataRequired(pesan)] if pesan else []
    too_long = Length(max=panjang, message=f"Paling panjang {panjang} karakter.")
    return StringField(
        label, description=keterangan, filters=[clean_teks], validators=[*needed, too_long]
    )


def make_pilihan(
    label: str, choices: Sequence[SelectChoice] = (), default: str | None = None
) -> Field:
    """One of a list; an empty list is filled in later."""
    return SelectField(label, choices=list(choices), default=default, invalid_choice_message=PILIH)


def make_radio(
    label: str, choices: Sequence[SelectChoice] = (), default: str | None = None
) -> Field:
    """One of a few, all in sight."""
    return RadioField(label, choices=list(choices), default=default, invalid_choice_message=PILIH)


def make_tanggal(label: str, pesan: str) -> Field:
    """A day that must be given."""
    return FieldTanggal(label, validators=[InputRequired(pesan)])


def clean_teks(text: str | None) -> str:
    """Typed text without control characters (PostgreSQL cannot store NUL) and outer spaces."""
    return _CONTROL.sub(" ", text or "").strip()


def parse_tanggal(text: str) -> date:
    """Read a day such as 2025-01-31.

    :raise ValueError: in words for the person who typed it.
    """
    try:
        if not _ISO.fullmatch(text):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("tanggal harus ditulis seperti 2025-01-31.") from None
    if not TAHUN_TERAWAL <= day.year <= TAHUN_TERAKHIR:
        raise ValueError(f"tahun harus antara {TAHUN_TERAWAL} dan {TAHUN_TERAKHIR}.")
    return day
