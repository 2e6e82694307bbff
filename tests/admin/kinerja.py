"""Rows of the performance agreement, for tests: the printed figures of 2024."""

from __future__ import annotations

import csv
import uuid
from decimal import Decimal

from sqlalchemy import select

from skm_app.capaian import create_rencana, create_sasaran
from skm_app.database import Database
from skm_app.models import Anggaran, Indikator, Realisasi, Rencana, Target, Unit, new_id
from tests.offices import DATA, Kantor
from tests.pages import Element, Form, Page

KELURAHAN = ("Bantuas", "Bukuan", "Simpang Pasir", "Handil Bakti")  # beside Rawa Makmur


def add_indikator(
    database: Database, unit_id: uuid.UUID, kode: str, target: dict[int, str]
) -> uuid.UUID:
    indikator_id = new_id()
    urutan = 1 if kode == "ikm" else 2
    with database.writing() as session:
        if session.get(Rencana, unit_id) is None:
            create_rencana(session, unit_id, "Renstra 2021-2026", 2021, 2026)
        tempat = create_sasaran(session, unit_id, urutan, f"Tujuan {kode}", f"Sasaran {kode}")
        session.add(
            Indikator(
                id=indikator_id,
                unit_id=unit_id,
                sasaran_id=tempat.id,
                kode=kode,
                urutan=urutan,
                paling_tinggi=Decimal(100),
                nama=f"Indikator {kode}",
                satuan="Nilai" if kode == "ikm" else "Persen",
            )
        )
        session.flush()
        session.add_all(
            Target(indikator_id=indikator_id, tahun=tahun, target=Decimal(nilai), sumber="PK")
            for tahun, nilai in target.items()
        )
    return indikator_id


def set_realisasi(database: Database, indikator_id: uuid.UUID, tahun: int, **how: object) -> None:
    with database.writing() as session:
        session.add(Realisasi(indikator_id=indikator_id, tahun=tahun, **how))


def add_anggaran_2024(database: Database, kantor: Kantor) -> None:
    """The five kelurahan and the budget rows of Tabel 3.10."""
    with database.writing() as session:
        session.add_all(
            Unit(parent_id=kantor.palaran, jenis="kelurahan", nama=f"Kelurahan {nama}")
            for nama in KELURAHAN
        )
        session.flush()
        units = dict(session.execute(select(Unit.nama, Unit.id)).all())
        with (DATA / "anggaran_2024.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["tingkat"] == "sub_kegiatan"]
            session.add_all(
                Anggaran(
                    unit_id=units[row["unit"]],
                    tahun=2024,
                    urutan=urutan,
                    program=row["program"],
                    kegiatan=row["kegiatan"],
                    sub_kegiatan=row["sub_kegiatan"],
                    anggaran_rp=int(row["anggaran_rp"] or 0),
                    realisasi_rp=int(row["realisasi_rp"] or 0),
                )
                for urutan, row in enumerate(rows)
            )


def read_rows(page: Page) -> list[str]:
    return [row.text for row in page.root.all("tr")]


def read_cells(table: Element) -> list[list[str]]:
    """The body of a table."""
    rows = [[one.text for one in (*row.all("th"), *row.all("td"))] for row in table.all("tr")]
    return rows[1:]


def read_definisi(page: Page) -> list[str]:
    """The three definitions of Probebaya, as the page words them."""
    return [item.text for item in page.root.first("ul", class_="definisi").all("li")]


def names_of(form: Form) -> set[str]:
    return {one.attrs.get("name", "") for one in form.element.walk()}
