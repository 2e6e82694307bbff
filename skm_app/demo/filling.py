"""Fills an empty database with the demo office; a filled one only gets a new password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from skm_app.akun.pengguna import change_sandi, create_pengguna, make_sandi
from skm_app.catatan import SISTEM
from skm_app.database import Database
from skm_app.demo.kantor import Kantor, create_kantor
from skm_app.demo.kinerja import create_kinerja
from skm_app.demo.responses import make_responses_2024, make_sample_responses
from skm_app.demo.tindak_lanjut import create_tindak_lanjut
from skm_app.intake import Intake
from skm_app.kios import create_kios, renew_kode
from skm_app.models import Instalasi, Kios, Pengguna, Periode, Titik, Unit
from skm_app.periode import DEFAULT_INSTRUMEN
from skm_app.periode.penetapan import close_periode
from skm_app.tempat import find_tempat
from skm_app.terbitan import publish

ADMIN = "admin"
PIN = "2580"
# The printed report takes its sample of 382 from the number of inhabitants.
POPULASI = 65_199
POPULASI_SUMBER = "Jumlah penduduk; catatan pengguna layanan belum ada"


class DemoError(Exception):
    """The database holds an office already that is not the demo."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What a visitor needs: the titik to answer at, an account with a fresh password, and a
    code that makes a tablet (or a browser) the kiosk of that titik."""

    titik: str
    admin: str
    sandi: str
    kode_pasang: str
    pin: str


def fill_demo(database: Database, intake: Intake, timezone: ZoneInfo) -> Demo:
    """Make the demo office, or find it, and give its admin a new one-time password.

    :raise DemoError: if the database belongs to a real office.
    """
    with database.reading() as session:
        is_demo = session.get(Instalasi, "demo") is not None
        is_used = bool(session.scalar(select(func.count()).select_from(Unit)))
    if is_used and not is_demo:
        raise DemoError(
            "Basis data ini sudah berisi kantor lain. Untuk data contoh, pilih folder lain: "
            "SKM_DATA_DIR=./contoh skm demo."
        )
    if not is_demo:
        _fill(database, intake, datetime.now(UTC).astimezone(timezone).date())
    with database.writing() as session:
        titik = _find_titik(session)
        return Demo(
            titik=titik.kode,
            admin=ADMIN,
            sandi=_reset_admin(session),
            kode_pasang=_renew_kios(session, titik),
            pin=PIN,
        )


def _fill(database: Database, intake: Intake, today: date) -> None:
    with database.writing() as session:
        kantor = create_kantor(session)
        _add_periode(session, kantor, 2024, "portal-kota")
        _add_periode(session, kantor, today.year, "eksak")
    with database.reading() as session:
        tempat = find_tempat(session, kantor.titik_umum, today)
        sample_places = [find_tempat(session, kode, today) for kode in kantor.titik]
    if tempat is None:
        raise AssertionError("The titik was stored a moment ago.")
    intake.record_all(make_responses_2024(tempat, today))
    intake.record_all(make_sample_responses([place for place in sample_places if place], today))
    with database.writing() as session:
        periode, now = session.scalars(select(Periode).order_by(Periode.tahun)).all()
        penetapan = close_periode(database, session, periode, ADMIN)
        create_kinerja(session, kantor, (periode, now), today)
        create_tindak_lanjut(session, kantor, periode)
        # After the plans: the public is shown those that stand at the release.
        publish(session, SISTEM, penetapan)
        # Last: a fill that was cut off is not taken for a demo.
        session.add(Instalasi(kunci="demo", nilai="ya"))


def _add_periode(session: Session, kantor: Kantor, tahun: int, konvensi: str) -> None:
    session.add(
        Periode(
            unit_id=kantor.unit_id,
            nama=str(tahun),
            tahun=tahun,
            mulai=date(tahun, 1, 1),
            sampai=date(tahun, 12, 31),
            instrumen_id=DEFAULT_INSTRUMEN,
            konvensi=konvensi,
            jenis="tahun",
            populasi=POPULASI,
            populasi_sumber=POPULASI_SUMBER,
        )
    )


def _find_titik(session: Session) -> Titik:
    """The one to try first: the office's own titik where the citizen chooses the service."""
    kode = session.scalar(select(Instalasi.nilai).where(Instalasi.kunci == "titik_demo"))
    return session.scalars(select(Titik).where(Titik.kode == kode)).one()


def _renew_kios(session: Session, titik: Titik) -> str:
    """A fresh pairing code for the demo's tablet, which is made the first time."""
    kios = session.scalars(select(Kios).where(Kios.titik_id == titik.id)).first()
    now = datetime.now(UTC)
    if kios is None:
        return create_kios(session, titik.id, "Tablet contoh", PIN, now)[1]
    return renew_kode(session, kios, now)


def _reset_admin(session: Session) -> str:
    sandi = make_sandi()
    admin = session.scalars(select(Pengguna).where(Pengguna.nama == ADMIN)).first()
    if admin is None:
        create_pengguna(session, ADMIN, "admin", sandi, sementara=True)
    else:
        change_sandi(session, admin, sandi, sementara=True)
    return sandi
