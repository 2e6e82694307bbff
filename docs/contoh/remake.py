"""Remakes the sample documents in this folder from a fresh demo: ``python -m docs.contoh.remake``.

Everything in them but the day on which the demo's period was closed is the same every time.
"""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from skm_app.cli.opening import open_database, open_intake
from skm_app.demo import fill_demo
from skm_app.models import Instalasi, Periode
from skm_app.reports.bab_iii.susun import make_bab_iii
from skm_app.reports.cetak import JENIS, prepare_berkas
from skm_app.reports.docx import make_docx
from skm_app.reports.pdf import make_pdf

HERE = Path(__file__).resolve().parent
TAHUN = 2024
BERKAS = {
    f"laporan-skm-{TAHUN}.docx": "laporan-docx",
    f"laporan-skm-{TAHUN}.pdf": "laporan-pdf",
    f"lembar-kerja-{TAHUN}.xlsx": "lembar-kerja-xlsx",
    f"lembar-kerja-{TAHUN}.pdf": "lembar-kerja-pdf",
    f"poster-{TAHUN}-a4.pdf": "poster-a4-pdf",
    f"poster-{TAHUN}-a4.png": "poster-a4-png",
}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="skm-contoh-") as folder:
        os.environ["SKM_DATA_DIR"] = folder
        os.environ.pop("SKM_DATABASE_URL", None)
        with open_database(create=True) as (settings, database):
            fill_demo(database, open_intake(settings, database), settings.timezone)
            dicetak = datetime.now(UTC).astimezone(settings.timezone)
            with database.reading() as session:
                kantor = session.scalars(select(Instalasi.nilai).filter_by(kunci="unit")).one()
                periode = next(
                    one
                    for one in session.scalars(select(Periode).filter_by(tahun=TAHUN))
                    if str(one.unit_id) == kantor
                )
                for name, kunci in BERKAS.items():
                    _, make = prepare_berkas(session, periode, JENIS[kunci], dicetak)
                    (HERE / name).write_bytes(make())
                bab = make_bab_iii(session, periode.unit_id, TAHUN, settings.timezone)
        (HERE / f"bab-iii-lkjip-{TAHUN}.docx").write_bytes(make_docx(bab))
        (HERE / f"bab-iii-lkjip-{TAHUN}.pdf").write_bytes(make_pdf(bab))


if __name__ == "__main__":
    main()
