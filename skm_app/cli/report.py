"""``skm report``: the annual report, the worksheet or the poster of a period as a file."""

from __future__ import annotations

import errno
import os
import stat
import uuid
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from skm_app.catatan import SISTEM, add_catatan
from skm_app.cli.errors import InputError, explain_os_error
from skm_app.cli.opening import open_database
from skm_app.models import Instalasi, Periode
from skm_app.reports.cetak import JENIS, CetakError, JenisBerkas, prepare_berkas

# Which file is meant: by what it is, in which format, and for a poster in which size.
LAPORAN, LEMBAR_KERJA, POSTER = "laporan", "lembar-kerja", "poster"
BAWAAN = {"docx": LAPORAN, "pdf": LAPORAN, "xlsx": LEMBAR_KERJA, "png": POSTER}
FORMAT = {LAPORAN: ("docx", "pdf"), LEMBAR_KERJA: ("xlsx", "pdf"), POSTER: ("pdf", "png")}


@click.command("report")
@click.option("--tahun", type=click.IntRange(2000, 2100), required=True)
@click.option("--periode", "nama", help="Nama periode, bila tahun itu mempunyai beberapa.")
@click.option("--format", "kind", type=click.Choice(list(BAWAAN)), required=True)
@click.option("--jenis", type=click.Choice(list(FORMAT)), help="Bawaan: menurut format.")
@click.option("--ukuran", type=click.Choice(["a4", "a3"]), default="a4", help="Ukuran poster.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
def report_command(
    tahun: int, nama: str | None, kind: str, jenis: str | None, ukuran: str, output: Path
) -> None:
    """Tulis laporan tahunan (docx, pdf), lembar kerja (xlsx), atau poster satu periode."""
    wanted = _choose_jenis(jenis or BAWAAN[kind], kind, ukuran)
    with open_database() as (settings, database):
        with database.reading() as session:
            periode = _choose_periode(session, tahun, nama)
            dicetak = datetime.now(UTC).astimezone(settings.timezone)
            try:
                _, make = prepare_berkas(session, periode, wanted, dicetak)
            except CetakError as error:
                raise InputError(f"Periode {periode.nama}: {error}") from error
            sementara = periode.penetapan is None
        try:
            isi = make()
        except CetakError as error:
            raise InputError(str(error)) from error
        _write(output, isi)
        if wanted.responden:
            with database.writing() as session:
                add_catatan(
                    session, SISTEM, "ekspor", ("lembar_kerja", str(periode.id)),
                    f"Lembar kerja periode {periode.nama} ditulis sebagai {kind.upper()}.",
                    unit_id=periode.unit_id,
                )  # fmt: skip
    if sementara:
        click.echo(
            f"Periode {periode.nama} belum ditetapkan, jadi berkasnya bertanda SEMENTARA.", err=True
        )
    click.echo(f"{wanted.label} periode {periode.nama} ditulis ke {output}.")


def _choose_jenis(jenis: str, kind: str, ukuran: str) -> JenisBerkas:
    if kind not in FORMAT[jenis]:
        choices = " atau ".join(FORMAT[jenis])
        raise InputError(f"Jenis {jenis} tidak dibuat sebagai {kind}; pilih {choices}.")
    if jenis != POSTER:
        return JENIS[f"{jenis}-{kind}"]
    # A picture for social media has one size.
    return JENIS[f"{POSTER}-{'a4' if kind == 'png' else ukuran}-{kind}"]


def _choose_periode(session: Session, tahun: int, nama: str | None) -> Periode:
    """The period of the office itself in a year; without a name the year, else the only one."""
    kantor = session.scalar(select(Instalasi.nilai).where(Instalasi.kunci == "unit"))
    if kantor is None:
        raise InputError("Kantor belum disiapkan; isi dahulu datanya di halaman Kantor.")
    found = session.scalars(
        select(Periode)
        .where(Periode.unit_id == uuid.UUID(kantor), Periode.tahun == tahun)
        .order_by(Periode.mulai, Periode.sampai.desc(), Periode.nama)
    ).all()
    if not found:
        raise InputError(f"Belum ada periode untuk tahun {tahun}.")
    names = ", ".join(one.nama for one in found)
    if nama is not None:
        same = [one for one in found if one.nama.casefold() == nama.strip().casefold()]
        if not same:
            raise InputError(f"Periode {nama} tidak ada pada tahun {tahun}; yang ada: {names}.")
        return same[0]
    years = [one for one in found if one.jenis == "tahun"]
    chosen = years if len(years) == 1 else list(found)
    if len(chosen) > 1:
        raise InputError(
            f"Tahun {tahun} mempunyai beberapa periode; pilih satu dengan --periode: {names}."
        )
    return chosen[0]


def _mode_of(output: Path) -> int:
    """Who may read the file: as before, or as of any new file; a temporary one is the owner's."""
    if output.exists():
        return stat.S_IMODE(output.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _write(output: Path, isi: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place."""
    try:
        if output.is_dir():
            raise IsADirectoryError(errno.EISDIR, "", str(output))
        number, name = mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise InputError(f"{output} {explain_os_error(error)}.") from error
    beside = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(isi)
        beside.chmod(_mode_of(output))
        beside.replace(output)
    except OSError as error:
        raise InputError(f"{output} {explain_os_error(error)}.") from error
    finally:
        beside.unlink(missing_ok=True)
