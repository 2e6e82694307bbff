"""The public results of the office, and under which address each of them stands.

Only what ``terbitan`` lists is ever read here: what was not released, or was opened again, is
not known to the pages and can so not be told from what never was.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.models import Instalasi, Terbitan
from skm_app.scoring import round_half_up
from skm_app.terbitan import list_terbitan_below

LEBAR_SLUG = 60
TERENDAH, TERTINGGI = Decimal(25), Decimal(100)  # ends of the scale of an index


@dataclass(frozen=True, kw_only=True)
class Batang:
    """One row with a bar. ``nilai``: 25..100; None where there is none."""

    nama: str
    nilai: Decimal | None
    mutu: str | None
    kinerja: str | None
    n: int | None = None
    kode: str = ""

    @property
    def lebar(self) -> Decimal:
        """Length of the bar, in percent of the scale."""
        if self.nilai is None:
            return Decimal(0)
        share = (self.nilai - TERENDAH) / (TERTINGGI - TERENDAH) * 100
        return round_half_up(max(share, Decimal(0)), 1)


@dataclass(frozen=True, kw_only=True)
class Hasil:
    """One public result. ``slug``: None: at the address of its year; ``utama``: the office's."""

    terbitan: Terbitan
    slug: str | None
    utama: bool

    @property
    def isi(self) -> dict[str, Any]:
        return self.terbitan.isi

    @property
    def unit_id(self) -> uuid.UUID:
        return uuid.UUID(self.isi["unit"]["id"])

    @property
    def nama(self) -> str:
        return str(self.isi["periode"]["nama"])

    @property
    def tahun(self) -> int:
        return int(self.isi["periode"]["tahun"])

    @property
    def mulai(self) -> date:
        return date.fromisoformat(self.isi["periode"]["mulai"])

    @property
    def sampai(self) -> date:
        return date.fromisoformat(self.isi["periode"]["sampai"])

    @property
    def ringkas(self) -> Batang:
        """The index itself."""
        isi = self.isi
        return Batang(
            nama=self.nama, nilai=Decimal(isi["ikm"]), mutu=isi["mutu"], kinerja=isi["kinerja"],
            n=isi["n"],
        )  # fmt: skip

    @property
    def unsur(self) -> list[Batang]:
        return [
            Batang(
                nama=one["nama"],
                kode=one["kode"],
                nilai=Decimal(one["nilai"]),
                mutu=one["mutu"],
                kinerja=one["kinerja"],
            )
            for one in self.isi["unsur"]
        ]

    @property
    def terlemah(self) -> list[str]:
        """Names of the lowest unsur, the lowest first; none if all are equal."""
        names = {one["kunci"]: str(one["nama"]) for one in self.isi["unsur"]}
        return [names[kunci] for kunci in self.isi["terlemah"]]

    @property
    def layanan(self) -> list[Batang]:
        return [
            Batang(
                nama=one["nama"],
                nilai=None if one["ikm"] is None else Decimal(one["ikm"]),
                mutu=one["mutu"],
                kinerja=one["kinerja"],
                n=one["n"],
            )
            for one in self.isi["layanan"]
        ]

    def address(self, endpoint: str = "show_hasil", **values: Any) -> str:  # noqa: ANN401 - as url_for takes them
        """The address of its page, or of what hangs below it.

        :param endpoint: ``show_hasil``, ``show_hasil_data`` or ``show_hasil_poster``.
        """
        kind = "periode" if self.slug is not None else "tahun"
        where: dict[str, Any] = {
            "nama": self.slug,
            "unit": None if self.utama else str(self.unit_id),
        }
        return url_for(f"survey.{endpoint}_{kind}", tahun=self.tahun, **where, **values)


@dataclass(frozen=True, kw_only=True)
class Perubahan:
    """How far an index has moved. ``dari``: the name of the period before."""

    selisih: Decimal
    dari: str


@dataclass(frozen=True, kw_only=True)
class SemuaHasil:
    """Everything that is public in this installation. ``kantor``: None: not set up yet."""

    kantor: uuid.UUID | None
    hasil: Sequence[Hasil]

    def of(self, unit_id: uuid.UUID | None) -> list[Hasil]:
        """The results of a unit, the newest period first."""
        return [one for one in self.hasil if one.unit_id == unit_id]

    def find(self, unit_id: uuid.UUID | None, tahun: int, slug: str | None) -> Hasil | None:
        """The result at an address."""
        at = (one for one in self.of(unit_id) if (one.tahun, one.slug) == (tahun, slug))
        return next(at, None)

    def trend(self, hasil: Hasil) -> list[Hasil]:
        """The periods of the same unit and kind, the oldest first."""
        jenis = hasil.isi["periode"]["jenis"]
        return [one for one in self.of(hasil.unit_id) if one.isi["periode"]["jenis"] == jenis][::-1]

    def compare(self, hasil: Hasil) -> Perubahan | None:
        """Against the public period before it; None without one that was computed alike."""
        known = self.trend(hasil)
        at = known.index(hasil)
        if at == 0 or known[at - 1].isi["konvensi"] != hasil.isi["konvensi"]:
            return None
        before = known[at - 1]
        return Perubahan(
            selisih=Decimal(hasil.isi["ikm"]) - Decimal(before.isi["ikm"]), dari=before.nama
        )


def read_semua_hasil(session: Session) -> SemuaHasil:
    """Read what is public of the office and of what is below it."""
    stored = session.scalar(select(Instalasi.nilai).where(Instalasi.kunci == "unit"))
    if stored is None:
        return SemuaHasil(kantor=None, hasil=())
    kantor = uuid.UUID(stored)
    visible = list_terbitan_below(session, kantor)
    slugs = _choose_slugs(visible)
    return SemuaHasil(
        kantor=kantor,
        hasil=[
            Hasil(
                terbitan=one,
                slug=slugs[one.penetapan_id],
                utama=one.isi["unit"]["id"] == str(kantor),
            )
            for one in visible
        ],
    )


def _choose_slugs(visible: Sequence[Terbitan]) -> dict[uuid.UUID, str | None]:
    """The last part of each address; names that would get the same one are counted.

    In the order of their release, so that a new one changes no address that is in use.
    """
    used: defaultdict[tuple[str, int], set[str | None]] = defaultdict(set)
    found: dict[uuid.UUID, str | None] = {}
    for one in sorted(visible, key=lambda each: (each.diterbitkan, str(each.penetapan_id))):
        periode = one.isi["periode"]
        taken = used[one.isi["unit"]["id"], periode["tahun"]]
        slug = None if periode["jenis"] == "tahun" else make_slug(periode["nama"])
        if slug in taken:
            base, number = slug or make_slug(periode["nama"]), 2
            while (slug := f"{base}-{number}") in taken:
                number += 1
        taken.add(slug)
        found[one.penetapan_id] = slug
    return found


def make_slug(nama: str) -> str:
    """``Semester I 2024`` becomes ``semester-i-2024``; a name without Latin letters ``periode``."""
    plain = unicodedata.normalize("NFKD", nama).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:LEBAR_SLUG].strip("-")
    return slug or "periode"
