"""The dashboard's first look: the index of a scope, and what it means, in finished words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm_app.admin.chart_sentences import GRATIS
from skm_app.admin.kalimat import format_selisih
from skm_app.admin.kecukupan import Kecukupan
from skm_app.angka import format_angka
from skm_app.kata import gabung
from skm_app.periode.pokok import KURANG_DARI
from skm_app.results import HasilLingkup
from skm_app.scoring import (
    EKSAK,
    TABEL_MUTU,
    HasilIKM,
    HasilUnsur,
    Selang,
    compute_ikm_tanpa,
)

PERINGKAT = 3  # unsur that are named as the weakest and as the strongest
CUKUP_BANYAK = 30  # respondents from which an interval is not called wide


@dataclass(frozen=True, kw_only=True)
class Ringkasan:
    """Finished texts. ``kalimat``: sentences under the figure, the most urgent first.

    ``tertutup``: why there is no result; ``terlemah``, ``terkuat``: three unsur or more, ties told
    as ties.
    """

    n: str
    ikm: str
    mutu: str | None
    kinerja: str
    eksak: str | None
    selang: str
    diperbarui: str
    kalimat: tuple[str, ...]
    tertutup: str | None
    kecukupan: Kecukupan
    terlemah: tuple[str, ...]
    terkuat: tuple[str, ...]


def make_ringkasan(
    found: HasilLingkup,
    target: Decimal | None,
    tahun: int,
    diperbarui: str,
    *,
    n: int | None,
    tertutup: str | None,
    kecukupan: Kecukupan,
    selang: Selang | None,
    gratis: str | None,
) -> Ringkasan:
    """Put a result into words.

    :param target: the year's target for this scope, if it has one.
    :param diperbarui: moment of the newest response, as people write it.
    :param n: responses that may be told; None for fewer than five.
    :param gratis: kunci of the unsur that is 4 by itself, because every layanan is free.
    """
    hasil = found.hasil
    return Ringkasan(
        n=KURANG_DARI if n is None else format_angka(n),
        ikm=format_angka(hasil.ikm),
        mutu=hasil.mutu.huruf if hasil.mutu else None,
        kinerja=hasil.mutu.kinerja if hasil.mutu else "Belum dapat dihitung",
        eksak=_describe_eksak(hasil),
        selang=describe_selang(selang, hasil),
        diperbarui=diperbarui,
        kalimat=tuple(_sentences(found, target, tahun, gratis)),
        tertutup=tertutup,
        kecukupan=kecukupan,
        terlemah=tuple(list_peringkat(hasil, gratis, terkuat=False)),
        terkuat=tuple(list_peringkat(hasil, gratis, terkuat=True)),
    )


def make_ikm_json(found: HasilLingkup, n: int | None, tertutup: str | None) -> dict[str, object]:
    """The live index for programs; decimals are strings, so that no digit is lost.

    A result that is kept back has its keys, without values, and the reason in ``tertutup``.
    """
    hasil = found.hasil
    return {
        "n": n,
        "konvensi": hasil.konvensi,
        "ikm": _text(hasil.ikm),
        "ikm_eksak": _text(hasil.ikm_eksak),
        "mutu": hasil.mutu.huruf if hasil.mutu else None,
        "kinerja": hasil.mutu.kinerja if hasil.mutu else None,
        "unsur": [_unsur_json(unsur, kosong=tertutup is not None) for unsur in hasil.unsur],
        "diperbarui": found.diperbarui.isoformat() if found.diperbarui else None,
        "tertutup": tertutup,
    }


def list_peringkat(hasil: HasilIKM, gratis: str | None, *, terkuat: bool) -> list[str]:
    """The three weakest or strongest unsur with their NRR; as many more as tie with the third."""
    answered = [unsur for unsur in hasil.unsur if unsur.nrr_eksak is not None]
    ranks: dict[Fraction, list[HasilUnsur]] = {}
    for unsur in answered:
        ranks.setdefault(unsur.nrr_eksak or Fraction(0), []).append(unsur)
    if len(ranks) < 2:
        return []
    lines: list[str] = []
    told = 0
    for nrr in sorted(ranks, reverse=terkuat):
        if told >= PERINGKAT:
            break
        told += len(ranks[nrr])
        lines.append(_describe_rank(ranks[nrr], gratis))
    return lines


def _describe_rank(tied: Sequence[HasilUnsur], gratis: str | None) -> str:
    names = [
        f"{unsur.nama} ({unsur.kode}{', gratis' if unsur.kunci == gratis else ''})"
        for unsur in tied
    ]
    same = ", nilai sama" if len(tied) > 1 else ""
    return f"{gabung(names)}: {format_angka(tied[0].nrr, 3)}{same}"


def describe_selang(selang: Selang | None, hasil: HasilIKM) -> str:
    """What chance may have done to the index, in one sentence."""
    if hasil.ikm is None:
        return ""
    if selang is None:
        return "Rentang 95% belum dapat dihitung dari jawaban ini."
    span = f"{format_angka(selang.bawah, 2)} sampai {format_angka(selang.atas, 2)}"
    if hasil.n < CUKUP_BANYAK:
        few = f"; lebar karena responden kurang dari {CUKUP_BANYAK}"
        return f"Rentang 95%: {span}{few}."
    return f"Rentang 95%: {span}."


def find_terlemah(hasil: HasilIKM) -> tuple[HasilUnsur, ...]:
    """The unsur with the lowest NRR: several when they tie exactly."""
    answered = [unsur for unsur in hasil.unsur if unsur.nrr_eksak is not None]
    lowest = min((unsur.nrr_eksak for unsur in answered if unsur.nrr_eksak), default=None)
    return tuple(unsur for unsur in answered if unsur.nrr_eksak == lowest)


def describe_terlemah(terlemah: Sequence[HasilUnsur]) -> str | None:
    """One sentence on the weakest unsur; a tie is told as a tie."""
    if not terlemah:
        return None
    names = gabung([f"{unsur.nama} ({unsur.kode})" for unsur in terlemah])
    nrr = format_angka(terlemah[0].nrr, 3)
    if len(terlemah) == 1:
        return f"Unsur terlemah: {names}, NRR {nrr}."
    return f"Unsur terlemah, dengan nilai yang sama: {names}, NRR {nrr}."


def describe_target(ikm: Decimal, target: Decimal, tahun: int) -> str:
    """How far an index is from the year's target."""
    awal = f"Target {tahun} adalah {format_angka(target, 2)}"
    if ikm < target:
        return f"{awal}: masih kurang {format_selisih(target - ikm)}."
    if ikm == target:
        return f"{awal}: tepat tercapai."
    return f"{awal}: terlampaui {format_selisih(ikm - target)}."


def describe_mutu_berikut(ikm: Decimal) -> str:
    """How far an index is from the next better grade."""
    better = [mutu for mutu in TABEL_MUTU if mutu.batas_bawah > ikm]
    if not better:
        return "Mutu A adalah mutu tertinggi."
    berikut = better[-1]
    return (
        f"Mutu {berikut.huruf} dimulai dari {format_angka(berikut.batas_bawah, 2)}: "
        f"kurang {format_selisih(berikut.batas_bawah - ikm)}."
    )


def _sentences(
    found: HasilLingkup, target: Decimal | None, tahun: int, gratis: str | None
) -> Iterator[str]:
    hasil = found.hasil
    if hasil.n == 0:
        return
    if hasil.ikm is None:
        names = gabung([u.nama for u in hasil.unsur if u.kunci in hasil.unsur_kosong])
        yield f"IKM belum dapat dihitung karena belum ada jawaban untuk unsur {names}."
    else:
        if target is not None:
            yield describe_target(hasil.ikm, target, tahun)
        yield describe_mutu_berikut(hasil.ikm)
    terlemah = describe_terlemah(find_terlemah(hasil))
    if terlemah:
        yield terlemah
    if gratis:
        yield _describe_tanpa(found, gratis)
    if found.lain:
        yield (
            "Pada tanggal ini juga ada jawaban untuk kuesioner lain yang tidak ikut dihitung: "
            f"{gabung(list(found.lain))}."
        )


def _describe_tanpa(found: HasilLingkup, gratis: str) -> str:
    tanpa = compute_ikm_tanpa(found.instrumen, found.rekap, gratis)
    if tanpa.ikm is None or tanpa.mutu is None:
        return GRATIS
    return (
        f"{GRATIS} Tanpa unsur itu indeksnya {format_angka(tanpa.ikm, 2)} (mutu "
        f"{tanpa.mutu.huruf}); angka ini hanya keterangan, bukan untuk laporan."
    )


def _describe_eksak(hasil: HasilIKM) -> str | None:
    if hasil.konvensi == EKSAK.nama or hasil.ikm_eksak is None:
        return None
    return f"{format_angka(hasil.ikm_eksak, 2)} tanpa pembulatan di tengah"


def _unsur_json(unsur: HasilUnsur, *, kosong: bool) -> dict[str, object]:
    return {
        "kode": unsur.kode,
        "kunci": unsur.kunci,
        "nama": unsur.nama,
        "nrr": _text(unsur.nrr),
        "nilai": _text(unsur.nilai),
        "mutu": unsur.mutu.huruf if unsur.mutu else None,
        "jumlah": None if kosong else unsur.jumlah,
        "terisi": None if kosong else unsur.terisi,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
