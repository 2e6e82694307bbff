"""Phrases that several chapters use: the result, the unsur by rank, the comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from skm_app.angka import format_angka, format_persen
from skm_app.kata import gabung
from skm_app.reports.kata import kalimat, orang
from skm_app.reports.laporan.fakta import Fakta
from skm_app.reports.laporan.tren import Sebelum, TitikTren
from skm_app.scoring import MIN_KELOMPOK, HasilIKM, HasilUnsur

KURANG = f"kurang dari {MIN_KELOMPOK} orang"
# Said once in full, in 3.1 (``alasan_kosong``).
LIHAT = "Hasil survei belum dapat disajikan. Lihat 3.1."

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
    """The index in one sentence, or where it says why there is none."""
    if not fakta.ada_hasil:
        return LIHAT
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
    """``naik 1,20 poin``, ``turun 0,40 poin`` or ``tetap``."""
    change = now - before
    if change == 0:
        return "tetap"
    return f"{'naik' if change > 0 else 'turun'} {format_angka(abs(change))} poin"


def sebut_target(fakta: Fakta) -> str:
    """The index against the target of its year; empty without one."""
    ikm, target = fakta.ikm, fakta.target
    if ikm is None or target is None:
        return ""
    awal = f"Target IKM tahun {fakta.bahan.periode.tahun} adalah {format_angka(target, 2)}."
    capaian = f" (capaian {format_persen(fakta.capaian)})" if fakta.capaian is not None else ""
    if ikm < target:
        # Only a year that is over can have missed its target.
        belum = fakta.hari_ini.year <= fakta.bahan.periode.tahun
        kurang = f"{'belum' if belum else 'tidak'} tercapai"
        return f"{awal} Target {kurang}, kurang {format_angka(target - ikm, 2)} poin{capaian}."
    if ikm == target:
        return f"{awal} Target tepat tercapai{capaian}."
    return f"{awal} Target terlampaui {format_angka(ikm - target, 2)} poin{capaian}."


def sebut_banding(fakta: Fakta) -> str:
    """The index against that of the period before, and what hinders the comparison."""
    if fakta.ikm is None:
        return ""
    lama = fakta.sebelum
    if lama is None or (fakta.tahun_lewat and find_tahun_lalu(fakta)):
        return _banding_tahun(fakta)
    change = _banding_sebelum(fakta, lama, fakta.ikm)
    return kalimat(change, _ragukan(fakta, lama) if _sama_kuesioner(fakta) else _KUESIONER_LAIN)


_KUESIONER_LAIN = (
    "Kuesioner kedua periode berbeda, sehingga keduanya tidak dapat dibandingkan begitu saja."
)


def _banding_sebelum(fakta: Fakta, lama: Sebelum, ikm: Decimal) -> str:
    eksak = fakta.hasil.ikm_eksak
    if lama.konvensi == fakta.hasil.konvensi or eksak is None:
        return _banding(lama.nama, lama.ikm, ikm)
    return (
        f"Dibandingkan dengan SKM {lama.nama} ({format_angka(lama.ikm, 2)}), IKM dihitung dengan "
        "cara pembulatan yang berbeda. Tanpa pembulatan di tengah perhitungan, IKM berubah dari "
        f"{format_angka(lama.ikm_eksak, 2)} menjadi {format_angka(eksak, 2)} "
        f"({sebut_selisih(eksak, lama.ikm_eksak)})."
    )


def _ragukan(fakta: Fakta, lama: Sebelum) -> str:
    """What is said of a change that chance alone may have made."""
    now, before = fakta.selang, lama.selang
    if now is None or before is None or fakta.hasil.ikm_eksak == lama.ikm_eksak:
        return ""
    if now.atas < before.bawah or before.atas < now.bawah:
        return ""
    return (
        "Karena rentang kepercayaan kedua hasil bertumpang tindih, perubahan ini belum tentu nyata."
    )


def find_tahun_lalu(fakta: Fakta) -> TitikTren | None:
    """The index of the year before a yearly period, if it is closed or kept from a document."""
    if fakta.bahan.periode.jenis != "tahun":
        return None
    label = str(fakta.bahan.periode.tahun - 1)
    return next((one for one in fakta.tren if one.label == label), None)


def sebut_lewat(fakta: Fakta) -> str:
    """``SKM tahun 2025 tidak tercatat di sini``, or that no more than its index is known."""
    years = fakta.tahun_lewat
    if known := find_tahun_lalu(fakta):
        return f"Dari SKM tahun {known.label} hanya nilai IKM yang tercatat di sini"
    until = f" sampai {years[-1]}" if len(years) > 1 else ""
    return f"SKM tahun {years[0]}{until} tidak tercatat di sini"


def _banding_tahun(fakta: Fakta) -> str:
    """Without a period of that year, its printed figure, if the office keeps one."""
    before = find_tahun_lalu(fakta)
    if before is None or fakta.ikm is None:
        return "Nilai IKM periode sebelumnya belum tersedia sebagai pembanding."
    return _banding(f"tahun {before.label}", before.ikm, fakta.ikm)


def _banding(nama: str, before: Decimal, now: Decimal) -> str:
    return (
        f"Dibandingkan dengan SKM {nama} ({format_angka(before, 2)}), "
        f"IKM {sebut_selisih(now, before)}."
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
    changes = list_perubahan(fakta)
    if not any(changes.values()):
        return f"Nilai setiap unsur tetap dibandingkan dengan SKM {lama.nama}."
    highest, lowest = max(changes.values()), min(changes.values())
    return kalimat(
        f"Dibandingkan dengan SKM {lama.nama},",
        f"kenaikan NRR terbesar pada {_sebut_perubahan(changes, highest)}."
        if highest > 0
        else "tidak ada unsur yang naik.",
        f"Penurunan NRR terbesar pada {_sebut_perubahan(changes, lowest)}."
        if lowest < 0
        else "Tidak ada unsur yang turun.",
    )


def list_perubahan(fakta: Fakta) -> dict[HasilUnsur, Decimal]:
    """What each printed NRR gained since the closed period before; empty if another was asked."""
    lama = fakta.sebelum
    if lama is None or not _sama_kuesioner(fakta):
        return {}
    return {
        one: one.nrr - lama.nrr[one.kunci]
        for one in fakta.hasil.unsur
        if one.nrr is not None and one.kunci in lama.nrr
    }


def _sebut_perubahan(changes: dict[HasilUnsur, Decimal], wanted: Decimal) -> str:
    found = [sebut_unsur(one) for one, change in changes.items() if change == wanted]
    return f"{gabung(found)}, yaitu {format_angka(abs(wanted), 3)}"
