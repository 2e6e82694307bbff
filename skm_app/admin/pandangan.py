"""What may be shown of a chosen scope: its result, or why there is none to show."""

from __future__ import annotations

import bisect
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.admin.saringan import Saringan, list_tepi
from skm_app.models import Layanan
from skm_app.periode.pokok import describe_tertutup
from skm_app.results import (
    HasilLingkup,
    Lingkup,
    PerSel,
    Sel,
    empty_rekap,
    get_instrumen,
    read_hasil,
    read_per_sel,
    score_sel,
)
from skm_app.rincian import Induk, find_bagian_aman, is_tepi_aman
from skm_app.scoring import MIN_KELOMPOK, Instrumen, compute_ikm, is_kecil

TERLIPAT = (
    "Hasil bagian ini tidak ditampilkan sendiri: bila dikurangkan dari hasil kantor, jawaban "
    f"kelompok dengan kurang dari {MIN_KELOMPOK} responden dapat dikenali. Pilih unit yang lebih "
    "besar atau semua layanan."
)
TERPOTONG = (
    "Rentang tanggal ini hanya berbeda beberapa jawaban dari rentang lain, sehingga jawaban itu "
    "dapat dikenali. Pilih bulan penuh atau seluruh periode."
)


@dataclass(frozen=True, kw_only=True)
class LayananInfo:
    """What the dashboard needs of a layanan."""

    nama: str
    gratis: bool


@dataclass(frozen=True, kw_only=True)
class Rincian:
    """The finest tallies of the whole office, and which of its parts may be shown."""

    per_sel: PerSel
    layanan: Mapping[uuid.UUID, LayananInfo]
    aman: set[frozenset[Sel]]


@dataclass(frozen=True, kw_only=True)
class Pandangan:
    """A scope as it may be shown.

    ``tertutup``: why the result is kept back; ``found`` then is that of nobody. ``n``: responses;
    None if there are fewer than five in a part of the office.
    """

    found: HasilLingkup
    n: int | None
    tertutup: str | None = None
    sel: frozenset[Sel] = field(default_factory=frozenset)
    rincian: Rincian | None = None


def induk_of(saringan: Saringan) -> Induk:
    """The office's tree; the office itself has nothing above it."""
    root = saringan.kantor[0].id
    return {one.id: None if one.id == root else one.parent_id for one in saringan.kantor}


def read_pandangan(session: Session, saringan: Saringan, *, rinci: bool) -> Pandangan:
    """Read a scope and keep back what small groups could be recognised by.

    :param rinci: with the finest tallies, as the charts need them; without, the whole office takes
        one statement.
    """
    instrumen = get_instrumen(session, saringan.instrumen_id)
    if saringan.seluruh_kantor and not rinci:
        found = read_hasil(session, saringan.lingkup, saringan.instrumen_id, saringan.konvensi)
        view = Pandangan(found=found, n=found.hasil.n)
    else:
        rincian = _read_rincian(session, saringan)
        chosen = frozenset(sel for sel in rincian.per_sel.sel if _is_in(sel, saringan.lingkup))
        found = score_sel(rincian.per_sel, chosen, instrumen, saringan.konvensi)
        view = Pandangan(found=found, n=found.hasil.n, sel=chosen, rincian=rincian)
    reason = _find_sebab(session, saringan, view, instrumen)
    return view if reason is None else _close(view, saringan, reason)


def _is_in(sel: Sel, lingkup: Lingkup) -> bool:
    return sel[0] in lingkup.unit_ids and lingkup.layanan_id in (None, sel[1])


def _read_rincian(session: Session, saringan: Saringan) -> Rincian:
    whole = Lingkup(
        unit_ids=tuple(unit.id for unit in saringan.kantor),
        mulai=saringan.lingkup.mulai,
        sampai=saringan.lingkup.sampai,
    )
    per_sel = read_per_sel(session, whole, saringan.instrumen_id)
    rows = session.execute(
        select(Layanan.id, Layanan.nama, Layanan.gratis).where(
            Layanan.id.in_({layanan_id for _, layanan_id in per_sel.sel})
        )
    )
    layanan = {id_: LayananInfo(nama=nama, gratis=gratis) for id_, nama, gratis in rows}
    names = {id_: info.nama for id_, info in layanan.items()}
    aman = find_bagian_aman(per_sel.hitung(), induk_of(saringan), names)
    return Rincian(per_sel=per_sel, layanan=layanan, aman=aman)


def _find_sebab(
    session: Session, saringan: Saringan, view: Pandangan, instrumen: Instrumen
) -> str | None:
    """Why a result is kept back, if it is."""
    n = view.found.hasil.n
    if is_kecil(n):
        return describe_tertutup(n if saringan.seluruh_kantor else None)
    if n and view.rincian and not saringan.seluruh_kantor and view.sel not in view.rincian.aman:
        return TERLIPAT
    if n and not saringan.rentang_biasa and not _has_safe_edges(session, saringan, instrumen):
        return TERPOTONG
    return None


def _has_safe_edges(session: Session, saringan: Saringan, instrumen: Instrumen) -> bool:
    tepi = list_tepi(session, saringan)
    for day in (saringan.lingkup.mulai, saringan.lingkup.sampai + timedelta(days=1)):
        if day in tepi:
            continue
        place = bisect.bisect(tepi, day)
        lingkup = saringan.lingkup
        if not is_tepi_aman(session, lingkup, instrumen, day, tepi[place - 1], tepi[place]):
            return False
    return True


def _close(view: Pandangan, saringan: Saringan, reason: str) -> Pandangan:
    instrumen, n = view.found.instrumen, view.found.hasil.n
    nobody = empty_rekap(instrumen)
    found = replace(
        view.found,
        rekap=nobody,
        hasil=compute_ikm(instrumen, nobody, saringan.konvensi),
        diperbarui=None,
        lain={},
    )
    shown_n = n if saringan.seluruh_kantor or not is_kecil(n) else None
    return replace(view, found=found, n=shown_n, tertutup=reason, sel=frozenset())
