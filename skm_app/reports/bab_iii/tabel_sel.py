"""Cells of the tables of Bab III, and the words of their formulas.

Formulas for a spreadsheet divide whole numbers only: it calculates in binary floats, in which a
decimal that ends in 5 is a little too large or too small and its rounding half up goes wrong,
while a quotient of whole numbers that is k + 1/2 comes out as just that.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from skm_app.angka import format_angka
from skm_app.kinerja import Arah, Predikat
from skm_app.reports.bab_iii.fakta import IndikatorFakta, TahunFakta
from skm_app.reports.bab_iii.tabel_bentuk import SelKinerja

BELUM_ADA = "belum ada"
SEMENTARA = " (sementara)"
TANPA_ANGGARAN = "tidak ada anggaran"
KOSONG = SelKinerja(teks="")
_UTUH = 10_000  # makes a whole number of anything with up to 4 decimals
# More than the error of a sum of two quotients, far less than what parts a figure from its half.
JAGA = "1E-9"


def make_teks(text: str) -> SelKinerja:
    return SelKinerja(teks=text)


def make_belum(apa: str = "") -> SelKinerja:
    """A figure that cannot be given; ``apa``: what it lacks."""
    return SelKinerja(teks=BELUM_ADA, rumus=apa)


def make_angka(
    nilai: Decimal | int | None,
    kunci: str = "",
    *,
    akhiran: str = "",
    rumus: str = "",
    formula: str = "",
    sumber: Sequence[str] = (),
    sementara: bool = False,
    tanpa: str = "",
) -> SelKinerja:
    """A number, or "belum ada" without one; ``tanpa``: what it lacks then.

    :param akhiran: written behind the number ("%").
    :param rumus: without its result, which is added.
    """
    if nilai is None:
        return SelKinerja(teks=BELUM_ADA, rumus=tanpa, sumber=tuple(one for one in sumber if one))
    text = tulis(nilai)
    return SelKinerja(
        teks=f"{text}{akhiran}{SEMENTARA if sementara else ''}",
        nilai=nilai,
        rumus=f"{rumus} = {text}{akhiran}" if rumus else "",
        sumber=tuple(one for one in sumber if one),
        kunci=kunci,
        formula=formula,
    )


def tulis(nilai: Decimal | int) -> str:
    """A number as the tables write it: whole ones without decimals, others with two or more."""
    if isinstance(nilai, int):
        return format_angka(nilai)
    exponent = nilai.as_tuple().exponent
    own = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    # A target of 83 is printed as 83; a computed 90.00 keeps its decimals.
    return format_angka(nilai, 2 if 0 < own < 2 else max(own, 0))


def is_persen(indikator: IndikatorFakta) -> bool:
    return indikator.satuan.casefold() in ("persen", "%")


def make_target(indikator: IndikatorFakta, tahun: TahunFakta) -> SelKinerja:
    return make_angka(
        tahun.target,
        f"target/{indikator.id}/{tahun.tahun}",
        akhiran="%" if is_persen(indikator) else "",
        sumber=[tahun.target_asal],
        tanpa=f"Target {tahun.tahun} belum diisi",
    )


def make_realisasi(indikator: IndikatorFakta, tahun: TahunFakta) -> SelKinerja:
    return make_angka(
        tahun.realisasi,
        f"realisasi/{indikator.id}/{tahun.tahun}",
        akhiran="%" if is_persen(indikator) else "",
        rumus=tahun.realisasi_rumus,
        sumber=[tahun.realisasi_asal],
        sementara=tahun.sementara,
        tanpa=f"Realisasi {tahun.tahun} belum ada",
    )


def make_capaian(indikator: IndikatorFakta, tahun: TahunFakta, *, akhiran: str = "") -> SelKinerja:
    """Capaian of one year, in percent."""
    ref_r, ref_t = (f"{what}/{indikator.id}/{tahun.tahun}" for what in ("realisasi", "target"))
    return make_angka(
        tahun.capaian,
        f"capaian/{indikator.id}/{tahun.tahun}",
        akhiran=akhiran,
        rumus=tulis_capaian(tahun.realisasi, tahun.target, indikator.arah),
        formula=formula_capaian(ref_r, ref_t, indikator.arah),
        sumber=[tahun.target_asal, tahun.realisasi_asal],
        sementara=tahun.sementara,
        tanpa="realisasi / target × 100; salah satunya belum ada atau target 0",
    )


def make_capaian_renstra(indikator: IndikatorFakta, sampai: int | None) -> SelKinerja:
    """Realisasi of the report's year over the target of the plan's last year, in percent."""
    kini = indikator.kini
    return make_angka(
        indikator.capaian_renstra,
        f"renstra/{indikator.id}",
        rumus=tulis_capaian(kini.realisasi, indikator.akhir, indikator.arah, "target akhir"),
        formula=formula_capaian(
            f"realisasi/{indikator.id}/{kini.tahun}", f"akhir/{indikator.id}", indikator.arah
        ),
        sumber=[indikator.akhir_asal, kini.realisasi_asal],
        sementara=kini.sementara,
        tanpa=f"realisasi {kini.tahun} / target akhir Renstra {sampai or ''} × 100; salah satunya "
        "belum ada",
    )


def tulis_capaian(
    realisasi: Decimal | None, target: Decimal | None, arah: Arah, nama: str = "target"
) -> str:
    """The formula of capaian in words, and with its figures."""
    if realisasi is None or target is None:
        return ""
    r, t = tulis(realisasi), tulis(target)
    if arah == "naik":
        return f"realisasi / {nama} × 100 = {r} / {t} × 100"
    return f"(2 × {nama} − realisasi) / {nama} × 100, paling rendah 0 = (2 × {t} − {r}) / {t} × 100"


def formula_capaian(realisasi: str, target: str, arah: Arah) -> str:
    """Capaian from the figures of these names, rounded half up to 2 decimals."""
    hundredths = f"ROUND({_bagi(realisasi, target, arah)},0)/100"
    return hundredths if arah == "naik" else f"MAX({hundredths},0)"


def formula_rata_rata(pasangan: Sequence[tuple[str, str]], arah: Arah) -> str:
    """Mean of several capaian, each of a realisasi and a target of these names."""
    terms = [_bagi(*pair, arah) for pair in pasangan]
    if arah == "turun":
        terms = [f"MAX({one},0)" for one in terms]
    return f"ROUND(({'+'.join(terms)})/{len(terms)}+{JAGA},0)/100"


def formula_persen(bagian: str, utuh: str) -> str:
    """A share of whole rupiah, in percent with 2 decimals. ``bagian``: may be a difference."""
    return f"ROUND(({bagian})*{_UTUH}/{{{utuh}}},0)/100"


def formula_jumlah(names: Sequence[str]) -> str:
    return "+".join(f"{{{one}}}" for one in names)


def formula_predikat(tangga: Sequence[Predikat], name: str) -> str:
    """The grade of the figure of this name, whose bounds belong to the grade below."""
    formula = f'"{tangga[-1].nama}"'
    for one in reversed(tangga[:-1]):
        formula = f'IF({{{name}}}>{one.di_atas},"{one.nama}",{formula})'
    return formula


def _bagi(realisasi: str, target: str, arah: Arah) -> str:
    """Capaian in hundredths of a percent, not rounded."""
    r, t = (f"ROUND({{{one}}}*{_UTUH},0)" for one in (realisasi, target))
    above = r if arah == "naik" else f"(2*{t}-{r})"
    return f"{above}*{_UTUH}/{t}"
