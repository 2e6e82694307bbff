"""``python -m benchmarks.laporan``: what documents of a large period cost.

Each document is made in a process of its own, so that its peak of memory is its own. ``baca``
reads the responses and makes nothing: the ratio to it is what making a document adds.
"""

from __future__ import annotations

import argparse
import io
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from benchmarks.seeding import seed_office
from benchmarks.servers import git_and_machine
from skm_app.database import Database
from skm_app.models import Instalasi, Periode, new_id
from skm_app.periode import DEFAULT_INSTRUMEN
from skm_app.reports.bahan import read_bahan, stream_responden

BESAR, SEDANG, KECIL = 100_000, 5_000, 2_000
MB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Ukuran:
    """A document to measure: of how many respondents, and its bounds in seconds and MB."""

    buat: Callable[[Session, Periode], int]  # returns its size in bytes
    responden: int
    detik: float | None = None
    memori: float | None = None


def read_only(session: Session, periode: Periode) -> int:
    return sum(0 for _ in stream_responden(session, read_bahan(session, periode)))


def make_xlsx(session: Session, periode: Periode) -> int:
    from skm_app.reports.lembar_kerja import write_lembar_kerja

    with tempfile.TemporaryFile() as file:
        write_lembar_kerja(session, read_bahan(session, periode), _now(), file)
        return file.seek(0, io.SEEK_END)


def make_lembar_pdf(session: Session, periode: Periode) -> int:
    from skm_app.reports.lembar_kerja import make_lembar_kerja_pdf

    return len(make_lembar_kerja_pdf(session, read_bahan(session, periode), _now()))


def make_docx(session: Session, periode: Periode) -> int:
    from skm_app.reports import docx, laporan

    return len(docx.make_docx(laporan.make_laporan(session, periode)))


def make_pdf(session: Session, periode: Periode) -> int:
    from skm_app.reports import laporan, pdf

    return len(pdf.make_pdf(laporan.make_laporan(session, periode)))


DOKUMEN = {
    "baca": Ukuran(buat=read_only, responden=BESAR),
    "xlsx": Ukuran(buat=make_xlsx, responden=BESAR, detik=30, memori=200),
    "lembar-pdf": Ukuran(buat=make_lembar_pdf, responden=KECIL),
    "docx": Ukuran(buat=make_docx, responden=SEDANG, detik=10),
    "pdf": Ukuran(buat=make_pdf, responden=SEDANG, detik=5),
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", choices=sorted(DOKUMEN), action="append")
    arguments.add_argument("--make", nargs=2, metavar=("DOCUMENT", "FOLDER"), help="one, here")
    chosen = arguments.parse_args()
    if chosen.make:
        _make_here(chosen.make[0], Path(chosen.make[1]))
        return
    print(f"# {git_and_machine()}")
    wanted = [name for name in DOKUMEN if not chosen.only or name in chosen.only]
    with tempfile.TemporaryDirectory(prefix="skm-bench-") as folder:
        for size in sorted({DOKUMEN[name].responden for name in wanted}):
            data_dir = Path(folder) / str(size)
            began = time.perf_counter()
            seed_office(data_dir, size)
            _add_periode(data_dir)
            print(f"\n## {size} responses (seeded in {time.perf_counter() - began:.0f} s)")
            read = 0.0
            for name in wanted:
                if DOKUMEN[name].responden == size:
                    seconds = _measure(name, data_dir, read)
                    read = seconds if name == "baca" else read


def _measure(name: str, data_dir: Path, read: float) -> float:
    """Make one document in a process of its own and print its figures.

    :param read: processor seconds of reading alone; 0: not measured.
    :return: processor seconds.
    """
    command = [sys.executable, "-m", "benchmarks.laporan", "--make", name, str(data_dir)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name}: failed: {done.stderr.strip().splitlines()[-1]}")
        return 0.0
    elapsed, cpu, before, peak, size = (float(word) for word in done.stdout.split())
    ukuran = DOKUMEN[name]
    bound = f" (bound {ukuran.detik:.0f})" if ukuran.detik else ""
    memory = f" (bound {ukuran.memori:.0f})" if ukuran.memori else ""
    ratio = f", {cpu / read:.1f} x reading alone" if read and name != "baca" else ""
    print(
        f"{name}: {elapsed:.1f} s{bound}, processor {cpu:.1f} s{ratio}; "
        f"peak memory {peak:.0f} MB{memory}, {before:.0f} MB before; file {size / MB:.1f} MB"
    )
    return cpu


def _make_here(name: str, data_dir: Path) -> None:
    """Make one document in this process; print seconds, processor seconds, MB, bytes."""
    with _opened(data_dir) as session:
        periode = session.query(Periode).one()
        before = _peak_mb()
        began, cpu = time.perf_counter(), time.process_time()
        size = DOKUMEN[name].buat(session, periode)
        elapsed, used = time.perf_counter() - began, time.process_time() - cpu
    print(elapsed, used, before, _peak_mb(), size)


@contextmanager
def _opened(data_dir: Path) -> Iterator[Session]:
    database = Database(f"sqlite:///{data_dir / 'skm.db'}")
    with database.reading() as session:
        yield session
    database.close()


def _add_periode(data_dir: Path) -> None:
    """This year of the whole office."""
    tahun = date.today().year
    database = Database(f"sqlite:///{data_dir / 'skm.db'}")
    with database.writing() as session:
        unit = session.get_one(Instalasi, "unit").nilai
        session.add(
            Periode(
                id=new_id(), unit_id=uuid.UUID(unit), nama=str(tahun), tahun=tahun,
                mulai=date(tahun, 1, 1), sampai=date(tahun, 12, 31),
                instrumen_id=DEFAULT_INSTRUMEN, konvensi="eksak",
            )
        )  # fmt: skip
    database.close()


def _peak_mb() -> float:
    """Most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _now() -> datetime:
    return datetime.now(ZoneInfo("Asia/Makassar"))


if __name__ == "__main__":
    main()
