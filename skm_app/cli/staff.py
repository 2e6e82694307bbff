"""``skm user``: accounts of staff, also the very first one."""

from __future__ import annotations

import sys

import click

from skm_app.akun.pengguna import check_sandi_rules, create_pengguna, find_bagian, make_sandi
from skm_app.catatan import SISTEM, add_catatan, values_of
from skm_app.cli.errors import InputError
from skm_app.cli.opening import open_database
from skm_app.models import PERAN


@click.group()
def user() -> None:
    """Akun petugas."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(PERAN), required=True)
@click.option("--unit", metavar="NAMA", help="Batasi pada unit ini dan di bawahnya.")
def add(name: str, role: str, unit: str | None) -> None:
    """Buat akun. Sandi ditanyakan; kosongkan untuk sandi acak yang dicetak satu kali."""
    sandi = _ask_sandi(name) if sys.stdin.isatty() else ""
    sementara = not sandi
    sandi = sandi or make_sandi()
    with open_database(create=True) as (_, database), database.writing() as session:
        try:
            unit_id = None if unit is None else find_bagian(session, unit)
            pengguna = create_pengguna(session, name, role, sandi, sementara, unit_id)
            add_catatan(
                session, SISTEM, "tambah", pengguna, f"Akun {pengguna.nama} dibuat.",
                unit_id=unit_id, sesudah=values_of(pengguna),
            )  # fmt: skip
        except ValueError as error:
            raise InputError(str(error)) from error
    click.echo(f"Akun {name} ({role}) dibuat.")
    if sementara:
        click.echo(f"Sandi sekali pakai: {sandi}")


def _ask_sandi(name: str) -> str:
    sandi: str = click.prompt(
        "Sandi (kosongkan untuk sandi acak)", default="", hide_input=True, show_default=False
    )
    if sandi:
        fault = check_sandi_rules(sandi, name)
        if fault:
            raise InputError(fault)
        if click.prompt("Ulangi sandi", hide_input=True) != sandi:
            raise InputError("Kedua sandi tidak sama.")
    return sandi
