"""Who answered, and how each service did, in one period; nobody can be recognised.

Counted from the responses behind the period's result (``bahan``), so a closed period always
gives the same tables. Groups of fewer than five people are folded together, with a larger one
where the fold itself would be that small.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from skm_app.label_ciri import label_of, sort_values
from skm_app.models import Jawaban, Layanan, Responden
from skm_app.periode.penetapan import counted_by
from skm_app.reports.bahan import Bahan
from skm_app.scoring import HasilIKM, Rekap, Sebaran, compute_ikm, is_kecil, lipat, merge_rekap

CIRI_LAPORAN = ("jenis_kelamin", "usia", "pendidikan", "pekerjaan", "kanal")
DIGABUNG = "Kelompok lain (digabung)"


@dataclass(frozen=True, kw_only=True)
class Kelompok:
    """People who have something in common. ``digabung``: several small groups together."""

    nama: str
    jumlah: int
    digabung: bool = False


@dataclass(frozen=True, kw_only=True)
class HasilLayanan:
    """The result of one service. ``digabung``: of several that are small, together."""

    nama: str
    hasil: HasilIKM
    digabung: bool = False


def read_kelompok(session: Session, bahan: Bahan) -> dict[str, tuple[Kelompok, ...]]:
    """Count the respondents of a period by each ciri of ``CIRI_LAPORAN``, one at a time.

    Groups come in the order of the form's own choices, those who said nothing and the folded
    ones last. Each ciri adds up to the whole; the tuple is empty if fewer than five answered.
    """
    return {ciri: _count_ciri(session, bahan, ciri) for ciri in CIRI_LAPORAN}


def _count_ciri(session: Session, bahan: Bahan, ciri: str) -> tuple[Kelompok, ...]:
    column: ColumnElement[str] = func.coalesce(getattr(Responden, ciri), "")
    own = counted_by(session, bahan.periode, bahan.penetapan)
    rows = session.execute(select(column, func.count()).where(*own).group_by(column))
    counts = {str(value): int(count) for value, count in rows}
    if is_kecil(sum(counts.values())):
        return ()
    shown, folded = lipat(counts)
    found = [
        Kelompok(nama=label_of(ciri, value), jumlah=counts[value])
        for value in sort_values(ciri, shown)
    ]
    if folded:
        together = sum(counts[value] for value in folded)
        found.append(Kelompok(nama=DIGABUNG, jumlah=together, digabung=True))
    return tuple(found)


def read_per_layanan(session: Session, bahan: Bahan) -> tuple[HasilLayanan, ...]:
    """Score a period per service, by name, wherever it is given.

    By name in order, the folded ones last; empty if fewer than five people answered. There is no
    such table per unit beside it: the two together could single out a few people.
    """
    rekap = _tally_per_layanan(session, bahan)
    if is_kecil(sum(_count(one) for one in rekap.values())):
        return ()
    shown, folded = pilih_layanan({nama: _count_people(one) for nama, one in rekap.items()})
    found = [_score(bahan, nama, rekap[nama]) for nama in sorted(shown)]
    if folded:
        together = merge_rekap(*(rekap[nama] for nama in folded))
        found.append(_score(bahan, DIGABUNG, together, digabung=True))
    return tuple(found)


def pilih_layanan(orang: Mapping[str, Sequence[int]]) -> tuple[list[str], list[str]]:
    """Split services into those to show one by one and those to fold together.

    No figure that is shown, nor one that is left when all shown ones are taken from the whole, is
    about 1..4 people, be it of all questions or of a single one that few of them answered.

    :param orang: per service the respondents, and how many of them answered each question.
    :return: shown; folded. All are folded if there is no other way.
    """
    by_size = sorted(orang, key=lambda nama: (orang[nama][0], nama))
    folded = [nama for nama in by_size if any(map(is_kecil, orang[nama]))]
    shown = [nama for nama in by_size if nama not in folded]
    while shown and any(
        is_kecil(sum(rest)) for rest in zip(*(orang[n] for n in folded), strict=True)
    ):
        folded.append(shown.pop(0))
    return shown, folded


def _tally_per_layanan(session: Session, bahan: Bahan) -> Mapping[str, Rekap]:
    rows = session.execute(
        select(Layanan.nama, Jawaban.butir, Jawaban.nilai, func.count())
        .join(Responden, Jawaban.responden_id == Responden.id)
        .join(Layanan, Responden.layanan_id == Layanan.id)
        .where(*counted_by(session, bahan.periode, bahan.penetapan))
        .group_by(Layanan.nama, Jawaban.butir, Jawaban.nilai)
    )
    counts: defaultdict[str, defaultdict[str, Counter[int | None]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for nama, butir, nilai, count in rows:
        counts[nama][butir][nilai] += int(count)
    return {
        nama: {
            butir.kunci: Sebaran(*(per_butir[butir.kunci][nilai] for nilai in (1, 2, 3, 4, None)))
            for butir in bahan.instrumen.butir
        }
        for nama, per_butir in counts.items()
    }


def _score(bahan: Bahan, nama: str, rekap: Rekap, *, digabung: bool = False) -> HasilLayanan:
    hasil = compute_ikm(bahan.instrumen, rekap, bahan.konvensi)
    return HasilLayanan(nama=nama, hasil=hasil, digabung=digabung)


def _count(rekap: Rekap) -> int:
    return max(sebaran.responden for sebaran in rekap.values())


def _count_people(rekap: Rekap) -> tuple[int, ...]:
    """Respondents, and how many of them answered each question."""
    return (_count(rekap), *(sebaran.terisi for sebaran in rekap.values()))
