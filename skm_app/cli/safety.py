"""``skm backup``, ``skm restore`` and ``skm verify``."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import func, select

from skm_app.cadangan import make_backup, restore_backup, try_restore
from skm_app.catatan import SISTEM, add_catatan
from skm_app.cli.opening import open_database
from skm_app.database import Database
from skm_app.models import Catatan, Penetapan, RekapTersimpan, Responden
from skm_app.settings import read_settings
from skm_app.verifikasi import find_differences


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def backup_command(file: Path) -> None:
    """Buat cadangan; server boleh tetap berjalan."""
    with open_database() as (settings, database):
        count = make_backup(database, file, settings.data_dir)
        # Afterwards: a record of a backup that failed would be believed.
        note_deed(database, "cadangkan", file, f"Cadangan dibuat, berisi {count} responden.")
    click.echo(f"Cadangan {file} berisi {count} responden. Simpan juga berkas secret.key.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--uji", is_flag=True, help="Hanya uji: pulihkan ke berkas sementara, lalu buang.")
@click.option("--buang-penetapan", is_flag=True, help="Relakan periode yang ditetapkan kemudian.")
def restore_command(file: Path, uji: bool, buang_penetapan: bool) -> None:
    """Kembalikan data dari cadangan."""
    settings = read_settings()
    if uji:
        count = try_restore(file, settings.data_dir)
        click.echo(f"Cadangan {file} dapat dipulihkan: {count} responden, semua cocok.")
        return
    database = Database(settings.database_url)
    try:
        kept = restore_backup(database, file, settings.data_dir, drop_penetapan=buang_penetapan)
        note_deed(database, "pulihkan", file, "Data dipulihkan dari cadangan.")
    finally:
        database.close()
    click.echo(
        f"Data dipulihkan dari {file}; semua petugas perlu masuk lagi dan tablet dipasang lagi."
    )
    if kept is not None:
        click.echo(f"Data sebelumnya disimpan di {kept}.")


@click.command("verify")
def verify_command() -> int:
    """Periksa semua rekap dan periode yang ditetapkan terhadap jawaban mentah."""
    with open_database() as (_, database), database.reading() as session:
        differences = list(find_differences(session))
        counts = [
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Responden, RekapTersimpan, Penetapan, Catatan)
        ]
        last = session.scalars(select(Catatan).order_by(Catatan.nomor.desc()).limit(1)).first()
    for difference in differences:
        click.echo(difference)
    if differences:
        click.echo(f"{len(differences)} perbedaan ditemukan.")
        return 1
    click.echo("Semua cocok: {} responden, {} rekap, {} penetapan, {} catatan.".format(*counts))
    if last is not None:
        # A log that was cut off at its end fits together as well: only a note elsewhere tells.
        click.echo(f"Catatan terakhir: nomor {last.nomor}, sidik {last.sidik}.")
    return 0


def note_deed(database: Database, aksi: str, file: Path, keterangan: str) -> None:
    """Put a deed of the command itself into the audit log."""
    with database.writing() as session:
        add_catatan(session, SISTEM, aksi, ("cadangan", file.name[:80]), keterangan)
