"""Tables of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from skm_app.angka import TIDAK_ADA, format_angka, format_persen
from skm_app.label_ciri import JUDUL_CIRI
from skm_app.models import Rtl
from skm_app.reports.dokumen import Rata, Tabel
from skm_app.reports.kata import TITIK, hitung_persen
from skm_app.reports.laporan.fakta import Fakta
from skm_app.reports.laporan.penutup import uraikan_rtl_lalu
from skm_app.reports.laporan.rencana import RtlLalu
from skm_app.reports.teks import clean_line
from skm_app.scoring import TABEL_MUTU, HasilIKM

NILAI = (1, 2, 3, 4)
LAYANAN = "Jenis layanan"
_KIRI: Rata = "kiri"
_TENGAH: Rata = "tengah"
_KANAN: Rata = "kanan"


def make_tabel_jadwal(text: str, catatan: str) -> Tabel:
    """2.4, from lines ``kegiatan | waktu | hari kerja``; what is missing is left open."""
    rows = []
    for line in (one for one in text.split("\n") if one.strip()):
        parts = [part.strip() or TITIK for part in line.split("|", 2)]
        rows.append(parts + [TITIK] * (3 - len(parts)))
    return Tabel(
        judul="Waktu pelaksanaan SKM",
        kepala=("No.", "Kegiatan", "Waktu Pelaksanaan", "Jumlah Hari Kerja"),
        baris=[(str(place), *row) for place, row in enumerate(rows, start=1)],
        lebar=(6, 36, 38, 20),
        rata=(_TENGAH, _KIRI, _KIRI, _TENGAH),
        catatan=catatan,
    )


def make_tabel_responden(fakta: Fakta) -> Tabel:
    """3.1: who answered; each karakteristik adds up to all respondents."""
    groups = [
        (JUDUL_CIRI[ciri], [(one.nama, one.jumlah) for one in rows])
        for ciri, rows in fakta.kelompok.items()
    ]
    groups.append((LAYANAN, [(clean_line(one.nama), one.hasil.n) for one in fakta.layanan]))
    total = fakta.n or 0
    rows = []
    for place, (nama, counts) in enumerate(groups, start=1):
        for number, (indikator, jumlah) in enumerate(counts):
            share = format_persen(hitung_persen(jumlah, total), 1)
            head = ("", "") if number else (str(place), nama)
            rows.append((*head, indikator, format_angka(jumlah), share))
    return Tabel(
        judul="Responden menurut karakteristik",
        kepala=("No.", "Karakteristik", "Indikator", "Jumlah", "Persentase"),
        baris=rows,
        lebar=(6, 24, 40, 14, 16),
        rata=(_TENGAH, _KIRI, _KIRI, _KANAN, _KANAN),
        catatan=f"Jumlah responden: {format_angka(total)} orang. Persentase dibulatkan satu "
        "desimal, sehingga jumlahnya dapat berbeda sedikit dari 100%.",
    )


def make_tabel_unsur(fakta: Fakta) -> Tabel:
    """3.2: the result per unsur, with the index as its last rows."""
    hasil = fakta.hasil
    rows = [
        (
            one.kode,
            one.nama,
            format_angka(one.nrr),
            format_angka(one.nrr_tertimbang),
            format_angka(one.nilai),
            one.mutu.huruf if one.mutu else TIDAK_ADA,
            one.mutu.kinerja if one.mutu else TIDAK_ADA,
        )
        for one in hasil.unsur
    ]
    mutu = hasil.mutu
    rows.append(
        ("", "Jumlah NRR tertimbang", "", format_angka(hasil.jumlah_tertimbang), "", "", "")
    )
    rows.append(
        (
            "",
            "IKM (jumlah NRR tertimbang × 25)",
            "",
            "",
            format_angka(hasil.ikm),
            mutu.huruf if mutu else TIDAK_ADA,
            mutu.kinerja if mutu else TIDAK_ADA,
        )
    )
    return Tabel(
        judul="Nilai setiap unsur pelayanan dan IKM",
        kepala=("Kode", "Unsur", "NRR", "NRR Tertimbang", "Nilai Konversi", "Mutu", "Kinerja"),
        baris=rows,
        lebar=(9, 31, 10, 14, 13, 8, 15),
        rata=(_TENGAH, _KIRI, _KANAN, _KANAN, _KANAN, _TENGAH, _KIRI),
        tebal=(len(rows) - 2, len(rows) - 1),
        catatan=_catat_konvensi(fakta),
    )


def _catat_konvensi(fakta: Fakta) -> str:
    konvensi = fakta.bahan.konvensi
    if konvensi.desimal_tertimbang is not None:
        return konvensi.uraian
    return (
        f"{konvensi.uraian} IKM dihitung dari angka yang belum dibulatkan, sehingga dapat berbeda "
        "sedikit dari hasil mengalikan angka pada tabel ini."
    )


def make_tabel_mutu() -> Tabel:
    """What the grades mean.

    Source: PermenPANRB 14/2017, lampiran, Tabel nilai persepsi, nilai interval (NI), nilai
    interval konversi (NIK), mutu, kinerja.
    """
    rows = [
        (
            str(mutu.persepsi),
            mutu.interval,
            f"{format_angka(mutu.batas_bawah)} – {format_angka(mutu.batas_atas)}",
            mutu.huruf,
            mutu.kinerja,
        )
        for mutu in reversed(TABEL_MUTU)
    ]
    return Tabel(
        judul="Nilai persepsi, nilai interval, nilai interval konversi, mutu, dan kinerja",
        kepala=(
            "Nilai Persepsi",
            "Nilai Interval (NI)",
            "Nilai Interval Konversi (NIK)",
            "Mutu Pelayanan",
            "Kinerja",
        ),
        baris=rows,
        lebar=(14, 23, 27, 16, 20),
        rata=(_TENGAH, _TENGAH, _TENGAH, _TENGAH, _KIRI),
    )


def make_tabel_sebaran(fakta: Fakta) -> Tabel:
    """3.2: how often each answer was given, in percent of the answers to the unsur."""
    rows = []
    for unsur in fakta.hasil.unsur:
        shares = list_sebaran(fakta, unsur.kunci)
        written = [TIDAK_ADA if one is None else format_persen(one, 1) for one in shares]
        rows.append((unsur.kode, unsur.nama, *written))
    return Tabel(
        judul="Sebaran jawaban setiap unsur",
        kepala=("Kode", "Unsur", "Nilai 1", "Nilai 2", "Nilai 3", "Nilai 4"),
        baris=rows,
        lebar=(9, 43, 12, 12, 12, 12),
        rata=(_TENGAH, _KIRI, _KANAN, _KANAN, _KANAN, _KANAN),
    )


def list_sebaran(fakta: Fakta, kunci: str) -> tuple[Decimal | None, ...]:
    """Shares of the answers 1, 2, 3 and 4 to one unsur, in percent, one decimal."""
    sebaran = fakta.sebaran[kunci]
    if not sebaran.terisi:
        return (None,) * len(NILAI)
    counts = (sebaran.n1, sebaran.n2, sebaran.n3, sebaran.n4)
    return tuple(hitung_persen(count, sebaran.terisi) for count in counts)


def make_tabel_layanan(fakta: Fakta) -> Tabel:
    """3.2: each service by unsur."""
    kode = [unsur.kode for unsur in fakta.hasil.unsur]
    rows = [
        (str(place), clean_line(one.nama), format_angka(one.hasil.n), *_tulis_layanan(one.hasil))
        for place, one in enumerate(fakta.layanan, start=1)
    ]
    return Tabel(
        judul="IKM setiap jenis layanan menurut unsur",
        kepala=("No.", LAYANAN, "Resp.", *kode, "IKM", "Mutu"),
        baris=rows,
        lebar=(5, 26, 8, *(7 for _ in kode), 8, 8),
        rata=(_TENGAH, _KIRI, _KANAN, *(_KANAN for _ in kode), _KANAN, _TENGAH),
        catatan="Angka di bawah kode unsur adalah NRR (1 sampai 4). Nama unsur ada pada tabel "
        "nilai setiap unsur.",
        kecil=True,
    )


def _tulis_layanan(hasil: HasilIKM) -> Iterator[str]:
    yield from (format_angka(one.nrr) for one in hasil.unsur)
    yield format_angka(hasil.ikm)
    yield hasil.mutu.huruf if hasil.mutu else TIDAK_ADA


def make_tabel_rtl(fakta: Fakta, rtl: Sequence[Rtl]) -> Tabel:
    """4.2: the plans; the year stands in the column of its quarter."""
    names = {one.kunci: f"{one.nama} ({one.kode})" for one in fakta.hasil.unsur}
    rows = [
        (
            str(place),
            names.get(one.unsur, one.unsur),
            clean_line(one.program),
            *(str(one.tahun) if one.triwulan == quarter else "" for quarter in NILAI),
            clean_line(one.penanggung_jawab),
        )
        for place, one in enumerate(rtl, start=1)
    ]
    return Tabel(
        judul="Rencana tindak lanjut",
        kepala=(
            "No.", "Prioritas Unsur", "Program/Kegiatan", "TW I", "TW II", "TW III", "TW IV",
            "Penanggung Jawab",
        ),
        baris=rows,
        lebar=(6, 18, 28, 7, 7, 7, 7, 20),
        rata=(_TENGAH, _KIRI, _KIRI, _TENGAH, _TENGAH, _TENGAH, _TENGAH, _KIRI),
        catatan="TW = triwulan; tahun pada kolomnya menunjukkan waktu pelaksanaan.",
    )  # fmt: skip


def make_tabel_rtl_lalu(lalu: RtlLalu) -> Tabel:
    """BAB V: what came of the plans of the period before."""
    rows = []
    for place, one in enumerate(lalu.rtl, start=1):
        files = len(lalu.bukti.get(one.id, ()))
        rows.append(
            (
                str(place),
                f"{lalu.unsur.get(one.unsur, one.unsur)}: {clean_line(one.program)}",
                "Sudah" if one.status == "selesai" else "Belum",
                uraikan_rtl_lalu(one.status, one.uraian_hasil),
                f"{files} berkas" if files else "Belum ada",
            )
        )
    return Tabel(
        judul=f"Hasil tindak lanjut SKM {lalu.nama}",
        kepala=(
            "No.",
            "Rencana Tindak Lanjut",
            "Sudah/Belum Ditindaklanjuti",
            "Deskripsi Tindak Lanjut",
            "Dokumentasi",
        ),
        baris=rows,
        lebar=(6, 28, 19, 31, 16),
        rata=(_TENGAH, _KIRI, _TENGAH, _KIRI, _KIRI),
    )


def make_tabel_tren(fakta: Fakta) -> Tabel:
    """4.3: what was closed or printed in each year."""
    rows = [
        (one.label, format_angka(one.ikm), one.mutu or TIDAK_ADA, format_angka(one.target))
        for one in fakta.tren
    ]
    sources = [f"Sumber nilai {one.label}: {one.asal}." for one in fakta.tren if one.asal]
    return Tabel(
        judul="Tren nilai IKM",
        kepala=("Tahun" if _is_tahunan(fakta) else "Periode", "IKM", "Mutu", "Target"),
        baris=rows,
        lebar=(34, 22, 22, 22),
        rata=(_KIRI, _KANAN, _TENGAH, _KANAN),
        catatan=" ".join(sources),
    )


def _is_tahunan(fakta: Fakta) -> bool:
    return fakta.bahan.periode.jenis == "tahun"
