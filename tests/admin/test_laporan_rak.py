"""Finished files that wait to be fetched: how long, and how many of them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from skm_app.admin.laporan_kerja import DISIMPAN, MAX_BYTES, Pesanan, Rak
from skm_app.reports.cetak import POSTER_PNG


def test_finished_files_are_kept_only_so_long_and_so_much() -> None:
    rak = Rak()

    def put(size: int, dibuat: datetime) -> uuid.UUID:
        id_ = uuid.uuid4()
        rak.add(id_, Pesanan(pengguna_id=id_, periode_id=id_, jenis=POSTER_PNG, dibuat=dibuat))
        rak.put(id_, "x.png", b"x" * size)
        return id_

    def has(id_: uuid.UUID) -> bool:
        found = rak.find(id_)
        return found is not None and found.isi is not None

    now = datetime.now(UTC)
    late = put(1, now - DISIMPAN - timedelta(seconds=1))
    old, new = put(MAX_BYTES // 2, now), put(MAX_BYTES // 2, now)
    assert (has(late), has(old), has(new)) == (False, True, True)
    newest = put(1, now)
    assert (has(old), has(new), has(newest)) == (False, True, True)
