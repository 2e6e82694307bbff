"""A small office, and people who answer there: factories for every test that needs data.

Kota Samarinda > Kecamatan Palaran > Kelurahan Rawa Makmur. Rows made here are valid; a test
mentions only the facts it is about.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text

from skm_app.batch.impor import import_rows, make_daftar_isian
from skm_app.berkas import read_berkas
from skm_app.catatan import SISTEM, Pelaku
from skm_app.database import Database
from skm_app.intake import Intake, Isian
from skm_app.models import (
    Base,
    Instalasi,
    Jawaban,
    Layanan,
    Penetapan,
    Pengguna,
    Periode,
    Responden,
    Saran,
    Terbitan,
    Titik,
    Unit,
    Usulan,
    new_id,
)
from skm_app.periode.penetapan import close_periode, reopen_periode
from skm_app.profil import Profil
from skm_app.scoring import Instrumen, load_shipped
from skm_app.settings import Settings
from skm_app.setup import ensure_instrumen
from skm_app.tempat import find_tempat
from skm_app.terbitan import publish
from skm_app.usulan.dua_orang import propose
from skm_app.usulan.pengecualian import approve_pengecualian, propose_pengecualian
from skm_app.verifikasi import find_differences

DATA = Path(__file__).resolve().parent / "data"
PALARAN_2024 = DATA / "skm_palaran_2024.csv"
SKM_9 = load_shipped()["skm-9"]
SKM_16 = load_shipped()["skm-16"]
APPEND_ONLY = (
    "instrumen",
    "responden",
    "jawaban",
    "saran",
    "penetapan",
    "usulan",
    "usulan_responden",
    "putusan",
    "pengecualian",
    "pembukaan",
    "catatan",
    "terbitan",
    "target_lama",
)

# For tests in which the kind of database makes no difference: a third of the time.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

# Codes of titik, as they stand on the card.
LOKET = "PARAHA"  # Kecamatan Palaran, the citizen chooses the service
LOKET_KTP = "KTPKTP"  # Kecamatan Palaran, fixed to the KTP service
LOKET_TUTUP = "TAMAT4"  # Kecamatan Palaran, closed
LOKET_RAWA = "RAWAMA"  # Kelurahan Rawa Makmur, its only service


@dataclass(frozen=True, kw_only=True)
class Kantor:
    """Ids of what ``make_kantor`` stored."""

    kota: uuid.UUID
    palaran: uuid.UUID
    rawa_makmur: uuid.UUID
    ktp: uuid.UUID  # layanan of palaran
    sktm: uuid.UUID  # layanan of palaran
    domisili: uuid.UUID  # layanan of rawa_makmur
    loket: uuid.UUID  # titik LOKET
    loket_rawa: uuid.UUID  # titik LOKET_RAWA

    @property
    def all_units(self) -> tuple[uuid.UUID, ...]:
        return (self.kota, self.palaran, self.rawa_makmur)


def make_kantor(database: Database) -> Kantor:
    """Store the office in an empty, upgraded database."""
    kantor = Kantor(
        kota=new_id(),
        palaran=new_id(),
        rawa_makmur=new_id(),
        ktp=new_id(),
        sktm=new_id(),
        domisili=new_id(),
        loket=new_id(),
        loket_rawa=new_id(),
    )
    with database.writing() as session:
        ensure_instrumen(session)
        for rows in _kantor_rows(kantor):
            session.add_all(rows)
            session.flush()
    return kantor


def _kantor_rows(kantor: Kantor) -> Iterator[list[Base]]:
    palaran, rawa = kantor.palaran, kantor.rawa_makmur
    yield [Unit(id=kantor.kota, jenis="kota", nama="Kota Samarinda")]
    yield [
        Unit(id=palaran, parent_id=kantor.kota, jenis="kecamatan", nama="Kecamatan Palaran",
             alamat="Jl. Ampera RT. 46"),
    ]  # fmt: skip
    yield [Unit(id=rawa, parent_id=palaran, jenis="kelurahan", nama="Kelurahan Rawa Makmur")]
    yield [
        Layanan(id=kantor.ktp, unit_id=palaran, kode="ktp-kk", nama="Pengantar KTP", urutan=0),
        Layanan(id=kantor.sktm, unit_id=palaran, kode="sktm", nama="Surat tidak mampu", urutan=1),
        Layanan(id=kantor.domisili, unit_id=rawa, kode="domisili", nama="Surat domisili"),
        Instalasi(kunci="unit", nilai=str(palaran)),
    ]
    yield [
        Titik(id=kantor.loket, unit_id=palaran, kode=LOKET, nama="Loket"),
        Titik(unit_id=palaran, layanan_id=kantor.ktp, kode=LOKET_KTP, nama="Loket KTP"),
        Titik(unit_id=palaran, kode=LOKET_TUTUP, nama="Loket lama", aktif=False),
        Titik(id=kantor.loket_rawa, unit_id=rawa, kode=LOKET_RAWA, nama="Loket kelurahan"),
    ]


@pytest.fixture
def kantor(database: Database) -> Kantor:
    """The office, in the test's database; a conftest makes it known to its folder."""
    return make_kantor(database)


@pytest.fixture
def intake(database: Database, settings: Settings) -> Intake:
    return make_intake(database, settings)


def make_intake(database: Database, settings: Settings) -> Intake:
    return Intake(database, settings.timezone, settings.secret_key)


def today_wita() -> date:
    return datetime.now(ZoneInfo("Asia/Makassar")).date()


def make_answers(layanan: str = "ktp-kk", **changes: str) -> dict[str, str]:
    """Valid form fields of a citizen who answers 3 everywhere; change what the test is about."""
    return {**{f"u{number}": "3" for number in range(1, 10)}, "layanan": layanan, **changes}


def make_nilai(instrumen: Instrumen = SKM_9, nilai: int | None = 3) -> dict[str, int | None]:
    return {butir.kunci: nilai for butir in instrumen.butir}


def make_isian(
    kantor: Kantor,
    nilai: Mapping[str, int | None] | None = None,
    instrumen: Instrumen = SKM_9,
    **changes: object,
) -> Isian:
    """One valid isian for the KTP service; ``nilai`` changes single answers by butir."""
    fields: dict[str, Any] = {
        "id": uuid.uuid4(),
        "unit_id": kantor.palaran,
        "titik_id": kantor.loket,
        "layanan_id": kantor.ktp,
        "instrumen": instrumen,
        "nilai": {**make_nilai(instrumen), **(nilai or {})},
        "profil": Profil(),
        "kanal": "qr",
    }
    return Isian(**{**fields, **changes})


def make_isian_rawa(
    kantor: Kantor, nilai: Mapping[str, int | None] | None = None, **changes: object
) -> Isian:
    """One valid isian of Kelurahan Rawa Makmur."""
    where: dict[str, Any] = {
        "unit_id": kantor.rawa_makmur,
        "titik_id": kantor.loket_rawa,
        "layanan_id": kantor.domisili,
    }
    return make_isian(kantor, nilai, **{**where, **changes})


def add_periode(
    database: Database, unit_id: uuid.UUID, tahun: int = 2024, **changes: object
) -> uuid.UUID:
    """Store a period, by default a whole year under the exact convention."""
    fields: dict[str, Any] = {
        "id": new_id(),
        "unit_id": unit_id,
        "nama": str(tahun),
        "tahun": tahun,
        "mulai": date(tahun, 1, 1),
        "sampai": date(tahun, 12, 31),
        "instrumen_id": SKM_9.id,
        "konvensi": "eksak",
    }
    periode = Periode(**{**fields, **changes})
    with database.writing() as session:
        session.add(periode)
    return periode.id


def close(database: Database, periode_id: uuid.UUID, oleh: str = "ani") -> Penetapan:
    with database.writing() as session:
        return close_periode(database, session, session.get_one(Periode, periode_id), oleh)


def release(database: Database, penetapan: Penetapan) -> Terbitan:
    """Make a closed period's result public."""
    with database.writing() as session:
        return publish(session, SISTEM, session.get_one(Penetapan, penetapan.id))


def reopen(database: Database, periode_id: uuid.UUID) -> None:
    """Open a closed period again: Lia proposes, Budi approves; both are made here."""
    lia, budi = add_pelaku(database, "lia-buka"), add_pelaku(database, "budi-buka", "pimpinan")
    with database.writing() as session:
        periode = session.get_one(Periode, periode_id)
        usulan = propose(
            session, lia, "buka", periode.unit_id, "Ada berkas tertinggal.", "Buka kembali.",
            periode_id=periode_id,
        )  # fmt: skip
    with database.writing() as session:
        reopen_periode(database, session, budi, session.get_one(Usulan, usulan.id))


def import_palaran(database: Database, intake: Intake, titik: str = LOKET_KTP) -> None:
    """Store the 36 responses of 2024."""
    with database.reading() as session:
        tempat = find_tempat(session, titik, date(2024, 12, 31))
    assert tempat is not None
    rows = read_berkas(PALARAN_2024, tempat.instrumen).rows
    import_rows(intake, make_daftar_isian(rows, tempat, date(2024, 12, 31)))


def add_pelaku(database: Database, nama: str, peran: str = "admin") -> Pelaku:
    """A member of staff who can propose and decide, without a usable password."""
    pengguna = Pengguna(id=new_id(), nama=nama, peran=peran, sandi_hash="-")
    with database.writing() as session:
        session.add(pengguna)
    return Pelaku(pengguna_id=pengguna.id, nama=nama, peran=peran)


def exclude(
    database: Database, unit_id: uuid.UUID, ids: Sequence[uuid.UUID], *, keluar: bool = True
) -> Usulan:
    """Leave responses out of the index, or take them in again: Lia proposes, Budi approves."""
    with database.reading() as session:
        known = {one.nama: one for one in session.scalars(select(Pengguna))}
    lia, budi = (
        Pelaku(pengguna_id=known[nama].id, nama=nama, peran=peran)
        if nama in known
        else add_pelaku(database, nama, peran)
        for nama, peran in (("lia", "admin"), ("budi", "pimpinan"))
    )
    with database.writing() as session:
        usulan = propose_pengecualian(
            session, lia, unit_id, tuple(ids), "Data uji coba.", keluar=keluar
        )
    with database.writing() as session:
        approve_pengecualian(database, session, budi, session.get_one(Usulan, usulan.id))
    return usulan


def list_differences(database: Database) -> list[str]:
    """What verify finds, besides missing guards: those have a test of their own."""
    with database.reading() as session:
        return [one for one in find_differences(session) if not one.startswith("Penjaga ")]


def list_responden(database: Database) -> list[Responden]:
    with database.reading() as session:
        return list(session.scalars(select(Responden)))


def read_nilai(database: Database, responden_id: uuid.UUID) -> dict[str, int | None]:
    """The stored answers of one response, by butir."""
    with database.reading() as session:
        rows = session.execute(
            select(Jawaban.butir, Jawaban.nilai).where(Jawaban.responden_id == responden_id)
        ).all()
    return {row.butir: row.nilai for row in rows}


def list_saran(database: Database) -> list[Saran]:
    with database.reading() as session:
        return list(session.scalars(select(Saran)))


def count_responden(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Responden)) or 0


def count_rows(database: Database) -> dict[str, int]:
    """Rows per table, to compare two databases."""
    with database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


@contextmanager
def intake_held_up(database: Database) -> Iterator[None]:
    """Hold the lock that recording an answer needs, as a slow disk would."""
    with database.write_connection() as connection:
        database.lock_intake(connection, exclusive=True)
        yield


def drop_guards(database: Database) -> None:
    """What an insider with the database's own password can do: remove the triggers."""
    with database.write_connection() as connection:
        for table in APPEND_ONLY:
            if database.is_sqlite:
                for action in ("update", "delete"):
                    connection.execute(text(f"DROP TRIGGER {table}_refuse_{action}"))
            else:
                for what in ("change", "truncate"):
                    connection.execute(text(f"DROP TRIGGER {table}_refuse_{what} ON {table}"))


def run_sql(database: Database, statement: str, **values: object) -> int:
    """Run one raw statement; returns how many rows it touched."""
    with database.write_connection() as connection:
        return connection.execute(text(statement), values).rowcount
