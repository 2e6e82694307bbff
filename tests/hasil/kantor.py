"""An office whose people answer, and whose results are closed and made public."""

from __future__ import annotations

import uuid
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from skm_app.database import Database
from skm_app.intake import Intake
from skm_app.models import Penetapan, Periode, Terbitan
from skm_app.profil import Profil
from tests.offices import (
    Kantor,
    add_periode,
    close,
    make_isian,
    make_isian_rawa,
    make_nilai,
    release,
)

LAKI, PEREMPUAN = Profil(jenis_kelamin="L"), Profil(jenis_kelamin="P")


@dataclass(frozen=True, kw_only=True)
class Penerbit:
    """Fills days with answers, closes periods and releases them."""

    database: Database
    kantor: Kantor
    intake: Intake

    def answer(
        self,
        banyak: int,
        day: date,
        nilai: int = 3,
        *,
        rawa: bool = False,
        profil: Profil = LAKI,
        sktm: bool = False,
    ) -> None:
        """So many people answer alike, at the kecamatan or at Rawa Makmur."""
        make = make_isian_rawa if rawa else make_isian
        service: dict[str, Any] = {"layanan_id": self.kantor.sktm} if sktm else {}
        self.intake.record_all(
            [
                make(self.kantor, make_nilai(nilai=nilai), tanggal=day, profil=profil, **service)
                for _ in range(banyak)
            ]
        )

    def add_year(self, tahun: int = 2024, *, rawa: bool = False, **changes: object) -> uuid.UUID:
        unit_id = self.kantor.rawa_makmur if rawa else self.kantor.palaran
        return add_periode(self.database, unit_id, tahun=tahun, **changes)

    def add_month(self, tahun: int, bulan: int, nama: str = "") -> uuid.UUID:
        return self.add_year(
            tahun,
            nama=nama or f"Bulan {bulan} {tahun}",
            jenis="bulan",
            mulai=date(tahun, bulan, 1),
            sampai=date(tahun, bulan, monthrange(tahun, bulan)[1]),
        )

    def release(self, periode_id: uuid.UUID) -> Terbitan:
        """Close a period and make its result public."""
        return release(self.database, close(self.database, periode_id))

    def read_penetapan(self, periode_id: uuid.UUID) -> Penetapan:
        with self.database.reading() as session:
            found = session.get_one(Periode, periode_id).penetapan
        assert found is not None
        return found
