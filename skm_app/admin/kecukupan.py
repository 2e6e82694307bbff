"""Whether enough people answered: the need by Krejcie and Morgan, in finished words."""

from __future__ import annotations

from dataclasses import dataclass

from skm_app.admin.saringan import Saringan
from skm_app.angka import format_angka
from skm_app.scoring import compute_sample_size


@dataclass(frozen=True, kw_only=True)
class Kecukupan:
    """``perlu``: respondents that are needed; None if that cannot be said. ``kurang``: too few."""

    perlu: int | None
    dari: str
    keterangan: str
    kurang: bool = False
    isi_populasi: bool = False


def make_kecukupan(saringan: Saringan, n: int | None) -> Kecukupan:
    """Compare the responses with the need of the period; parts of a period have none of their own.

    :param n: None where there are fewer than five; treated as none.
    """
    aturan = saringan.aturan
    if aturan.periode is None:
        return Kecukupan(perlu=None, dari="", keterangan="Belum ada periode pada tanggal ini.")
    if not saringan.seperiode:
        return Kecukupan(
            perlu=None,
            dari="",
            keterangan="Kebutuhan responden dihitung untuk satu periode penuh dan semua layanan.",
        )
    if aturan.populasi is None:
        return Kecukupan(
            perlu=None,
            dari="",
            keterangan=(
                "Populasi belum diisi, jadi kebutuhan responden belum dapat dihitung. Isi jumlah "
                "pengguna layanan pada periode ini."
            ),
            isi_populasi=True,
        )
    perlu, known = compute_sample_size(aturan.populasi), n or 0
    source = f"untuk {format_angka(aturan.populasi)} pengguna layanan (Krejcie–Morgan)"
    if known >= perlu:
        text = f"Cukup {source}."
    else:
        text = (
            f"Belum cukup: masih kurang {format_angka(perlu - known)} responden {source}. "
            "Angka di halaman ini belum mewakili semua pengguna layanan."
        )
    return Kecukupan(
        perlu=perlu,
        dari=f"dari {format_angka(perlu)}",
        keterangan=text,
        kurang=known < perlu,
    )
