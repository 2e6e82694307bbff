"""The questionnaire as a form, made from the instrumen: fields, checks, words of each fault."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.validators import ValidationError

from skm_app.intake.isian import MAX_SARAN, Isian, clean_saran
from skm_app.profil import (
    Profil,
    parse_jenis_kelamin,
    parse_pekerjaan,
    parse_pendidikan,
    parse_usia,
)
from skm_app.scoring import Instrumen
from skm_app.survey.perangkat import (
    read_kode_pengaduan,
    read_lama,
    read_perangkat,
    read_waktu,
)
from skm_app.tempat import Tempat
from skm_app.web import current_bahasa

# What the citizen sends for "Tidak tahu / tidak memakai": stored as not answered, never as 0.
TIDAK_TAHU = "tidak-tahu"
NILAI = {"1": 1, "2": 2, "3": 3, "4": 4, TIDAK_TAHU: None}


def _check_nilai(form: FlaskForm, field: Field) -> None:
    if not field.data:
        raise ValidationError(gettext("Pilih satu jawaban."))
    if field.data not in NILAI:
        raise ValidationError(gettext("Pilih satu dari jawaban yang ada."))


def _read_with(parse: Callable[[str | None], str | None]) -> Callable[[FlaskForm, Field], None]:
    def check(form: FlaskForm, field: Field) -> None:
        try:
            parse(field.data)
        except ValueError as error:
            # The reader's own words name the choices, in Indonesian.
            own = current_bahasa() == "id"
            words = f"{error}." if own else gettext("Pilih satu dari jawaban yang ada.")
            raise ValidationError(words) from error

    return check


class KuesionerForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """The part every questionnaire shares; ``make_kuesioner_form`` adds the questions."""

    submission_id = StringField()
    layanan = StringField()
    jenis_kelamin = StringField(validators=[_read_with(parse_jenis_kelamin)])
    usia = StringField(validators=[_read_with(parse_usia)])
    pendidikan = StringField(validators=[_read_with(parse_pendidikan)])
    pekerjaan = StringField(validators=[_read_with(parse_pekerjaan)])
    saran = TextAreaField()
    pengaduan = BooleanField()
    dibantu = BooleanField()
    # Filled by the page's script alone: the device's clock when the form was finished and now,
    # the follow-up code it showed while there was no network, the seconds from the first
    # question to sending, and the random number the device gave itself.
    diisi = StringField()
    sekarang = StringField()
    kode_pengaduan = StringField()
    lama = StringField()
    perangkat = StringField()

    instrumen: Instrumen
    tempat: Tempat

    def validate_submission_id(self, field: Field) -> None:
        try:
            uuid.UUID(field.data or "")
        except ValueError as error:
            field.data = str(uuid.uuid4())
            raise ValidationError(
                gettext("Tanda pengenal isian rusak dan sudah diganti. Tekan Kirim sekali lagi.")
            ) from error

    def validate_layanan(self, field: Field) -> None:
        if self.tempat.find_layanan(field.data or "") is None:
            raise ValidationError(gettext("Pilih layanan yang Anda terima."))

    def validate_saran(self, field: Field) -> None:
        text = clean_saran(field.data)
        if text is None and self.pengaduan.data:
            raise ValidationError(gettext("Tuliskan pengaduan Anda, atau hapus tanda pengaduan."))
        if text is not None and len(text) > MAX_SARAN:
            raise ValidationError(
                gettext(
                    "Paling panjang %(batas)d huruf; tulisan Anda %(panjang)d huruf. "
                    "Mohon dipersingkat.",
                    batas=MAX_SARAN,
                    panjang=len(text),
                )
            )

    @property
    def is_stale(self) -> bool:
        """Whether the page's security token no longer fits, for whatever reason."""
        return bool(self.csrf_token.errors)

    def to_isian(self) -> Isian:
        """The checked form as an isian."""
        layanan = self.tempat.find_layanan(self.layanan.data or "")
        if layanan is None:
            raise ValueError("Only a valid form becomes an isian.")
        saran = clean_saran(self.saran.data)
        return Isian(
            id=uuid.UUID(self.submission_id.data),
            unit_id=self.tempat.unit_id,
            titik_id=self.tempat.titik_id,
            layanan_id=layanan.id,
            instrumen=self.instrumen,
            nilai={
                kunci: NILAI[self[field].data] for kunci, field in self.instrumen.fields.items()
            },
            profil=Profil(
                jenis_kelamin=parse_jenis_kelamin(self.jenis_kelamin.data),
                usia=parse_usia(self.usia.data),
                pendidikan=parse_pendidikan(self.pendidikan.data),
                pekerjaan=parse_pekerjaan(self.pekerjaan.data),
            ),
            kanal="qr",
            waktu=read_waktu(self.diisi.data, self.sekarang.data, datetime.now(UTC)),
            dibantu=bool(self.dibantu.data),
            saran=saran,
            pengaduan=bool(self.pengaduan.data and saran),
            kode=read_kode_pengaduan(self.kode_pengaduan.data),
            lama=read_lama(self.lama.data),
            perangkat=read_perangkat(self.perangkat.data),
        )


@lru_cache(maxsize=32)
def _form_class(instrumen_id: str, fields: tuple[str, ...]) -> type[KuesionerForm]:
    questions = {field: StringField(validators=[_check_nilai]) for field in fields}
    return type("Kuesioner", (KuesionerForm,), questions)


def make_kuesioner_form(tempat: Tempat) -> KuesionerForm:
    """The form of a titik, filled from the request if there is one.

    A page opened before the questionnaire changed still sends the old fields; it is read as
    what is asked now, and what is missing is asked for.
    """
    instrumen = tempat.instrumen
    form = _form_class(instrumen.id, tuple(instrumen.fields.values()))()
    form.tempat = tempat
    form.instrumen = instrumen
    return form
