"""The sentence beside each chart: what it shows, computed from the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from skm_app.admin.kalimat import compute_share, format_selisih
from skm_app.angka import format_angka, format_persen
from skm_app.kata import gabung
from skm_app.scoring import MIN_KELOMPOK, HasilIKM, HasilUnsur, Sebaran

KURANG = f"kurang dari {MIN_KELOMPOK} responden"
GRATIS = "Semua layanan di sini gratis, jadi Biaya/Tarif bernilai 4 dengan sendirinya."


def huruf_of(hasil: HasilIKM | HasilUnsur) -> str | None:
    """The grade of a result, if it has one."""
    return hasil.mutu.huruf if hasil.mutu else None


def describe_unsur(all_unsur: Sequence[HasilUnsur]) -> str:
    answered = [unsur for unsur in all_unsur if unsur.nrr_eksak is not None]
    if not answered:
        return "Belum ada jawaban."
    best = max(unsur.nrr_eksak or Fraction(0) for unsur in answered)
    worst = min(unsur.nrr_eksak or Fraction(0) for unsur in answered)
    if best == worst:
        return f"Semua unsur bernilai sama, {format_angka(answered[0].nrr, 3)}."
    return f"Tertinggi {_unsur_at(answered, best)}; terendah {_unsur_at(answered, worst)}."


def _unsur_at(answered: Sequence[HasilUnsur], nrr: Fraction) -> str:
    found = [unsur for unsur in answered if unsur.nrr_eksak == nrr]
    names = gabung([unsur.nama for unsur in found])
    return f"{names} ({format_angka(found[0].nrr, 3)}, mutu {huruf_of(found[0])})"


def describe_sebaran(rows: Sequence[tuple[str, Sebaran]]) -> str:
    total = sum((sebaran for _, sebaran in rows), Sebaran())
    if total.terisi == 0:
        return "Belum ada jawaban."
    good = compute_share(total.n3 + total.n4, total.terisi)
    sentence = f"{format_persen(good, 1)} dari semua jawaban bernilai 3 atau 4."
    shares = [(compute_share(s.n1 + s.n2, s.terisi), label) for label, s in rows if s.terisi]
    most = max(share for share, _ in shares)
    if most == 0:
        return f"{sentence} Tidak ada jawaban bernilai 1 atau 2."
    names = gabung([label for share, label in shares if share == most])
    return f"{sentence} Nilai 1 dan 2 paling banyak pada {names} ({format_persen(most, 1)})."


def describe_tren(trend: Sequence[tuple[str, HasilIKM]]) -> str:
    """What the newest month says against the one before; each with its name."""
    counted = [(name, hasil) for name, hasil in trend if hasil.ikm is not None]
    if not counted:
        return "Belum ada bulan yang dapat dihitung."
    name, hasil = counted[-1]
    now = f"IKM {name} {format_angka(hasil.ikm, 2)} dari {format_angka(hasil.n)} responden"
    if len(counted) == 1:
        return f"{now}; belum ada bulan lain sebagai pembanding."
    name_before, before = counted[-2]
    change = (hasil.ikm or Decimal(0)) - (before.ikm or Decimal(0))
    if change == 0:
        return f"{now}, sama dengan {name_before}."
    word = "naik" if change > 0 else "turun"
    return f"{now}, {word} {format_selisih(change)} dari {name_before}."


def describe_kelompok(shown: Sequence[tuple[str, HasilIKM]], gabung: Sequence[str]) -> str:
    """The best and the worst group, ties told as ties, and what was folded together."""
    note = ""
    if gabung:
        note = (
            f" {len(gabung)} kelompok digabung, agar tidak ada kelompok dengan {KURANG} "
            "yang dapat dikenali."
        )
    scored = [(name, hasil.ikm) for name, hasil in shown if hasil.ikm is not None]
    if not scored:
        return f"Belum ada kelompok dengan {MIN_KELOMPOK} responden atau lebih.{note}"
    if len(scored) == 1:
        return f"{scored[0][0]}: IKM {format_angka(scored[0][1], 2)}.{note}"
    best, worst = max(ikm for _, ikm in scored), min(ikm for _, ikm in scored)
    if best == worst:
        return f"Semua bernilai sama, {format_angka(best, 2)}.{note}"
    return f"Tertinggi {_groups_at(scored, best)}; terendah {_groups_at(scored, worst)}.{note}"


def _groups_at(scored: Sequence[tuple[str, Decimal]], ikm: Decimal) -> str:
    names = gabung([name for name, found in scored if found == ikm])
    return f"{names} ({format_angka(ikm, 2)})"
