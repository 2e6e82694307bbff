"""Settings: what is usual works without any, what is wrong is named in one line."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from skm_app.settings import SettingsError, read_settings

KEY = "k" * 32


def complain(data_dir: Path, **changes: str) -> str:
    env = {"SKM_DATA_DIR": str(data_dir), "SKM_SECRET_KEY": KEY, **changes}
    with pytest.raises(SettingsError) as caught:
        read_settings(env)
    return str(caught.value)


def test_without_any_variable_but_the_folder_the_defaults_of_the_contract_hold(
    tmp_path: Path,
) -> None:
    settings = read_settings({"SKM_DATA_DIR": str(tmp_path / "data")})
    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'skm.db'}"
    assert settings.timezone.key == "Asia/Makassar"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert not settings.is_https


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SKM_DATABASE_URL", "mysql://127.0.0.1/skm"),
        ("SKM_DATABASE_URL", "skm.db"),
        ("SKM_DATABASE_URL", "sqlite://"),
        ("SKM_DATABASE_URL", "sqlite:///"),
        ("SKM_DATABASE_URL", "sqlite:///:memory:"),
        ("SKM_DATABASE_URL", "postgresql://127.0.0.1:lima/skm"),
        ("SKM_SECRET_KEY", "pendek"),
        ("SKM_SECRET_KEY", "k" * 31),
        ("SKM_TIMEZONE", "WITA"),
        ("SKM_TIMEZONE", "Asia/Palaran"),
        ("SKM_TIMEZONE", "../../etc/passwd"),
        ("SKM_TIMEZONE", "/etc/localtime"),
        ("SKM_TIMEZONE", "Asia"),
        ("SKM_BASE_URL", "skm.contoh.go.id"),
        ("SKM_BASE_URL", "ftp://skm.contoh.go.id"),
        ("SKM_BASE_URL", "https://"),
        ("SKM_BASE_URL", "https://skm.contoh.go.id/?a=1"),
        ("SKM_BASE_URL", "https://[::1"),
        ("SKM_BASE_URL", "https://skm.contoh.go.id:lima"),
        ("SKM_BASE_URL", "https://skm.contoh.go.id\n.evil.id"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(
    tmp_path: Path, name: str, value: str
) -> None:
    message = complain(tmp_path, **{name: value})
    assert message.startswith(f"{name}: ")
    assert len(message.splitlines()) == 1


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder")
    for folder in (tmp_path / "berkas", tmp_path / "berkas" / "data"):
        assert complain(folder).startswith("SKM_DATA_DIR: ")


@pytest.mark.parametrize(
    "url", ["postgresql://a@h/skm", "postgres://a@h/skm", "postgresql+psycopg://a@h/skm"]
)
def test_every_usual_postgresql_address_is_understood(tmp_path: Path, url: str) -> None:
    settings = read_settings({"SKM_DATA_DIR": str(tmp_path), "SKM_DATABASE_URL": url})
    assert settings.database_url == "postgresql+psycopg://a@h/skm"


def test_an_address_is_kept_without_its_last_slash(tmp_path: Path) -> None:
    env = {"SKM_DATA_DIR": str(tmp_path), "SKM_BASE_URL": "https://skm.contoh.go.id/survei/"}
    settings = read_settings(env)
    assert settings.base_url == "https://skm.contoh.go.id/survei"
    assert settings.host == "skm.contoh.go.id"
    assert settings.is_https


def test_the_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    # A careless umask must not open it to others.
    old = os.umask(0)
    try:
        first = read_settings({"SKM_DATA_DIR": str(tmp_path)}).secret_key
    finally:
        os.umask(old)
    path = tmp_path / "secret.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(bytes.fromhex(first)) >= 32
    assert read_settings({"SKM_DATA_DIR": str(tmp_path)}).secret_key == first
    other = read_settings({"SKM_DATA_DIR": str(tmp_path / "lain")}).secret_key
    assert other != first


def test_processes_that_start_together_get_the_same_secret_key(tmp_path: Path) -> None:
    for number in range(20):
        env = {"SKM_DATA_DIR": str(tmp_path / str(number))}
        with ThreadPoolExecutor(8) as pool:
            keys = set(pool.map(lambda env: read_settings(env).secret_key, [env] * 8))
        assert len(keys) == 1


@pytest.mark.parametrize("content", [b"", b"pendek", b"\xff" * 64])
def test_a_damaged_secret_key_stops_the_start(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret.key").write_bytes(content)
    with pytest.raises(SettingsError, match=r"^SKM_SECRET_KEY: .*secret\.key"):
        read_settings({"SKM_DATA_DIR": str(tmp_path)})
    assert (tmp_path / "secret.key").read_bytes() == content


def test_a_given_secret_key_makes_no_file(tmp_path: Path) -> None:
    env = {"SKM_DATA_DIR": str(tmp_path), "SKM_SECRET_KEY": KEY}
    assert read_settings(env).secret_key == KEY
    assert list(tmp_path.iterdir()) == []
