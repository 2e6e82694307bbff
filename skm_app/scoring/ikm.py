"""NRR, NRR tertimbang and IKM from tallies.

Pure arithmetic: Fraction inside, rounding only where the convention rounds, Decimal
at the edge.

Source: PermenPANRB 14/2017, lampiran, pengolahan data: NRR per unsur = sum of the
values / filled questionnaires; NRR tertimbang = NRR x weight; IKM = sum of NRR
tertimbang x 25.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm_app.scoring.instrumen import Instrumen, Unsur
from skm_app.scoring.konvensi import EKSAK, Konvensi
from skm_app.scoring.mutu import Mutu, classify_mutu
from skm_app.scoring.pembulatan import round_half_up
from skm_app.scoring.rekap import Rekap, Sebaran

SKALA = 25  # an answer of 4 converts to 100


@dataclass(frozen=True, kw_only=True)
class HasilUnsur:
    """Result of one unsur; figures are ``None`` when nobody answered it."""

    kode: str
    kunci: str
    nama: str
    jumlah: int  # sum of the values of all its butir
    terisi: int  # number of answers that sum is made of
    nrr: Decimal | None  # 1..4, 3 decimals
    nrr_tertimbang: Decimal | None  # 3 decimals
    nilai: Decimal | None  # NRR x 25, 25..100, 2 decimals
    mutu: Mutu | None
    nrr_eksak: Fraction | None

    def to_json(self) -> dict[str, object]:
        """Return the figures with decimals as strings."""
        return {
            "kode": self.kode,
            "kunci": self.kunci,
            "jumlah": self.jumlah,
            "terisi": self.terisi,
            "nrr": _text(self.nrr),
            "nrr_tertimbang": _text(self.nrr_tertimbang),
            "mutu": self.mutu.huruf if self.mutu else None,
        }


@dataclass(frozen=True, kw_only=True)
class HasilIKM:
    """Index of one group of respondents, with the convention that made it."""

    instrumen_id: str
    konvensi: str
    n: int  # respondents
    unsur: tuple[HasilUnsur, ...]  # in the regulation's order
    jumlah_tertimbang: Decimal | None  # sum of NRR tertimbang, 1..4, 3 decimals
    ikm: Decimal | None  # 25..100, 2 decimals
    ikm_eksak: Decimal | None  # the same with exact weights, rounded only here
    mutu: Mutu | None  # of ``ikm``
    unsur_kosong: tuple[str, ...]  # kunci of unsur nobody answered

    def to_json(self) -> dict[str, object]:
        """Return what ``skm score --json`` prints; decimals as strings."""
        return {
            "n": self.n,
            "konvensi": self.konvensi,
            "unsur": [unsur.to_json() for unsur in self.unsur],
            "ikm": _text(self.ikm),
            "ikm_eksak": _text(self.ikm_eksak),
            "mutu": self.mutu.huruf if self.mutu else None,
            "kinerja": self.mutu.kinerja if self.mutu else None,
        }


def compute_ikm(instrumen: Instrumen, rekap: Rekap, konvensi: Konvensi = EKSAK) -> HasilIKM:
    """Compute NRR, NRR tertimbang and IKM of one group of respondents.

    An unanswered butir reduces its own unsur's count only. When nobody answered some
    unsur there is no index: spreading its weight over the others would answer for
    the respondents.

    :param rekap: one entry per butir of the instrument.
    :return: ``n`` is the largest number of respondents of any butir; ``ikm`` is
        ``None`` when ``unsur_kosong`` names an unsur.
    :raise ValueError: naming a butir that is missing from ``rekap`` or unknown.
    :raise KonvensiError: if the convention does not fit the instrument's weights.
    """
    _check_butir(instrumen, rekap)
    konvensi.check_instrumen(instrumen)

    pooled = {unsur.kunci: _pool(instrumen, rekap, unsur) for unsur in instrumen.unsur}
    tertimbang = {u.kunci: _weigh(u, pooled[u.kunci], konvensi) for u in instrumen.unsur}
    total = _sum_all(list(tertimbang.values()))
    exact = _sum_all([_weigh(u, pooled[u.kunci], EKSAK) for u in instrumen.unsur])

    return HasilIKM(
        instrumen_id=instrumen.id,
        konvensi=konvensi.nama,
        n=max(sebaran.responden for sebaran in rekap.values()),
        unsur=tuple(_hasil_unsur(u, pooled[u.kunci], tertimbang[u.kunci]) for u in instrumen.unsur),
        jumlah_tertimbang=_rounded(total, 3),
        ikm=_rounded(_converted(total), 2),
        ikm_eksak=_rounded(_converted(exact), 2),
        mutu=None if total is None else classify_mutu(total * SKALA),
        unsur_kosong=tuple(kunci for kunci, value in tertimbang.items() if value is None),
    )


def _check_butir(instrumen: Instrumen, rekap: Rekap) -> None:
    known = [butir.kunci for butir in instrumen.butir]
    for kunci in known:
        if kunci not in rekap:
            raise ValueError(f'rekap tidak memuat butir "{kunci}" dari instrumen {instrumen.id}')
    for kunci in rekap:
        if kunci not in known:
            raise ValueError(f'butir "{kunci}" tidak ada dalam instrumen {instrumen.id}')


def _pool(instrumen: Instrumen, rekap: Rekap, unsur: Unsur) -> Sebaran:
    return sum((rekap[b.kunci] for b in instrumen.butir_of(unsur.kunci)), Sebaran())


def _nrr(sebaran: Sebaran) -> Fraction | None:
    return Fraction(sebaran.jumlah, sebaran.terisi) if sebaran.terisi else None


def _weigh(unsur: Unsur, sebaran: Sebaran, konvensi: Konvensi) -> Fraction | None:
    """Return NRR tertimbang, rounded if the convention does so."""
    nrr = _nrr(sebaran)
    if nrr is None:
        return None
    bobot = unsur.bobot if konvensi.bobot is None else konvensi.bobot
    if konvensi.desimal_tertimbang is None:
        return nrr * bobot
    return Fraction(round_half_up(nrr * bobot, konvensi.desimal_tertimbang))


def _sum_all(values: list[Fraction | None]) -> Fraction | None:
    """Sum, or ``None`` as soon as one part is missing."""
    present = [value for value in values if value is not None]
    return sum(present, Fraction(0)) if len(present) == len(values) else None


def _hasil_unsur(unsur: Unsur, sebaran: Sebaran, tertimbang: Fraction | None) -> HasilUnsur:
    nrr = _nrr(sebaran)
    nilai = _converted(nrr)
    return HasilUnsur(
        kode=unsur.kode,
        kunci=unsur.kunci,
        nama=unsur.nama,
        jumlah=sebaran.jumlah,
        terisi=sebaran.terisi,
        nrr=_rounded(nrr, 3),
        nrr_tertimbang=_rounded(tertimbang, 3),
        nilai=_rounded(nilai, 2),
        mutu=None if nilai is None else classify_mutu(nilai),
        nrr_eksak=nrr,
    )


def _converted(value: Fraction | None) -> Fraction | None:
    return None if value is None else value * SKALA


def _rounded(value: Fraction | None, places: int) -> Decimal | None:
    return None if value is None else round_half_up(value, places)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
