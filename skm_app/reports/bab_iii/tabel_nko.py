"""Tables 3.1, 3.11 and 3.12: predicates, corrections and the Nilai Kinerja Organisasi."""

from __future__ import annotations

from decimal import Decimal

from skm_app.kinerja import BarisNko, load_aturan
from skm_app.reports.bab_iii.fakta import FaktaKinerja, IndikatorFakta, SasaranFakta
from skm_app.reports.bab_iii.tabel_bentuk import Kekurangan, SelKinerja, TabelKinerja
from skm_app.reports.bab_iii.tabel_capaian import list_kurang, make_catatan, sementara_of
from skm_app.reports.bab_iii.tabel_sel import (
    BELUM_ADA,
    KOSONG,
    SEMENTARA,
    formula_jumlah,
    formula_predikat,
    make_angka,
    make_belum,
    make_capaian,
    make_realisasi,
    make_target,
    make_teks,
    tulis,
)
from skm_app.reports.kata import kalimat
from skm_app.scoring import round_half_up

SERATUS = Decimal(100)
ORGANISASI = "Instansi Pemerintah"
_SEMUA = "predikat ditetapkan bila semua indikator mempunyai target dan realisasi"


def make_tabel_predikat(fakta: FaktaKinerja, kode: str) -> TabelKinerja:
    """3.1: which score earns which predicate."""
    aturan = load_aturan()
    above = SERATUS
    rows = []
    for one in aturan.akip:
        span = (
            f"0–{tulis(above)}" if one.di_atas is None else f">{tulis(one.di_atas)}–{tulis(above)}"
        )
        rows.append((make_teks(span), make_teks(f"{one.nama} / {one.arti}")))
        above = one.di_atas if one.di_atas is not None else above
    return TabelKinerja(
        kode=kode,
        jenis="predikat_akip",
        judul=f"Nilai dan Kategori Predikat Evaluasi Akuntabilitas Kinerja {ORGANISASI}",
        kolom=("Nilai", "Kategori/Predikat"),
        baris=tuple(rows),
        catatan=_sebut_sumber(fakta, aturan.akip_sumber),
        lebar=(40, 60),
    )


def make_tabel_koreksi(fakta: FaktaKinerja, kode: str) -> TabelKinerja:
    """3.11: what is taken off for each AKIP predicate."""
    aturan = load_aturan()
    return TabelKinerja(
        kode=kode,
        jenis="koreksi",
        judul="Koreksi Capaian Perjanjian Kinerja Berdasarkan Predikat Akuntabilitas Kinerja "
        f"{ORGANISASI}",
        kolom=("Predikat AKIP", "Koreksi Capaian PK Setelah Normalisasi"),
        baris=tuple(
            (
                make_teks(one.nama),
                make_angka(
                    aturan.koreksi[one.nama],
                    f"koreksi/{one.nama}",
                    akhiran="%",
                    sumber=[aturan.koreksi_sumber],
                ),
            )
            for one in aturan.akip
        ),
        catatan=_sebut_sumber(fakta, aturan.koreksi_sumber),
        lebar=(40, 60),
    )


def make_tabel_nko(fakta: FaktaKinerja, kode: str, koreksi: str) -> TabelKinerja:
    """3.12: the six steps of the NKO. ``koreksi``: number of the table of corrections."""
    hasil = fakta.nko.hasil
    by_id: dict[object, BarisNko] = {}
    if hasil is not None:
        by_id = {
            one.indikator.id: row for one, row in zip(fakta.nko.baris, hasil.baris, strict=True)
        }
    pairs = [(sasaran, one) for sasaran in fakta.sasaran for one in sasaran.indikator]
    rows = [
        _make_baris(fakta, number, sasaran, one, by_id.get(one.id), koreksi)
        for number, (sasaran, one) in enumerate(pairs, start=1)
    ]
    own = len(rows)
    rows += _make_akhir(fakta, rows)
    return TabelKinerja(
        kode=kode,
        jenis="nko",
        judul=f"Penilaian Kinerja Organisasi {fakta.unit} Tahun {fakta.tahun}",
        kolom=("No.", "Sasaran", "Indikator Kinerja", "Target", "Realisasi", "Capaian",
               "Normalisasi Capaian PK (1)",
               "Koreksi Normalisasi Capaian PK Berdasarkan Predikat AKIP (2)",
               "Nilai Akhir Capaian PK (3) = (1) × (100% − (2))"),
        baris=tuple(rows),
        tebal=tuple(range(own, len(rows))),
        catatan=make_catatan(
            rows, sementara_of(fakta.indikator, [fakta.tahun]), _describe_akip(fakta)
        ),
        kurang=tuple(
            list_kurang(fakta.indikator, [fakta.tahun])
            + _list_kurang_akip(fakta)
        ),
        lebar=(4, 18, 18, 9, 9, 9, 10, 11, 12),
    )  # fmt: skip


def make_tabel_nilai_akip(fakta: FaktaKinerja) -> TabelKinerja:
    """The AKIP evaluations up to the year; without a number of its own."""
    aturan = load_aturan()
    rows = [
        (
            make_teks(str(one.tahun)),
            make_angka(one.nilai, f"akip/{one.tahun}", sumber=[one.sumber]),
            SelKinerja(
                teks=one.predikat.nama,
                rumus=f"{tulis(one.nilai)} termasuk {one.predikat.nama}",
                sumber=(aturan.akip_sumber,),
                kunci=f"predikat/{one.tahun}",
                formula=formula_predikat(aturan.akip, f"akip/{one.tahun}"),
            ),
            make_teks(one.predikat.arti),
            make_teks(one.tercetak or "–"),
            make_teks(one.sumber or "–"),
        )
        for one in fakta.akip_semua
    ]
    beda = [
        f"Predikat {one.tahun} tercetak {one.tercetak}; menurut nilainya {one.predikat.nama}."
        for one in fakta.akip_semua
        if one.berbeda
    ]
    return TabelKinerja(
        kode="AKIP",
        jenis="nilai_akip",
        judul=f"Nilai Evaluasi AKIP {fakta.unit} sampai Tahun {fakta.tahun}",
        kolom=("Tahun", "Nilai", "Predikat", "Arti", "Predikat Tercetak", "Sumber"),
        baris=tuple(rows),
        catatan=kalimat(*beda),
        kurang=tuple(_list_kurang_akip(fakta)),
        lebar=(10, 10, 12, 20, 14, 34),
    )


def _make_baris(
    fakta: FaktaKinerja,
    number: int,
    sasaran: SasaranFakta,
    one: IndikatorFakta,
    baris: BarisNko | None,
    koreksi: str,
) -> tuple[SelKinerja, ...]:
    return (
        make_teks(str(number)),
        make_teks(sasaran.uraian),
        make_teks(one.nama),
        make_target(one, one.kini),
        make_realisasi(one, one.kini),
        make_capaian(one, one.kini, akhiran="%"),
        _make_normalisasi(one),
        _make_koreksi(fakta, koreksi),
        _make_nilai_akhir(fakta, one, baris),
    )


def _make_normalisasi(one: IndikatorFakta) -> SelKinerja:
    aturan = load_aturan()
    capaian, highest = one.kini.capaian, tulis(aturan.paling_tinggi)
    return make_angka(
        None if capaian is None else round_half_up(min(capaian, aturan.paling_tinggi), 2),
        f"normal/{one.id}",
        akhiran="%",
        rumus=f"capaian, paling tinggi {highest} = paling kecil dari "
        f"{tulis(capaian) if capaian is not None else ''} dan {highest}",
        formula=f"MIN({{capaian/{one.id}/{one.kini.tahun}}},{aturan.paling_tinggi})",
        sumber=["Kolom Capaian pada baris ini", aturan.normalisasi_sumber],
        sementara=one.kini.sementara,
        tanpa=f"capaian, paling tinggi {highest}; capaian belum ada",
    )


def _make_koreksi(fakta: FaktaKinerja, koreksi: str) -> SelKinerja:
    akip, hasil = fakta.akip, fakta.nko.hasil
    if akip is None or hasil is None:
        return make_belum("Nilai AKIP belum ada")
    huruf = akip.predikat.nama
    return make_angka(
        hasil.koreksi,
        f"koreksi/{huruf}",
        akhiran="%",
        rumus=f"koreksi untuk predikat {huruf}",
        sumber=[f"Tabel {koreksi}", f"Evaluasi AKIP {akip.tahun}: {tulis(akip.nilai)} ({huruf})"],
    )


def _make_nilai_akhir(
    fakta: FaktaKinerja, one: IndikatorFakta, baris: BarisNko | None
) -> SelKinerja:
    hasil, akip = fakta.nko.hasil, fakta.akip
    if hasil is None or akip is None or baris is None or baris.normalisasi is None:
        return make_belum("(1) × (100% − (2)); salah satunya belum ada")
    return make_angka(
        baris.nilai_akhir,
        f"akhir-pk/{one.id}",
        akhiran="%",
        rumus=f"(1) × (100% − (2)) = {tulis(baris.normalisasi)} × (100% − {tulis(hasil.koreksi)}%)",
        formula=f"ROUND(ROUND({{normal/{one.id}}}*100,0)*"
        f"(10000-ROUND({{koreksi/{akip.predikat.nama}}}*100,0))/10000,0)/100",
        sumber=["Kolom (1) dan (2) pada baris ini"],
        sementara=one.kini.sementara,
    )


def _make_akhir(
    fakta: FaktaKinerja, rows: list[tuple[SelKinerja, ...]]
) -> list[tuple[SelKinerja, ...]]:
    """Steps 4, 5 and 6: the sum, its mean and the predicate."""
    aturan, hasil = load_aturan(), fakta.nko.hasil
    known = [row[-1] for row in rows if row[-1].nilai is not None]
    if hasil is None or hasil.nko is None or hasil.predikat is None:
        total = nko = predikat = make_belum("Nilai AKIP atau capaian belum ada")
    else:
        figures = " + ".join(tulis(one.nilai or 0) for one in known)
        total = make_angka(
            hasil.total, "total-pk", akhiran="%", rumus=f"jumlah kolom (3) = {figures}",
            formula=f"ROUND({formula_jumlah([one.kunci for one in known])},2)",
            sumber=["Kolom (3)"], sementara=fakta.sementara,
        )  # fmt: skip
        nko = make_angka(
            hasil.nko, "nko", akhiran="%",
            rumus=f"(4) / jumlah indikator = {tulis(hasil.total)} / {hasil.banyak}",
            formula=f"ROUND(ROUND({{total-pk}}*100,0)/{hasil.banyak},0)/100",
            sumber=["Baris (4)"], sementara=fakta.sementara,
        )  # fmt: skip
        predikat = SelKinerja(
            teks=f"{hasil.predikat.nama}{SEMENTARA if fakta.sementara else ''}",
            rumus=f"{tulis(hasil.nko)} termasuk {hasil.predikat.nama}",
            sumber=(aturan.nko_sumber,),
            kunci="predikat-pko",
            formula=formula_predikat(aturan.nko, "nko"),
        )
    if nko.nilai is not None and fakta.nko.predikat is None:
        predikat = SelKinerja(teks="belum dapat ditetapkan", rumus=_SEMUA)
    return [
        (KOSONG, make_teks(nama), *(KOSONG,) * 6, sel)
        for nama, sel in (
            ("Total Capaian PK (4)", total),
            ("Nilai Kinerja Organisasi (NKO) atau Rata-rata Capaian PK (5)", nko),
            ("Predikat PKO (6)", predikat),
        )
    ]


def _describe_akip(fakta: FaktaKinerja) -> str:
    if fakta.akip is None:
        return f"Nilai AKIP {BELUM_ADA}, sehingga NKO belum dapat dihitung."
    akip = fakta.akip
    hasil = fakta.nko.hasil
    left = hasil is not None and hasil.banyak < len(fakta.indikator)
    return kalimat(
        f"Predikat AKIP menurut hasil evaluasi terakhir yang tercatat, tahun {akip.tahun}: "
        f"{akip.predikat.nama} (nilai {tulis(akip.nilai)}).",
        "Indikator tanpa capaian tidak ikut dihitung dalam NKO." if left else "",
    )


def _sebut_sumber(fakta: FaktaKinerja, sumber: str) -> str:
    """Where a rule was read; not in the very chapter it was read in."""
    own = f"LKjIP {fakta.unit} Tahun {fakta.tahun}"
    return "" if own.casefold() in sumber.casefold() else f"Sumber: {sumber}."


def _list_kurang_akip(fakta: FaktaKinerja) -> list[Kekurangan]:
    lalu = fakta.tahun - 1
    if fakta.akip is not None:
        apa = f"Nilai AKIP {lalu} belum dicatat; yang terakhir tercatat adalah {fakta.akip.tahun}."
        return [Kekurangan(apa, "Nilai AKIP")] if fakta.akip.tahun < lalu else []
    return [Kekurangan(f"Nilai AKIP sampai {fakta.tahun} belum ada.", "Nilai AKIP")]
