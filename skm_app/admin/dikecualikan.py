"""Responses that stand left out of the index, and proposing to take them in again."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.blueprint import bp
from skm_app.admin.hak import get_sesi, list_my_tree, need_peran
from skm_app.admin.kualitas import read_picked, save_usulan
from skm_app.admin.kualitas_form import KANAL_LABEL, PulihkanForm
from skm_app.admin.tabel import Sel, TabelHalaman, format_sel, render_with_tabel
from skm_app.admin.unduhan import log_unduhan
from skm_app.kualitas import list_waiting, nomor_pendek
from skm_app.models import Pengecualian, Putusan, Responden, Titik, Usulan
from skm_app.usulan.pengecualian import excluded_ids
from skm_app.web import current_state

MAX_BARIS = 500
KOLOM = (
    "Nomor", "Tanggal jawaban", "Titik", "Kanal", "Alasan", "Diusulkan", "Disetujui",
    "Dikecualikan", "Keadaan",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class BarisKeluar:
    """One response that stands left out: why, and by whom."""

    id: uuid.UUID
    tanggal: date
    titik: str
    kanal: str
    alasan: str
    pengusul: str
    pemutus: str
    sejak: date
    menunggu: bool

    @property
    def nomor(self) -> str:
        return nomor_pendek(self.id)

    @property
    def sel(self) -> tuple[Sel, ...]:
        keadaan = "Menunggu putusan" if self.menunggu else "Dikecualikan"
        return (
            self.nomor, self.tanggal, self.titik, self.kanal, self.alasan, self.pengusul,
            self.pemutus, self.sejak, keadaan,
        )  # fmt: skip

    @property
    def teks(self) -> tuple[str, ...]:
        return tuple(format_sel(sel) for sel in self.sel)


@bp.get("/kualitas/dikecualikan")
@need_peran("admin", "pimpinan")
def show_dikecualikan() -> ResponseReturnValue:
    log_unduhan("kualitas", "Daftar jawaban yang dikecualikan")
    return _render(PulihkanForm(formdata=None), ())


@bp.post("/kualitas/dikecualikan")
@need_peran("admin")
def propose_pulihkan() -> ResponseReturnValue:
    form = PulihkanForm()
    picked = read_picked()
    if form.validate() and save_usulan(form, picked, keluar=False):
        flash(
            f"{len(picked)} jawaban diusulkan untuk dihitung kembali. "
            "Usulan ini berlaku sesudah disetujui orang lain."
        )
        return redirect(url_for("admin.show_dikecualikan"), code=303)
    return _render(form, picked), 422


def _render(form: PulihkanForm, picked: Sequence[uuid.UUID]) -> str | Response:
    with current_state().database.reading() as session:
        baris = _list_baris(session)
    tabel = TabelHalaman(
        nama="dikecualikan",
        judul="Jawaban yang dikecualikan",
        kolom=KOLOM,
        baris=[one.sel for one in baris],
    )
    return render_with_tabel(
        "admin/kualitas/dikecualikan.html",
        [tabel],
        baris=baris,
        terpotong=len(baris) >= MAX_BARIS,
        paling_banyak=MAX_BARIS,
        dicentang={str(one) for one in picked},
        dapat={one.id for one in baris if not one.menunggu},
        form=form,
        boleh_usul=get_sesi().peran == "admin",
    )


def _list_baris(session: Session) -> list[BarisKeluar]:
    """The newest exclusions that stand, in this person's units. Three statements."""
    units = [unit.id for unit in list_my_tree(session)]
    rows = session.execute(
        select(
            Responden.id,
            Responden.tanggal,
            Responden.kanal,
            Titik.nama,
            Usulan.alasan,
            Usulan.pengusul,
            Putusan.pemutus,
            Pengecualian.berlaku,
        )
        .join(Responden, Responden.id == Pengecualian.responden_id)
        .join(Titik, Titik.id == Responden.titik_id)
        .join(Usulan, Usulan.id == Pengecualian.usulan_id)
        .join(Putusan, Putusan.usulan_id == Usulan.id)
        .where(
            Responden.unit_id.in_(units),
            Pengecualian.keluar,
            Pengecualian.responden_id.in_(excluded_ids()),
        )
        .order_by(Pengecualian.berlaku.desc(), Responden.id)
        .limit(MAX_BARIS)
    ).all()
    waiting = list_waiting(session, [row[0] for row in rows])
    timezone = current_state().settings.timezone
    found: dict[uuid.UUID, BarisKeluar] = {}
    for id_, tanggal, kanal, titik, alasan, pengusul, pemutus, berlaku in rows:
        # Left out, taken in and left out again: the newest time counts.
        found.setdefault(
            id_,
            BarisKeluar(
                id=id_,
                tanggal=tanggal,
                titik=titik,
                kanal=KANAL_LABEL[kanal],
                alasan=alasan,
                pengusul=pengusul,
                pemutus=pemutus,
                sejak=berlaku.astimezone(timezone).date(),
                menunggu=id_ in waiting,
            ),
        )
    return list(found.values())
