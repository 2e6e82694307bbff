"""What every document of a period is made of: its result, and the responses behind it.

Of a closed period both are as they stood at the closing, whatever came in or was left out since;
of an open one as they stand now. Tables of a document are counted from these very responses,
so that each of its figures can be traced to the worksheet.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from skm_app.models import Jawaban, Layanan, Penetapan, Periode, Responden, Unit
from skm_app.periode.penetapan import counted_by, read_periode
from skm_app.scoring import (
    HasilIKM,
    Instrumen,
    Konvensi,
    Rekap,
    Sebaran,
    compute_ikm,
    get_konvensi,
    parse_instrumen,
)

ROWS_AT_ONCE = 1000


@dataclass(frozen=True, kw_only=True)
class Bahan:
    """A period, its unit and its result. ``penetapan``: None while the figures may still change.

    ``unit``, ``nama``: as they were called at the closing. ``populasi``: users of the services.
    """

    periode: Periode
    penetapan: Penetapan | None
    unit: str
    alamat: str
    nama: str
    mulai: date
    sampai: date
    instrumen: Instrumen
    konvensi: Konvensi
    rekap: Rekap
    hasil: HasilIKM
    populasi: int | None
    populasi_sumber: str | None

    @property
    def sementara(self) -> bool:
        """Whether the figures may still change."""
        return self.penetapan is None

    @property
    def ditetapkan(self) -> datetime | None:
        return self.penetapan.ditetapkan if self.penetapan else None


@dataclass(frozen=True, kw_only=True)
class BarisResponden:
    """One response of a period, without anything said in words. ``nilai``: per butir."""

    tanggal: date
    unit: str
    layanan: str
    kanal: str
    dibantu: bool | None
    jenis_kelamin: str | None
    usia: str | None
    pendidikan: str | None
    pekerjaan: str | None
    nilai: Mapping[str, int | None]


def read_bahan(session: Session, periode: Periode) -> Bahan:
    """Gather a period: frozen if it is closed, else of the moment."""
    penetapan = periode.penetapan
    unit = session.get_one(Unit, periode.unit_id)
    if penetapan is None:
        found = read_periode(session, periode)
        return Bahan(
            periode=periode, penetapan=None, unit=unit.nama, alamat=unit.alamat,
            nama=periode.nama, mulai=periode.mulai, sampai=periode.sampai,
            instrumen=found.instrumen, konvensi=get_konvensi(periode.konvensi),
            rekap=found.rekap, hasil=found.hasil,
            populasi=periode.populasi, populasi_sumber=periode.populasi_sumber,
        )  # fmt: skip
    isi = penetapan.isi
    instrumen = parse_instrumen(isi["instrumen"])
    konvensi = get_konvensi(isi["hasil"]["konvensi"])
    rekap = {kunci: Sebaran(*counts) for kunci, counts in isi["rekap"].items()}
    return Bahan(
        periode=periode, penetapan=penetapan, unit=isi["unit"], alamat=unit.alamat,
        nama=isi["periode"], mulai=date.fromisoformat(isi["mulai"]),
        sampai=date.fromisoformat(isi["sampai"]), instrumen=instrumen, konvensi=konvensi,
        rekap=rekap, hasil=compute_ikm(instrumen, rekap, konvensi),
        populasi=isi.get("populasi"), populasi_sumber=isi.get("populasi_sumber"),
    )  # fmt: skip


def stream_responden(session: Session, bahan: Bahan) -> Iterator[BarisResponden]:
    """The responses behind the result, day by day, within a day in no order of arrival.

    Read in pieces: memory does not grow with their number.
    """
    own = counted_by(session, bahan.periode, bahan.penetapan)
    rows = session.execute(
        select(
            Responden.id, Responden.tanggal, Unit.nama, Layanan.nama, Responden.kanal,
            Responden.dibantu, Responden.jenis_kelamin, Responden.usia, Responden.pendidikan,
            Responden.pekerjaan,
        )
        .join(Unit, Responden.unit_id == Unit.id)
        .join(Layanan, Responden.layanan_id == Layanan.id)
        .where(*own)
        .order_by(Responden.tanggal, Responden.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )  # fmt: skip
    for part in rows.partitions():
        nilai = _read_nilai(session, [row[0] for row in part])
        for responden_id, tanggal, unit, layanan, kanal, dibantu, *profil in part:
            jenis_kelamin, usia, pendidikan, pekerjaan = profil
            yield BarisResponden(
                tanggal=tanggal, unit=unit, layanan=layanan, kanal=kanal, dibantu=dibantu,
                jenis_kelamin=jenis_kelamin, usia=usia, pendidikan=pendidikan,
                pekerjaan=pekerjaan, nilai=nilai[responden_id.hex],
            )  # fmt: skip


def _read_nilai(
    session: Session, responden_ids: list[uuid.UUID]
) -> Mapping[str, dict[str, int | None]]:
    """Answers by the hex digits of their response's id.

    The ids are taken as the database gives them: making a UUID of each, nine times for every
    response, would take nearly as long as all the rest of reading.
    """
    stored = type_coerce(Jawaban.responden_id, String)
    found: defaultdict[str, dict[str, int | None]] = defaultdict(dict)
    for responden_id, butir, nilai in session.execute(
        select(stored, Jawaban.butir, Jawaban.nilai).where(Jawaban.responden_id.in_(responden_ids))
    ):
        found[str(responden_id).replace("-", "")][butir] = nilai
    return found
