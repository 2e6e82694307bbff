"""What is said of a check, the same on the page and in the terminal."""

from __future__ import annotations

from skm_app.angka import format_angka
from skm_app.kinerja.periksa import Pemeriksaan

TANPA_ANGKA = "Berkas ini belum berisi angka. Isi templatnya lebih dahulu."
TANPA_TEMUAN = "Tidak ada temuan."
YANG_DIPERIKSA = (
    "Yang diperiksa hanya kecocokan angka yang diisi. Lembar yang kosong tidak diperiksa."
)


def write_cakupan(hasil: Pemeriksaan) -> str:
    """How many of the figures had anything to be compared with."""
    semua, banding = format_angka(hasil.banyak_angka), format_angka(hasil.dibandingkan)
    return f"Dari {semua} angka, {banding} dapat dibandingkan."
