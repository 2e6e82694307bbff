"""Reads instruments from their JSON-ready definition, shipped ones included."""

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from skm_app.scoring.instrumen import Butir, Instrumen, InstrumenError, Unsur

SHIPPED = ("skm-9", "skm-16")
# Bounded, because Fraction("1e999999999") would keep the machine busy for hours.
BOBOT = re.compile(r"[0-9]{1,9}(/[0-9]{1,9}|\.[0-9]{1,9})?")


def parse_instrumen(definisi: Mapping[str, object]) -> Instrumen:
    """Build an instrument from what ``Instrumen.to_dict`` returns.

    :raise InstrumenError: naming the part that is missing, unknown or contradictory.
    """
    where = "instrumen"
    _check_keys(definisi, ("kode", "versi", "nama", "sumber", "unsur", "butir"), where)
    return Instrumen(
        kode=_text(definisi, "kode", where),
        versi=_whole_number(definisi, "versi", where),
        nama=_text(definisi, "nama", where),
        sumber=_text(definisi, "sumber", where),
        unsur=tuple(_parse_unsur(*item) for item in _items(definisi, "unsur")),
        butir=tuple(_parse_butir(*item) for item in _items(definisi, "butir")),
    )


def load_shipped() -> dict[str, Instrumen]:
    """Return the instruments that come with the program, by kode (``"skm-9"``)."""
    return dict(_shipped())


@cache
def _shipped() -> Mapping[str, Instrumen]:
    folder = files("skm_app.scoring").joinpath("instruments")
    texts = (folder.joinpath(f"{kode}.json").read_text(encoding="utf-8") for kode in SHIPPED)
    loaded = (parse_instrumen(json.loads(text)) for text in texts)
    return MappingProxyType({instrumen.kode: instrumen for instrumen in loaded})


def _parse_unsur(item: Mapping[str, object], where: str) -> Unsur:
    _check_keys(item, ("kode", "kunci", "nama", "bobot"), where)
    return Unsur(
        kode=_text(item, "kode", where),
        kunci=_text(item, "kunci", where),
        nama=_text(item, "nama", where),
        bobot=_bobot(item, where),
    )


def _parse_butir(item: Mapping[str, object], where: str) -> Butir:
    _check_keys(item, ("kunci", "unsur", "pertanyaan", "bantuan", "pilihan"), where)
    return Butir(
        kunci=_text(item, "kunci", where),
        unsur=_text(item, "unsur", where),
        pertanyaan=_text(item, "pertanyaan", where),
        bantuan=_text(item, "bantuan", where),
        pilihan=_pilihan(item, where),
    )


def _check_keys(item: Mapping[str, object], wanted: tuple[str, ...], where: str) -> None:
    for key in wanted:
        if key not in item:
            raise InstrumenError(f'Isian "{key}" pada {where} tidak ada.')
    for key in item:
        if key not in wanted:
            raise InstrumenError(f'Isian "{key}" pada {where} tidak dikenal.')


def _items(definisi: Mapping[str, object], key: str) -> list[tuple[Mapping[str, object], str]]:
    value = definisi[key]
    if not isinstance(value, list | tuple):
        raise InstrumenError(f'Isian "{key}" harus berupa daftar.')
    result: list[tuple[Mapping[str, object], str]] = []
    for place, item in enumerate(value, start=1):
        if not isinstance(item, Mapping):
            raise InstrumenError(f"Isian {key} ke-{place} harus berupa objek.")
        result.append((item, f"{key} ke-{place}"))
    return result


def _text(item: Mapping[str, object], key: str, where: str) -> str:
    value = item[key]
    if not isinstance(value, str):
        raise InstrumenError(f'Isian "{key}" pada {where} harus berupa teks.')
    return value


def _whole_number(item: Mapping[str, object], key: str, where: str) -> int:
    value = item[key]
    if not isinstance(value, int) or isinstance(value, bool):
        raise InstrumenError(f'Isian "{key}" pada {where} harus bilangan bulat.')
    return value


def _bobot(item: Mapping[str, object], where: str) -> Fraction:
    """Read an exact weight; a JSON number is refused, since 0.1 is not a tenth."""
    text = _text(item, "bobot", where)
    if not BOBOT.fullmatch(text):
        raise InstrumenError(f'Bobot "{text}" pada {where} harus pecahan seperti "1/9".')
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise InstrumenError(f'Bobot "{text}" pada {where} dibagi nol.') from None


def _pilihan(item: Mapping[str, object], where: str) -> tuple[str, str, str, str]:
    match item["pilihan"]:
        case [str(one), str(two), str(three), str(four)]:
            return (one, two, three, four)
        case _:
            raise InstrumenError(f"Pilihan jawaban pada {where} harus 4 teks.")
