"""``skm serve`` and ``skm demo``."""

from __future__ import annotations

import os
import socket
import sys

import click

from skm_app.cli.errors import InputError
from skm_app.cli.opening import open_database, open_intake
from skm_app.demo import Demo, fill_demo
from skm_app.kode import format_kode
from skm_app.startup import check_startup

WINDOWS_THREADS = 16
# glibc gives each thread a heap of its own and keeps what the threads free. Two heaps for sixteen
# threads cost a sixth less memory under load and no processor time (benchmarks/README.md).
SERVER_ENV = {"MALLOC_ARENA_MAX": "2"}


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
def serve_command(host: str, port: int) -> None:
    """Jalankan server; basis data dimutakhirkan lebih dahulu."""
    use_own_address(host, port)
    prepare(host, port)
    click.echo(f"Melayani di http://{host}:{port} (Ctrl+C untuk berhenti)")
    run_server(host, port)


@click.command("demo")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
def demo_command(host: str, port: int) -> None:
    """Isi data contoh Kecamatan Palaran, lalu jalankan server."""
    refuse_busy_port(host, port)
    use_own_address(host, port)
    with open_database(create=True) as (settings, database):
        demo = fill_demo(database, open_intake(settings, database), settings.timezone)
    prepare(host, port)
    print_links(demo, f"http://{host}:{port}")
    run_server(host, port)


def use_own_address(host: str, port: int) -> None:
    """QR codes carry the address served at, unless SKM_BASE_URL names the one citizens use."""
    if host not in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        os.environ.setdefault("SKM_BASE_URL", f"http://{host}:{port}")


def prepare(host: str, port: int) -> None:
    """Everything that must be in order before the first request."""
    refuse_busy_port(host, port)
    with open_database(create=True) as (settings, database):
        for warning in check_startup(settings, database):
            click.echo(f"Perhatian: {warning}", err=True)


def refuse_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise InputError(
            f"Alamat {host}:{port} tidak dapat dipakai ({error.strerror}). "
            "Pilih yang lain dengan --host atau --port."
        ) from error


def print_links(demo: Demo, address: str) -> None:
    click.echo("")
    click.echo("Data contoh Kecamatan Palaran siap.")
    click.echo(f"  Survei : {address}/s/{demo.titik}")
    click.echo(f"  Kios   : {address}/kios/{demo.titik}")
    click.echo(f"           kode pasang {format_kode(demo.kode_pasang)}, PIN petugas {demo.pin}")
    click.echo(f"  Admin  : {address}/admin/")
    click.echo(f"  Akun   : {demo.admin}")
    click.echo(f"  Sandi sekali pakai: {demo.sandi}")
    click.echo("Ctrl+C untuk berhenti.")
    sys.stdout.flush()


def run_server(host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl+C: gunicorn, or waitress where there is no fork."""
    if sys.platform == "win32":
        from waitress import serve

        from skm_app import create_app

        serve(create_app(), host=host, port=port, threads=WINDOWS_THREADS, ident=None)
        return
    sys.stdout.flush()
    command = [sys.executable, "-m", "skm_app.server", host, str(port)]
    os.execve(sys.executable, command, {**SERVER_ENV, **os.environ})  # noqa: S606
