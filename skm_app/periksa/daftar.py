"""Findings as rows, one per place: for files and the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from skm_app.kinerja.periksa import Temuan

KOLOM_TEMUAN = (
    "No.", "Tentang", "Lembar", "Sel", "Tempat", "Tercetak", "Seharusnya", "Alasan",
)  # fmt: skip


def list_baris(temuan: Sequence[Temuan]) -> list[tuple[str, ...]]:
    """The columns of ``KOLOM_TEMUAN``; the number is that of the finding."""
    return [
        (
            str(number),
            one.letak,
            tempat.letak.lembar,
            tempat.letak.sel,
            tempat.letak.nama,
            tempat.tercetak,
            tempat.seharusnya,
            one.alasan,
        )
        for number, one in enumerate(temuan, start=1)
        for tempat in one.tempat
    ]
