"""Wrong use: exit code 2, one Indonesian line on stderr that says where to look."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.command import Skm, Starter

PORT = "postgresql://127.0.0.1:9/skm?connect_timeout=2"
WRONG = {
    "bicara": "Perintah bicara tidak ada.",
    "--cepat": "Pilihan --cepat tidak dikenal.",
    "verify --semua": "Pilihan --semua tidak dikenal.",
    "verify sekarang": "Cara memakai perintah ini tidak tepat.",
    "import": "'FILE' belum diisi.",
    "import a.csv": "'--titik' belum diisi.",
    "import a.csv --titik": "",
    "import a.csv --titik X --order acak": "pilih unsur, kuesioner",
    "import a.csv b.csv --titik X": "Cara memakai perintah ini tidak tepat.",
    "export --tahun dua --format csv -o x": "isi angka 2000 sampai 2100",
    "export --tahun 1999 --format csv -o x": "isi angka 2000 sampai 2100",
    "export --tahun 2024 --format pdf -o x": "pilih csv, xlsx",
    "export --tahun 2024 --format csv": "belum diisi.",
    "score": "'FILE' belum diisi.",
    "score tidak-ada.csv": "tidak ditemukan",
    "score tidak-ada.csv --convention bagus": "bagus",
    "score tidak-ada.csv --order acak": 'Urutan "acak" tidak dikenal',
    "serve --port 0": "isi angka 1 sampai 65535",
    "serve --port http": "isi angka 1 sampai 65535",
    "user tambah": "Perintah tambah tidak ada.",
    "user add": "'NAME' belum diisi.",
    "user add ani": "'--role' belum diisi.",
    "user add ani --role raja": "pilih admin, operator, pimpinan",
    "backup": "'FILE' belum diisi.",
    "restore": "'FILE' belum diisi.",
    "restore tidak-ada.db": "tidak ditemukan",
    "restore --uji tidak-ada.db": "tidak ditemukan",
}
# Exit codes: asked for, or shown because nothing was.
HELP = {"--help": 0, "import --help": 0, "user --help": 0, "": 2, "user": 2}
SETTINGS = {
    "SKM_DATABASE_URL": "mysql://x",
    "SKM_SECRET_KEY": "pendek",
    "SKM_TIMEZONE": "WITA",
    "SKM_BASE_URL": "skm",
    "SKM_DATA_DIR": "/dev/null/skm",
}


def with_env(skm: Skm, name: str, value: str) -> Skm:
    return replace(skm, env={**skm.env, name: value})


@pytest.fixture
def bare(tmp_path: Path, starter: Starter) -> Skm:
    """``skm`` on an empty folder."""
    return Skm({"SKM_DATA_DIR": str(tmp_path), "SKM_DATABASE_URL": ""}, starter)


@pytest.mark.parametrize("arguments", WRONG)
def test_a_wrong_command_is_refused_in_one_indonesian_line(bare: Skm, arguments: str) -> None:
    assert WRONG[arguments] in bare.fail(*arguments.split())


@pytest.mark.parametrize("arguments", HELP)
def test_help_is_shown_where_it_is_asked_for(bare: Skm, arguments: str) -> None:
    done = bare.run(*arguments.split())
    assert (done.returncode, done.stderr) == (HELP[arguments], "")
    assert "--help" in done.stdout


def test_a_command_started_from_nothing_ends_alike(bare: Skm) -> None:
    cold = replace(bare, starter=None)
    assert cold.fail("bicara") == "Perintah bicara tidak ada. Lihat: skm --help"
    # Nothing was ever stored here: to say that all is well would be a lie.
    assert "belum ada" in cold.fail("verify")
    assert cold.fail("verify") == bare.fail("verify")
    assert cold.fail("backup", "x.db") == bare.fail("backup", "x.db")


@pytest.mark.parametrize("name", SETTINGS)
def test_a_wrong_setting_stops_a_command_in_one_line_that_names_it(bare: Skm, name: str) -> None:
    line = with_env(bare, name, SETTINGS[name]).fail("verify")
    assert line.startswith(f"{name}: ")


def test_a_database_that_cannot_be_reached_is_said_in_one_line(bare: Skm) -> None:
    skm = with_env(bare, "SKM_DATABASE_URL", PORT)
    for arguments in (["verify"], ["serve"], ["backup", "x.db"]):
        line = skm.fail(*arguments)
        assert line.startswith("SKM_DATABASE_URL: basis data tidak dapat dibuka")


def test_a_file_that_is_no_database_is_said_in_one_line(bare: Skm, tmp_path: Path) -> None:
    (tmp_path / "skm.db").write_text("bukan basis data " * 100)
    for command in ("verify", "serve"):
        assert "SKM_DATABASE_URL" in bare.fail(command)
    assert (tmp_path / "skm.db").read_text().startswith("bukan basis data")


def test_a_port_in_use_is_said_in_one_line(bare: Skm) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        line = bare.fail("serve", "--port", port)
    assert line.startswith(f"Alamat 127.0.0.1:{port} tidak dapat dipakai")


def test_the_first_account_gets_a_password_that_is_shown_once(bare: Skm, tmp_path: Path) -> None:
    out = bare.ok("user", "add", "ani", "--role", "admin")
    assert "Akun ani (admin) dibuat." in out
    sandi = out.splitlines()[-1].removeprefix("Sandi sekali pakai: ")
    assert len(sandi) >= 15
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert sandi.encode() not in files
    assert "ani" in bare.fail("user", "add", "ani", "--role", "admin")
