"""Forms of the performance page: a target, and where a realisasi comes from."""

from __future__ import annotations

import uuid
from decimal import Decimal

from sqlalchemy.orm import Session
from wtforms import Field, SelectChoice
from wtforms.validators import InputRequired, ValidationError

from skm_app.admin.forms import (
    FieldAngka,
    FieldTanggal,
    FormulirUbah,
    make_radio,
    make_teks,
)
from skm_app.angka import format_angka
from skm_app.capaian import (
    KODE_IKM,
    KODE_PROBEBAYA,
    IsiTarget,
    NilaiRealisasi,
    describe_keadaan,
    is_revision,
    list_periode_tahun,
    name_with_rentang,
    read_from_periode,
    read_probebaya,
)
from skm_app.kinerja import DEFINISI_PROBEBAYA
from skm_app.models import Indikator, Realisasi, Rencana, Target
from skm_app.web import today

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
    keputusan = make_teks("Nomor keputusan", 200)
    tanggal_keputusan = FieldTanggal("Tanggal keputusan")

    indikator: Indikator
    tahun: int
    rencana: Rencana | None = None
    sebelum: Target | None = None

    @classmethod
    def of(cls, target: Target | None) -> TargetForm:
        """A form that shows what is stored; the decree is asked anew for every revision."""
        if target is None:
            return cls(formdata=None)
        form = cls(formdata=None, target=target.target, sumber_target=target.sumber)
        form.open_for(target)
        return form

    def prepare(
        self, indikator: Indikator, tahun: int, rencana: Rencana | None, sebelum: Target | None
    ) -> None:
        """What the fields are checked against."""
        self.indikator, self.tahun = indikator, tahun
        self.rencana, self.sebelum = rencana, sebelum

    @property
    def isi(self) -> IsiTarget:
        """What was typed; only when ``target`` is a number."""
        return IsiTarget(
            target=self.target.data or Decimal(0),
            sumber=self.sumber_target.data or "",
            keputusan=self.keputusan.data or "",
            tanggal=self.tanggal_keputusan.data,
        )

    @property
    def is_revision(self) -> bool:
        return self.target.data is not None and is_revision(self.sebelum, self.isi)

    def validate_target(self, field: Field) -> None:
        if field.data is None:
            return
        if field.data == 0:
            raise ValidationError(
                "Target 0 tidak dapat dipakai, karena capaian adalah realisasi dibagi target."
            )
        check_nilai(field.data, self.indikator.paling_tinggi)
        problem = explain_tahun(self.rencana, self.tahun)
        if problem:
            raise ValidationError(problem)

    def validate_keputusan(self, field: Field) -> None:
        if self.is_revision and not field.data:
            raise ValidationError("Isi nomor keputusan yang mengubah target ini.")

    def validate_tanggal_keputusan(self, field: Field) -> None:
        if self.is_revision and field.data is None and not field.process_errors:
            raise ValidationError("Isi tanggal keputusan itu.")
        if field.data is not None and field.data > today():
            raise ValidationError(
                "Tanggal keputusan ini belum tiba. Target baru diubah sesudah keputusannya ada."
            )


class RealisasiForm(FormulirUbah):
    sumber_realisasi = make_radio("Realisasi diambil dari")
    nilai = FieldAngka("Angka menurut dokumen")
    sumber = make_teks("Nama dokumen", 200, keterangan="Misalnya LKjIP 2023, Tabel 3.5.")
    alasan = make_teks(
        "Alasan mengubah",
        300,
        keterangan="Wajib bila sumber atau angkanya diubah; masuk ke catatan kegiatan.",
    )

    paling_tinggi: Decimal | None = None
    # Why a document cannot be chosen; empty if it can.
    dokumen_ditolak: str = ""
    perlu_alasan: bool = False
    sebelum: Realisasi | None = None

    @classmethod
    def of(cls, realisasi: Realisasi | None) -> RealisasiForm:
        """A form that shows what is stored."""
        form = cls(
            formdata=None,
            sumber_realisasi=_encode(realisasi),
            nilai=realisasi.nilai if realisasi else None,
            sumber=realisasi.sumber if realisasi else "",
        )
        form.open_for(realisasi)
        return form

    def prepare(
        self, session: Session, indikator: Indikator, tahun: int, sebelum: Realisasi | None
    ) -> None:
        """Offer what this indikator's realisasi can come from, with the figures of the moment."""
        self.paling_tinggi = indikator.paling_tinggi
        self.dokumen_ditolak = explain_dokumen(session, indikator, tahun)
        self.sebelum = sebelum
        # One source a year: whoever reads the figures must learn why it became another.
        self.perlu_alasan = sebelum is not None
        choices = _list_asal(session, indikator, tahun)
        if self.dokumen_ditolak:
            # A page that was opened before there was a period still offers it.
            if self.sumber_realisasi.data == DOKUMEN:
                self.sumber_realisasi.invalid_choice_message = self.dokumen_ditolak
        else:
            choices.append(SelectChoice(DOKUMEN, "Angka dari dokumen, diisi di bawah ini"))
        self.sumber_realisasi.choices = choices

    def validate_nilai(self, field: Field) -> None:
        if self.sumber_realisasi.data == DOKUMEN:
            if field.data is None:
                raise ValidationError("Isi angka yang tertulis di dokumen, misalnya 87,23.")
            check_nilai(field.data, self.paling_tinggi)

    def validate_sumber(self, field: Field) -> None:
        if self.sumber_realisasi.data == DOKUMEN and not field.data:
            raise ValidationError("Isi nama dokumennya, agar angka ini dapat ditelusuri.")

    def validate_alasan(self, field: Field) -> None:
        if self.perlu_alasan and self._is_changed and not field.data:
            raise ValidationError(
                "Isi alasannya: sumber realisasi tahun ini sudah dipilih sebelumnya."
            )

    @property
    def _is_changed(self) -> bool:
        """Whether saving would leave another source, or another figure of a document."""
        chosen, before = self.sumber_realisasi.data, self.sebelum
        if before is None or chosen != _encode(before):
            return True
        typed = (self.nilai.data, self.sumber.data)
        return bool(chosen == DOKUMEN and typed != (before.nilai, before.sumber))

    def fill(self, realisasi: Realisasi) -> None:
        """Write the choice into a row; the form must be valid."""
        chosen = self.sumber_realisasi.data
        is_dokumen = chosen == DOKUMEN
        periode = chosen.startswith(PERIODE)
        realisasi.cara = "periode" if periode else chosen
        realisasi.periode_id = uuid.UUID(chosen.removeprefix(PERIODE)) if periode else None
        realisasi.nilai = self.nilai.data if is_dokumen else None
        realisasi.sumber = self.sumber.data if is_dokumen else ""


def explain_tahun(rencana: Rencana | None, tahun: int) -> str:
    """Why a year can have no target; empty if it can."""
    if rencana is None:
        return "Belum ada rencana strategis. Isi dahulu rencana dengan tahun-tahunnya."
    if rencana.mulai <= tahun <= rencana.sampai:
        return ""
    return (
        f"Tahun {tahun} di luar {rencana.nama} ({rencana.mulai} sampai {rencana.sampai}), jadi "
        "tidak dapat diberi target."
    )


def explain_dokumen(session: Session, indikator: Indikator, tahun: int) -> str:
    """Why a document cannot be the source of a realisasi; empty if it can.

    Closed or not: a figure that is typed while a period is open would outlive its closing.
    """
    if indikator.kode != KODE_IKM:
        return ""
    rows = list_periode_tahun(session, indikator.unit_id, tahun)
    if not rows:
        return ""
    periode = min(rows, key=lambda one: one.penetapan is None)
    sementara = "" if periode.penetapan else " dan ditandai sementara sampai ditetapkan"
    return (
        f"Periode {name_with_rentang(periode)} {describe_keadaan(periode)}, jadi realisasi {tahun} "
        f"diambil dari sana{sementara}: pilih periodenya. Angka dari dokumen hanya untuk tahun "
        "sebelum survei ada di program ini."
    )


def check_nilai(nilai: Decimal, paling_tinggi: Decimal | None = None) -> None:
    """:raise ValidationError: if it cannot be a target or a realisasi."""
    if nilai < 0:
        raise ValidationError("Angka tidak boleh negatif.")
    exponent = nilai.as_tuple().exponent
    if nilai > MAX_NILAI or (isinstance(exponent, int) and -exponent > MAX_DESIMAL):
        raise ValidationError(
            f"Paling besar {format_angka(MAX_NILAI)}, dengan paling banyak {MAX_DESIMAL} desimal."
        )
    if paling_tinggi is not None and nilai > paling_tinggi:
        raise ValidationError(
            f"Angka indikator ini paling tinggi {format_angka(paling_tinggi)}; yang diisi "
            f"{format_angka(nilai)}."
        )


def _list_asal(session: Session, indikator: Indikator, tahun: int) -> list[SelectChoice]:
    """What the program knows a realisasi from, each with its figure of the moment."""
    choices: list[SelectChoice] = []
    if indikator.kode == KODE_IKM:
        for periode in list_periode_tahun(session, indikator.unit_id, tahun):
            found = read_from_periode(session, periode)
            choices.append(SelectChoice(f"{PERIODE}{periode.id}", _label(found.asal, found)))
    if indikator.kode == KODE_PROBEBAYA:
        for definisi, uraian in DEFINISI_PROBEBAYA.items():
            found = read_probebaya(session, indikator.unit_id, tahun, definisi)
            choices.append(SelectChoice(definisi, _label(uraian, found)))
    return choices


def _label(uraian: str, found: NilaiRealisasi) -> str:
    if found.nilai is None:
        return f"{uraian}: belum dapat dihitung. {found.asal}"
    return f"{uraian}: {format_angka(found.nilai, 2)}"


def _encode(realisasi: Realisasi | None) -> str | None:
    if realisasi is None:
        return None
    return f"{PERIODE}{realisasi.periode_id}" if realisasi.periode_id else realisasi.cara
