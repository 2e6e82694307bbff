"""Batches made without the pages: a stack with a difference to settle, an import that is done."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from skm_app.catatan import Pelaku
from skm_app.database import Database
from skm_app.models import Batch, Lembar, new_id
from tests.offices import Kantor, make_nilai


def add_batch(database: Database, kantor: Kantor, oleh: Pelaku, jenis: str = "kertas") -> uuid.UUID:
    batch = Batch(
        id=new_id(),
        unit_id=kantor.palaran,
        titik_id=kantor.loket,
        jenis=jenis,
        kode=f"{jenis[0].upper()}-2024-001",
        status="diisi" if jenis == "kertas" else "tersimpan",
        tanggal=date(2024, 3, 4),
        ganda=jenis == "kertas",
        oleh_id=oleh.pengguna_id,
        dibuat=datetime.now(UTC),
    )
    with database.writing() as session:
        session.add(batch)
        session.flush()
        if jenis == "kertas":
            isi = {
                **dict.fromkeys(("jenis_kelamin", "usia", "pendidikan", "pekerjaan")),
                **dict.fromkeys(("dibantu", "saran")),
                "nilai": make_nilai(),
                "layanan": "ktp-kk",
                "pengaduan": False,
            }
            session.add(
                Lembar(
                    batch_id=batch.id,
                    nomor=1,
                    submission_id=uuid.uuid4(),
                    isi=isi,
                    isi_kedua={**isi, "layanan": "sktm"},
                )
            )
    return batch.id
