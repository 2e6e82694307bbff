"""The sentence beside each chart: what it shows, computed from the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from skm_app.admin.kalimat import compute_share, format_bulan, format_selisih, join_names
from skm_app.angka import format_angka, format_persen
from skm_app.scoring import HasilIKM, HasilUnsur, Sebaran

MIN_RESPONDEN = 5  # fewer could be recognised
KURANG = f"kurang dari {MIN_RESPONDEN} responden"


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
    names = join_names([unsur.nama for unsur in found])
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
    names = join_names([label for share, label in shares if share == most])
    return f"{sentence} Nilai 1 dan 2 paling banyak pada {names} ({format_persen(most, 1)})."


def describe_tren(trend: Sequence[tuple[date, HasilIKM]]) -> str:
    counted = [(month, hasil) for month, hasil in trend if hasil.ikm is not None]
    if not counted:
        return "Belum ada bulan yang dapat dihitung."
    month, hasil = counted[-1]
    now = f"IKM {format_bulan(month)} {format_angka(hasil.ikm, 2)} dari {hasil.n} responden"
    if len(counted) == 1:
        return f"{now}; belum ada bulan lain sebagai pembanding."
    month_before, before = counted[-2]
    change = (hasil.ikm or Decimal(0)) - (before.ikm or Decimal(0))
    if change == 0:
        return f"{now}, sama dengan {format_bulan(month_before)}."
    word = "naik" if change > 0 else "turun"
    return f"{now}, {word} {format_selisih(change)} dari {format_bulan(month_before)}."


def describe_kelompok(ordered: Sequence[tuple[str, HasilIKM]], hidden: int) -> str:
    note = f" {hidden} lainnya tidak ditampilkan ({KURANG} atau belum lengkap)." if hidden else ""
    if not ordered:
        return f"Belum ada kelompok dengan {MIN_RESPONDEN} responden atau lebih.{note}"
    best_name, best = ordered[0]
    if len(ordered) == 1:
        return f"{best_name}: IKM {format_angka(best.ikm, 2)}.{note}"
    worst_name, worst = ordered[-1]
    if best.ikm == worst.ikm:
        return f"Semua bernilai sama, {format_angka(best.ikm, 2)}.{note}"
    return (
        f"Tertinggi {best_name} ({format_angka(best.ikm, 2)}); "
        f"terendah {worst_name} ({format_angka(worst.ikm, 2)}).{note}"
    )
