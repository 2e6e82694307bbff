"""``skm score``: the work sheet of a survey file, without any database."""

import json
from pathlib import Path

import click

from skm_app.berkas import BerkasError, Urutan, read_berkas
from skm_app.cli.errors import InputError
from skm_app.cli.lembar_kerja import write_lembar_kerja
from skm_app.scoring import (
    KONVENSI,
    Konvensi,
    KonvensiError,
    compute_ikm,
    get_konvensi,
    load_shipped,
    tally,
)

# Options are read by callbacks, not click.Choice, whose complaint is in English and
# three lines long.


def _read_konvensi(ctx: click.Context, param: click.Parameter, value: str) -> Konvensi:
    try:
        return get_konvensi(value)
    except KonvensiError as error:
        raise InputError(str(error)) from None


def read_urutan(ctx: click.Context, param: click.Parameter, value: str | None) -> Urutan | None:
    """Read ``--order``, for every command that takes a survey file."""
    match value:
        case None | "unsur" | "kuesioner":
            return value
    raise InputError(f'Urutan "{value}" tidak dikenal; pilih unsur atau kuesioner.')


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--convention",
    "konvensi",
    default="eksak",
    show_default=True,
    callback=_read_konvensi,
    metavar="|".join(KONVENSI),
    help="Cara menghitung dan membulatkan.",
)
@click.option(
    "--order",
    "urutan",
    callback=read_urutan,
    metavar="unsur|kuesioner",
    help="Arti U8 dan U9: unsur = pengaduan, sarpras; kuesioner = sarpras, pengaduan.",
)
@click.option("--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON saja.")
def score(file: Path, konvensi: Konvensi, urutan: Urutan | None, as_json: bool) -> None:
    """Hitung IKM dari berkas CSV atau XLSX (kolom U1 sampai U9, nilai 1-4)."""
    instrumen = load_shipped()["skm-9"]
    try:
        berkas = read_berkas(file, instrumen, urutan)
    except BerkasError as error:
        raise InputError(str(error)) from None

    hasil = compute_ikm(instrumen, tally((row.nilai for row in berkas.rows), instrumen), konvensi)
    if as_json:
        click.echo(json.dumps(hasil.to_json(), ensure_ascii=False))
    else:
        click.echo(write_lembar_kerja(file.name, berkas, instrumen, hasil))
