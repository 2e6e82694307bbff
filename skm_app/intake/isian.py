"""One filled questionnaire on its way to the database."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from skm_app.kode import PENGADUAN_LENGTH, make_kode
from skm_app.models import KANAL
from skm_app.profil import Profil
from skm_app.scoring import Instrumen

MAX_SARAN = 1200


class IsianError(ValueError):
    """An isian holds something no questionnaire can hold; names the field."""


# A queue older than this, or a clock further off, tells no usable time.
OLDEST_ISIAN = timedelta(days=120)


@dataclass(frozen=True, kw_only=True)
class WaktuIsi:
    """When a form was finished, by a clock that may be wrong.

    :param perangkat: what the device's clock said.
    :param oldest: what is said to be older than this counts on the day of receipt.
    :param selisih: server time minus device time when they were last compared; None: never.
    """

    perangkat: datetime
    selisih: timedelta | None
    oldest: timedelta = OLDEST_ISIAN

    def corrected(self, diterima: datetime) -> datetime:
        """The instant by the server's clock; that of receipt where the device's says nothing.

        An instant in the future or long past means that the clock was set between filling and
        sending.
        """
        instant = self.perangkat + (self.selisih or timedelta(0))
        if diterima - self.oldest <= instant <= diterima + timedelta(minutes=5):
            return min(instant, diterima)
        return diterima


@dataclass(frozen=True, kw_only=True)
class AsalLembar:
    """The paper form or file row that an isian was read from."""

    batch_id: uuid.UUID
    nomor: int


@dataclass(frozen=True, kw_only=True)
class Isian:
    """What one citizen answered.

    :param id: the submission's own UUID; the same id is stored once.
    :param nilai: 1..4 per butir of the instrumen, None where the citizen could not answer.
    :param tanggal: day of the survey; None means the day of ``waktu``, else of receipt.
    :param kode: follow-up code that the device has already shown, where it had no network to
        ask for one.
    :param dibantu: whether staff helped; None where nobody said.
    :param lama: seconds from the first question to sending; None where nobody measured.
    :param perangkat: the device's own random number; stored only as a hash that changes daily.
    :raise IsianError: at construction, if a value is impossible.
    """

    id: uuid.UUID
    unit_id: uuid.UUID
    titik_id: uuid.UUID
    layanan_id: uuid.UUID
    instrumen: Instrumen
    nilai: Mapping[str, int | None]
    profil: Profil
    kanal: str
    tanggal: date | None = None
    waktu: WaktuIsi | None = None
    dibantu: bool | None = None
    saran: str | None = None
    pengaduan: bool = False
    kode: str | None = None
    lama: int | None = None
    perangkat: str | None = None
    lembar: AsalLembar | None = None

    def __post_init__(self) -> None:
        expected = {butir.kunci for butir in self.instrumen.butir}
        if set(self.nilai) != expected:
            names = ", ".join(sorted(set(self.nilai) ^ expected))
            raise IsianError(f"Butir tidak cocok dengan instrumen: {names}.")
        for kunci, nilai in self.nilai.items():
            if nilai is not None and (type(nilai) is not int or not 1 <= nilai <= 4):
                raise IsianError(f"Nilai {kunci} harus 1 sampai 4.")
        if self.kanal not in KANAL:
            raise IsianError(f"Kanal {self.kanal} tidak dikenal.")
        if self.saran is not None and len(self.saran) > MAX_SARAN:
            raise IsianError(f"Saran paling panjang {MAX_SARAN} huruf.")

    def fingerprint(self, key: bytes) -> str:
        """Keyed SHA-256 of everything that was sent, 64 hexadecimal digits.

        Keyed, because a plain hash over answers and comment together would let anyone who
        holds a copy of the database find out by trying which comment came with which answers.
        """
        body: list[object] = [
            str(self.titik_id),
            str(self.layanan_id),
            self.instrumen.id,
            sorted(self.nilai.items()),
            [self.profil.jenis_kelamin, self.profil.usia],
            [self.profil.pendidikan, self.profil.pekerjaan],
            self.tanggal.isoformat() if self.tanggal else None,
            self.saran,
            self.pengaduan,
        ]
        if self.dibantu is not None:
            body.append(self.dibantu)
        return hmac.new(key, json.dumps(body).encode(), hashlib.sha256).hexdigest()

    def kode_pengaduan(self, key: bytes) -> str | None:
        """The follow-up code of a complaint: the same again when the form is sent again."""
        if not (self.pengaduan and self.saran):
            return None
        if self.kode is not None:
            return self.kode
        mac = hmac.new(key, b"pengaduan:" + self.id.bytes, hashlib.sha256).digest()
        return make_kode(PENGADUAN_LENGTH, mac)


def clean_saran(text: str | None) -> str | None:
    """A comment as it is stored: as written, but with plain line ends and without NUL.

    PostgreSQL cannot store NUL. A comment of white space only is no comment.
    """
    if text is None:
        return None
    cleaned = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return cleaned or None
