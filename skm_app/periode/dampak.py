"""What leaving responses out, or taking them in again, would do to the index."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from skm_app.models import Jawaban, Penetapan, Periode, Responden, Usulan, UsulanResponden
from skm_app.periode.penetapan import lingkup_of
from skm_app.results import HasilLingkup, Lingkup, read_hasil
from skm_app.scoring import MIN_KELOMPOK, HasilIKM, Sebaran, compute_ikm, get_konvensi
from skm_app.usulan.pengecualian import excluded_ids

# unit, day, instrumen, butir, nilai, how many
Terdampak = tuple[uuid.UUID, date, str, str, int | None, int]
MAX_PERIODE = 20


@dataclass(frozen=True, kw_only=True)
class Dampak:
    """Effect of a proposal on one period. ``beku``: the period is closed and keeps its figures."""

    periode: str
    beku: bool
    sebelum: HasilIKM
    sesudah: HasilIKM

    @property
    def tertutup(self) -> bool:
        """Whether only the numbers of responses may be told, but no index.

        From both figures follow those of the responses that move, so they must be five at least,
        and so must be those that stay.
        """
        before, after = self.sebelum.n, self.sesudah.n
        return min(before, after) < MIN_KELOMPOK or abs(before - after) < MIN_KELOMPOK


@dataclass(frozen=True, kw_only=True)
class _Kini:
    """A period as it stands."""

    periode: Periode
    lingkup: Lingkup
    found: HasilLingkup


def preview_pengecualian(
    session: Session, all_usulan: Sequence[Usulan], unit_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[Dampak]]:
    """Before and after, for each proposal and each period of these units that it touches.

    Reads the tallies of the periods and the answers of the proposed responses, no others. The
    number of statements does not grow with the number of proposals.
    """
    wanted = [one for one in all_usulan if one.jenis in ("kecualikan", "pulihkan")]
    if not wanted:
        return {}
    terdampak = _read_terdampak(session, wanted)
    days = [row[1] for rows in terdampak.values() for row in rows]
    kini = _read_kini(session, unit_ids, min(days), max(days)) if days else []
    return {
        one.id: [
            dampak
            for period in kini
            if (dampak := _compute(period, terdampak[one.id], keluar=one.jenis == "kecualikan"))
        ]
        for one in wanted
    }


def _read_terdampak(
    session: Session, wanted: Sequence[Usulan]
) -> defaultdict[uuid.UUID, list[Terdampak]]:
    """Answers that a proposal would move, grouped; without those that have moved already."""
    out = Responden.id.in_(excluded_ids()).label("di_luar")
    people = (
        select(UsulanResponden.usulan_id, Responden, out)
        .join(Responden, Responden.id == UsulanResponden.responden_id)
        .where(UsulanResponden.usulan_id.in_([one.id for one in wanted]))
        .subquery()
    )
    group = (
        people.c.usulan_id,
        people.c.unit_id,
        people.c.tanggal,
        people.c.instrumen_id,
        Jawaban.butir,
        Jawaban.nilai,
        people.c.di_luar,
    )
    rows = session.execute(
        select(*group, func.count())
        .join(Jawaban, Jawaban.responden_id == people.c.id)
        .group_by(*group)
    ).all()
    keluar = {one.id: one.jenis == "kecualikan" for one in wanted}
    found: defaultdict[uuid.UUID, list[Terdampak]] = defaultdict(list)
    for usulan_id, unit_id, tanggal, instrumen_id, butir, nilai, di_luar, jumlah in rows:
        if bool(di_luar) != keluar[usulan_id]:
            found[usulan_id].append((unit_id, tanggal, instrumen_id, butir, nilai, int(jumlah)))
    return found


def _read_kini(
    session: Session, unit_ids: Sequence[uuid.UUID], first: date, last: date
) -> list[_Kini]:
    """The newest periods of these units that touch some days, with their figures."""
    rows = session.scalars(
        select(Periode)
        .where(Periode.unit_id.in_(unit_ids), Periode.mulai <= last, Periode.sampai >= first)
        .options(selectinload(Periode.semua_penetapan).selectinload(Penetapan.pembukaan))
        .order_by(Periode.sampai.desc(), Periode.mulai)
        .limit(MAX_PERIODE)
    ).all()
    kini = []
    for periode in rows:
        lingkup = lingkup_of(session, periode)
        konvensi = get_konvensi(periode.konvensi)
        found = read_hasil(session, lingkup, periode.instrumen_id, konvensi)
        kini.append(_Kini(periode=periode, lingkup=lingkup, found=found))
    return kini


def _compute(kini: _Kini, rows: Sequence[Terdampak], *, keluar: bool) -> Dampak | None:
    """The effect on one period; None if none of the responses is in it."""
    periode, lingkup = kini.periode, kini.lingkup
    change: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for unit_id, tanggal, instrumen_id, butir, nilai, jumlah in rows:
        if (
            unit_id in lingkup.unit_ids
            and lingkup.mulai <= tanggal <= lingkup.sampai
            and instrumen_id == periode.instrumen_id
        ):
            change[butir][4 if nilai is None else nilai - 1] += -jumlah if keluar else jumlah
    if not change:
        return None
    rekap = {
        butir: Sebaran(
            *(old + moved for old, moved in zip(_counts(one), change[butir], strict=True))
        )
        for butir, one in kini.found.rekap.items()
    }
    return Dampak(
        periode=periode.nama,
        beku=periode.penetapan is not None,
        sebelum=kini.found.hasil,
        sesudah=compute_ikm(kini.found.instrumen, rekap, get_konvensi(periode.konvensi)),
    )


def _counts(sebaran: Sebaran) -> tuple[int, ...]:
    return (sebaran.n1, sebaran.n2, sebaran.n3, sebaran.n4, sebaran.kosong)
