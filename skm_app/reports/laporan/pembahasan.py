"""Words of BAB III and 4.1: what came out, and what it says about the unsur."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from skm_app.angka import format_angka
from skm_app.kata import gabung
from skm_app.label_ciri import JUDUL_CIRI
from skm_app.reports.kata import TITIK, akhiri, alinea, daftar, kalimat, orang, persen
from skm_app.reports.kelompok import HasilLayanan, Kelompok
from skm_app.reports.laporan.fakta import BIAYA, Fakta
from skm_app.reports.laporan.sebutan import (
    LIHAT,
    Peringkat,
    alasan_kosong,
    list_perubahan,
    rank_unsur,
    sebut_banding_unsur,
    sebut_hasil,
    sebut_sementara,
    sebut_unsur,
    tulis_nrr,
)
from skm_app.reports.teks import clean_line
from skm_app.scoring import MIN_KELOMPOK, HasilUnsur

# Fewer responses to a service are too few to rank it by.
MIN_PERINGKAT = 30
CIRI_PROFIL = ("jenis_kelamin", "usia", "pendidikan", "pekerjaan")


def tulis_responden(fakta: Fakta) -> str:
    if not fakta.ada_hasil:
        return alasan_kosong(fakta)
    folded = any(one.digabung for rows in fakta.kelompok.values() for one in rows) or any(
        one.digabung for one in fakta.layanan
    )
    return alinea(
        f"Responden SKM {fakta.sebutan} berjumlah {orang(fakta.n or 0)}.",
        "Kelompok terbanyak menurut setiap karakteristik adalah sebagai berikut:",
        daftar(
            f"{JUDUL_CIRI[ciri]}: {_sebut_terbanyak(fakta.kelompok[ciri])}"
            for ciri in CIRI_PROFIL
            if any(not one.digabung for one in fakta.kelompok[ciri])
        ),
        f"Kelompok dengan kurang dari {MIN_KELOMPOK} responden digabung agar jawaban seseorang "
        "tidak dapat dikenali."
        if folded
        else "",
    )


def _sebut_terbanyak(rows: tuple[Kelompok, ...]) -> str:
    total = sum(one.jumlah for one in rows)
    most = max(one.jumlah for one in rows if not one.digabung)
    names = [one.nama for one in rows if one.jumlah == most and not one.digabung]
    same = ", masing-masing" if len(names) > 1 else ","
    return f"{gabung(names)}{same} {orang(most)} ({persen(most, total)})."


def tulis_ikm(fakta: Fakta) -> str:
    if not fakta.ada_hasil:
        return LIHAT
    hasil = fakta.hasil
    eksak = ""
    if hasil.ikm_eksak is not None and hasil.ikm_eksak != hasil.ikm:
        eksak = (
            "Tanpa pembulatan di tengah perhitungan dan dengan bobot yang tepat, nilainya "
            f"{format_angka(hasil.ikm_eksak, 2)}."
        )
    return alinea(
        kalimat(sebut_hasil(fakta), eksak, sebut_sementara(fakta)),
        "Nilai rata-rata (NRR) setiap unsur adalah jumlah nilai jawaban dibagi banyaknya jawaban "
        "yang terisi. NRR tertimbang adalah NRR dikalikan bobot unsur. IKM adalah jumlah seluruh "
        "NRR tertimbang dikalikan 25.",
    )


def _tulis_gratis(fakta: Fakta) -> str:
    """Why the unsur of fees stands at the top, where everybody said that nothing was charged."""
    sebaran = fakta.sebaran[BIAYA] if fakta.gratis else None
    if sebaran is None or not sebaran.terisi or sebaran.n4 < sebaran.terisi:
        return ""
    return (
        "Semua layanan yang dinilai tidak dipungut biaya, sehingga nilai unsur Biaya/Tarif tinggi "
        "dengan sendirinya."
    )


def _tulis_bukan_gratis(fakta: Fakta) -> str:
    """Free services for which some people say they paid.

    Only where one question asks for the fee itself; others ask how fair or how honest it was.
    """
    butir = fakta.bahan.instrumen.butir_of(BIAYA) if fakta.gratis else ()
    if len(butir) != 1:
        return ""
    sebaran = fakta.sebaran[BIAYA]
    if sebaran.n4 == sebaran.terisi:
        return ""
    share = persen(sebaran.terisi - sebaran.n4, sebaran.terisi)
    return (
        f"Semua layanan yang dinilai tidak dipungut biaya. Namun, {share} jawaban untuk unsur "
        f"Biaya/Tarif bukan “{butir[0].pilihan[-1]}”. Kantor perlu menelusuri apakah ada pungutan "
        "atau pertanyaannya salah dipahami."
    )


def tulis_layanan(fakta: Fakta) -> str:
    rows = [one for one in fakta.layanan if one.hasil.ikm is not None]
    if not fakta.ada_hasil or not rows:
        return "Hasil per jenis layanan belum dapat disajikan."
    if len(rows) == 1:
        return _sebut_satu(rows[0])
    ranked = [one for one in rows if not one.digabung and one.hasil.n >= MIN_PERINGKAT]
    if len(ranked) < 2:
        return "IKM setiap jenis layanan disajikan pada tabel berikut."
    return kalimat(
        _sebut_urutan(ranked),
        f"Layanan dengan kurang dari {MIN_PERINGKAT} responden tidak diperingkatkan karena "
        "nilainya mudah berubah."
        if len(ranked) < len(rows)
        else "",
    )


def _sebut_urutan(ranked: list[HasilLayanan]) -> str:
    values = [one.hasil.ikm for one in ranked if one.hasil.ikm is not None]
    highest, lowest = max(values), min(values)
    if highest == lowest:
        names = gabung([clean_line(one.nama) for one in ranked])
        return f"IKM {names} sama, yaitu {format_angka(highest, 2)}."
    best = gabung([_sebut_layanan(one) for one in ranked if one.hasil.ikm == highest])
    worst = gabung([_sebut_layanan(one) for one in ranked if one.hasil.ikm == lowest])
    return f"IKM tertinggi menurut jenis layanan diperoleh {best}, sedangkan yang terendah {worst}."


def _sebut_layanan(one: HasilLayanan) -> str:
    ikm, n = format_angka(one.hasil.ikm, 2), format_angka(one.hasil.n)
    return f"{clean_line(one.nama)} ({ikm} dari {n} responden)"


def _sebut_satu(layanan: HasilLayanan) -> str:
    if layanan.digabung:
        return (
            "Responden setiap jenis layanan terlalu sedikit untuk disajikan tersendiri tanpa "
            "menunjukkan jawaban seseorang."
        )
    return (
        f"Seluruh responden menilai layanan {clean_line(layanan.nama)}, sehingga nilainya sama "
        "dengan nilai pada tabel nilai setiap unsur."
    )


def tulis_kelemahan(fakta: Fakta) -> str:
    if not fakta.ada_hasil:
        return LIHAT
    ranks = rank_unsur(fakta.hasil, terkuat=False)
    if not ranks:
        return alinea(tulis_semua_sama(fakta), _tulis_bukan_gratis(fakta))
    masalah = [
        f"{nama_unsur(fakta, one.unsur)}: {akhiri(clean_line(one.masalah))}"
        for one in fakta.rtl
        if clean_line(one.masalah)
    ]
    return alinea(
        "Unsur dengan nilai terendah adalah sebagai berikut:",
        daftar(_uraikan(fakta, ranks, _alasan_rendah)),
        "Masalah yang dicatat pada unsur tersebut:" if masalah else "",
        daftar(masalah),
        _tulis_bukan_gratis(fakta),
        sebut_banding_unsur(fakta),
    )


def tulis_kelebihan(fakta: Fakta) -> str:
    if not fakta.ada_hasil:
        return LIHAT
    ranks = rank_unsur(fakta.hasil, terkuat=True)
    if not ranks:
        return alinea(tulis_semua_sama(fakta), _tulis_gratis(fakta))
    return alinea(
        "Unsur dengan nilai tertinggi adalah sebagai berikut:",
        daftar(_uraikan(fakta, ranks, _alasan_tinggi)),
        _tulis_gratis(fakta),
    )


def tulis_semua_sama(fakta: Fakta) -> str:
    """Where no unsur stands out."""
    answered = [one for one in fakta.hasil.unsur if one.nrr is not None]
    if not answered:
        return "Belum ada unsur yang dijawab, sehingga kekuatan dan kelemahan belum dapat dibaca."
    return (
        f"Semua unsur yang dijawab bernilai sama, yaitu {tulis_nrr(answered[0])}, sehingga tidak "
        "ada unsur yang lebih lemah atau lebih kuat."
    )


def _uraikan(
    fakta: Fakta, ranks: Peringkat, alasan: Callable[[Fakta, HasilUnsur], str]
) -> Iterator[str]:
    for tied in ranks:
        for unsur in tied:
            sama = [one.kode for one in tied if one != unsur]
            yield f"{_uraikan_unsur(unsur, sama)}; {alasan(fakta, unsur)}."


def _alasan_rendah(fakta: Fakta, unsur: HasilUnsur) -> str:
    sebaran = fakta.sebaran[unsur.kunci]
    if low := sebaran.n1 + sebaran.n2:
        return f"{persen(low, sebaran.terisi)} jawaban bernilai 1 atau 2"
    return (
        "tidak ada jawaban bernilai 1 atau 2; nilainya termasuk yang terendah karena "
        f"{persen(sebaran.n3, sebaran.terisi)} jawaban bernilai 3"
    )


def _alasan_tinggi(fakta: Fakta, unsur: HasilUnsur) -> str:
    sebaran, change = fakta.sebaran[unsur.kunci], list_perubahan(fakta).get(unsur)
    share = f"{persen(sebaran.n4, sebaran.terisi)} jawaban" if sebaran.n4 else "tidak ada jawaban"
    turun = ""
    if fakta.sebelum and change is not None and change < 0:
        turun = f", tetapi NRR turun {format_angka(-change, 3)} dari {fakta.sebelum.nama}"
    return f"{share} bernilai 4{turun}"


def _uraikan_unsur(unsur: HasilUnsur, sama: list[str]) -> str:
    same = f" (sama dengan {gabung(sama)})" if sama else ""
    mutu = unsur.mutu.huruf if unsur.mutu else TITIK
    return f"{sebut_unsur(unsur)}: NRR {tulis_nrr(unsur)}{same}, mutu {mutu}"


def nama_unsur(fakta: Fakta, kunci: str) -> str:
    """``Persyaratan (U1)``; the key itself if the questionnaire has no such unsur."""
    return next((sebut_unsur(one) for one in fakta.hasil.unsur if one.kunci == kunci), kunci)


def tulis_saran(fakta: Fakta) -> str:
    if not fakta.saran:
        return "Belum ada saran masyarakat yang dapat dikutip dalam laporan ini."
    return alinea(
        "Berikut sebagian saran masyarakat yang telah diperiksa petugas dan disetujui untuk "
        "ditayangkan:",
        daftar(f"“{text}”" for text in fakta.saran),
    )
