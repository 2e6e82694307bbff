"""``skm import`` and ``skm export``."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from skm_app.batch.impor import (
    HasilImpor,
    SebagianAdaError,
    choose_hari,
    find_hari_lain,
    import_rows,
    make_daftar_isian,
)
from skm_app.berkas import (
    Berkas,
    find_kolom_tanggal,
    list_tanggal,
    load_data,
    parse_tabel,
    read_tabel,
)
from skm_app.catatan import SISTEM, add_catatan
from skm_app.cli.errors import InputError
from skm_app.cli.opening import open_database, open_intake
from skm_app.ekspor import make_tabel, write_csv, write_xlsx
from skm_app.intake import KonflikError
from skm_app.periode import DEFAULT_INSTRUMEN
from skm_app.results import get_instrumen
from skm_app.tanggal import format_tanggal
from skm_app.tempat import Tempat, find_tempat


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--titik", required=True, help="Kode titik tempat isian dikumpulkan.")
@click.option("--order", type=click.Choice(["unsur", "kuesioner"]), help="Arti kolom U8 dan U9.")
@click.option("--tanggal", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), help="Untuk baris tanpa.")
@click.option("--lanjutan", is_flag=True, help="Berkas lama yang ditambah baris.")
@click.option("--berkas-baru", is_flag=True, help="Kuesioner lain, walau ada jawaban yang sama.")
@click.option("--dry-run", is_flag=True, help="Hanya periksa, tidak menyimpan.")
def import_command(
    file: Path,
    titik: str,
    order: str | None,
    tanggal: datetime | None,
    lanjutan: bool,
    berkas_baru: bool,
    dry_run: bool,
) -> None:
    """Simpan baris-baris berkas CSV atau XLSX, masing-masing satu kali."""
    with open_database() as (settings, database):
        today = datetime.now(UTC).astimezone(settings.timezone).date()
        given = tanggal.date() if tanggal else None
        with database.reading() as session:
            tempat, berkas = _read_file(session, file, titik, order, given, today)
            hari_lain = find_hari_lain(session, tempat, berkas.rows, given, today)
        daftar = make_daftar_isian(
            berkas.rows,
            tempat,
            today,
            tanggal=given,
            berkas=hashlib.sha256(file.read_bytes()).hexdigest() if berkas_baru else "",
            hari_lain=hari_lain,
        )
        click.echo(f"Urutan U8 dan U9: {berkas.order_used} ({berkas.order_reason}).")
        if dry_run:
            click.echo(f"{len(daftar)} baris dapat disimpan; tidak ada yang disimpan (uji).")
            return

        def note(session: Session, hasil: HasilImpor) -> None:
            add_catatan(
                session,
                SISTEM,
                "impor",
                ("impor", file.name[:80]),
                f"{hasil.baru} baris disimpan, {hasil.sudah_ada} sudah ada sebelumnya.",
                unit_id=tempat.unit_id,
                sesudah={"titik_id": str(tempat.titik_id)},
            )

        try:
            intake = open_intake(settings, database)
            hasil = import_rows(intake, daftar, lanjutan=lanjutan, also=note)
        except SebagianAdaError as error:
            raise InputError(str(error)) from error
        except KonflikError as error:
            raise InputError(
                "Sebagian baris sudah pernah disimpan dengan kunci rahasia lain; tidak ada yang "
                "disimpan. Pakai secret.key yang lama."
            ) from error
    undated = sum(isian.tanggal is None for isian in daftar)
    if undated and hasil.baru:
        click.echo(f"{undated} baris tanpa Tanggal dicatat pada hari ini, {format_tanggal(today)}.")
    click.echo(f"{hasil.baru} baris disimpan, {hasil.sudah_ada} sudah ada sebelumnya.")


def _read_file(
    session: Session, file: Path, titik: str, order: str | None, given: date | None, today: date
) -> tuple[Tempat, Berkas]:
    """A file under the questionnaire of its days, and the titik as it was then."""
    if find_tempat(session, titik, today) is None:
        raise InputError(f"Titik {titik} tidak ada; lihat kodenya di halaman Titik.")
    tabel = read_tabel(load_data(file))
    hari = choose_hari(list_tanggal(tabel, *find_kolom_tanggal(tabel)), given, today)
    tempat = find_tempat(session, titik, hari)
    assert tempat is not None  # it was there a moment ago
    return tempat, parse_tabel(tabel, tempat.instrumen, order)  # type: ignore[arg-type]


@click.command("export")
@click.option("--tahun", type=click.IntRange(2000, 2100), required=True)
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx"]), required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
def export_command(tahun: int, kind: str, output: Path) -> None:
    """Tulis jawaban satu tahun, tanpa apa pun yang mengenali orang."""
    with open_database() as (_, database), database.reading() as session:
        tabel = make_tabel(session, tahun, get_instrumen(session, DEFAULT_INSTRUMEN).unsur)
    if not tabel.baris:
        raise InputError(f"Belum ada jawaban pada tahun {tahun}.")
    output.write_bytes(write_csv(tabel) if kind == "csv" else write_xlsx(tabel))
    with open_database() as (_, database), database.writing() as session:
        keterangan = f"{len(tabel.baris)} baris tahun {tahun} ditulis sebagai {kind.upper()}."
        add_catatan(session, SISTEM, "ekspor", ("ekspor", str(tahun)), keterangan)
    click.echo(f"{len(tabel.baris)} baris ditulis ke {output}.")
