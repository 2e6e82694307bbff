"""Quality of the answers: signs that ask for a look, and how much a few forms move the index.

``tanda`` (the rules), ``jam`` (opening hours) and ``kepekaan`` are pure; ``baca`` reads, bounded.
"""

from skm_app.kualitas.baca import (
    KUNCI_JAM,
    MAX_DIBACA,
    Bacaan,
    JawabanTerbaca,
    Pilihan,
    list_waiting,
    nomor_pendek,
    read_jam_layanan,
    read_jawaban,
)
from skm_app.kualitas.jam import HARI, JAM_BAWAAN, JamLayanan, parse_jam
from skm_app.kualitas.kepekaan import (
    KELOMPOK_TERKECIL,
    MAX_DIHAPUS,
    Kepekaan,
    choose_shown,
    compute_kepekaan,
    compute_without,
    count_added,
    count_removed,
    subtract_rekap,
)
from skm_app.kualitas.tanda import AMBANG, TANDA, Ambang, Lembaran, find_tanda

__all__ = [
    "AMBANG",
    "HARI",
    "JAM_BAWAAN",
    "KELOMPOK_TERKECIL",
    "KUNCI_JAM",
    "MAX_DIBACA",
    "MAX_DIHAPUS",
    "TANDA",
    "Ambang",
    "Bacaan",
    "JamLayanan",
    "JawabanTerbaca",
    "Kepekaan",
    "Lembaran",
    "Pilihan",
    "choose_shown",
    "compute_kepekaan",
    "compute_without",
    "count_added",
    "count_removed",
    "find_tanda",
    "list_waiting",
    "nomor_pendek",
    "parse_jam",
    "read_jam_layanan",
    "read_jawaban",
    "subtract_rekap",
]
