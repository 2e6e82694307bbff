"""``skm check``: where a performance report (LKjIP) contradicts its own figures, without a
database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from skm_app.cli.errors import InputError
from skm_app.kinerja.periksa import Temuan, periksa_laporan
from skm_app.periksa import (
    TANPA_ANGKA,
    TANPA_TEMUAN,
    YANG_DIPERIKSA,
    make_templat,
    read_laporan_from,
    write_cakupan,
)


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--templat", is_flag=True, help="Tulis templat kosong ke FILE, tanpa memeriksa.")
@click.pass_context
def check_command(ctx: click.Context, file: Path, templat: bool) -> None:
    """Periksa angka laporan kinerja (LKjIP) yang diisikan ke templat XLSX.

    Contoh: skm check --templat lkjip.xlsx, isi templatnya, lalu skm check lkjip.xlsx.

    Kode keluar: 0 tidak ada temuan, 1 ada temuan, 2 berkas tidak dapat dibaca.
    """
    if templat:
        _write_templat(file)
        return
    laporan = read_laporan_from(file)
    hasil = periksa_laporan(laporan)
    if not hasil.banyak_angka:
        raise InputError(TANPA_ANGKA)
    temuan = hasil.temuan
    for line in _list_kalimat(temuan):
        click.echo(line)
    if temuan:
        tempat = sum(len(one.tempat) for one in temuan)
        click.echo(f"{len(temuan)} temuan di {tempat} tempat. {write_cakupan(hasil)}")
        ctx.exit(1)
    click.echo(f"{TANPA_TEMUAN} {write_cakupan(hasil)}\n{YANG_DIPERIKSA}")


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
