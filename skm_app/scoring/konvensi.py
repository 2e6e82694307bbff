"""Conventions: which weight is used and where figures are rounded on the way.

The regulation says 1/9 and prints it as 0.11 in its text and as 0.111 in its work
sheet; a city portal rounds each NRR tertimbang to three decimals. The same answers
give 87.27, 86.40, 87.18 and 87.23, so every result names its convention.

Source: PermenPANRB 14/2017, lampiran, pengolahan data; ``portal-kota`` from the
figures that Kecamatan Palaran's printed 2024 annex is consistent with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from skm_app.scoring.instrumen import Instrumen

SEPERSEMBILAN = Fraction(1, 9)


class KonvensiError(ValueError):
    """The convention is unknown or does not fit the instrument."""


@dataclass(frozen=True, kw_only=True)
class Konvensi:
    """One way of computing the index."""

    nama: str
    uraian: str  # Indonesian sentence for reports
    bobot: Fraction | None = None  # None: the instrument's own weights
    desimal_tertimbang: int | None = None  # None: NRR tertimbang is not rounded

    def check_instrumen(self, instrumen: Instrumen) -> None:
        """Refuse a fixed weight where the unsur do not weigh 1/9 each.

        0.11 and 0.111 are shortened ninths; on other weights they would silently
        replace what the unit decided.

        :raise KonvensiError: if the convention does not fit.
        """
        if self.bobot is None:
            return
        if any(unsur.bobot != SEPERSEMBILAN for unsur in instrumen.unsur):
            raise KonvensiError(
                f'Konvensi "{self.nama}" hanya untuk instrumen dengan bobot 1/9 per unsur, '
                f"bukan {instrumen.id}."
            )


EKSAK = Konvensi(
    nama="eksak",
    uraian="Bobot tepat (1/9 untuk sembilan unsur), dibulatkan hanya pada hasil akhir.",
)
PORTAL_KOTA = Konvensi(
    nama="portal-kota",
    uraian="Bobot tepat (1/9 untuk sembilan unsur), setiap NRR tertimbang dibulatkan 3 desimal.",
    desimal_tertimbang=3,
)
BOBOT_0_111 = Konvensi(
    nama="0.111",
    uraian="Bobot 0,111 seperti pada lembar olah data; nilai tertinggi hanya 99,90.",
    bobot=Fraction(111, 1000),
)
BOBOT_0_11 = Konvensi(
    nama="0.11",
    uraian="Bobot 0,11 seperti pada naskah peraturan; nilai tertinggi hanya 99,00.",
    bobot=Fraction(11, 100),
)

KONVENSI: Mapping[str, Konvensi] = MappingProxyType(
    {konvensi.nama: konvensi for konvensi in (EKSAK, PORTAL_KOTA, BOBOT_0_111, BOBOT_0_11)}
)


def get_konvensi(nama: str) -> Konvensi:
    """Return the convention of this name.

    :raise KonvensiError: listing the valid names.
    """
    try:
        return KONVENSI[nama]
    except KeyError:
        valid = ", ".join(KONVENSI)
        raise KonvensiError(f'Konvensi "{nama}" tidak dikenal; pilih {valid}.') from None
