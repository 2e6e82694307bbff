"""The form in which a text block of a report is written over; the same for all reports."""

from __future__ import annotations

import re
from typing import Any, Self

from flask import request
from flask_login import current_user
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import Formulir
from skm_app.intake.isian import clean_saran
from skm_app.reports.tulisan import MAX_TEKS, BlokTeks, TeksUsangError

KOSONG = "Isi teksnya, atau kembalikan ke teks dari data."
# Where texts are sent to.
SIMPAN = ("admin.save_teks", "admin.save_teks_lkjip")
# A letter takes up to four bytes, and a form writes each as %F0. Twice that, to take a text that
# is too long and to say so; still less than what a form may hold in memory (500 kB).
MAX_BODY = 2 * 12 * MAX_TEKS
_SIDIK = re.compile(r"[0-9a-f]{64}")


class TulisanForm(Formulir):
    """``versi``, ``sidik``: of the block as the person saw it."""

    versi = HiddenField()
    sidik = HiddenField()
    teks = TextAreaField(
        "Teks yang dicetak",
        filters=[lambda text: clean_saran(text) or ""],
        validators=[DataRequired(KOSONG)],
    )

    @classmethod
    def open_for(cls, blok: BlokTeks) -> Self:
        return cls(teks=blok.isi, versi=str(blok.versi), sidik=blok.sidik)

    def read_versi(self) -> int:
        """:raise TeksUsangError: if it is none."""
        versi = self.versi.data or ""
        if not versi.isdecimal():
            raise TeksUsangError
        return int(versi)

    def read_sidik(self) -> str | None:
        sidik = self.sidik.data or ""
        return sidik if _SIDIK.fullmatch(sidik) else None


@bp.url_value_preprocessor
def make_room_for_tulisan(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let staff, and nobody else, send a long text; runs before the form is read."""
    if request.endpoint in SIMPAN and current_user.is_authenticated:
        request.max_content_length = MAX_BODY


def describe_ubahan(blok: BlokTeks, baru: str) -> str:
    """What a change did, for the log; ``baru``: the text that is printed from now on."""
    if baru == blok.isi:
        return "tetap dipakai sesudah datanya berubah"
    return "dikembalikan ke teks dari data" if baru == blok.bawaan else "ditulis ulang"
