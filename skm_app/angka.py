"""Numbers as Indonesians write them: ``35.585.343.360`` and ``87,23``."""

import re
from decimal import Decimal

from skm_app.scoring.pembulatan import round_half_up

TIDAK_ADA = "–"
MAX_ANGKA = 40  # characters; longer input is a mistake, not a number

# Dots group thousands and a comma starts the decimals; or a plain number with a
# decimal dot. "1.234" matches both and is read the Indonesian way.
INDONESIA = re.compile(r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,[0-9]+)?")
TITIK_DESIMAL = re.compile(r"-?[0-9]+\.[0-9]+")


def format_angka(value: Decimal | int | None, places: int | None = None) -> str:
    """Write a number for an Indonesian reader; ``None`` becomes an en dash.

    :param places: decimals to show, rounded half up; ``None`` keeps the value's own.
    """
    if value is None:
        return TIDAK_ADA
    exact = Decimal(value) if places is None else round_half_up(value, places)
    # "f" spells out every digit; str() could answer 1E+3.
    whole, _, decimals = f"{exact:f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".")
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def format_persen(value: Decimal | int | None, places: int = 2) -> str:
    """Write a value that is already in percent: 98.777 becomes ``98,78%``."""
    return TIDAK_ADA if value is None else f"{format_angka(value, places)}%"


def parse_angka(text: str) -> Decimal:
    """Read a number typed by an Indonesian or exported by a program.

    ``87,23`` and ``35.585.343.360`` are read the Indonesian way, and so is ``1.234``
    (one thousand two hundred thirty-four), because ``format_angka`` writes that.
    ``87.23`` can only mean a decimal point and is accepted.

    :raise ValueError: with a message for the person who typed it.
    """
    cleaned = text.strip()
    if len(cleaned) <= MAX_ANGKA:
        if INDONESIA.fullmatch(cleaned):
            return Decimal(cleaned.replace(".", "").replace(",", "."))
        if TITIK_DESIMAL.fullmatch(cleaned):
            return Decimal(cleaned)
    if not cleaned:
        raise ValueError("Isi dengan angka, misalnya 87,23.")
    shown = "".join(char for char in cleaned[:MAX_ANGKA] if char.isprintable())
    raise ValueError(f'"{shown}" bukan angka; tulis seperti 87,23 atau 1.250.000.')
