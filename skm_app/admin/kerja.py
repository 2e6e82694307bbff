"""Work that runs while people do something else: one piece at a time, in this process.

A worker keeps nothing but the progress in memory, and forgets the oldest.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from skm_app.models import new_id

GANGGUAN = "Ada gangguan pada sistem. Silakan coba sekali lagi."
INGAT = 50  # jobs whose progress is kept


class SibukError(Exception):
    """Other work has to end first; the message says so."""


@dataclass
class Kemajuan:
    """How far a job is. ``galat``: why it failed, in words for people."""

    tahap: str = ""
    selesai: int = 0
    semua: int = 0
    jadi: bool = False
    galat: str = ""


class Pekerja:
    """Runs one job at a time and remembers how each one went.

    :param sibuk: what people are told when no further job is taken.
    :param explain: the words for an expected error; None for one that is a defect.
    :param antrean: how many jobs may wait while one runs.
    """

    def __init__(
        self, sibuk: str, explain: Callable[[Exception], str | None], antrean: int = 0
    ) -> None:
        self._sibuk, self._explain, self._antrean = sibuk, explain, antrean
        self._lock, self._giliran = threading.Lock(), threading.Lock()
        self._belum: set[uuid.UUID] = set()
        self._kemajuan: dict[uuid.UUID, Kemajuan] = {}

    def start(
        self,
        prepare: Callable[[uuid.UUID], None],
        work: Callable[[uuid.UUID, Kemajuan], None],
        tahap: str,
    ) -> uuid.UUID:
        """Begin a job and return at once.

        :param prepare: stores what people see of the job under its id, before it begins.
        :param tahap: the first step, in words.
        :raise SibukError: if other work is running and nothing more may wait for it.
        """
        with self._lock:
            if len(self._belum) > self._antrean:
                raise SibukError(self._sibuk)
            job_id, kemajuan = new_id(), Kemajuan(tahap)
            # Before anybody can see the job: one that seems to stand still is given up.
            kept = list(self._kemajuan.items())[1 - INGAT :]
            self._kemajuan = {**dict(kept), job_id: kemajuan}
            self._belum.add(job_id)
            try:
                prepare(job_id)
            except BaseException:
                self._belum.discard(job_id)
                raise
        threading.Thread(target=self._run, args=(work, job_id, kemajuan), daemon=True).start()
        return job_id

    def find(self, job_id: uuid.UUID) -> Kemajuan | None:
        """How a job of this process is going or went; None: it is not of this process."""
        return self._kemajuan.get(job_id)

    def is_running(self, job_id: uuid.UUID) -> bool:
        """Whether a job runs or waits for its turn."""
        return job_id in self._belum

    def _run(
        self,
        work: Callable[[uuid.UUID, Kemajuan], None],
        job_id: uuid.UUID,
        kemajuan: Kemajuan,
    ) -> None:
        try:
            with self._giliran:
                work(job_id, kemajuan)
            kemajuan.jadi = True
        except Exception as error:
            pesan = self._explain(error)
            if pesan is None:
                # Without its text, which may hold somebody's answers.
                logging.getLogger(__name__).error("Job failed: %s", type(error).__name__)
            kemajuan.galat = pesan or GANGGUAN
        finally:
            self._belum.discard(job_id)
