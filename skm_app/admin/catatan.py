"""The audit log: who did what, when; read only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.catatan_baca import (
    MAX_UNDUH,
    NAMES,
    find_head,
    list_for_export,
    list_kinds,
    list_orang,
    read_halaman,
    read_saringan_catatan,
)
from skm_app.admin.catatan_kata import (
    Perubahan,
    join_perubahan,
    list_perubahan,
    name_aksi,
    name_objek,
    read_nama,
)
from skm_app.admin.hak import need_peran
from skm_app.admin.halaman import PERAN_LABEL, render_page
from skm_app.admin.tabel import Sel, TabelHalaman, render_with_tabel
from skm_app.admin.unduhan import log_unduhan
from skm_app.models import Catatan
from skm_app.web import current_state

KOLOM = (
    "Nomor", "Tanggal", "Jam", "Oleh", "Peran", "Kegiatan", "Jenis data", "Keterangan", "Alasan",
    "Sebelum", "Sesudah",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class BarisCatatan:
    """One record in words."""

    catatan: Catatan
    perubahan: list[Perubahan]

    @property
    def aksi(self) -> str:
        return name_aksi(self.catatan.aksi)

    @property
    def objek(self) -> str:
        return name_objek(self.catatan.objek)

    @property
    def peran(self) -> str:
        return PERAN_LABEL.get(self.catatan.peran, "Sistem")

    @property
    def sel(self) -> tuple[Sel, ...]:
        """Its cells, in the order of ``KOLOM``."""
        local = self.catatan.waktu.astimezone(current_state().settings.timezone)
        return (
            self.catatan.nomor,
            local.date(),
            f"{local:%H.%M}",
            self.catatan.oleh,
            self.peran,
            self.aksi,
            self.objek,
            self.catatan.keterangan,
            self.catatan.alasan,
            join_perubahan(self.perubahan, "sebelum"),
            join_perubahan(self.perubahan, "sesudah"),
        )


@bp.get("/catatan")
@need_peran("admin", "pimpinan")
def list_catatan() -> ResponseReturnValue:
    saringan = read_saringan_catatan(request.args)
    if "unduh" in request.args:
        return _download()
    timezone = current_state().settings.timezone
    with current_state().database.reading() as session:
        halaman = read_halaman(session, saringan, timezone)
        aksi, objek = list_kinds(session)
        return render_page(
            "admin/catatan/daftar.html",
            baris=_make_baris(session, halaman.baris),
            halaman=halaman,
            saringan=saringan,
            orang=list_orang(session),
            semua_aksi=[(one, name_aksi(one)) for one in aksi],
            semua_objek=[(one, name_objek(one)) for one in objek],
            kepala=find_head(session),
            paling_banyak=MAX_UNDUH,
            kueri=_kueri(),
        )


def _download() -> ResponseReturnValue:
    log_unduhan(Catatan.__tablename__, "Catatan kegiatan")
    saringan = read_saringan_catatan(request.args)
    timezone = current_state().settings.timezone
    with current_state().database.reading() as session:
        baris = _make_baris(session, list_for_export(session, saringan, timezone))
        tabel = TabelHalaman(
            nama="catatan",
            judul="Catatan kegiatan",
            kolom=KOLOM,
            baris=[one.sel for one in baris],
        )
        return render_with_tabel("admin/catatan/daftar.html", [tabel])


def _make_baris(session: Session, all_catatan: Sequence[Catatan]) -> list[BarisCatatan]:
    nama = read_nama(session, all_catatan)
    return [BarisCatatan(catatan=one, perubahan=list_perubahan(one, nama)) for one in all_catatan]


def _kueri() -> dict[str, str]:
    return {name: request.args[name] for name in NAMES if request.args.get(name)}
