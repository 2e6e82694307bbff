"""The figures to hold the others against: targets, realisasi and capaian of each indikator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from skm_app.kinerja.aturan import Aturan
from skm_app.kinerja.periksa.banding import note
from skm_app.kinerja.periksa.biaya import Biaya, make_biaya
from skm_app.kinerja.periksa.laporan import Angka, Jenis, LaporanTercetak
from skm_app.kinerja.periksa.temuan import persen

Kunci: TypeAlias = tuple[int, int, Jenis]  # indikator, year, kind


@dataclass(frozen=True)
class Acuan:
    """A report with what its own figures say when most of them agree.

    ``tempat``: all places of a figure, in the order of their authority; ``nilai``: the figure.
    """

    laporan: LaporanTercetak
    aturan: Aturan
    biaya: Biaya
    tempat: Mapping[Kunci, list[Angka]]
    nilai: Mapping[Kunci, Fraction]

    def get_nilai(self, indikator: int, tahun: int, jenis: Jenis) -> Fraction | None:
        """Target or realisasi of an indikator in a year."""
        return self.nilai.get((indikator, tahun, jenis))

    def get_capaian(self, indikator: int, tahun: int) -> Fraction | None:
        """Realisasi against the target, in percent, not rounded."""
        return self.compute(
            indikator,
            self.get_nilai(indikator, tahun, "realisasi"),
            self.get_nilai(indikator, tahun, "target"),
        )

    def is_turun(self, indikator: int) -> bool:
        """Whether less is better."""
        return any(one.nomor == indikator and one.arah == "turun" for one in self.laporan.indikator)

    def compute(
        self, indikator: int, realisasi: Fraction | None, target: Fraction | None
    ) -> Fraction | None:
        """Capaian as ``kinerja.compute_capaian`` has it, in percent, but not rounded."""
        if not self.is_turun(indikator) or realisasi is None or not target:
            return persen(realisasi, target)
        return max((2 * target - realisasi) / target * 100, Fraction(0))

    def list_target_akhir(self, indikator: int) -> list[Angka]:
        """All places of the target at the end of the Renstra."""
        found = [one.target_akhir for one in self.laporan.indikator if one.nomor == indikator]
        found += [one.target_akhir for one in self.laporan.renstra if one.indikator == indikator]
        return [one for one in found if one is not None]

    def list_tahun(self) -> list[int]:
        """The years that the report has figures of."""
        return sorted({one.tahun for one in self.laporan.nilai})

    def list_indikator(self, sasaran: int) -> list[int]:
        """The indikator of a sasaran, by number."""
        return [one.nomor for one in self.laporan.indikator if one.sasaran == sasaran]

    def get_capaian_sasaran(self, sasaran: int) -> Fraction | None:
        """Mean capaian of a sasaran's indikator in the report's year; None if one is missing."""
        found = [self.get_capaian(one, self.laporan.tahun) for one in self.list_indikator(sasaran)]
        return mean(found)

    def find_predikat(self, tahun: int) -> str | None:
        """Letter by the score of the latest AKIP evaluation up to a year."""
        known = [one for one in self.laporan.akip if one.tahun <= tahun]
        if not known:
            return None
        last = max(known, key=lambda one: one.tahun).nilai
        note(last)
        return self.aturan.classify_akip(last.nilai).nama


def make_acuan(laporan: LaporanTercetak, aturan: Aturan) -> Acuan:
    """Compute what the rules need."""
    tempat: defaultdict[Kunci, list[Angka]] = defaultdict(list)
    for one in laporan.nilai:
        tempat[one.indikator, one.tahun, one.jenis].append(one.angka)
    chosen = {kunci: choose(angka) for kunci, angka in tempat.items()}
    nilai = {kunci: Fraction(one.nilai) for kunci, one in chosen.items() if one is not None}
    return Acuan(laporan, aturan, make_biaya(laporan), tempat, nilai)


def choose(angka: Sequence[Angka]) -> Angka | None:
    """The figure with which most of the places agree, each at its own precision.

    Of equals the one printed more exactly, then the first. None if there is no place.
    """

    def rank(one: Angka) -> tuple[int, int]:
        return sum(other.agrees(Fraction(one.nilai)) for other in angka), one.desimal

    return max(angka, key=rank, default=None)


def mean(values: Sequence[Fraction | None]) -> Fraction | None:
    """The mean of figures that are all known; None if there is none or one is not known."""
    known = [one for one in values if one is not None]
    if not known or len(known) < len(values):
        return None
    return sum(known, Fraction(0)) / len(known)
