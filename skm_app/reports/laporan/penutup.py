"""Words of 4.2 and 4.3, BAB V and BAB VI, and of the annexes."""

from __future__ import annotations

from collections.abc import Iterator

from skm_app.angka import format_angka
from skm_app.kata import gabung
from skm_app.reports.kata import TITIK, akhiri, alinea, daftar, kalimat, persen
from skm_app.reports.laporan.fakta import Fakta
from skm_app.reports.laporan.pembahasan import nama_unsur, tulis_semua_sama
from skm_app.reports.laporan.sebutan import (
    LIHAT,
    find_tahun_lalu,
    rank_unsur,
    sebut_banding,
    sebut_hasil,
    sebut_lewat,
    sebut_peringkat,
    sebut_sementara,
    sebut_target,
)
from skm_app.reports.teks import clean_line
from skm_app.rtl import STATUS_LABEL
from skm_app.tanggal import format_tanggal

# How the index of a kind of period is called.
JENIS_IKM = {"bulan": "bulanan", "tahun": "tahunan", "lain": "periode sejenis"}


def tulis_rtl(fakta: Fakta) -> str:
    weak = [one for one in fakta.unsur.unsur if one.terlemah] if fakta.ada_hasil else []
    if not fakta.rtl:
        names = gabung([f"{one.nama} ({one.kode})" for one in weak])
        about = f" Unsur dengan nilai terendah adalah {names}." if weak and len(weak) < 9 else ""
        return f"Rencana tindak lanjut atas hasil SKM {fakta.sebutan} belum disusun.{about}"
    planned = {one.unsur for one in fakta.rtl}
    without = [f"{one.nama} ({one.kode})" for one in weak if one.kunci not in planned]
    return alinea(
        f"Rencana tindak lanjut disusun untuk memperbaiki unsur yang nilainya rendah. Terdapat "
        f"{format_angka(len(fakta.rtl))} kegiatan, diurutkan dari unsur dengan nilai terendah.",
        f"Unsur bernilai rendah yang belum mempunyai rencana: {gabung(without)}."
        if without
        else "",
        f"Pembahasan rencana (forum atau rapat, tanggal): {TITIK * 2}",
    )


def tulis_tren(fakta: Fakta) -> str:
    if not fakta.tren:
        head = f"Belum ada nilai {_sebut_ikm(fakta)} yang telah ditetapkan."
    elif len(fakta.tren) == 1:
        one = fakta.tren[0]
        head = (
            f"Baru ada satu nilai {_sebut_ikm(fakta)} yang telah ditetapkan, yaitu {one.label} "
            f"({format_angka(one.ikm, 2)}), sehingga tren belum dapat dibaca."
        )
    else:
        first, last = fakta.tren[0], fakta.tren[-1]
        head = (
            f"Nilai IKM yang telah ditetapkan dari {first.label} sampai {last.label} disajikan "
            "pada tabel berikut."
        )
    belum = ""
    if fakta.bahan.sementara:
        belum = f"Nilai {fakta.sebutan} belum ditetapkan, sehingga tidak termasuk dalam tren."
    banding = kalimat(_tulis_lewat(fakta), sebut_banding(fakta), sebut_target(fakta))
    return alinea(kalimat(head, belum), banding)


def _sebut_ikm(fakta: Fakta) -> str:
    """``IKM semester``: others may well be closed for the same days."""
    jenis = fakta.bahan.periode.jenis
    return f"IKM {JENIS_IKM.get(jenis, jenis)}"


def _tulis_lewat(fakta: Fakta) -> str:
    if not fakta.tahun_lewat or fakta.sebelum is None or find_tahun_lalu(fakta):
        return ""
    return f"{sebut_lewat(fakta)}; pembandingnya adalah SKM {fakta.sebelum.nama}."


def tulis_tindak_lanjut(fakta: Fakta) -> str:
    lalu = fakta.rtl_lalu
    if lalu is None and (tahun := find_tahun_lalu(fakta)):
        return (
            f"SKM tahun {tahun.label} dilaksanakan sebelum aplikasi ini dipakai. Rencana tindak "
            "lanjutnya tidak tersimpan di sini dan perlu dilengkapi dari laporan tahun "
            f"{tahun.label}."
        )
    if lalu is None:
        return (
            f"Tidak ada periode SKM sebelum {fakta.sebutan} yang tercatat, sehingga belum ada "
            "hasil tindak lanjut yang dapat dilaporkan."
        )
    if not lalu.rtl:
        return kalimat(
            f"{sebut_lewat(fakta)}." if fakta.tahun_lewat else "",
            f"Tidak ada rencana tindak lanjut yang tercatat untuk SKM {lalu.nama}, sehingga belum "
            "ada hasil tindak lanjut yang dapat dilaporkan.",
        )
    total, done = len(lalu.rtl), lalu.selesai
    return kalimat(
        f"{sebut_lewat(fakta)}; yang dilaporkan adalah tindak lanjut SKM {lalu.nama}."
        if fakta.tahun_lewat
        else "",
        f"SKM {lalu.nama} menghasilkan {format_angka(total)} rencana tindak lanjut. Sebanyak "
        f"{format_angka(done)} di antaranya ({persen(done, total)}) telah selesai dilaksanakan.",
    )


def uraikan_rtl_lalu(status: str, uraian: str) -> str:
    """What came of a plan, in words; how far it is, unless it is done and described."""
    text = clean_line(uraian)
    state = "Belum dimulai." if status == "rencana" else f"{STATUS_LABEL[status]}."
    if not text:
        return state
    return kalimat("" if status == "selesai" else state, akhiri(text))


def tulis_kesimpulan(fakta: Fakta) -> str:
    if not fakta.ada_hasil:
        return alinea(LIHAT, sebut_sementara(fakta))
    return alinea(
        f"Berdasarkan hasil SKM {fakta.unit} {fakta.sebutan}, disimpulkan hal-hal berikut:",
        daftar(text for text in _list_kesimpulan(fakta) if text),
        sebut_sementara(fakta),
    )


def _list_kesimpulan(fakta: Fakta) -> Iterator[str]:
    yield sebut_hasil(fakta)
    weak = rank_unsur(fakta.hasil, terkuat=False)
    strong = rank_unsur(fakta.hasil, terkuat=True)
    if weak:
        yield f"Unsur dengan nilai terendah: {sebut_peringkat(weak)}."
        yield f"Unsur dengan nilai tertinggi: {sebut_peringkat(strong)}."
    else:
        yield tulis_semua_sama(fakta)
    yield sebut_target(fakta)
    yield sebut_banding(fakta)
    if fakta.kebutuhan is not None and fakta.n is not None and fakta.n < fakta.kebutuhan:
        perlu = (
            "ditambah sampai periode ini berakhir"
            if fakta.berjalan
            else "ditingkatkan pada survei berikutnya"
        )
        yield (
            f"Responden baru {format_angka(fakta.n)} dari {format_angka(fakta.kebutuhan)} orang "
            f"yang diperlukan, sehingga jumlah responden perlu {perlu}."
        )
    if fakta.rtl:
        names = dict.fromkeys(nama_unsur(fakta, one.unsur) for one in fakta.rtl)
        yield f"Rencana tindak lanjut telah disusun untuk unsur {gabung(list(names))}."
    else:
        yield "Rencana tindak lanjut belum disusun."


def tulis_dokumentasi(fakta: Fakta) -> str:
    if not fakta.foto:
        return f"Belum ada foto pelaksanaan SKM {fakta.sebutan} yang disimpan."
    return f"Foto pelaksanaan SKM {fakta.sebutan}."


def tulis_publikasi(fakta: Fakta) -> str:
    if fakta.diumumkan:
        return (
            f"Hasil SKM {fakta.sebutan} telah diumumkan kepada masyarakat pada "
            f"{format_tanggal(fakta.diumumkan)}."
        )
    if fakta.bahan.sementara:
        return "Hasil survei belum ditetapkan, sehingga belum diumumkan kepada masyarakat."
    return f"Hasil SKM {fakta.sebutan} belum diumumkan melalui halaman hasil survei."


def tulis_bukti(fakta: Fakta) -> str:
    lalu = fakta.rtl_lalu
    rows = [
        f"{akhiri(clean_line(one.program))} Berkas: {'; '.join(lalu.bukti[one.id])}."
        for one in (lalu.rtl if lalu else ())
        if lalu and one.id in lalu.bukti
    ]
    head = ""
    if lalu and lalu.rtl:
        head = "Hasil tindak lanjut periode sebelumnya dilaporkan pada BAB V."
    if not rows:
        return kalimat(head, "Belum ada berkas bukti yang tersimpan.")
    return alinea(f"{head} Berkas bukti yang tersimpan:", daftar(rows))
