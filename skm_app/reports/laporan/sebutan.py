"""Phrases that several chapters use: the result, the unsur by rank, the comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from skm_app.angka import format_angka, format_persen
from skm_app.reports.laporan.fakta import Fakta
from skm_app.reports.laporan.kata import gabung, kalimat, orang
from skm_app.scoring import MIN_KELOMPOK, HasilIKM, HasilUnsur

KURANG = f"kurang dari {MIN_KELOMPOK} orang"


PERINGKAT = 3
Peringkat = Sequence[tuple[HasilUnsur, ...]]


def rank_unsur(hasil: HasilIKM, *, terkuat: bool) -> Peringkat:
    """The three weakest or strongest unsur, equal ones together; more where they tie.

    Empty if all are equal: then none is weak or strong.
    """
    ranks: dict[Fraction, list[HasilUnsur]] = {}
    for unsur in hasil.unsur:
        if unsur.nrr_eksak is not None:
            ranks.setdefault(unsur.nrr_eksak, []).append(unsur)
    if len(ranks) < 2:
        return ()
    found: list[tuple[HasilUnsur, ...]] = []
    for nrr in sorted(ranks, reverse=terkuat):
        if sum(len(tied) for tied in found) >= PERINGKAT:
            break
        found.append(tuple(ranks[nrr]))
    return found


def sebut_n(fakta: Fakta) -> str:
    """How many responded, as far as it may be told."""
    return KURANG if fakta.n is None else orang(fakta.n)


def sebut_mutu(hasil: HasilIKM) -> str:
    """``mutu pelayanan B (Baik)``."""
    return f"mutu pelayanan {hasil.mutu.huruf} ({hasil.mutu.kinerja})" if hasil.mutu else ""


def sebut_hasil(fakta: Fakta) -> str:
    """The index in one sentence, or why there is none."""
    if not fakta.ada_hasil:
        return alasan_kosong(fakta)
    hasil = fakta.hasil
    if hasil.ikm is None:
        names = [one.nama for one in hasil.unsur if one.kunci in hasil.unsur_kosong]
        return (
            f"Indeks Kepuasan Masyarakat (IKM) {fakta.unit} {fakta.sebutan} belum dapat dihitung "
            f"karena belum ada jawaban untuk unsur {gabung(names)}."
        )
    return (
        f"Indeks Kepuasan Masyarakat (IKM) {fakta.unit} {fakta.sebutan} adalah "
        f"{format_angka(hasil.ikm, 2)} dengan {sebut_mutu(hasil)}, berdasarkan jawaban "
        f"{format_angka(hasil.n)} responden."
    )


def alasan_kosong(fakta: Fakta) -> str:
    """Why there are no figures."""
    if fakta.n == 0:
        return (
            f"Belum ada responden pada {fakta.sebutan}, sehingga hasil survei belum dapat "
            "disajikan."
        )
    return (
        f"Responden {fakta.sebutan} berjumlah {sebut_n(fakta)}. Hasil survei disajikan mulai "
        f"{MIN_KELOMPOK} responden agar jawaban seseorang tidak dapat dikenali."
    )


def sebut_sementara(fakta: Fakta) -> str:
    """A warning while figures may still change."""
    if not fakta.bahan.sementara:
        return ""
    return (
        "Hasil periode ini belum ditetapkan. Angka dalam laporan ini masih sementara dan dapat "
        "berubah."
    )


def sebut_unsur(unsur: HasilUnsur) -> str:
    """``Persyaratan (U1)``."""
    return f"{unsur.nama} ({unsur.kode})"


def sebut_peringkat(ranks: Peringkat) -> str:
    """``A (U1) 3,306; B (U7) 3,306; C (U2) 3,333``."""
    return "; ".join(f"{sebut_unsur(one)} {tulis_nrr(one)}" for tied in ranks for one in tied)


def tulis_nrr(unsur: HasilUnsur) -> str:
    return format_angka(unsur.nrr, 3)


def sebut_selisih(now: Decimal, before: Decimal) -> str:
    """``naik 1,20``, ``turun 0,40`` or ``tetap``."""
    change = now - before
    if change == 0:
        return "tetap"
    return f"{'naik' if change > 0 else 'turun'} {format_angka(abs(change))}"


def sebut_target(fakta: Fakta) -> str:
    """The index against the target of its year; empty without one."""
    ikm, target = fakta.ikm, fakta.target
    if ikm is None or target is None:
        return ""
    awal = f"Target IKM tahun {fakta.bahan.periode.tahun} adalah {format_angka(target, 2)}."
    capaian = f" (capaian {format_persen(fakta.capaian)})" if fakta.capaian is not None else ""
    if ikm < target:
        return f"{awal} Target belum tercapai, kurang {format_angka(target - ikm, 2)}{capaian}."
    if ikm == target:
        return f"{awal} Target tepat tercapai{capaian}."
    return f"{awal} Target terlampaui {format_angka(ikm - target, 2)}{capaian}."


def sebut_banding(fakta: Fakta) -> str:
    """The index against that of the period before, and what hinders the comparison."""
    if fakta.ikm is None:
        return ""
    lama = fakta.sebelum
    if lama is None:
        return _banding_tahun(fakta)
    if lama.konvensi != fakta.hasil.konvensi and fakta.hasil.ikm_eksak is not None:
        change = (
            f"IKM {lama.nama} adalah {format_angka(lama.ikm, 2)}, tetapi cara pembulatannya "
            "berbeda. Tanpa pembulatan di tengah perhitungan, IKM berubah dari "
            f"{format_angka(lama.ikm_eksak, 2)} menjadi {format_angka(fakta.hasil.ikm_eksak, 2)} "
            f"({sebut_selisih(fakta.hasil.ikm_eksak, lama.ikm_eksak)})."
        )
    else:
        change = _banding(lama.nama, lama.ikm, fakta.ikm)
    return kalimat(change, "" if _sama_kuesioner(fakta) else _KUESIONER_LAIN)


_KUESIONER_LAIN = (
    "Kuesioner kedua periode berbeda, sehingga keduanya tidak dapat dibandingkan begitu saja."
)


def _banding_tahun(fakta: Fakta) -> str:
    """Without a period before, the printed figure of the year before, if the office keeps one."""
    label = str(fakta.bahan.periode.tahun - 1)
    before = next((one for one in fakta.tren if one.label == label), None)
    if before is None or fakta.ikm is None:
        return "Nilai IKM periode sebelumnya belum tersedia sebagai pembanding."
    return _banding(f"tahun {label}", before.ikm, fakta.ikm)


def _banding(nama: str, before: Decimal, now: Decimal) -> str:
    return (
        f"Dibandingkan dengan {nama} ({format_angka(before, 2)}), IKM {sebut_selisih(now, before)}."
    )


def _sama_kuesioner(fakta: Fakta) -> bool:
    return fakta.sebelum is not None and (fakta.sebelum.instrumen_id == fakta.bahan.instrumen.id)


def sebut_banding_unsur(fakta: Fakta) -> str:
    """Which unsur rose and fell most since the period before, by the printed NRR."""
    if not fakta.ada_hasil:
        return ""
    lama = fakta.sebelum
    if lama is None or not _sama_kuesioner(fakta):
        return (
            "Nilai per unsur dari periode sebelumnya yang dapat dibandingkan belum tersedia, "
            "sehingga perubahan setiap unsur belum dapat disajikan."
        )
    changes = {
        one: one.nrr - lama.nrr[one.kunci]
        for one in fakta.hasil.unsur
        if one.nrr is not None and one.kunci in lama.nrr
    }
    if not any(changes.values()):
        return f"Nilai setiap unsur tetap dibandingkan dengan {lama.nama}."
    highest, lowest = max(changes.values()), min(changes.values())
    return kalimat(
        f"Dibandingkan dengan {lama.nama},",
        f"kenaikan NRR terbesar pada {_sebut_perubahan(changes, highest)}."
        if highest > 0
        else "tidak ada unsur yang naik.",
        f"Penurunan NRR terbesar pada {_sebut_perubahan(changes, lowest)}."
        if lowest < 0
        else "Tidak ada unsur yang turun.",
    )


def _sebut_perubahan(changes: dict[HasilUnsur, Decimal], wanted: Decimal) -> str:
    found = [sebut_unsur(one) for one, change in changes.items() if change == wanted]
    return f"{gabung(found)}, yaitu {format_angka(abs(wanted), 3)}"
