"""What is recorded of Probebaya: its figures by name, and what makes them fit together."""

from __future__ import annotations

from collections.abc import Mapping

from skm_app.angka import format_angka
from skm_app.models import BIDANG_PROBEBAYA, Probebaya

USULAN = ("diajukan", "disetujui", "dilaksanakan")
UANG = ("anggaran_rp", "realisasi_rp")
JUMLAH = ("jumlah_rt", *USULAN, *BIDANG_PROBEBAYA)
ISI = (*JUMLAH, *UANG)
LABEL: Mapping[str, str] = {
    "jumlah_rt": "Jumlah RT",
    "diajukan": "Usulan diajukan",
    "disetujui": "Usulan disetujui",
    "dilaksanakan": "Usulan dilaksanakan",
    "infrastruktur": "Infrastruktur",
    "ekonomi": "Ekonomi",
    "sosial_budaya": "Sosial budaya",
    "kesehatan": "Kesehatan",
    "pendidikan": "Pendidikan",
    "anggaran_rp": "Anggaran (Rp)",
    "realisasi_rp": "Realisasi (Rp)",
}

Isi = Mapping[str, int | None]


def values_of_probebaya(row: Probebaya | None) -> dict[str, int | None]:
    """The figures of a record by name; all None without one."""
    return {nama: getattr(row, nama) if row else None for nama in ISI}


def find_galat(isi: Isi) -> dict[str, str]:
    """What does not fit together, by the name of the figure to mend; empty if all is well.

    Nobody approves more than was submitted or carries out more than was approved; the five
    fields split what was carried out, all of them or none; nobody spends more than the share
    of 100 % that the indikator can reach.
    """
    return _find_usulan(isi) | _find_bidang(isi) | _find_uang(isi)


def _find_usulan(isi: Isi) -> dict[str, str]:
    found = {}
    for more, less in (
        ("diajukan", "disetujui"),
        ("disetujui", "dilaksanakan"),
        ("diajukan", "dilaksanakan"),
    ):
        highest, value = isi[more], isi[less]
        if highest is not None and value is not None and value > highest and less not in found:
            found[less] = (
                f"{LABEL[less]} ({format_angka(value)}) lebih banyak daripada "
                f"{LABEL[more].lower()} ({format_angka(highest)})."
            )
    return found


def _find_bidang(isi: Isi) -> dict[str, str]:
    known = [nama for nama in BIDANG_PROBEBAYA if isi[nama] is not None]
    if not known:
        return {}
    if len(known) < len(BIDANG_PROBEBAYA):
        return {
            nama: "Isi kelima bidang, dengan 0 bila tidak ada; atau kosongkan semuanya."
            for nama in BIDANG_PROBEBAYA
            if nama not in known
        }
    total = sum(isi[nama] or 0 for nama in BIDANG_PROBEBAYA)
    dilaksanakan = isi["dilaksanakan"]
    if dilaksanakan is None:
        return {"dilaksanakan": f"Isi juga. Jumlah kelima bidang {format_angka(total)}."}
    if total != dilaksanakan:
        return {
            "dilaksanakan": f"Jumlah kelima bidang {format_angka(total)}, padahal yang "
            f"dilaksanakan {format_angka(dilaksanakan)}."
        }
    return {}


def _find_uang(isi: Isi) -> dict[str, str]:
    if isi["realisasi_rp"] is not None and isi["anggaran_rp"] is None:
        return {"anggaran_rp": "Isi juga anggarannya, dengan 0 bila tidak ada."}
    if (isi["realisasi_rp"] or 0) > (isi["anggaran_rp"] or 0):
        return {
            "realisasi_rp": f"Realisasi ({format_angka(isi['realisasi_rp'])}) lebih besar daripada "
            f"anggaran ({format_angka(isi['anggaran_rp'])}); serapan tidak dapat melebihi 100%."
        }
    return {}
