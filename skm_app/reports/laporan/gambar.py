"""Charts of a report: the figures of its tables, drawn."""

from __future__ import annotations

from decimal import Decimal

from skm_app.angka import format_angka
from skm_app.reports.dokumen import Deret, Gambar, Grafik
from skm_app.reports.laporan.fakta import Fakta
from skm_app.reports.laporan.tabel import NILAI, list_sebaran
from skm_app.scoring import TABEL_MUTU, round_half_up

SKALA = 25  # an NRR of 4 converts to 100


def make_gambar_unsur(fakta: Fakta) -> Gambar:
    """NRR per unsur, with the bounds of the grades on the scale of 1 to 4."""
    unsur = fakta.hasil.unsur
    written = [format_angka(one.nrr) for one in unsur]
    return Gambar(
        judul="NRR setiap unsur pelayanan",
        alt="Diagram batang NRR: "
        + "; ".join(f"{one.kode} {nrr}" for one, nrr in zip(unsur, written, strict=True)),
        grafik=Grafik(
            jenis="batang",
            label=[f"{one.kode} {one.nama}" for one in unsur],
            deret=[Deret(nama="NRR", nilai=[one.nrr for one in unsur])],
            tulis=[written],
            bawah=Decimal(1),
            atas=Decimal(4),
            batas=[
                (f"Batas mutu {mutu.huruf}", mutu.batas_bawah / SKALA) for mutu in TABEL_MUTU[:-1]
            ],
        ),
    )


def make_gambar_sebaran(fakta: Fakta) -> Gambar:
    """Shares of the four answers per unsur."""
    unsur = fakta.hasil.unsur
    shares = [list_sebaran(fakta, one.kunci) for one in unsur]
    return Gambar(
        judul="Sebaran jawaban setiap unsur",
        alt="Diagram batang bertumpuk: persentase jawaban bernilai 1, 2, 3, dan 4 untuk setiap "
        "unsur; angkanya sama dengan tabel sebaran jawaban.",
        grafik=Grafik(
            jenis="tumpuk",
            label=[f"{one.kode} {one.nama}" for one in unsur],
            deret=[
                Deret(nama=f"Nilai {nilai}", nilai=[row[nilai - 1] for row in shares])
                for nilai in NILAI
            ],
            tulis=[[format_angka(row[nilai - 1], 1) for row in shares] for nilai in NILAI],
            bawah=Decimal(0),
            atas=Decimal(100),
            satuan="%",
        ),
    )


def make_gambar_tren(fakta: Fakta) -> Gambar:
    """The index over time, with the targets where there are any."""
    points = fakta.tren
    deret = [Deret(nama="IKM", nilai=[one.ikm for one in points])]
    if any(one.target is not None for one in points):
        deret.append(Deret(nama="Target", nilai=[one.target for one in points]))
    lowest = min(value for one in deret for value in one.nilai if value is not None)
    bawah = max(Decimal(25), round_half_up(lowest / 10 - 1, 0) * 10)
    return Gambar(
        judul="Tren nilai IKM",
        alt="Diagram garis IKM: "
        + "; ".join(f"{one.label} {format_angka(one.ikm)}" for one in points),
        grafik=Grafik(
            jenis="garis",
            label=[one.label for one in points],
            deret=deret,
            tulis=[[format_angka(value) for value in one.nilai] for one in deret],
            bawah=bawah,
            atas=Decimal(100),
            batas=[
                (f"Batas mutu {mutu.huruf}", mutu.batas_bawah)
                for mutu in TABEL_MUTU[:-1]
                if mutu.batas_bawah > bawah
            ],
        ),
    )
