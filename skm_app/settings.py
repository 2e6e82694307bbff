"""Every ``SKM_*`` variable: its type, default, check and meaning.

Settings are read once, when the program starts. A wrong value stops the start with one
line that names the variable and says how to put it right.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MIN_SECRET_BYTES = 32


class SettingsError(Exception):
    """A variable has a value the program cannot start with; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this installation runs.

    :param data_dir: folder of the SQLite file, the secret key and the backups.
    :param database_url: SQLAlchemy URL, ``sqlite:///…`` or ``postgresql+psycopg://…``.
    :param secret_key: signs cookies and fingerprints; at least 32 bytes.
    :param timezone: the zone in which a response gets its date (WITA by default).
    :param base_url: what citizens type and QR codes carry; without a trailing slash.
    """

    data_dir: Path
    database_url: str
    secret_key: str
    timezone: ZoneInfo
    base_url: str

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or "127.0.0.1"


def read_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from environment variables.

    :raise SettingsError: if a variable is set to something unusable.
    """
    data_dir = _data_dir(env.get("SKM_DATA_DIR") or "instance")
    return Settings(
        data_dir=data_dir,
        database_url=_database_url(env.get("SKM_DATABASE_URL"), data_dir),
        secret_key=_secret_key(env.get("SKM_SECRET_KEY"), data_dir),
        timezone=_timezone(env.get("SKM_TIMEZONE") or "Asia/Makassar"),
        base_url=_base_url(env.get("SKM_BASE_URL") or "http://127.0.0.1:8000"),
    )


def _data_dir(value: str) -> Path:
    path = Path(value).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"SKM_DATA_DIR: folder {path} tidak dapat dibuat ({error.strerror})."
        ) from error
    if not os.access(path, os.W_OK):
        raise SettingsError(f"SKM_DATA_DIR: folder {path} tidak dapat ditulisi.")
    return path


def _database_url(value: str | None, data_dir: Path) -> str:
    if not value:
        return f"sqlite:///{data_dir / 'skm.db'}"
    if value.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        rest = value.split("://", 1)[1]
        if not _has_usable_port(rest):
            raise SettingsError("SKM_DATABASE_URL: nomor port harus angka.")
        return f"postgresql+psycopg://{rest}"
    if value.startswith("sqlite:///") and ":memory:" not in value and value != "sqlite:///":
        return value
    raise SettingsError(
        "SKM_DATABASE_URL: harus diawali sqlite:/// (dengan nama berkas) atau postgresql://."
    )


def _has_usable_port(rest: str) -> bool:
    host = rest.rsplit("@", 1)[-1].split("/", 1)[0].split("?", 1)[0]
    port = host.rpartition(":")[2] if ":" in host and not host.endswith("]") else ""
    return not port or port.isdecimal()


def _secret_key(value: str | None, data_dir: Path) -> str:
    if value:
        if len(value.encode()) < MIN_SECRET_BYTES:
            raise SettingsError(
                f"SKM_SECRET_KEY: terlalu pendek, minimal {MIN_SECRET_BYTES} karakter acak."
            )
        return value
    path = data_dir / "secret.key"
    if not path.exists():
        _make_key(path)
    return _read_key(path)


def _make_key(path: Path) -> None:
    """Write a key under another name first: of two processes that start together, and after a
    power cut, there is one whole key or none."""
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    fd = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(fd, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(MIN_SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # Unlike a rename, a link fails when the other process was first.
        with suppress(FileExistsError):
            os.link(partial, path)
    finally:
        partial.unlink()


def _read_key(path: Path) -> str:
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"SKM_SECRET_KEY: berkas {path} tidak dapat dibaca.") from error
    if len(key) < MIN_SECRET_BYTES:
        raise SettingsError(
            f"SKM_SECRET_KEY: berkas {path} rusak atau terlalu pendek; pulihkan dari cadangan."
        )
    return key


def _timezone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f'SKM_TIMEZONE: "{value}" bukan nama zona waktu; contoh: Asia/Makassar.'
        ) from error


def _base_url(value: str) -> str:
    if not _is_web_address(value):
        raise SettingsError(
            f"SKM_BASE_URL: {value!r} bukan alamat web; contoh: https://skm.contoh.go.id."
        )
    return value.rstrip("/")


def _is_web_address(value: str) -> bool:
    # urlsplit drops line breaks without a word.
    if not value.isprintable() or " " in value:
        return False
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    usual = parts.scheme in ("http", "https") and bool(parts.hostname)
    return usual and not parts.query and not parts.fragment
