"""Imports that run while people do something else: one at a time, in this process.

Whether the rows of an import are stored is told by the database alone, so a server that is
killed leaves either all of them or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

from skm_app.admin import kerja
from skm_app.admin.kerja import Kemajuan
from skm_app.batch import BatchError
from skm_app.batch.impor import SebagianAdaError
from skm_app.berkas import BerkasError
from skm_app.intake import KonflikError

T = TypeVar("T")

SIBUK = "Impor lain sedang berjalan. Tunggu sampai selesai, lalu coba lagi."
KONFLIK = (
    "Sebagian baris sudah pernah disimpan dengan kunci rahasia lain. Hubungi admin sistem: "
    "secret.key yang lama harus dipakai."
)


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


class Pekerja(kerja.Pekerja):
    """Runs one import at a time; no other may wait for it."""

    def __init__(self) -> None:
        super().__init__(SIBUK, explain)


def explain(error: Exception) -> str | None:
    """Why an import failed, in words; None for a defect of the program."""
    if isinstance(error, BatchError | BerkasError | SebagianAdaError):
        return str(error)
    return KONFLIK if isinstance(error, KonflikError) else None
