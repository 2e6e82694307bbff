"""A kiosk tablet as the server sees it: it pairs, sends its queue, and reads the answers."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from skm_app.database import Database
from skm_app.kios import create_kios, renew_kode
from skm_app.models import IsianTerputus, Kios, Titik
from tests.offices import SKM_9, make_nilai

PIN = "2580"


class Tablet:
    """Knows its titik and, once paired, its token."""

    def __init__(self, client: FlaskClient, kode: str) -> None:
        self.client, self.kode = client, kode
        self.token = ""

    def pair(self, kode_pasang: object, titik: str | None = None) -> TestResponse:
        url = f"/kios/{titik or self.kode}/pasang"
        answer = self.client.post(url, json={"kode": kode_pasang})
        if answer.status_code == 200:
            self.token = answer.get_json()["token"]
        return answer

    def send(self, *isian: object, **body: object) -> dict[str, Any]:
        """Send a batch that must be taken in."""
        answer = self.try_to_send({"isian": list(isian), **body})
        assert answer.status_code == 200, answer.text
        return dict(answer.get_json())

    def status_of(self, isian: object) -> str:
        """What becomes of one response."""
        (hasil,) = self.send(isian)["hasil"]
        return str(hasil["status"])

    def try_to_send(
        self, body: object, token: str | None = None, titik: str | None = None
    ) -> TestResponse:
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"}
        url = f"/kios/{titik or self.kode}/kirim"
        return self.client.post(url, data=data, headers=headers, content_type="application/json")


def add_kios(database: Database, titik: str, nama: str = "Tablet loket") -> tuple[uuid.UUID, str]:
    """Make a tablet known; returns its id and its pairing code."""
    with database.writing() as session:
        titik_id = session.scalars(select(Titik.id).where(Titik.kode == titik)).one()
        kios, kode = create_kios(session, titik_id, nama, PIN, datetime.now(UTC))
        session.flush()
        return kios.id, kode


def renew(database: Database, kios_id: uuid.UUID) -> str:
    with database.writing() as session:
        return renew_kode(session, session.get_one(Kios, kios_id), datetime.now(UTC))


def make_tablet(app: Flask, database: Database, titik: str) -> Tablet:
    tablet = Tablet(app.test_client(), titik)
    assert tablet.pair(add_kios(database, titik)[1]).status_code == 200
    return tablet


def make_kiriman(**changes: object) -> dict[str, Any]:
    """One valid response as a tablet sends it, finished this moment by a right clock."""
    return {
        "id": str(uuid.uuid4()),
        "layanan": "ktp-kk",
        "instrumen": SKM_9.id,
        "nilai": make_nilai(),
        "profil": {},
        "saran": None,
        "pengaduan": False,
        "kode_pengaduan": None,
        "dibantu": False,
        "diisi": datetime.now(UTC).isoformat(),
        "selisih": 0,
        **changes,
    }


def by_clock(instant: datetime, off: timedelta, *, known: bool = True) -> Mapping[str, object]:
    """When a form was finished, by a tablet whose clock is ``off`` ahead of the server's."""
    return {
        "diisi": (instant + off).isoformat(),
        "selisih": -off.total_seconds() if known else None,
    }


def get_kios(database: Database) -> Kios:
    """The only tablet there is."""
    with database.reading() as session:
        return session.scalars(select(Kios)).one()


def list_terputus(database: Database) -> list[IsianTerputus]:
    with database.reading() as session:
        return list(session.scalars(select(IsianTerputus)))
