"""The poster of a public result: what was released, below the letterhead of today.

Nothing is counted for it. Whoever asks for a poster cannot keep the server busy, and it says
the very figures of the page.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from skm_app.models import Instalasi, Unit

if TYPE_CHECKING:
    from skm_app.reports.poster import Poster


def read_poster_terbit(session: Session, isi: Mapping[str, Any]) -> Poster:
    """Put together the poster of ``Terbitan.isi``."""
    # Imported when needed: a server that never prints does not load what draws it.
    from skm_app.reports.kata import rentang
    from skm_app.reports.laporan.kop import read_kop
    from skm_app.reports.poster import LAYANAN_LAIN, Poster

    kop = read_kop(session, session.get_one(Unit, uuid.UUID(isi["unit"]["id"])))
    periode = isi["periode"]
    return Poster(
        unit=isi["unit"]["nama"],
        instansi=kop.instansi,
        lambang=kop.lambang,
        nama=periode["nama"],
        rentang=rentang(
            date.fromisoformat(periode["mulai"]), date.fromisoformat(periode["sampai"])
        ),
        sementara=False,
        contoh=session.get(Instalasi, "demo") is not None,
        ikm=Decimal(isi["ikm"]),
        huruf=isi["mutu"],
        kinerja=isi["kinerja"],
        n=isi["n"],
        jenis_kelamin=_list_jumlah(isi, "jenis_kelamin"),
        pendidikan=_list_jumlah(isi, "pendidikan"),
        layanan=tuple(LAYANAN_LAIN if one["digabung"] else one["nama"] for one in isi["layanan"]),
    )


def compute_sidik_poster(poster: Poster) -> str:
    """Changes with anything that a poster says."""
    digest = hashlib.sha256(poster.lambang or b"")
    return hashlib.sha256(
        f"{replace(poster, lambang=None)!r} {digest.hexdigest()}".encode()
    ).hexdigest()


def _list_jumlah(isi: Mapping[str, Any], ciri: str) -> tuple[tuple[str, int], ...]:
    return tuple((one["nama"], one["jumlah"]) for one in isi["responden"].get(ciri, ()))
