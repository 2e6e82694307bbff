"""The form of a period: a new one, and the parts of an old one that may still change."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import Field, SelectChoice, StringField
from wtforms.validators import ValidationError

from skm_app.admin.forms import (
    TAHUN_TERAKHIR,
    TAHUN_TERAWAL,
    FieldAngka,
    FieldTanggal,
    FormulirUbah,
    make_pilihan,
    make_radio,
    make_teks,
)
from skm_app.admin.unit import UnitPohon
from skm_app.models import InstrumenTersimpan, Periode, new_id
from skm_app.periode import (
    DEFAULT_INSTRUMEN,
    LAIN,
    LAMA_BULAN,
    ROMAWI,
    PeriodeError,
    compute_hari,
    name_periode,
)
from skm_app.results import get_instrumen
from skm_app.scoring import EKSAK, KONVENSI, Instrumen, KonvensiError, get_konvensi
from skm_app.tanggal import BULAN

MAX_POPULASI = 100_000_000
SENDIRI = f"{LAIN}:1"
# What a form may still change once there are answers, and once the period was closed.
HARI_DAN_ATURAN = ("rentang", "tahun", "mulai", "sampai", "instrumen", "konvensi")


def _list_rentang() -> list[SelectChoice]:
    """Every part of a year, ``jenis:nomor``, and days of one's own."""
    choices = []
    for jenis, lama in LAMA_BULAN.items():
        for nomor in range(1, 12 // lama + 1):
            first, last = BULAN[(nomor - 1) * lama], BULAN[nomor * lama - 1]
            label = first if jenis == "bulan" else f"{jenis.capitalize()}, {first} sampai {last}"
            if jenis in ("semester", "triwulan"):
                label = f"{jenis.capitalize()} {ROMAWI[nomor - 1]}, {first} sampai {last}"
            choices.append(SelectChoice(f"{jenis}:{nomor}", label, optgroup=jenis.capitalize()))
    return [*choices, SelectChoice(SENDIRI, "Tanggal sendiri, diisi di bawah", optgroup="Lain")]


class FieldTahun(StringField):  # type: ignore[misc]  # wtforms has no types
    """A year; ``data`` is an int."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if text:
            ok = text.isascii() and text.isdigit() and len(text) == 4
            if not ok or not TAHUN_TERAWAL <= int(text) <= TAHUN_TERAKHIR:
                raise ValueError(f"Isi tahun antara {TAHUN_TERAWAL} dan {TAHUN_TERAKHIR}.")
            self.data = int(text)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return str(self.data) if self.data else ""


class PeriodeForm(FormulirUbah):
    unit = make_pilihan("Unit")
    rentang = make_pilihan("Lama periode", _list_rentang(), default="tahun:1")
    tahun = FieldTahun("Tahun")
    mulai = FieldTanggal("Hari pertama", description="Hanya untuk tanggal sendiri.")
    sampai = FieldTanggal("Hari terakhir", description="Hanya untuk tanggal sendiri.")
    nama = make_teks(
        "Nama periode", 100, keterangan="Boleh dikosongkan: nama diisi menurut lama periodenya."
    )
    populasi = FieldAngka(
        "Jumlah pengguna layanan dalam periode ini",
        description="Boleh diisi kemudian. Dari angka ini dihitung berapa responden yang perlu.",
    )
    populasi_sumber = make_teks(
        "Sumber jumlah itu", 200, keterangan="Misalnya buku register pelayanan 2025."
    )
    instrumen = make_pilihan("Kuesioner", default=DEFAULT_INSTRUMEN)
    konvensi = make_radio(
        "Cara menghitung IKM",
        choices=[SelectChoice(nama, f"{nama}: {one.uraian}") for nama, one in KONVENSI.items()],
        default=EKSAK.nama,
    )

    known: dict[str, Instrumen]

    @classmethod
    def of(
        cls,
        pohon: Sequence[UnitPohon],
        all_instrumen: Sequence[Instrumen],
        periode: Periode | None = None,
        tahun: int | None = None,
    ) -> PeriodeForm:
        """A form for a new period of ``tahun``, or one that shows a stored period."""
        form = cls(data=_data_of(periode) if periode else {"tahun": tahun})
        form.known = {one.id: one for one in all_instrumen}
        form.unit.choices = [SelectChoice(str(unit.id), unit.label) for unit in pohon]
        form.instrumen.choices = [
            SelectChoice(one.id, f"{one.nama} ({one.id})") for one in all_instrumen
        ]
        return form

    def leave_out(self, *names: str) -> None:
        """Take away what may not be changed."""
        for name in names:
            del self[name]
        if "nama" in self and "rentang" not in self:
            self.nama.description = ""

    @property
    def is_sendiri(self) -> bool:
        return "rentang" in self and self.rentang.data == SENDIRI

    def validate_nama(self, field: Field) -> None:
        if not field.data and (self.is_sendiri or "rentang" not in self):
            raise ValidationError("Isi nama periode.")

    def validate_tahun(self, field: Field) -> None:
        if field.data is None and not self.is_sendiri and not field.process_errors:
            raise ValidationError("Isi tahunnya.")

    def validate_mulai(self, field: Field) -> None:
        self._check_hari(field, "Isi hari pertama.")

    def validate_sampai(self, field: Field) -> None:
        self._check_hari(field, "Isi hari terakhir.")
        if self.is_sendiri and self.mulai.data and field.data and field.data < self.mulai.data:
            raise ValidationError("Hari terakhir harus sesudah hari pertama.")

    def _check_hari(self, field: Field, kosong: str) -> None:
        if self.is_sendiri and field.data is None and not field.process_errors:
            raise ValidationError(kosong)
        if not self.is_sendiri and field.data is not None:
            raise ValidationError("Kosongkan tanggal ini, atau pilih lama periode Tanggal sendiri.")

    def validate_populasi(self, field: Field) -> None:
        if field.data is None:
            return
        whole = field.data == field.data.to_integral_value()
        if not whole or not 1 <= field.data <= MAX_POPULASI:
            raise ValidationError("Isi bilangan bulat, paling sedikit 1.")

    def validate_populasi_sumber(self, field: Field) -> None:
        if self.populasi.data is not None and not field.data:
            raise ValidationError("Isi dari mana jumlah itu dibaca, agar dapat ditelusuri.")

    def validate_konvensi(self, field: Field) -> None:
        instrumen = self.known.get(self.instrumen.data)
        if instrumen and field.data in KONVENSI:
            try:
                get_konvensi(field.data).check_instrumen(instrumen)
            except KonvensiError as error:
                raise ValidationError(str(error)) from error

    def make_periode(self, old: Periode | None = None) -> Periode:
        """The period of a valid form, stored nowhere yet; what has no field stays as it was.

        It counts for the year in which it ends.
        """
        made = Periode(id=old.id if old else new_id())
        for name in ("unit_id", "nama", "jenis", "tahun", "mulai", "sampai", "instrumen_id",
                     "konvensi"):  # fmt: skip
            setattr(made, name, getattr(old, name) if old else None)
        if "unit" in self:
            made.unit_id = uuid.UUID(self.unit.data)
        if "rentang" in self:
            jenis, nomor = self._read_rentang()
            made.jenis, (made.mulai, made.sampai) = jenis, self._read_hari()
            made.tahun = made.sampai.year
            made.instrumen_id, made.konvensi = self.instrumen.data, self.konvensi.data
            made.nama = self.nama.data or name_periode(jenis, made.tahun, nomor)
        elif "nama" in self:
            made.nama = self.nama.data
        jumlah: Decimal | None = self.populasi.data
        made.populasi = None if jumlah is None else int(jumlah)
        made.populasi_sumber = self.populasi_sumber.data or None
        return made

    def refuse(self, error: PeriodeError) -> None:
        """Say at the right field why the period cannot be."""
        own = "mulai" if self.is_sendiri else "rentang"
        self[own if error.kolom == "hari" else error.kolom].errors = [str(error)]

    def _read_rentang(self) -> tuple[str, int]:
        jenis, _, nomor = self.rentang.data.partition(":")
        return jenis, int(nomor)

    def _read_hari(self) -> tuple[date, date]:
        mulai, sampai = self.mulai.data, self.sampai.data
        if self.is_sendiri and mulai and sampai:
            return mulai, sampai
        jenis, nomor = self._read_rentang()
        return compute_hari(jenis, self.tahun.data or 0, nomor)


def _data_of(periode: Periode) -> dict[str, object]:
    """What a form shows of a stored period."""
    return {
        "nama": periode.nama,
        "populasi": None if periode.populasi is None else Decimal(periode.populasi),
        "populasi_sumber": periode.populasi_sumber,
        "instrumen": periode.instrumen_id,
        "konvensi": periode.konvensi,
        **_rentang_of(periode),
    }


def _rentang_of(periode: Periode) -> dict[str, object]:
    lama = LAMA_BULAN.get(periode.jenis)
    if lama is not None:
        nomor = (periode.mulai.month - 1) // lama + 1
        days = (periode.mulai, periode.sampai)
        if days == compute_hari(periode.jenis, periode.tahun, nomor):
            return {"rentang": f"{periode.jenis}:{nomor}", "tahun": periode.tahun}
    return {"rentang": SENDIRI, "mulai": periode.mulai, "sampai": periode.sampai}


def list_instrumen(session: Session) -> list[Instrumen]:
    """Every stored questionnaire, the usual one first."""
    ids = session.scalars(select(InstrumenTersimpan.id).order_by(InstrumenTersimpan.id)).all()
    ordered = sorted(ids, key=lambda id_: id_ != DEFAULT_INSTRUMEN)
    return [get_instrumen(session, id_) for id_ in ordered]
