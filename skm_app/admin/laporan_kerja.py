"""Documents being made, and those that wait to be fetched by the person who asked for them."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from skm_app.admin.kerja import Kemajuan, Pekerja, SibukError
from skm_app.database import Database
from skm_app.models import Periode
from skm_app.reports.cetak import CetakError, JenisBerkas, prepare_berkas
from skm_app.settings import Settings

SIBUK = "Sudah banyak berkas yang menunggu dibuat. Tunggu sebentar, lalu coba lagi."
SIBUK_SENDIRI = "Dua berkas Anda masih dibuat. Tunggu sampai salah satunya selesai."
ANTREAN = 5
PER_ORANG = 2
TAHAP_AWAL = "Menunggu giliran"
TAHAP_BACA = "Mengumpulkan angka"
TAHAP_TULIS = {
    "laporan-docx": "Menggambar grafik dan menulis laporan",
    "laporan-pdf": "Menggambar grafik dan menata halaman",
    "lembar-kerja-xlsx": "Menulis lembar kerja",
    "lembar-kerja-pdf": "Menulis lembar kerja",
}
MENATA = "Menata poster"
# What is made is kept in memory only, for so long and so much.
DISIMPAN = timedelta(minutes=30)
MAX_BYTES = 48 * 1024 * 1024
MAX_PESANAN = 40


@dataclass(kw_only=True)
class Pesanan:
    """What somebody asked for. ``isi``: the file; None before it is made and after it is gone."""

    pengguna_id: uuid.UUID
    periode_id: uuid.UUID
    jenis: JenisBerkas
    dibuat: datetime
    nama: str = ""
    isi: bytes | None = None


class Rak:
    """The shelf: who asked for what, and the finished files, the oldest dropped first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pesanan: dict[uuid.UUID, Pesanan] = {}

    def add(self, pesanan_id: uuid.UUID, pesanan: Pesanan) -> None:
        with self._lock:
            self._pesanan[pesanan_id] = pesanan
            for old in list(self._pesanan)[:-MAX_PESANAN]:
                del self._pesanan[old]

    def put(self, pesanan_id: uuid.UUID, nama: str, isi: bytes) -> None:
        """Keep a file that is finished, and make room for it."""
        with self._lock:
            pesanan = self._pesanan.get(pesanan_id)
            if pesanan is None:
                return
            pesanan.nama, pesanan.isi = nama, isi
            total = 0
            for one in reversed(self._pesanan.values()):
                total += len(one.isi or b"")
                if one is not pesanan and total > MAX_BYTES:
                    one.isi = None

    def list_ids(self, pengguna_id: uuid.UUID) -> list[uuid.UUID]:
        """What one person asked for, the oldest first."""
        with self._lock:
            return [key for key, one in self._pesanan.items() if one.pengguna_id == pengguna_id]

    def find(self, pesanan_id: uuid.UUID) -> Pesanan | None:
        """What was asked for under this id, without the file if it lay there too long."""
        with self._lock:
            oldest = datetime.now(UTC) - DISIMPAN
            for one in self._pesanan.values():
                if one.dibuat < oldest:
                    one.isi = None
            return self._pesanan.get(pesanan_id)


class Pencetak:
    """The worker and the shelf of one running application."""

    def __init__(self) -> None:
        self.pekerja = Pekerja(SIBUK, explain, ANTREAN)
        self.rak = Rak()

    def order(self, database: Database, settings: Settings, pesanan: Pesanan) -> uuid.UUID:
        """Begin to make a file and return at once.

        :raise SibukError: if too many wait already, of this person or of all.
        """
        own = filter(self.pekerja.is_running, self.rak.list_ids(pesanan.pengguna_id))
        if len(list(own)) >= PER_ORANG:
            # So that one person cannot make all others wait.
            raise SibukError(SIBUK_SENDIRI)

        def work(pesanan_id: uuid.UUID, kemajuan: Kemajuan) -> None:
            kemajuan.tahap = TAHAP_BACA
            dicetak = datetime.now(settings.timezone)
            with database.reading() as session:
                periode = session.get_one(Periode, pesanan.periode_id)
                nama, make = prepare_berkas(session, periode, pesanan.jenis, dicetak)
            kemajuan.tahap = TAHAP_TULIS.get(pesanan.jenis.kunci, MENATA)
            self.rak.put(pesanan_id, nama, make())

        return self.pekerja.start(
            lambda pesanan_id: self.rak.add(pesanan_id, pesanan), work, TAHAP_AWAL
        )


def explain(error: Exception) -> str | None:
    """Why a file could not be made, in words; None for a defect of the program."""
    return str(error) if isinstance(error, CetakError) else None
