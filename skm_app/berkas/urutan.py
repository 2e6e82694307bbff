"""Which unsur a numbered column means: the trap of U8 and U9.

The regulation's list has pengaduan as U8 and sarana prasarana as U9, its sample form
asks them the other way round, and offices number their files after either. The index
hardly notices, but the results of the two unsur would be swapped.

Source: PermenPANRB 14/2017, lampiran: list of unsur and contoh kuesioner.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from skm_app.berkas.judul import KolomUnsur
from skm_app.berkas.kesalahan import BerkasError, Fault
from skm_app.scoring import Instrumen

Urutan: TypeAlias = Literal["unsur", "kuesioner"]

# The reason given when the file itself says its order.
MENURUT_JUDUL = "menurut judul kolom dalam berkas"

# Words by which a header names an unsur, by kunci.
KATA_UNSUR = {
    "persyaratan": {"persyaratan", "syarat"},
    "prosedur": {"prosedur", "mekanisme"},
    "waktu": {"waktu"},
    "biaya": {"biaya", "tarif"},
    "produk": {"produk"},
    "kompetensi": {"kompetensi", "kemampuan"},
    "perilaku": {"perilaku"},
    "pengaduan": {"pengaduan", "aduan", "keluhan", "saran", "masukan"},
    "sarpras": {"sarana", "prasarana", "sarpras", "fasilitas"},
}


def decide_urutan(
    instrumen: Instrumen, columns: Iterable[KolomUnsur], chosen: Urutan | None
) -> tuple[Urutan, str]:
    """Return the order to use and, in Indonesian, why.

    :raise BerkasError: if header words contradict each other, or name another unsur
        than both orders do.
    """
    by_unsur = _unsur_by_nomor(instrumen, "unsur")
    by_kuesioner = _unsur_by_nomor(instrumen, "kuesioner")
    votes: set[Urutan] = set()
    for kolom in columns:
        named = _named_unsur(kolom)
        official, asked = by_unsur.get(kolom.nomor), by_kuesioner.get(kolom.nomor)
        if official == asked:
            _check_name(instrumen, kolom, official, named)
            continue
        votes |= {"unsur"} if official in named else set()
        votes |= {"kuesioner"} if asked in named else set()
    return _count_votes(votes, chosen)


def butir_by_kode(instrumen: Instrumen, urutan: Urutan) -> dict[str, str]:
    """Return the butir kunci that each column (``U8``, ``U1_2``) means in this order."""
    result: dict[str, str] = {}
    for nomor, unsur in _unsur_by_nomor(instrumen, urutan).items():
        group = instrumen.butir_of(unsur)
        for place, butir in enumerate(group, start=1):
            result[f"U{nomor}_{place}" if len(group) > 1 else f"U{nomor}"] = butir.kunci
    return result


def _unsur_by_nomor(instrumen: Instrumen, urutan: Urutan) -> dict[int, str]:
    numbers = [unsur.nomor for unsur in instrumen.unsur]
    if urutan == "unsur":
        order: Sequence[str] = [unsur.kunci for unsur in instrumen.unsur]
    else:
        # dict.fromkeys: each unsur once, at the place of its first question.
        order = list(dict.fromkeys(butir.unsur for butir in instrumen.butir))
    return dict(zip(numbers, order, strict=True))


def _named_unsur(kolom: KolomUnsur) -> set[str]:
    return {kunci for kunci, words in KATA_UNSUR.items() if words & kolom.kata}


def _check_name(
    instrumen: Instrumen, kolom: KolomUnsur, expected: str | None, named: set[str]
) -> None:
    """Refuse a column such as "U3 Biaya": the file follows a list of its own."""
    if expected is None or not named or expected in named:
        return
    nama = next(unsur.nama for unsur in instrumen.unsur if unsur.kunci == expected)
    pesan = f"judulnya menyebut unsur lain, padahal U{kolom.nomor} adalah {nama}"
    raise BerkasError([Fault(kolom=kolom.kode, pesan=pesan)])


def _count_votes(votes: set[Urutan], chosen: Urutan | None) -> tuple[Urutan, str]:
    if chosen is not None:
        if votes and votes != {chosen}:
            return chosen, "dipilih pemakai, walaupun judul kolom menyebut urutan lain"
        return chosen, "dipilih pemakai"
    if len(votes) > 1:
        pesan = (
            "judul kolom U8 dan U9 bertentangan; tentukan urutannya: unsur (U8 pengaduan) "
            "atau kuesioner (U8 sarana prasarana)"
        )
        raise BerkasError([Fault(pesan=pesan)])
    if votes:
        return votes.pop(), MENURUT_JUDUL
    return "unsur", "judul kolom tidak menyebut nama unsur, dipakai urutan resmi unsur"
