"""``skm check``: where a performance report (LKjIP) contradicts its own figures, without a
database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from skm_app.cli.errors import InputError
from skm_app.kinerja.periksa import Temuan, count_angka, periksa
from skm_app.periksa import make_templat, read_laporan_from


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--templat", is_flag=True, help="Tulis templat kosong ke FILE, tanpa memeriksa.")
@click.pass_context
def check_command(ctx: click.Context, file: Path, templat: bool) -> None:
    """Periksa angka laporan kinerja (LKjIP) yang diisikan ke templat XLSX."""
    if templat:
        _write_templat(file)
        return
    laporan = read_laporan_from(file)
    if not count_angka(laporan):
        raise InputError(f"{file.name} belum berisi angka. Isi templatnya lebih dahulu.")
    temuan = periksa(laporan)
    for line in _list_kalimat(temuan):
        click.echo(line)
    if temuan:
        tempat = sum(len(one.tempat) for one in temuan)
        click.echo(f"{len(temuan)} temuan di {tempat} tempat.")
        ctx.exit(1)
    click.echo(f"Tidak ada temuan: {count_angka(laporan)} angka cocok satu sama lain.")


def _write_templat(path: Path) -> None:
    try:
        with path.open("xb") as file:
            file.write(make_templat())
    except FileExistsError:
        raise InputError(f"{path.name} sudah ada; pilih nama lain.") from None
    click.echo(f"Templat ditulis ke {path.name}.")


def _list_kalimat(temuan: Sequence[Temuan]) -> Iterator[str]:
    for number, one in enumerate(temuan, start=1):
        yield f"{number}. {one.letak}: {one.alasan}"
        for tempat in one.tempat:
            letak = tempat.letak
            yield f"   - {letak.nama} (lembar {letak.lembar}, sel {letak.sel})"
            yield f"     tercetak {tempat.tercetak}; seharusnya {tempat.seharusnya}"
        yield ""
