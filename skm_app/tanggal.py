"""Dates as Indonesians write them."""

from datetime import date

BULAN = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def format_tanggal(value: date) -> str:
    """Write a date as in a letter: ``3 Januari 2025``.

    Month names are kept here, because the machine's locale is rarely Indonesian.
    """
    return f"{value.day} {BULAN[value.month - 1]} {value.year}"
