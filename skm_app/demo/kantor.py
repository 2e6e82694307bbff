"""Units, services and collection points of the demo office."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from sqlalchemy.orm import Session

from skm_app.kode import TITIK_LENGTH, make_kode
from skm_app.models import Instalasi, Layanan, Titik, Unit, new_id

ALAMAT = "Jl. Ampera RT. 46 Kelurahan Rawa Makmur, Palaran, Samarinda 75243"
UMUM = ("umum", "Pelayanan umum")
# Usual services at this level; the printed report does not list the office's own.
LAYANAN_KECAMATAN = (
    ("ktp-kk", "Pengantar KTP dan Kartu Keluarga"),
    ("legalisasi", "Legalisasi surat"),
    ("sktm", "Surat keterangan tidak mampu"),
    ("ahli-waris", "Surat keterangan ahli waris"),
    ("izin-keramaian", "Rekomendasi izin keramaian"),
    UMUM,
)
LAYANAN_KELURAHAN = (
    ("domisili", "Surat keterangan domisili"),
    ("sktm", "Surat keterangan tidak mampu"),
    ("usaha", "Surat keterangan usaha"),
    UMUM,
)


@dataclass(frozen=True, kw_only=True)
class Kantor:
    """What the other parts of the demo refer to; ``titik``: codes where citizens choose."""

    unit_id: uuid.UUID
    titik_umum: str
    titik: tuple[str, ...]
    kelurahan: dict[str, uuid.UUID]


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a CSV table of the demo."""
    text = (files("skm_app.demo") / "data" / name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def create_kantor(session: Session) -> Kantor:
    """Store the tree Samarinda > Palaran > five kelurahan with services and titik."""
    kota = Unit(id=new_id(), jenis="kota", nama="Kota Samarinda")
    palaran = Unit(
        id=new_id(), parent_id=kota.id, jenis="kecamatan", nama="Kecamatan Palaran", alamat=ALAMAT
    )
    session.add(kota)
    session.flush()
    session.add(palaran)
    session.flush()
    layanan = _add_layanan(session, palaran, LAYANAN_KECAMATAN)
    umum = _add_titik(session, palaran, "Kuesioner kertas di loket", layanan["umum"])
    titik = [_add_titik(session, palaran, "Loket pelayanan kecamatan")]
    kelurahan = {}
    for row in read_rows("kelurahan.csv"):
        unit = Unit(
            id=new_id(), parent_id=palaran.id, jenis="kelurahan",
            nama=f"Kelurahan {row['kelurahan']}",
        )  # fmt: skip
        session.add(unit)
        session.flush()
        kelurahan[unit.nama] = unit.id
        _add_layanan(session, unit, LAYANAN_KELURAHAN)
        titik.append(_add_titik(session, unit, f"Loket {unit.nama}"))
    session.add_all(
        [
            Instalasi(kunci="unit", nilai=str(palaran.id)),
            Instalasi(kunci="titik_demo", nilai=titik[0]),
        ]
    )
    return Kantor(unit_id=palaran.id, titik_umum=umum, titik=tuple(titik), kelurahan=kelurahan)


def _add_layanan(
    session: Session, unit: Unit, names: tuple[tuple[str, str], ...]
) -> dict[str, uuid.UUID]:
    found = {}
    for urutan, (kode, nama) in enumerate(names):
        # Nothing at a kecamatan or kelurahan costs a citizen anything.
        layanan = Layanan(
            id=new_id(), unit_id=unit.id, kode=kode, nama=nama, urutan=urutan, gratis=True
        )
        session.add(layanan)
        found[kode] = layanan.id
    session.flush()
    return found


def _add_titik(session: Session, unit: Unit, nama: str, layanan_id: uuid.UUID | None = None) -> str:
    kode = make_kode(TITIK_LENGTH)
    session.add(Titik(unit_id=unit.id, layanan_id=layanan_id, kode=kode, nama=nama))
    return kode
