"""The questionnaire as data: unsur with their weights, butir with their answers.

An answer belongs to a butir by its key, never by its position: the sample form of
the regulation asks sarana and prasarana eighth and pengaduan ninth, while its list
of unsur has them the other way round.

Source: PermenPANRB 14/2017, lampiran: nine unsur of equal weight; a unit may add
unsur and change weights as long as the weights total 1.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

KODE_UNSUR = re.compile(r"U[1-9][0-9]?")
KUNCI = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class InstrumenError(ValueError):
    """The definition of an instrument contradicts itself or is incomplete."""


@dataclass(frozen=True, kw_only=True)
class Unsur:
    """One aspect of the service that the index weighs."""

    kode: str  # "U1", the regulation's number
    kunci: str  # "persyaratan", what answers are stored under
    nama: str
    bobot: Fraction  # share of the index, all unsur together 1

    @property
    def nomor(self) -> int:
        """Number in the regulation's list, 1 for U1."""
        return int(self.kode[1:])


@dataclass(frozen=True, kw_only=True)
class Butir:
    """One question of the form."""

    kunci: str
    unsur: str  # kunci of the unsur it measures
    pertanyaan: str
    bantuan: str  # one plain sentence for the respondent
    pilihan: tuple[str, str, str, str]  # words for the values 1, 2, 3, 4


@dataclass(frozen=True, kw_only=True)
class Instrumen:
    """A questionnaire in one version; a changed one gets a new version.

    :raise InstrumenError: at construction, naming what is wrong.
    """

    kode: str
    versi: int
    nama: str
    sumber: str
    unsur: tuple[Unsur, ...]  # in the regulation's order
    butir: tuple[Butir, ...]  # in the order they are asked

    def __post_init__(self) -> None:
        """Refuse an instrument that could not be scored."""
        _check_identity(self)
        _check_unsur(self)
        _check_butir(self)

    @property
    def id(self) -> str:
        """Name of exactly this version, ``"skm-9/1"``."""
        return f"{self.kode}/{self.versi}"

    def butir_of(self, unsur_kunci: str) -> tuple[Butir, ...]:
        """Questions that measure one unsur, in the order they are asked."""
        return tuple(butir for butir in self.butir if butir.unsur == unsur_kunci)

    def field_of(self, butir_kunci: str) -> str:
        """Name of the form field and file column of one butir.

        The number is the unsur's, not the question's place on the form: ``u8`` is
        pengaduan although it is asked ninth. ``u1_1``, ``u1_2`` when one unsur has
        several butir.

        :raise KeyError: if the instrument has no such butir.
        """
        return self.fields[butir_kunci]

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """Field name of every butir, by butir kunci, in question order."""
        names: dict[str, str] = {}
        for unsur in self.unsur:
            group = self.butir_of(unsur.kunci)
            for place, butir in enumerate(group, start=1):
                suffix = f"_{place}" if len(group) > 1 else ""
                names[butir.kunci] = f"u{unsur.nomor}{suffix}"
        return {butir.kunci: names[butir.kunci] for butir in self.butir}

    def to_dict(self) -> dict[str, object]:
        """Return the definition, ready for JSON; ``parse_instrumen`` reads it back."""
        return {
            "kode": self.kode,
            "versi": self.versi,
            "nama": self.nama,
            "sumber": self.sumber,
            "unsur": [
                {"kode": u.kode, "kunci": u.kunci, "nama": u.nama, "bobot": str(u.bobot)}
                for u in self.unsur
            ],
            "butir": [
                {
                    "kunci": b.kunci,
                    "unsur": b.unsur,
                    "pertanyaan": b.pertanyaan,
                    "bantuan": b.bantuan,
                    "pilihan": list(b.pilihan),
                }
                for b in self.butir
            ],
        }


def _check_identity(instrumen: Instrumen) -> None:
    if not KUNCI.fullmatch(instrumen.kode):
        raise InstrumenError(
            f'Kode instrumen "{instrumen.kode}" harus huruf kecil, angka, dan tanda hubung.'
        )
    if instrumen.versi < 1:
        raise InstrumenError(
            f"Versi instrumen {instrumen.kode} harus 1 atau lebih, bukan {instrumen.versi}."
        )
    if not instrumen.nama.strip():
        raise InstrumenError(f"Instrumen {instrumen.kode} belum punya nama.")


def _check_unsur(instrumen: Instrumen) -> None:
    for unsur in instrumen.unsur:
        if not KODE_UNSUR.fullmatch(unsur.kode):
            raise InstrumenError(f'Kode unsur "{unsur.kode}" harus seperti U1, U2, dan seterusnya.')
        if not unsur.nama.strip():
            raise InstrumenError(f"Unsur {unsur.kode} belum punya nama.")
        if unsur.bobot <= 0:
            raise InstrumenError(f"Bobot unsur {unsur.kode} harus lebih dari 0.")
    _check_kunci("unsur", (unsur.kunci for unsur in instrumen.unsur))

    nomor = [unsur.nomor for unsur in instrumen.unsur]
    if nomor != sorted(set(nomor)):
        raise InstrumenError("Kode unsur harus berurutan menurut nomornya dan tidak berulang.")
    total = sum((unsur.bobot for unsur in instrumen.unsur), Fraction(0))
    if total != 1:
        raise InstrumenError(f"Jumlah bobot semua unsur harus tepat 1, sekarang {total}.")


def _check_butir(instrumen: Instrumen) -> None:
    _check_kunci("butir", (butir.kunci for butir in instrumen.butir))
    known = {unsur.kunci for unsur in instrumen.unsur}
    for butir in instrumen.butir:
        if butir.unsur not in known:
            raise InstrumenError(
                f'Butir {butir.kunci} menunjuk unsur "{butir.unsur}" yang tidak ada.'
            )
        if not butir.pertanyaan.strip():
            raise InstrumenError(f"Butir {butir.kunci} belum punya pertanyaan.")
        if len(butir.pilihan) != 4:
            raise InstrumenError(
                f"Butir {butir.kunci} harus punya 4 pilihan jawaban, sekarang {len(butir.pilihan)}."
            )
        if len({text.strip() for text in butir.pilihan} - {""}) != 4:
            raise InstrumenError(
                f"Pilihan jawaban butir {butir.kunci} tidak boleh kosong atau berulang."
            )

    asked = {butir.unsur for butir in instrumen.butir}
    for unsur in instrumen.unsur:
        if unsur.kunci not in asked:
            raise InstrumenError(f"Unsur {unsur.kode} {unsur.nama} belum punya butir pertanyaan.")


def _check_kunci(what: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for kunci in keys:
        if not KUNCI.fullmatch(kunci):
            raise InstrumenError(
                f'Kunci {what} "{kunci}" harus huruf kecil, angka, dan tanda hubung.'
            )
        if kunci in seen:
            raise InstrumenError(f'Kunci {what} "{kunci}" dipakai lebih dari sekali.')
        seen.add(kunci)
