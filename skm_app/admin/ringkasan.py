"""The dashboard's first look: the index of a scope, and what it means, in finished words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from skm_app.admin.kalimat import format_selisih, join_names
from skm_app.angka import format_angka
from skm_app.results import HasilLingkup
from skm_app.scoring import EKSAK, TABEL_MUTU, HasilIKM, HasilUnsur


@dataclass(frozen=True, kw_only=True)
class Ringkasan:
    """Finished texts. ``kalimat``: sentences under the figure, the most urgent first."""

    n: str
    ikm: str
    mutu: str | None
    kinerja: str
    eksak: str | None
    diperbarui: str
    kalimat: tuple[str, ...]


def make_ringkasan(
    found: HasilLingkup, target: Decimal | None, tahun: int, diperbarui: str
) -> Ringkasan:
    """Put a result into words.

    :param target: the year's target for this scope, if it has one.
    :param diperbarui: moment of the newest response, as people write it.
    """
    hasil = found.hasil
    return Ringkasan(
        n=format_angka(hasil.n),
        ikm=format_angka(hasil.ikm),
        mutu=hasil.mutu.huruf if hasil.mutu else None,
        kinerja=hasil.mutu.kinerja if hasil.mutu else "Belum dapat dihitung",
        eksak=_describe_eksak(hasil),
        diperbarui=diperbarui,
        kalimat=tuple(_sentences(found, target, tahun)),
    )


def make_ikm_json(found: HasilLingkup) -> dict[str, object]:
    """The live index for programs; decimals are strings, so that no digit is lost."""
    hasil = found.hasil
    return {
        "n": hasil.n,
        "konvensi": hasil.konvensi,
        "ikm": _text(hasil.ikm),
        "ikm_eksak": _text(hasil.ikm_eksak),
        "mutu": hasil.mutu.huruf if hasil.mutu else None,
        "kinerja": hasil.mutu.kinerja if hasil.mutu else None,
        "unsur": [_unsur_json(unsur) for unsur in hasil.unsur],
        "diperbarui": found.diperbarui.isoformat() if found.diperbarui else None,
    }


def find_terlemah(hasil: HasilIKM) -> tuple[HasilUnsur, ...]:
    """The unsur with the lowest NRR: several when they tie exactly."""
    answered = [unsur for unsur in hasil.unsur if unsur.nrr_eksak is not None]
    lowest = min((unsur.nrr_eksak for unsur in answered if unsur.nrr_eksak), default=None)
    return tuple(unsur for unsur in answered if unsur.nrr_eksak == lowest)


def describe_terlemah(terlemah: Sequence[HasilUnsur]) -> str | None:
    """One sentence on the weakest unsur; a tie is told as a tie."""
    if not terlemah:
        return None
    names = join_names([f"{unsur.nama} ({unsur.kode})" for unsur in terlemah])
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


def _sentences(found: HasilLingkup, target: Decimal | None, tahun: int) -> Iterator[str]:
    hasil = found.hasil
    if hasil.ikm is None:
        names = join_names([u.nama for u in hasil.unsur if u.kunci in hasil.unsur_kosong])
        yield f"IKM belum dapat dihitung karena belum ada jawaban untuk unsur {names}."
    else:
        if target is not None:
            yield describe_target(hasil.ikm, target, tahun)
        yield describe_mutu_berikut(hasil.ikm)
    terlemah = describe_terlemah(find_terlemah(hasil))
    if terlemah:
        yield terlemah
    if found.lain:
        yield (
            "Pada tanggal ini juga ada jawaban untuk kuesioner lain yang tidak ikut dihitung: "
            f"{join_names(list(found.lain))}."
        )


def _describe_eksak(hasil: HasilIKM) -> str | None:
    if hasil.konvensi == EKSAK.nama or hasil.ikm_eksak is None:
        return None
    return f"{format_angka(hasil.ikm_eksak, 2)} tanpa pembulatan di tengah"


def _unsur_json(unsur: HasilUnsur) -> dict[str, object]:
    return {
        "kode": unsur.kode,
        "kunci": unsur.kunci,
        "nama": unsur.nama,
        "nrr": _text(unsur.nrr),
        "nilai": _text(unsur.nilai),
        "mutu": unsur.mutu.huruf if unsur.mutu else None,
        "jumlah": unsur.jumlah,
        "terisi": unsur.terisi,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
