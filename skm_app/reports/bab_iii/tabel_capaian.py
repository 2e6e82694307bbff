"""Tables 3.2 to 3.6: targets, realisasi and capaian of one year and of three."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skm_app.kata import gabung
from skm_app.kinerja import DEFINISI_PROBEBAYA
from skm_app.reports.bab_iii.fakta import FaktaKinerja, IndikatorFakta, SasaranFakta, TahunFakta
from skm_app.reports.bab_iii.tabel_bentuk import Kekurangan, SelKinerja, TabelKinerja
from skm_app.reports.bab_iii.tabel_sel import (
    KOSONG,
    formula_rata_rata,
    is_persen,
    make_angka,
    make_capaian,
    make_capaian_renstra,
    make_realisasi,
    make_target,
    make_teks,
    tulis,
    tulis_capaian,
)
from skm_app.reports.kata import kalimat

DATA_KURANG = "“belum ada” berarti datanya belum tersedia."


def make_tabel_capaian(fakta: FaktaKinerja, kode: str) -> TabelKinerja:
    """3.2: the year's target, realisasi and capaian of every indikator."""
    rows = [
        (
            make_teks(str(number)),
            make_teks(one.nama),
            make_target(one, one.kini),
            make_realisasi(one, one.kini),
            make_capaian(one, one.kini),
        )
        for number, one in enumerate(fakta.indikator, start=1)
    ]
    kurang = list_kurang(fakta.indikator, [fakta.tahun])
    if not rows:
        kurang = [Kekurangan("Belum ada indikator kinerja.", "Rencana kinerja")]
    kurang += [
        Kekurangan(f"Sasaran “{one}” belum mempunyai indikator.", "Rencana kinerja")
        for one in fakta.tanpa_indikator
    ]
    if rows and fakta.perjanjian is None:
        apa = f"Perjanjian Kinerja {fakta.tahun} belum dicatat."
        kurang.append(Kekurangan(apa, "Rencana kinerja"))
    return TabelKinerja(
        kode=kode,
        jenis="capaian",
        judul=f"Capaian Indikator Kinerja Tahun {fakta.tahun}",
        kolom=("No.", "Indikator Kinerja", f"Target {fakta.tahun}", f"Realisasi {fakta.tahun}",
               "% Realisasi (Capaian)"),
        baris=tuple(rows),
        catatan=make_catatan(
            rows, sementara_of(fakta.indikator, [fakta.tahun]), *sebut_cara(fakta.indikator)
        ),
        kurang=tuple(kurang),
        lebar=(6, 46, 16, 16, 16),
    )  # fmt: skip


def make_tabel_sasaran(fakta: FaktaKinerja, sasaran: SasaranFakta, kode: str) -> TabelKinerja:
    """3.3, 3.4: one sasaran, with the year before, the end of the Renstra and the mean."""
    tahun, lalu = fakta.tahun, fakta.tahun - 1
    sampai = fakta.rencana.sampai if fakta.rencana else None
    rows = [_make_baris_sasaran(number, one, sampai) for number, one in _number(sasaran)]
    first_mean = len(rows)
    rows += [_make_rata_rata(one, sasaran) for one in sasaran.indikator]
    return TabelKinerja(
        kode=kode,
        jenis="sasaran",
        sasaran=sasaran.nomor,
        judul=f"Capaian Indikator Kinerja Sasaran Strategis {sasaran.nomor} Tahun {tahun}",
        kolom=("No.", "Indikator Kinerja", f"Target {lalu}", f"Realisasi {lalu}",
               f"Target {tahun}", f"Realisasi {tahun}", f"% Realisasi (Capaian) {tahun}",
               "Target Akhir Renstra" + (f" ({sampai})" if sampai else ""),
               f"Capaian s/d {tahun} terhadap Renstra (%)"),
        baris=tuple(rows),
        tebal=tuple(range(first_mean, len(rows))),
        catatan=make_catatan(
            rows, sementara_of(sasaran.indikator, [lalu, tahun]), *sebut_cara(sasaran.indikator)
        ),
        kurang=tuple(
            list_kurang(sasaran.indikator, [lalu, tahun])
            + list_kurang_akhir(sasaran.indikator, sampai)
        ),
        lebar=(5, 23, 10, 10, 10, 10, 11, 10, 11),
    )  # fmt: skip


def make_tabel_tiga_tahun(fakta: FaktaKinerja, kode: str) -> TabelKinerja:
    """3.5: target, realisasi and capaian of the year and the two before it."""
    years = fakta.tiga_tahun
    rows = [
        (
            make_teks(str(number)),
            make_teks(one.nama),
            make_teks(one.satuan),
            *(
                sel
                for tahun in one.tahun
                for sel in (make_target(one, tahun), make_realisasi(one, tahun))
            ),
            *(make_capaian(one, tahun) for tahun in one.tahun),
            make_teks(fakta.unit),
        )
        for number, one in enumerate(fakta.indikator, start=1)
    ]
    return TabelKinerja(
        kode=kode,
        jenis="tiga_tahun",
        judul="Realisasi Kinerja serta Capaian Kinerja Tahun Ini dengan Tahun Lalu",
        kolom=("No.", "Indikator Kinerja", "Satuan",
               *(f"{what} {year}" for year in years for what in ("Target", "Realisasi")),
               *(f"Capaian {year} (%)" for year in years), "Penanggung Jawab"),
        baris=tuple(rows),
        catatan=make_catatan(rows, sementara_of(fakta.indikator, years)),
        kurang=tuple(list_kurang(fakta.indikator, years)),
        lebar=(4, 17, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 9),
    )  # fmt: skip


def make_tabel_renstra(fakta: FaktaKinerja, kode: str) -> TabelKinerja:
    """3.6: what the Renstra wanted of three years, and what came of it."""
    years = fakta.tiga_tahun
    sampai = fakta.rencana.sampai if fakta.rencana else None
    rows = [
        (
            make_teks(str(number)),
            make_teks(one.nama),
            make_teks(one.satuan),
            *(make_target(one, tahun) for tahun in one.tahun),
            *(make_realisasi(one, tahun) for tahun in one.tahun),
            _make_keterangan(one, sampai),
        )
        for number, one in enumerate(fakta.indikator, start=1)
    ]
    return TabelKinerja(
        kode=kode,
        jenis="renstra",
        judul="Perbandingan Realisasi Kinerja dengan Target Jangka Menengah",
        kolom=("No.", "Indikator Kinerja", "Satuan", *(f"Target Renstra {y}" for y in years),
               *(f"Realisasi {y}" for y in years), "Keterangan"),
        baris=tuple(rows),
        catatan=make_catatan(rows, sementara_of(fakta.indikator, years)),
        kurang=tuple(
            list_kurang(fakta.indikator, years) + list_kurang_akhir(fakta.indikator, sampai)
        ),
        lebar=(4, 20, 8, 8, 8, 8, 9, 9, 9, 17),
    )  # fmt: skip


def list_kurang(indikator: Iterable[IndikatorFakta], years: Sequence[int]) -> list[Kekurangan]:
    """Which targets and realisasi are missing, and where the office puts them in."""
    return [
        Kekurangan(
            f"{what} {tahun.tahun} “{one.nama}” belum ada.",
            "Capaian kinerja",
            one.kode,
            tahun.tahun,
        )
        for one in indikator
        for what in ("Target", "Realisasi")
        for tahun in one.tahun
        if tahun.tahun in years and (tahun.target if what == "Target" else tahun.realisasi) is None
    ]


def list_kurang_akhir(indikator: Iterable[IndikatorFakta], sampai: int | None) -> list[Kekurangan]:
    """Which targets of the end of the Renstra are missing, and where they are put in."""
    if sampai is None:
        return [Kekurangan("Belum ada Renstra.", "Rencana kinerja")]
    return [
        Kekurangan(
            f"Target akhir Renstra ({sampai}) “{one.nama}” belum ada.",
            "Capaian kinerja",
            one.kode,
            sampai,
        )
        for one in indikator
        if one.akhir is None
    ]


def sebut_cara(indikator: Iterable[IndikatorFakta]) -> list[str]:
    """By which of its definitions an indikator was computed in the report's year."""
    return [
        f"Realisasi {one.kini.tahun} indikator {one.nama} dihitung menurut "
        f"{uraian[:1].lower()}{uraian[1:]}."
        for one in indikator
        if one.kini.realisasi is not None
        and (uraian := DEFINISI_PROBEBAYA.get(one.kini.cara or ""))
    ]


def sementara_of(indikator: Iterable[IndikatorFakta], years: Sequence[int]) -> list[TahunFakta]:
    """The figures among these that may still change."""
    return [
        tahun
        for one in indikator
        for tahun in one.tahun
        if tahun.tahun in years and tahun.sementara
    ]


def make_catatan(
    baris: Iterable[Sequence[SelKinerja]], sementara: Sequence[TahunFakta], *lain: str
) -> str:
    """The line below a table: what is provisional, what is missing, anything else."""
    belum = any(sel.teks == "belum ada" for row in baris for sel in row)
    asal = list(dict.fromkeys(one.realisasi_asal for one in sementara))
    return kalimat(
        f"“sementara” berarti masih dapat berubah. {gabung(asal)}." if asal else "",
        DATA_KURANG if belum else "",
        *lain,
    )


def _number(sasaran: SasaranFakta) -> Iterable[tuple[int, IndikatorFakta]]:
    return enumerate(sasaran.indikator, start=1)


def _make_baris_sasaran(
    number: int, one: IndikatorFakta, sampai: int | None
) -> tuple[SelKinerja, ...]:
    return (
        make_teks(str(number)),
        make_teks(one.nama),
        make_target(one, one.lalu),
        make_realisasi(one, one.lalu),
        make_target(one, one.kini),
        make_realisasi(one, one.kini),
        make_capaian(one, one.kini),
        make_angka(
            one.akhir,
            f"akhir/{one.id}",
            akhiran="%" if is_persen(one) else "",
            sumber=[one.akhir_asal],
            tanpa=f"Target akhir Renstra {sampai or ''} belum diisi",
        ),
        make_capaian_renstra(one, sampai),
    )


def _make_rata_rata(one: IndikatorFakta, sasaran: SasaranFakta) -> tuple[SelKinerja, ...]:
    """The mean of two capaian; named where the sasaran has more than one indikator."""
    lalu, kini = one.lalu, one.kini
    nama = f"Rata-rata capaian kinerja {lalu.tahun} dan {kini.tahun}"
    if len(sasaran.indikator) > 1:
        nama += f": {one.nama}"
    terms = [
        tulis_capaian(t.realisasi, t.target, one.arah).partition(" = ")[2] for t in (lalu, kini)
    ]
    rumus = ""
    if lalu.capaian is not None and kini.capaian is not None:
        rumus = (
            f"(capaian {lalu.tahun} + capaian {kini.tahun}) / 2 = "
            f"({tulis(lalu.capaian)} + {tulis(kini.capaian)}) / 2, dihitung dari "
            f"({terms[0]} + {terms[1]}) / 2 tanpa pembulatan di tengah"
        )
    sel = make_angka(
        one.rata_rata,
        f"rata-rata/{one.id}",
        rumus=rumus,
        formula=formula_rata_rata(
            [(f"realisasi/{one.id}/{t.tahun}", f"target/{one.id}/{t.tahun}") for t in (lalu, kini)],
            one.arah,
        ),
        sumber=[t for tahun in (lalu, kini) for t in (tahun.target_asal, tahun.realisasi_asal)],
        sementara=lalu.sementara or kini.sementara,
        tanpa=f"(capaian {lalu.tahun} + capaian {kini.tahun}) / 2; salah satunya belum ada",
    )
    return (KOSONG, make_teks(nama), KOSONG, KOSONG, KOSONG, KOSONG, sel, KOSONG, KOSONG)


def _make_keterangan(one: IndikatorFakta, sampai: int | None) -> SelKinerja:
    """What three years say, in words; and where that leaves the Renstra."""
    reached = [str(t.tahun) for t in one.tahun if t.tercapai]
    missed, open_ = (
        [str(t.tahun) for t in one.tahun if t.tercapai is False and t.selesai is selesai]
        for selesai in (True, False)
    )
    revised = [str(t.tahun) for t in one.tahun if t.perubahan]
    renstra = make_capaian_renstra(one, sampai)
    parts = [
        f"Tercapai pada {gabung(reached)}." if reached else "",
        f"Tidak tercapai pada {gabung(missed)}." if missed else "",
        f"Belum tercapai pada {gabung(open_)}." if open_ else "",
        f"Target {gabung(revised)} sudah diubah." if revised else "",
    ]
    if one.capaian_renstra is not None:
        parts.append(
            f"Capaian terhadap target akhir Renstra {sampai} adalah {renstra.teks}%.".replace(
                " (sementara)%", "% (sementara)"
            )
        )
    return SelKinerja(teks=kalimat(*parts), rumus=renstra.rumus, sumber=renstra.sumber)
