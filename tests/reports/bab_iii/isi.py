"""The year 2024 of Kecamatan Palaran, complete: what Bab III needs, with the printed figures."""

from __future__ import annotations

import csv
import shutil
import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from skm_app.capaian import create_rencana, create_sasaran
from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Akip, Dukungan, Indikator, Perjanjian, Realisasi, Target, new_id
from tests.admin.kinerja import add_anggaran_2024
from tests.conftest import make_settings
from tests.offices import (
    DATA,
    Kantor,
    add_periode,
    close,
    import_palaran,
    make_intake,
    make_kantor,
)

PENUNJANG = "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA"
PENYELENGGARAAN = "PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK"
PEMBERDAYAAN = "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN"
SASARAN = {
    "ikm": "Meningkatnya Kinerja dan Pelayanan OPD",
    "probebaya": "Meningkatnya Kualitas Hidup, Kapasitas dan Kapabilitas Masyarakat di Kelurahan",
}
# Which programmes pay for a sasaran, and in units of which kind.
DUKUNGAN: dict[str, tuple[tuple[str, str | None], ...]] = {
    "ikm": ((PENUNJANG, None), (PENYELENGGARAAN, None)),
    "probebaya": ((PEMBERDAYAAN, "kelurahan"),),
}


@dataclass(frozen=True, kw_only=True)
class Isi2024:
    """Ids of what ``fill_2024`` stored."""

    periode: uuid.UUID
    indikator: dict[str, uuid.UUID]


@dataclass(frozen=True, kw_only=True)
class Berkas2024:
    """A file with the complete year, to be copied: filling one takes most of a second."""

    path: Path
    kantor: Kantor
    isi: Isi2024

    def copy(self, folder: Path) -> str:
        """URL of a database of its own."""
        shutil.copy(self.path, folder / "skm.db")
        return f"sqlite:///{folder / 'skm.db'}"


def make_berkas_2024(upgraded: Path, folder: Path) -> Berkas2024:
    """:param upgraded: an empty database at the newest schema."""
    path = folder / "2024.db"
    shutil.copy(upgraded, path)
    settings = make_settings(f"sqlite:///{path}", folder)
    database = Database(settings.database_url)
    kantor = make_kantor(database)
    isi = fill_2024(database, make_intake(database, settings), kantor)
    database.close()
    return Berkas2024(path=path, kantor=kantor, isi=isi)


def read_csv(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill_2024(
    database: Database, intake: Intake, kantor: Kantor, *, ditetapkan: bool = True
) -> Isi2024:
    """Plan, targets, realisasi, budget, AKIP and agreement; 36 responses in a closed period."""
    import_palaran(database, intake)
    add_anggaran_2024(database, kantor)
    periode_id = add_periode(database, kantor.palaran, konvensi="portal-kota")
    with database.writing() as session:
        create_rencana(session, kantor.palaran, "Renstra 2021-2026", 2021, 2026)
        indikator = {kode: _add_indikator(session, kantor, kode) for kode in SASARAN}
        _add_tahun(session, indikator, periode_id)
        session.add_all(
            Akip(
                unit_id=kantor.palaran,
                tahun=int(row["tahun"]),
                nilai=Decimal(row["nilai"]),
                predikat=row["predikat_tercetak"],
                sumber=f"LHE Inspektorat {row['tahun']}",
            )
            for row in read_csv("akip_2021_2023.csv")
        )
        session.add(
            Perjanjian(
                unit_id=kantor.palaran,
                tahun=2024,
                dokumen="Perjanjian Kinerja Tahun 2024",
                tempat="Samarinda",
                tanggal=date(2024, 1, 23),
                pertama_jabatan="Camat Palaran",
                pertama_nama="Camat",
                kedua_jabatan="Wali Kota Samarinda",
                kedua_nama="Wali Kota",
            )
        )
    if ditetapkan:
        close(database, periode_id)
    return Isi2024(periode=periode_id, indikator=indikator)


def _add_indikator(session: Session, kantor: Kantor, kode: str) -> uuid.UUID:
    row = next(row for row in read_csv("indikator_kinerja.csv") if row["indikator"] == kode)
    urutan = list(SASARAN).index(kode) + 1
    sasaran = create_sasaran(session, kantor.palaran, urutan, f"Tujuan {kode}", SASARAN[kode])
    indikator = Indikator(
        id=new_id(),
        unit_id=kantor.palaran,
        sasaran_id=sasaran.id,
        kode=kode,
        urutan=urutan,
        paling_tinggi=Decimal(100),
        nama=row["nama_tercetak"],
        satuan=row["satuan"],
    )
    session.add(indikator)
    session.add_all(
        Dukungan(sasaran_id=sasaran.id, program=program, jenis_unit=jenis)
        for program, jenis in DUKUNGAN[kode]
    )
    session.flush()
    return indikator.id


def _add_tahun(session: Session, indikator: dict[str, uuid.UUID], periode_id: uuid.UUID) -> None:
    """Targets and realisasi; those of 2024 are computed, not copied."""
    for row in read_csv("indikator_kinerja.csv"):
        id_, tahun = indikator[row["indikator"]], int(row["tahun"])
        target = Decimal(row["target"])
        session.add(Target(indikator_id=id_, tahun=tahun, target=target, sumber=row["sumber"]))
        how: dict[str, object] = {"cara": "dokumen", "sumber": row["sumber"]}
        if tahun == 2024 and row["indikator"] == "ikm":
            how = {"cara": "periode", "periode_id": periode_id}
        elif tahun == 2024:
            how = {"cara": "serapan_anggaran"}
        elif row["realisasi"]:
            how["nilai"] = Decimal(row["realisasi"])
        else:
            continue
        session.add(Realisasi(indikator_id=id_, tahun=tahun, **how))
