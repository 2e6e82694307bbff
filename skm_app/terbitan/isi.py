"""What the public is shown of a result, as plain JSON; decimals as strings, days as ISO 8601.

How often each answer was given is never told: a single 1 would point at whoever is known to
have been displeased.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC
from decimal import Decimal
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from skm_app.models import Layanan, Penetapan, Periode, Responden, Rtl, Unit
from skm_app.periode.penetapan import counted_by
from skm_app.reports.bahan import Bahan
from skm_app.reports.kelompok import read_kelompok, read_per_layanan
from skm_app.reports.laporan.sebutan import rank_unsur
from skm_app.scoring import HasilUnsur, Mutu

SKEMA = "skm-hasil/1"
SELESAI = "selesai"


def make_isi(
    session: Session,
    bahan: Bahan,
    penetapan: Penetapan,
    *,
    rincian: bool,
    known: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Gather it.

    :param rincian: with the tables of groups and services, else they are empty.
    :param known: what was shown of the same responses before, whose tables are taken over.
    """
    unit = session.get_one(Unit, bahan.periode.unit_id)
    return {
        "skema": SKEMA,
        "unit": {"id": str(unit.id), "jenis": unit.jenis, "nama": bahan.unit},
        "periode": {
            "nama": bahan.nama,
            "jenis": bahan.periode.jenis,
            "tahun": bahan.periode.tahun,
            "mulai": bahan.mulai.isoformat(),
            "sampai": bahan.sampai.isoformat(),
        },
        **_describe_indeks(bahan, penetapan),
        "unsur": [_describe_unsur(one) for one in bahan.hasil.unsur],
        "terlemah": [one.kunci for tied in rank_unsur(bahan.hasil, terkuat=False) for one in tied],
        "rincian": rincian,
        **_describe_rincian(session, bahan, rincian, known),
        "perbaikan": _describe_perbaikan(session, bahan),
        "rencana": _describe_rencana(session, bahan),
        "penetapan": {
            "nomor": penetapan.nomor,
            "ditetapkan": penetapan.ditetapkan.astimezone(UTC).isoformat(),
            "sidik": penetapan.sidik,
        },
    }


def _describe_indeks(bahan: Bahan, penetapan: Penetapan) -> dict[str, Any]:
    """The index and how far it can be trusted: sample, population, what was left out."""
    hasil, beku = bahan.hasil, penetapan.isi
    return {
        "n": hasil.n,
        "ikm": _text(hasil.ikm),
        **_describe_mutu(hasil.mutu),
        "instrumen": hasil.instrumen_id,
        "konvensi": hasil.konvensi,
        "kebutuhan": beku.get("kebutuhan"),
        "populasi": bahan.populasi,
        "populasi_sumber": bahan.populasi_sumber,
        "dikecualikan": sum(one["jumlah"] for one in beku.get("pengecualian", ())),
    }


def _describe_unsur(unsur: HasilUnsur) -> dict[str, Any]:
    return {
        "kode": unsur.kode,
        "kunci": unsur.kunci,
        "nama": unsur.nama,
        "nrr": _text(unsur.nrr),
        "nilai": _text(unsur.nilai),
        **_describe_mutu(unsur.mutu),
    }


def _describe_rincian(
    session: Session, bahan: Bahan, rincian: bool, known: Mapping[str, Any] | None
) -> dict[str, Any]:
    if not rincian:
        return {"responden": {}, "layanan": []}
    if known is not None:
        return {key: known[key] for key in ("responden", "layanan")}
    return {
        "responden": _describe_responden(session, bahan),
        "layanan": _describe_layanan(session, bahan),
    }


def _describe_responden(session: Session, bahan: Bahan) -> dict[str, list[dict[str, Any]]]:
    return {
        ciri: [
            {"nama": one.nama, "jumlah": one.jumlah, "digabung": one.digabung} for one in kelompok
        ]
        for ciri, kelompok in read_kelompok(session, bahan).items()
    }


def _describe_layanan(session: Session, bahan: Bahan) -> list[dict[str, Any]]:
    """``layanan``: the ids behind a row's name, which may change; empty for the folded ones."""
    ids = _list_layanan_ids(session, bahan)
    return [
        {
            "nama": one.nama,
            "layanan": [] if one.digabung else ids[one.nama],
            "n": one.hasil.n,
            "ikm": _text(one.hasil.ikm),
            **_describe_mutu(one.hasil.mutu),
            "digabung": one.digabung,
        }
        for one in read_per_layanan(session, bahan)
    ]


def _list_layanan_ids(session: Session, bahan: Bahan) -> Mapping[str, list[str]]:
    """The services that the responses are about, by name."""
    own = counted_by(session, bahan.periode, bahan.penetapan)
    judged = select(Responden.layanan_id).where(*own)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for layanan_id, nama in session.execute(
        select(Layanan.id, Layanan.nama).where(Layanan.id.in_(judged)).order_by(Layanan.id)
    ):
        found[nama].append(str(layanan_id))
    return found


def _describe_perbaikan(session: Session, bahan: Bahan) -> list[dict[str, Any]]:
    """What the plan of the period before, of the same kind if there is one, has brought."""
    periode = bahan.periode
    same = case((Periode.jenis == periode.jenis, 0), else_=1)
    before = session.scalars(
        select(Periode)
        .where(Periode.unit_id == periode.unit_id, Periode.sampai < periode.mulai)
        .order_by(same, Periode.sampai.desc(), Periode.mulai, Periode.id)
        .limit(1)
    ).first()
    if before is None:
        return []
    rows = session.scalars(
        select(Rtl)
        .where(Rtl.periode_id == before.id, Rtl.status == SELESAI)
        .order_by(Rtl.tahun, Rtl.triwulan, Rtl.id)
    )
    # Not who was responsible: the office answers for it, not a person.
    return [{"unsur": one.unsur, "program": one.program, "hasil": one.uraian_hasil} for one in rows]


def _describe_rencana(session: Session, bahan: Bahan) -> list[dict[str, Any]]:
    """What is planned upon this result, as the plan stands at the release."""
    rows = session.scalars(
        select(Rtl)
        .where(Rtl.periode_id == bahan.periode.id)
        .order_by(Rtl.tahun, Rtl.triwulan, Rtl.id)
    )
    return [
        {
            "unsur": one.unsur,
            "program": one.program,
            "triwulan": one.triwulan,
            "tahun": one.tahun,
            "status": one.status,
        }
        for one in rows
    ]


def _describe_mutu(mutu: Mutu | None) -> dict[str, str | None]:
    return {
        "mutu": mutu.huruf if mutu else None,
        "kinerja": mutu.kinerja if mutu else None,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
