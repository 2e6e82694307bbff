"""The budget of a year: Tabel 3.10 with its levels, what overspent, what each sasaran cost."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.forms import BerubahError, Formulir, clean_teks
from skm_app.admin.hak import catat, get_akar_id, get_sesi, list_my_tree, need_peran
from skm_app.admin.tabel import Sel, TabelHalaman, render_with_tabel
from skm_app.admin.tahun_kinerja import check_tahun, choose_tahun
from skm_app.admin.unit import get_kantor_id
from skm_app.capaian import (
    BarisAnggaran,
    BarisCapaian,
    BiayaSasaran,
    count_anggaran,
    read_anggaran,
    read_biaya,
    read_capaian,
)
from skm_app.capaian.berkas_anggaran import KOLOM
from skm_app.kinerja import compute_efisiensi_biaya, compute_efisiensi_kinerja
from skm_app.models import Anggaran
from skm_app.web import current_state

MAX_PENJELASAN = 300
NAMA_TINGKAT = {
    "total": "Jumlah",
    "unit": "Unit",
    "program": "Program",
    "kegiatan": "Kegiatan",
    "sub_kegiatan": "Sub kegiatan",
}


@dataclass(frozen=True, kw_only=True)
class CapaianBiaya:
    """One indikator of a sasaran. ``efisiensi``: capaian less serapan, percentage points."""

    nama: str
    capaian: Decimal | None
    efisiensi: Decimal | None


@dataclass(frozen=True, kw_only=True)
class BarisBiaya:
    """What one sasaran cost. ``hemat``: percent of its budget that was left."""

    biaya: BiayaSasaran
    hemat: Decimal | None
    indikator: tuple[CapaianBiaya, ...]


@bp.get("/anggaran")
@need_peran("admin", "pimpinan")
def show_anggaran() -> ResponseReturnValue:
    return _render({})


@bp.post("/anggaran/penjelasan")
@need_peran("admin")
def save_penjelasan() -> ResponseReturnValue:
    """Why more was spent than budgeted, for all rows of the page at once."""
    form = Formulir()
    typed = {
        name.removeprefix("penjelasan-"): clean_teks(text)
        for name, text in request.form.items()
        if name.startswith("penjelasan-")
    }
    tahun = _read_tahun_of_form()
    if not form.validate():
        abort(400)
    if any(len(text) > MAX_PENJELASAN for text in typed.values()):
        return _render(typed, tahun), 422
    with current_state().database.writing() as session:
        allowed = {unit.id for unit in list_my_tree(session)}
        for kunci, text in typed.items():
            row = session.get(Anggaran, _parse_id(kunci))
            # Another import may have replaced the rows.
            if row is None or row.tahun != tahun:
                raise BerubahError
            if row.unit_id not in allowed:
                abort(404)
            if request.form.get(f"lama-{kunci}", "") != row.penjelasan:
                raise BerubahError
            _change_penjelasan(session, row, text)
    flash("Penjelasan sudah disimpan.")
    return redirect(url_for("admin.show_anggaran", tahun=tahun, _anchor="melebihi"), code=303)


def _change_penjelasan(session: Session, row: Anggaran, text: str) -> None:
    if text == row.penjelasan:
        return
    before, row.penjelasan = row.penjelasan, text
    catat(
        session, "ubah", ("anggaran", f"{row.unit_id}/{row.tahun}"),
        f"Penjelasan anggaran {row.tahun}, {row.unit.nama}, {row.sub_kegiatan}.",
        unit_id=row.unit_id, sebelum={"penjelasan": before}, sesudah={"penjelasan": text},
    )  # fmt: skip


def _parse_id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        abort(404)


def _read_tahun_of_form() -> int:
    text = request.form.get("tahun", "")
    if not text.isascii() or not text.isdigit() or len(text) != 4:
        abort(404)
    return check_tahun(int(text))


def _render(typed: Mapping[str, str], chosen: int | None = None) -> str | Response:
    """The page of a year. ``typed``: explanations that could not be kept, by row."""
    with current_state().database.reading() as session:
        tahun, years = choose_tahun(session, get_kantor_id(session))
        tahun = chosen or tahun
        akar_id = get_akar_id(session)
        baris = read_anggaran(session, akar_id, tahun)
        biaya = _list_biaya(session, akar_id, tahun)
    return render_with_tabel(
        "admin/anggaran/daftar.html",
        [_make_tabel(baris, tahun), _make_tabel_biaya(biaya, tahun)],
        tahun=tahun,
        years=sorted({tahun, *years}, reverse=True),
        baris=baris,
        jumlah=count_anggaran(baris),
        melebihi=[one for one in baris if one.id and (one.melebihi or one.penjelasan)],
        biaya=biaya,
        hemat_semua=compute_efisiensi_biaya(baris[0].anggaran_rp, baris[0].realisasi_rp)
        if baris
        else None,
        nama_tingkat=NAMA_TINGKAT,
        typed=typed,
        max_penjelasan=MAX_PENJELASAN,
        form=Formulir(formdata=None),
        boleh_ubah=get_sesi().peran == "admin",
    )


def _list_biaya(session: Session, unit_id: uuid.UUID, tahun: int) -> list[BarisBiaya]:
    biaya = read_biaya(session, unit_id, tahun)
    if not biaya:
        return []
    capaian: dict[uuid.UUID | None, list[BarisCapaian]] = {}
    for one in read_capaian(session, unit_id, [tahun]):
        if one.indikator.sasaran_id is not None:
            capaian.setdefault(one.indikator.sasaran_id, []).append(one)
    return [
        BarisBiaya(
            biaya=one,
            hemat=compute_efisiensi_biaya(one.anggaran_rp, one.realisasi_rp),
            indikator=tuple(
                CapaianBiaya(
                    nama=row.indikator.nama,
                    capaian=row.tahun[0].capaian,
                    efisiensi=compute_efisiensi_kinerja(row.tahun[0].capaian, one.serapan),
                )
                for row in capaian.get(one.sasaran_id, [])
            ),
        )
        for one in biaya
    ]


def _make_tabel(baris: Sequence[BarisAnggaran], tahun: int) -> TabelHalaman:
    """The columns of an import, so that the file can be mended and sent back."""
    return TabelHalaman(
        nama=f"anggaran-{tahun}",
        judul=f"Anggaran dan realisasi {tahun}",
        kolom=KOLOM,
        baris=[
            (
                tahun, one.tingkat, one.unit, one.program, one.kegiatan, one.sub_kegiatan,
                one.anggaran_rp, one.realisasi_rp, one.serapan, one.penjelasan,
            )
            for one in baris
        ],
    )  # fmt: skip


def _make_tabel_biaya(biaya: Sequence[BarisBiaya], tahun: int) -> TabelHalaman:
    rows: list[tuple[Sel, ...]] = []
    for one in biaya:
        money: tuple[Sel, ...] = (
            one.biaya.sasaran, ", ".join(one.biaya.program), one.biaya.anggaran_rp,
            one.biaya.realisasi_rp, one.biaya.serapan, one.hemat,
        )  # fmt: skip
        found = [(row.nama, row.capaian, row.efisiensi) for row in one.indikator]
        rows += [(*money, *row) for row in found or [("", None, None)]]
    return TabelHalaman(
        nama=f"biaya-{tahun}",
        judul=f"Biaya per sasaran {tahun}",
        kolom=("Sasaran", "Program", "Anggaran (Rp)", "Realisasi (Rp)", "Serapan (%)",
               "Efisiensi anggaran (%)", "Indikator", "Capaian (%)",
               "Efisiensi: capaian dikurangi serapan (poin persen)"),
        baris=rows,
    )  # fmt: skip
