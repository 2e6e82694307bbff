"""Who answered: the choices of the profile, and readers that forgive spelling.

The form offers these choices; files typed elsewhere are read into the same keys.

Source: PermenPANRB 14/2017, lampiran, contoh kuesioner (jenis kelamin, usia,
pendidikan, pekerjaan); the finer lists and the age bands: not confirmed, in use in
public SKM forms.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Pilihan(NamedTuple):
    """One choice: the key that is stored and the words that are shown."""

    kunci: str
    label: str


JENIS_KELAMIN = (Pilihan("L", "Laki-laki"), Pilihan("P", "Perempuan"))

USIA = (
    Pilihan("<17", "Di bawah 17 tahun"),
    Pilihan("17-25", "17–25 tahun"),
    Pilihan("26-34", "26–34 tahun"),
    Pilihan("35-44", "35–44 tahun"),
    Pilihan("45-54", "45–54 tahun"),
    Pilihan("55-65", "55–65 tahun"),
    Pilihan(">65", "Di atas 65 tahun"),
)
_USIA_TERATAS = (16, 25, 34, 44, 54, 65, 120)  # oldest age of each band above

PENDIDIKAN = (
    Pilihan("Tidak sekolah", "Tidak sekolah"),
    Pilihan("SD", "SD"),
    Pilihan("SMP", "SMP"),
    Pilihan("SMA", "SMA"),
    Pilihan("D1-D3", "D1–D3"),
    Pilihan("S1", "D4/S1"),
    Pilihan("S2", "S2"),
    Pilihan("S3", "S3"),
)

PEKERJAAN = (
    Pilihan("PNS", "PNS/ASN"),
    Pilihan("TNI", "TNI"),
    Pilihan("Polri", "Polri"),
    Pilihan("Swasta", "Swasta"),
    Pilihan("Wirausaha", "Wirausaha"),
    Pilihan("Ibu Rumah Tangga", "Ibu Rumah Tangga"),
    Pilihan("Pelajar/Mahasiswa", "Pelajar/Mahasiswa"),
    Pilihan("Petani/Nelayan", "Petani/Nelayan"),
    Pilihan("Pekerja Lepas", "Pekerja Lepas"),
    Pilihan("Pensiunan", "Pensiunan"),
    Pilihan("Lainnya", "Lainnya"),
)

# Other usual spellings, as _plain() leaves them.
_LAIN_JENIS_KELAMIN = {"lk": "L", "pria": "L", "pr": "P", "wanita": "P"}
_LAIN_PENDIDIKAN = {
    **dict.fromkeys(("sltp", "smp/sltp", "mts", "smp/mts"), "SMP"),
    **dict.fromkeys(("slta", "sma/slta", "smk", "sma/smk", "ma", "stm"), "SMA"),
    **dict.fromkeys(("d1", "d2", "d3", "di", "dii", "diii", "d1/d2/d3", "diploma"), "D1-D3"),
    **dict.fromkeys(("d4", "div", "s1/d4", "sarjana"), "S1"),
}
_LAIN_PEKERJAAN = {
    **dict.fromkeys(("asn", "pegawainegeri", "pegawainegerisipil"), "PNS"),
    **dict.fromkeys(("karyawanswasta", "pegawaiswasta"), "Swasta"),
    **dict.fromkeys(("wiraswasta", "pengusaha"), "Wirausaha"),
    **dict.fromkeys(("irt",), "Ibu Rumah Tangga"),
    **dict.fromkeys(("pelajar", "mahasiswa"), "Pelajar/Mahasiswa"),
    **dict.fromkeys(("petani", "nelayan"), "Petani/Nelayan"),
    **dict.fromkeys(("freelance", "pekerjalepas/freelance"), "Pekerja Lepas"),
    **dict.fromkeys(("pensiun",), "Pensiunan"),
    **dict.fromkeys(("lainlain",), "Lainnya"),
}

_GARIS = re.compile(r"[‐‑‒–—−]")
_UMUR = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, kw_only=True)
class Profil:
    """What a respondent told about themselves; ``None`` where nothing was told."""

    jenis_kelamin: str | None = None  # kunci of JENIS_KELAMIN
    usia: str | None = None  # kunci of USIA, a band
    pendidikan: str | None = None  # kunci of PENDIDIKAN
    pekerjaan: str | None = None  # kunci of PEKERJAAN


def parse_jenis_kelamin(text: str | None) -> str | None:
    """Read L or P.

    :raise ValueError: listing the choices; so do the other readers here.
    """
    return _choose(text, JENIS_KELAMIN, _LAIN_JENIS_KELAMIN, "jenis kelamin")


def parse_pendidikan(text: str | None) -> str | None:
    """Read the highest education."""
    return _choose(text, PENDIDIKAN, _LAIN_PENDIDIKAN, "pendidikan")


def parse_pekerjaan(text: str | None) -> str | None:
    """Read the occupation."""
    return _choose(text, PEKERJAAN, _LAIN_PEKERJAAN, "pekerjaan")


def parse_usia(text: str | None) -> str | None:
    """Read an age band, or an age of 1..120 years into its band.

    Only the band is kept: an exact age helps to recognise a person.
    """
    plain = _plain_usia(text or "")
    if plain in ("", "-"):
        return None
    for pilihan in USIA:
        if plain in (pilihan.kunci, _plain_usia(pilihan.label)):
            return pilihan.kunci
    if _UMUR.fullmatch(plain) and 1 <= int(plain) <= 120:
        return _band_of(int(plain))
    raise ValueError(_unknown(text, USIA, "usia") + ", atau umur 1-120")


def _band_of(umur: int) -> str:
    return next(
        pilihan.kunci for pilihan, oldest in zip(USIA, _USIA_TERATAS, strict=True) if umur <= oldest
    )


def _plain(text: str) -> str:
    """Leave out what people type differently: case, spaces and dashes."""
    return re.sub(r"[\s-]", "", _GARIS.sub("-", text)).casefold()


def _plain_usia(text: str) -> str:
    """Like ``_plain``, but keep the dash: 17-25 is a band and 1725 is no age."""
    plain = re.sub(r"\s", "", _GARIS.sub("-", text)).casefold()
    return re.sub(r"(tahun|thn|th)\.?$", "", plain)


def _choose(
    text: str | None, choices: tuple[Pilihan, ...], others: Mapping[str, str], what: str
) -> str | None:
    plain = _plain(text or "")
    if not plain:
        return None
    for pilihan in choices:
        if plain in (_plain(pilihan.kunci), _plain(pilihan.label)):
            return pilihan.kunci
    if plain in others:
        return others[plain]
    raise ValueError(_unknown(text, choices, what))


def _unknown(text: str | None, choices: tuple[Pilihan, ...], what: str) -> str:
    listed = ", ".join(pilihan.kunci for pilihan in choices)
    shown = "".join(char for char in (text or "").strip()[:40] if char.isprintable())
    return f'"{shown}" bukan {what} yang dikenal; pilih {listed}'
