"""Imports that run while people do something else: one at a time, in this process.

A job keeps nothing but its progress in memory. Whether its rows are stored is told by the
database alone, so a server that is killed leaves either all of them or none.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar, overload

from skm_app.batch import BatchError
from skm_app.batch.impor import SebagianAdaError
from skm_app.berkas import BerkasError
from skm_app.intake import KonflikError
from skm_app.models import new_id

T = TypeVar("T")

KONFLIK = (
    "Sebagian baris sudah pernah disimpan dengan kunci rahasia lain. Hubungi admin sistem: "
    "secret.key yang lama harus dipakai."
)
GANGGUAN = "Ada gangguan pada sistem. Silakan coba sekali lagi."


@dataclass
class Kemajuan:
    """How far a job is. ``galat``: why it failed, in words for people."""

    tahap: str = "Membaca berkas"
    selesai: int = 0
    semua: int = 0
    jadi: bool = False
    galat: str = ""


class Counted(Sequence[T]):
    """A sequence that tells how far somebody has walked through it."""

    def __init__(self, items: Sequence[T], kemajuan: Kemajuan) -> None:
        self._items, self._kemajuan = items, kemajuan

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._items[index]

    def __iter__(self) -> Iterator[T]:
        for number, item in enumerate(self._items, start=1):
            yield item
            self._kemajuan.selesai = number
        self._kemajuan.tahap, self._kemajuan.semua = "Menghitung hasil", 0


class Pekerja:
    """Runs one import at a time and remembers how each one went."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: uuid.UUID | None = None
        self._kemajuan: dict[uuid.UUID, Kemajuan] = {}

    def start(
        self, prepare: Callable[[uuid.UUID], None], work: Callable[[uuid.UUID, Kemajuan], None]
    ) -> uuid.UUID:
        """Begin a job and return at once.

        :param prepare: stores the batch under an id, before the job begins.
        :raise BatchError: if another import is running.
        """
        with self._lock:
            if self._running is not None:
                raise BatchError(
                    "Impor lain sedang berjalan. Tunggu sampai selesai, lalu coba lagi."
                )
            batch_id, kemajuan = new_id(), Kemajuan()
            # Before anybody can see the batch: one that seems to stand still is given up.
            self._kemajuan = {batch_id: kemajuan}
            self._running = batch_id
            try:
                prepare(batch_id)
            except BaseException:
                self._running = None
                raise
        threading.Thread(target=self._run, args=(work, batch_id, kemajuan), daemon=True).start()
        return batch_id

    def find(self, batch_id: uuid.UUID) -> Kemajuan | None:
        """How a job of this process is going or went; None: it is not of this process."""
        return self._kemajuan.get(batch_id)

    def is_running(self, batch_id: uuid.UUID) -> bool:
        return self._running == batch_id

    def _run(
        self,
        work: Callable[[uuid.UUID, Kemajuan], None],
        batch_id: uuid.UUID,
        kemajuan: Kemajuan,
    ) -> None:
        try:
            work(batch_id, kemajuan)
            kemajuan.jadi = True
        except (BatchError, BerkasError, SebagianAdaError) as error:
            kemajuan.galat = str(error)
        except KonflikError:
            kemajuan.galat = KONFLIK
        except Exception as error:
            # Without its text, which may hold somebody's answers.
            logging.getLogger(__name__).error("Import failed: %s", type(error).__name__)
            kemajuan.galat = GANGGUAN
        finally:
            self._running = None
