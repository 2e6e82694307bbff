"""Words of BAB III and 4.1: what came out, and what it says about the unsur."""

from __future__ import annotations

from collections.abc import Iterator

from skm_app.angka import format_angka
from skm_app.label_ciri import JUDUL_CIRI
from skm_app.reports.kelompok import HasilLayanan, Kelompok
from skm_app.reports.laporan.fakta import Fakta
from skm_app.reports.laporan.kata import (
    TITIK,
    akhiri,
    alinea,
    daftar,
    gabung,
    kalimat,
    orang,
    persen,
)
from skm_app.reports.laporan.sebutan import (
    Peringkat,
    alasan_kosong,
    rank_unsur,
    sebut_banding_unsur,
    sebut_hasil,
    sebut_sementara,
    sebut_unsur,
    tulis_nrr,
)
from skm_app.reports.teks import clean_line
from skm_app.scoring import MIN_KELOMPOK, HasilUnsur

RENDAH, TINGGI = "bernilai 1 atau 2", "bernilai 4"
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
        return alasan_kosong(fakta)
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
        _tulis_gratis(fakta),
    )


def _tulis_gratis(fakta: Fakta) -> str:
    if not fakta.gratis:
        return ""
    return (
        "Semua layanan yang dinilai tidak dipungut biaya, sehingga nilai unsur Biaya/Tarif tinggi "
        "dengan sendirinya."
    )


def tulis_layanan(fakta: Fakta) -> str:
    rows = [one for one in fakta.layanan if one.hasil.ikm is not None]
    if not fakta.ada_hasil or not rows:
        return "Hasil per jenis layanan belum dapat disajikan."
    if len(rows) == 1:
        return _sebut_satu(rows[0])
    values = [one.hasil.ikm for one in rows if one.hasil.ikm is not None]
    highest, lowest = max(values), min(values)
    if highest == lowest:
        return f"IKM setiap jenis layanan sama, yaitu {format_angka(highest, 2)}."
    best = gabung([clean_line(one.nama) for one in rows if one.hasil.ikm == highest])
    worst = gabung([clean_line(one.nama) for one in rows if one.hasil.ikm == lowest])
    return kalimat(
        f"IKM tertinggi menurut jenis layanan diperoleh {best} ({format_angka(highest, 2)}),",
        f"sedangkan yang terendah {worst} ({format_angka(lowest, 2)}).",
        "Nilai layanan dengan sedikit responden mudah berubah.",
    )


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
        return alasan_kosong(fakta)
    ranks = rank_unsur(fakta.hasil, terkuat=False)
    if not ranks:
        return tulis_semua_sama(fakta)
    masalah = [
        f"{nama_unsur(fakta, one.unsur)}: {akhiri(clean_line(one.masalah))}"
        for one in fakta.rtl
        if clean_line(one.masalah)
    ]
    return alinea(
        "Unsur dengan nilai terendah adalah sebagai berikut:",
        daftar(_uraikan(fakta, ranks, RENDAH)),
        "Masalah yang dicatat pada unsur tersebut:" if masalah else "",
        daftar(masalah),
        sebut_banding_unsur(fakta),
    )


def tulis_kelebihan(fakta: Fakta) -> str:
    if not fakta.ada_hasil:
        return alasan_kosong(fakta)
    ranks = rank_unsur(fakta.hasil, terkuat=True)
    if not ranks:
        return tulis_semua_sama(fakta)
    return alinea(
        "Unsur dengan nilai tertinggi adalah sebagai berikut:",
        daftar(_uraikan(fakta, ranks, TINGGI)),
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


def _uraikan(fakta: Fakta, ranks: Peringkat, apa: str) -> Iterator[str]:
    for tied in ranks:
        for unsur in tied:
            sama = [one.kode for one in tied if one != unsur]
            sebaran = fakta.sebaran[unsur.kunci]
            count = sebaran.n4 if apa == TINGGI else sebaran.n1 + sebaran.n2
            share = f"{persen(count, sebaran.terisi)} jawaban {apa}"
            yield f"{_uraikan_unsur(unsur, sama)}; {share}."


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
