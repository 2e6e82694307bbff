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


def format_rentang(mulai: date, sampai: date) -> str:
    """Write a span of days: ``1 sampai 31 Desember 2024``, ``1 Januari sampai 31 Maret 2024``."""
    first = format_tanggal(mulai)
    if mulai.year == sampai.year:
        first = first.removesuffix(f" {mulai.year}")
        if mulai.month == sampai.month:
            first = str(mulai.day)
    return f"{first} sampai {format_tanggal(sampai)}"
