"""Words of 2.5: how many responses were needed, how many came, and how sure the index is."""

from __future__ import annotations

from skm_app.angka import format_angka
from skm_app.kata import gabung
from skm_app.reports.kata import alinea, kalimat, orang, persen
from skm_app.reports.laporan.fakta import Fakta
from skm_app.reports.laporan.sebutan import LIHAT, sebut_n
from skm_app.reports.teks import clean_line
from skm_app.scoring import TABEL_MUTU


def tulis_jumlah(fakta: Fakta) -> str:
    return alinea(_tulis_kebutuhan(fakta), _tulis_kecukupan(fakta), _tulis_selang(fakta))


def _tulis_kebutuhan(fakta: Fakta) -> str:
    populasi, kebutuhan = fakta.bahan.populasi, fakta.kebutuhan
    if populasi is None or kebutuhan is None:
        return (
            f"Jumlah pengguna layanan {fakta.unit} {fakta.sebutan} belum dicatat, sehingga jumlah "
            "responden yang diperlukan menurut rumus Krejcie dan Morgan belum dapat ditentukan."
        )
    # The number need not be of users: offices without a register take what they have, and say so.
    sumber = clean_line(fakta.bahan.populasi_sumber or "")
    return kalimat(
        f"Jumlah responden yang diperlukan dihitung dari {orang(populasi)} (sumber: {sumber})."
        if sumber
        else f"Pengguna layanan {fakta.sebutan} berjumlah {orang(populasi)}.",
        "Dengan rumus Krejcie dan Morgan (tingkat kepercayaan 95 persen, galat 5 persen), "
        f"responden yang diperlukan {orang(kebutuhan)}.",
    )


def _tulis_kecukupan(fakta: Fakta) -> str:
    n, kebutuhan = fakta.n, fakta.kebutuhan
    if not n or (kebutuhan is None and not fakta.ada_hasil):
        return LIHAT
    diperoleh = f"Responden yang diperoleh berjumlah {sebut_n(fakta)}"
    if kebutuhan is None:
        return f"{diperoleh}."
    if n >= kebutuhan:
        return f"{diperoleh}, memenuhi jumlah yang diperlukan ({orang(kebutuhan)})."
    return (
        f"{diperoleh} dari {orang(kebutuhan)} yang diperlukan ({persen(n, kebutuhan)}), kurang "
        f"{orang(kebutuhan - n)}. Jumlah responden belum mencukupi, sehingga hasilnya perlu "
        "dibaca dengan hati-hati."
    )


def _tulis_selang(fakta: Fakta) -> str:
    """The interval, named for what it is: of the users' index, an upper bound (decision 011)."""
    if fakta.ikm is None:
        return ""
    selang = fakta.selang
    if selang is None:
        return "Rentang kepercayaan IKM belum dapat dihitung dari jawaban yang ada."
    letters = [
        f"mutu {mutu.huruf}"
        for mutu in TABEL_MUTU
        if mutu.batas_bawah <= selang.atas and selang.bawah <= mutu.batas_atas
    ]
    return kalimat(
        "Bila responden dipilih secara acak, IKM seluruh pengguna layanan diperkirakan berada "
        f"antara {format_angka(selang.bawah, 2)} dan {format_angka(selang.atas, 2)} dengan tingkat "
        "kepercayaan sedikitnya 95 persen. Rentang ini sengaja dihitung paling lebar. Kesalahan "
        "karena responden tidak dipilih secara acak tidak ikut diperhitungkan.",
        f"Rentang tersebut mencakup {gabung(letters[::-1])}, sehingga mutu pelayanan belum dapat "
        "dipastikan dari survei ini saja."
        if len(letters) > 1
        else "",
    )
