"""What a citizen's device says about itself: its clock, its number, and the code it has shown.

All of it is optional, and what cannot be used is passed over: no answer is lost for it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from skm_app.intake import WaktuIsi
from skm_app.kode import ALPHABET, PENGADUAN_LENGTH, normalize_kode

# Anyone with the link can claim a time; a phone that was longer without signal than this counts
# on the day it sends.
OLDEST_PHONE = timedelta(days=14)
MAX_LAMA = 24 * 60 * 60
_LAMA = re.compile(r"[0-9]{1,5}")
_PERANGKAT = re.compile(r"[A-Za-z0-9-]{1,64}")


def read_waktu(diisi: str | None, sekarang: str | None, server: datetime) -> WaktuIsi | None:
    """When the form was finished, by a device clock compared with ours at this moment.

    :param diisi: the device's clock when the form was finished, ISO 8601.
    :param sekarang: the device's clock as it sends.
    :return: None if the device does not say, or says nothing readable.
    """
    finished, now = read_instant(diisi), read_instant(sekarang)
    if finished is None:
        return None
    selisih = server - now if now else None
    return WaktuIsi(perangkat=finished, selisih=selisih, oldest=OLDEST_PHONE)


def read_instant(value: object) -> datetime | None:
    """An aware instant from ISO 8601, or None; a clock without a zone is taken as UTC."""
    if not isinstance(value, str) or not 10 <= len(value) <= 40:
        return None
    try:
        instant = datetime.fromisoformat(value)
        instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        # The edges of the calendar cannot be moved to another zone.
        return instant.astimezone(UTC) if 1970 <= instant.year <= 2200 else None
    except (ValueError, OverflowError):
        return None


def read_selisih(value: object) -> timedelta | None:
    """A clock difference in seconds as the device measured it, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    limit = 60 * 60 * 24 * 366 * 60
    return timedelta(seconds=value) if -limit <= value <= limit else None


def read_kode_pengaduan(typed: object) -> str | None:
    """A follow-up code made by the device, or None if it is not one."""
    if not isinstance(typed, str):
        return None
    kode = normalize_kode(typed)
    usable = len(kode) == PENGADUAN_LENGTH and all(letter in ALPHABET for letter in kode)
    return kode if usable else None


def read_lama(value: object) -> int | None:
    """How many seconds the filling took, by the device's own measure; None if it does not say."""
    if isinstance(value, str) and _LAMA.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= MAX_LAMA else None


def read_perangkat(value: object) -> str | None:
    """The random number a device gave itself; stored only as a hash that changes daily."""
    return value if isinstance(value, str) and _PERANGKAT.fullmatch(value) else None
